package inventory

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// Shelf is what stands in one place of one SKU, lot and quality, loose.
type Shelf struct {
	Node, Location, SKU int64
	Lot, Expires        string // Expires is YYYY-MM-DD; empty = does not
	Quality             string
	OnHand, Reserved    int64 // Reserved of it is bound to picks
}

var (
	selShelvesOf = db.NewSQL(`SELECT s.node_id, s.location_id, s.sku_id, s.lot, COALESCE(l.expires_on, ''), s.quality, s.on_hand, s.reserved
	  FROM inventory_stock s LEFT JOIN inventory_lot l ON l.sku_id = s.sku_id AND l.lot = s.lot
	  WHERE s.sku_id = $1 AND s.node_id = ANY($2) AND s.container = 0 AND s.on_hand > 0 ORDER BY s.node_id, s.location_id, s.lot, s.quality LIMIT $3`)
	selShelvesAt = db.NewSQL(`SELECT s.node_id, s.location_id, s.sku_id, s.lot, COALESCE(l.expires_on, ''), s.quality, s.on_hand, s.reserved
	  FROM inventory_stock s LEFT JOIN inventory_lot l ON l.sku_id = s.sku_id AND l.lot = s.lot
	  WHERE s.location_id = $1 AND s.container = 0 AND s.on_hand > 0 ORDER BY s.sku_id, s.lot, s.quality LIMIT $2`)
	selFill = db.NewSQL(`SELECT location_id, CAST(sum(on_hand) AS BIGINT), count(DISTINCT sku_id) FROM inventory_stock
	  WHERE location_id = ANY($1) AND on_hand > 0 GROUP BY location_id`)
	// selPicked looks at the newest picks only: a picture of where people walk needs no more.
	selPicked = db.NewSQL(`SELECT from_location, count(*) FROM (SELECT from_location FROM inventory_entry WHERE id >= $1 AND cause = 'pick' ORDER BY id DESC LIMIT 100000) e
	  GROUP BY from_location`)
)

func scanShelf(r *db.Rows) (s Shelf) {
	r.Scan(&s.Node, &s.Location, &s.SKU, &s.Lot, &s.Expires, &s.Quality, &s.OnHand, &s.Reserved)
	return s
}

// ShelvesOf reads where a SKU stands at some nodes, at most limit places.
func ShelvesOf(tx *db.Tx, sku int64, nodes []int64, limit int) ([]Shelf, error) {
	return db.All(tx.Query(selShelvesOf, sku, nodes, limit), scanShelf)
}

// ShelvesAt reads what stands at a location, at most limit sorts.
func ShelvesAt(tx *db.Tx, location int64, limit int) ([]Shelf, error) {
	return db.All(tx.Query(selShelvesAt, location, limit), scanShelf)
}

// Fill is how full a location is.
type Fill struct {
	Units int64
	SKUs  int64
}

// Fills reads how full locations are. One that is empty is missing from the map.
func Fills(tx *db.Tx, locations []int64) (map[int64]Fill, error) {
	out := map[int64]Fill{}
	rows := tx.Query(selFill, locations)
	for rows.Next() {
		var at int64
		var f Fill
		rows.Scan(&at, &f.Units, &f.SKUs)
		out[at] = f
	}
	return out, rows.Close()
}

// PicksSince counts picks by location since a moment (UTC microseconds), of the newest 100,000.
func PicksSince(tx *db.Tx, since int64) (map[int64]int64, error) {
	out := map[int64]int64{}
	rows := tx.Query(selPicked, id.Floor(since))
	for rows.Next() {
		var at, n int64
		rows.Scan(&at, &n)
		out[at] = n
	}
	return out, rows.Close()
}

var (
	selLedger = db.NewSQL(`SELECT ` + entryColumns + ` FROM inventory_entry WHERE sku_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`)
	selSince  = db.NewSQL(`SELECT to_location, to_quality, lot, CAST(sum(quantity) AS BIGINT), 1 FROM inventory_entry WHERE sku_id = $1 AND id >= $2 AND to_location >= 0 GROUP BY to_location, to_quality, lot
	  UNION ALL SELECT from_location, from_quality, lot, CAST(sum(quantity) AS BIGINT), -1 FROM inventory_entry WHERE sku_id = $1 AND id >= $2 AND from_location >= 0 GROUP BY from_location, from_quality, lot`)
	selStanding = db.NewSQL(`SELECT location_id, quality, lot, CAST(sum(on_hand) AS BIGINT) FROM inventory_stock WHERE sku_id = $1 GROUP BY location_id, quality, lot`)
	selFolded   = db.NewSQL(`SELECT COALESCE(max(at), 0) FROM inventory_entry WHERE sku_id = $1 AND cause = 'opening'`)
)

// Ledger reads the entries of a SKU before an id, newest first. An id of 0 is the newest of all.
func Ledger(tx *db.Tx, sku, before int64, limit int) ([]Entry, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	return db.All(tx.Query(selLedger, sku, before, limit), scanEntry)
}

// Standing is how much of a SKU stands somewhere, in containers or loose.
type Standing struct {
	Location int64
	Quality  string
	Lot      string
	OnHand   int64
}

// StandingAt is what stood where of a SKU at a moment (UTC microseconds): what stands now, less what has happened since. What an
// archive has folded away cannot be told apart any more. Fault: inventory.archived.
func StandingAt(tx *db.Tx, sku, moment int64) ([]Standing, error) {
	var folded int64
	if _, err := tx.Query(selFolded, sku).One(&folded); err != nil {
		return nil, err
	}
	if folded > moment {
		return nil, fault.New(fault.Conflict, "inventory.archived", "the ledger of that time is in the archive; look at a later moment, or ask the archive")
	}
	type key struct {
		at           int64
		quality, lot string
	}
	sums := map[key]int64{}
	rows := tx.Query(selStanding, sku)
	for rows.Next() {
		var k key
		var n int64
		rows.Scan(&k.at, &k.quality, &k.lot, &n)
		sums[k] += n
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	rows = tx.Query(selSince, sku, id.Floor(moment+1000))
	for rows.Next() {
		var k key
		var n, sign int64
		rows.Scan(&k.at, &k.quality, &k.lot, &n, &sign)
		sums[k] -= n * sign
	}
	var out []Standing
	for k, n := range sums {
		if n != 0 {
			out = append(out, Standing{Location: k.at, Quality: k.quality, Lot: k.lot, OnHand: n})
		}
	}
	return out, rows.Close()
}
