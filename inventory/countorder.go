package inventory

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/warehouse"
)

var (
	selDoneCounts = db.NewSQL(`SELECT id, node_id, location_id, sku_id, lot, reason, status, expected, counted, created_at, closed_at, closed_by FROM inventory_count
	  WHERE status <> 'open' AND node_id = $1 AND (closed_at, id) < ($2, $3) ORDER BY closed_at DESC, id DESC LIMIT $4`)
	selCountByID = db.NewSQL(`SELECT id, node_id, location_id, sku_id, lot, reason, status, expected, counted, created_at, closed_at, closed_by FROM inventory_count WHERE id = $1`)
	selOpenAt    = db.NewSQL(`SELECT location_id, sku_id, lot FROM inventory_count WHERE status = 'open' AND node_id = $1`)
	calledOff    = db.Change("inventory_count", "id bigint, at bigint, by text", 1, "status = 'cancelled', closed_at = x.at, closed_by = x.by", "t.id = x.id AND t.status = 'open'")
)

// mostOrders is how many counts one order opens at most.
const mostOrders = 500

// DoneCounts lists the counts of a node that are over, newest first, before the one that was closed at a moment with an id; 0 and 0
// begin with the newest.
func DoneCounts(tx *db.Tx, node, closedAt, before int64, limit int) ([]Count, error) {
	if closedAt == 0 {
		closedAt, before = 1<<62, 1<<62
	}
	return db.All(tx.Query(selDoneCounts, node, closedAt, before, limit), scanCount)
}

// CountOrder says what is to be counted: what the book says stands at a location, or a SKU wherever it stands.
type CountOrder struct {
	Node     string // code
	Location string // code; empty = wherever the SKU stands
	SKU      string // code; empty = all that stands at the location
	Owner    string // whose goods, as in Change
	Actor    string
}

// OrderCounts opens a count for every place that an order names and that does not wait for one already. Faults:
// inventory.unknown_node, inventory.unknown_location, inventory.unknown_sku, catalog.sku_ambiguous, count.what, count.nothing.
func (s *Service) OrderCounts(ctx context.Context, once *db.Once, in CountOrder) ([]Count, error) {
	if in.Location == "" && in.SKU == "" {
		return nil, fault.Invalidf("location", "count.what", "say which location or which SKU is to be counted")
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) ([]Count, error) {
		shelves, err := in.shelves(tx)
		if err != nil {
			return nil, err
		}
		waits, err := waiting(tx, shelves)
		if err != nil {
			return nil, err
		}
		var out []Count
		for _, x := range shelves {
			k := side{location: x.Location, sku: x.SKU, lot: x.Lot}
			if x.Quality != Good || waits[k] || len(out) == mostOrders {
				continue
			}
			waits[k] = true
			c := Count{ID: tx.NewID(), Node: x.Node, Location: x.Location, SKU: x.SKU, Lot: x.Lot, Reason: "ordered", Status: "open", CreatedAt: tx.Micros()}
			tx.Put(insCount, c.ID, c.Node, c.Location, c.SKU, c.Lot, c.Reason, c.Status, 0, 0, c.CreatedAt, 0, "")
			out = append(out, c)
		}
		if len(out) == 0 {
			return nil, fault.New(fault.Conflict, "count.nothing", "nothing stands there by the book, or it waits to be counted already")
		}
		tx.Emit(db.Event{Kind: "stock.count_ordered.v1", Subject: out[0].ID, Actor: in.Actor,
			Params: map[string]any{"node": in.Node, "location": in.Location, "sku": in.SKU, "counts": len(out)}})
		return out, nil
	})
}

// shelves lists what an order is about.
func (in CountOrder) shelves(tx *db.Tx) ([]Shelf, error) {
	var sku int64
	if in.SKU != "" {
		found, err := goods(tx, in.SKU, in.Owner)
		if err != nil {
			return nil, err
		}
		sku = found.ID
	}
	if in.Location == "" {
		node, err := nodeID(tx, in.Node)
		if err != nil {
			return nil, err
		}
		return ShelvesOf(tx, sku, []int64{node}, mostOrders)
	}
	at, _, err := places(tx, in.Node, in.Location, "")
	if err != nil {
		return nil, err
	}
	list, err := ShelvesAt(tx, at.Location, mostOrders)
	return slices.DeleteFunc(list, func(x Shelf) bool { return sku != 0 && x.SKU != sku }), err
}

func nodeID(tx *db.Tx, code string) (int64, error) {
	nodes, err := warehouse.Nodes(tx)
	for _, n := range nodes {
		if n.Code == code {
			return n.ID, err
		}
	}
	if err != nil {
		return 0, err
	}
	return 0, fault.Invalidf("warehouse", "inventory.unknown_node", "there is no warehouse %q", code).With("value", code)
}

// waiting says which sides of the shelves' nodes have an open count.
func waiting(tx *db.Tx, shelves []Shelf) (map[side]bool, error) {
	out := map[side]bool{}
	if len(shelves) == 0 {
		return out, nil
	}
	rows := tx.Query(selOpenAt, shelves[0].Node)
	for rows.Next() {
		var k side
		rows.Scan(&k.location, &k.sku, &k.lot)
		out[k] = true
	}
	return out, rows.Close()
}

// CancelCount calls a count off; the book stays as it is. Faults: count.not_found, count.closed.
func (s *Service) CancelCount(ctx context.Context, once *db.Once, key int64, actor string) (Count, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Count, error) {
		c, err := openOne(tx, key)
		if err != nil {
			return Count{}, err
		}
		c.Status, c.ClosedAt, c.ClosedBy = "cancelled", tx.Micros(), actor
		tx.Put(calledOff, c.ID, c.ClosedAt, actor)
		tx.Emit(db.Event{Kind: "stock.count_cancelled.v1", Subject: c.ID, Actor: actor, Params: map[string]any{"sku": c.SKU, "location": c.Location}})
		return c, nil
	})
}

// CountByID reads a count without a lock; what is not there is empty.
func CountByID(tx *db.Tx, key int64) (Count, error) {
	list, err := db.All(tx.Query(selCountByID, key), scanCount)
	if err != nil || len(list) == 0 {
		return Count{}, err
	}
	return list[0], nil
}
