package warehouse

import (
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
)

// VersionSetting names the setting that every change of nodes renews: whoever keeps what Nodes gave reads it first, in the
// transaction in which it uses them.
const VersionSetting = "warehouse.nodes"

const (
	nodeColumns = `id, code, name, timezone, country, province, city, district, address, lat, lng,
  capacity_orders_day, handling_cost, priority, open, cutoffs`
	locationColumns = `id, node_id, zone, code, kind, aisle, bay, level, x_mm, y_mm, pick_seq`
)

var (
	selNodes       = db.NewSQL(`SELECT ` + nodeColumns + ` FROM warehouse_node ORDER BY id`)
	lockNodes      = db.NewSQL(`SELECT ` + nodeColumns + ` FROM warehouse_node WHERE code = ANY($1) ORDER BY id FOR UPDATE`)
	selNodesByCode = db.NewSQL(`SELECT ` + nodeColumns + ` FROM warehouse_node WHERE code = ANY($1) ORDER BY id`)

	selLocations   = db.NewSQL(`SELECT ` + locationColumns + ` FROM warehouse_location WHERE id = ANY($1)`)
	selByCodes     = db.NewSQL(`SELECT ` + locationColumns + ` FROM warehouse_location WHERE node_id = ANY($1) AND code = ANY($2)`)
	lockByCodes    = db.NewSQL(`SELECT ` + locationColumns + ` FROM warehouse_location WHERE node_id = ANY($1) AND code = ANY($2) ORDER BY id FOR UPDATE`)
	selLocationsOf = db.NewSQL(`SELECT ` + locationColumns + ` FROM warehouse_location WHERE node_id = $1 AND code > $2 ORDER BY code LIMIT $3`)

	putNode = db.Upsert("warehouse_node", `id bigint, code text, name text, timezone text, country text, province text, city text,
	  district text, address text, lat bigint, lng bigint, capacity_orders_day bigint, handling_cost bigint, priority bigint,
	  open boolean, cutoffs text, updated_at bigint`, 1,
		`name = excluded.name, timezone = excluded.timezone, country = excluded.country, province = excluded.province,
		 city = excluded.city, district = excluded.district, address = excluded.address, lat = excluded.lat, lng = excluded.lng,
		 capacity_orders_day = excluded.capacity_orders_day, handling_cost = excluded.handling_cost, priority = excluded.priority,
		 open = excluded.open, cutoffs = excluded.cutoffs, updated_at = excluded.updated_at`)
	putSetting = db.Upsert("setting", "name text, value text, updated_at bigint, updated_by text", 1,
		"value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by")
	putLocation = db.Upsert("warehouse_location", `id bigint, node_id bigint, zone text, code text, kind text, aisle bigint, bay bigint,
	  level bigint, x_mm bigint, y_mm bigint, pick_seq bigint`, 1,
		`zone = excluded.zone, kind = excluded.kind, aisle = excluded.aisle, bay = excluded.bay, level = excluded.level,
		 x_mm = excluded.x_mm, y_mm = excluded.y_mm, pick_seq = excluded.pick_seq`)
)

// nodesInMemory are kept between transactions: every decision reads them, and they hardly ever change.
const nodesInMemory = "warehouse nodes"

// Nodes reads all nodes in order of id, open or not.
func Nodes(tx *db.Tx) ([]Node, error) {
	if list, known := tx.Recall(nodesInMemory, int64(0)); known {
		return slices.Clone(list.([]Node)), nil
	}
	list, err := readNodes(tx.Query(selNodes))
	if err == nil {
		tx.Keep(nodesInMemory, int64(0), slices.Clone(list))
	}
	return list, err
}

// AskNodes asks ahead, behind a query, for what Nodes will read.
func AskNodes(tx *db.Tx) {
	if _, known := tx.Recall(nodesInMemory, int64(0)); !known {
		tx.Ahead(selNodes)
	}
}

func readNodes(rows *db.Rows) ([]Node, error) {
	zones := map[string]*time.Location{}
	var list []Node
	for rows.Next() {
		var n Node
		var cutoffs string
		rows.Scan(&n.ID, &n.Code, &n.Name, &n.Timezone, &n.Country, &n.Province, &n.City, &n.District, &n.Address, &n.Lat, &n.Lng,
			&n.CapacityOrdersDay, &n.HandlingCost, &n.Priority, &n.Open, &cutoffs)
		n.Cutoffs, _ = ParseCutoffs(cutoffs) // written by FormatCutoffs
		if zones[n.Timezone] == nil {
			zones[n.Timezone] = n.location()
		}
		n.zone = zones[n.Timezone]
		list = append(list, n)
	}
	return list, rows.Close()
}

func writeNode(tx *db.Tx, n Node) {
	tx.Forget(nodesInMemory, int64(0))
	tx.Put(putNode, n.ID, n.Code, n.Name, n.Timezone, n.Country, n.Province, n.City, n.District, n.Address, n.Lat, n.Lng,
		n.CapacityOrdersDay, n.HandlingCost, n.Priority, n.Open, FormatCutoffs(n.Cutoffs), tx.Micros())
}

// LocationsByIDs reads locations by id. An id without a location is missing from the map.
func LocationsByIDs(tx *db.Tx, ids []int64) (map[int64]Location, error) {
	list, err := db.All(tx.Query(selLocations, ids), readLocation)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]Location, len(list))
	for _, l := range list {
		out[l.ID] = l
	}
	return out, nil
}

// LocationsByCodes reads locations of one node by code. A code that the node does not have is missing from the map.
func LocationsByCodes(tx *db.Tx, nodeID int64, codes []string) (map[string]Location, error) {
	list, err := db.All(tx.Query(selByCodes, []int64{nodeID}, codes), readLocation)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Location, len(list))
	for _, l := range list {
		out[l.Code] = l
	}
	return out, nil
}

// LocationsOf lists at most limit locations of a node by code, behind a code.
func LocationsOf(tx *db.Tx, nodeID int64, after string, limit int) ([]Location, error) {
	return db.All(tx.Query(selLocationsOf, nodeID, after, limit), readLocation)
}

func readLocation(r *db.Rows) (l Location) {
	var kind string
	r.Scan(&l.ID, &l.NodeID, &l.Zone, &l.Code, &kind, &l.Aisle, &l.Bay, &l.Level, &l.XMM, &l.YMM, &l.PickSeq)
	l.Kind = Kind(kind)
	return l
}

func writeLocation(tx *db.Tx, l Location) {
	tx.Put(putLocation, l.ID, l.NodeID, l.Zone, l.Code, string(l.Kind), l.Aisle, l.Bay, l.Level, l.XMM, l.YMM, l.PickSeq)
}

// Stage is the location where a node's picked goods stand. Like Quarantine and Dock it is made on first use
// where it is missing, so it needs a transaction that may write.
func Stage(tx *db.Tx, nodeID int64) (Location, error) { return standing(tx, nodeID, StageCode) }

// Quarantine is the location for goods that must not be sold before somebody has looked at them.
func Quarantine(tx *db.Tx, nodeID int64) (Location, error) {
	return standing(tx, nodeID, QuarantineCode)
}

// Dock is the location where goods come in and leave when no other dock is named.
func Dock(tx *db.Tx, nodeID int64) (Location, error) { return standing(tx, nodeID, DockCode) }

func standing(tx *db.Tx, nodeID int64, code string) (Location, error) {
	found, err := LocationsByCodes(tx, nodeID, []string{code})
	if err != nil {
		return Location{}, err
	}
	if l, ok := found[code]; ok {
		return l, nil
	}
	kind, _ := ownKind(code)
	l := Location{ID: tx.NewID(), NodeID: nodeID, Code: code, Kind: kind}
	writeLocation(tx, l)
	return l, nil
}
