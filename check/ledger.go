package check

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
)

// side is the key of a stock row.
type side struct {
	location, container, sku int64
	lot, quality             string
}

func (s side) key() string { return key(s.location, s.container, s.sku, s.lot, s.quality) }

// entry is a row of the ledger.
type entry struct {
	id, sku, quantity int64
	lot               string
	from, to          side
}

var (
	selEntries = db.NewSQL(`SELECT id, sku_id, lot, quantity, from_location, from_container, from_quality, to_location, to_container, to_quality
	  FROM inventory_entry ORDER BY id`)
	selStock = db.NewSQL(`SELECT location_id, container, sku_id, lot, quality, node_id, on_hand, reserved FROM inventory_stock`)
)

func (r *run) entries(each func(e entry)) error {
	rows := r.tx.Query(selEntries)
	for rows.Next() {
		var e entry
		rows.Scan(&e.id, &e.sku, &e.lot, &e.quantity, &e.from.location, &e.from.container, &e.from.quality,
			&e.to.location, &e.to.container, &e.to.quality)
		e.from.sku, e.from.lot, e.to.sku, e.to.lot = e.sku, e.lot, e.sku, e.lot
		each(e)
	}
	return rows.Close()
}

// ledger adds up all entries in their order and compares what they leave with what stands. A side that is
// emptied is forgotten: containers come and go, and memory holds what stands now.
func (r *run) ledger(context.Context) error {
	sums := map[side]int64{}
	add := func(s side, q int64) {
		if s.location < 0 {
			return
		}
		if sums[s] += q; sums[s] == 0 {
			delete(sums, s)
		}
	}
	err := r.entries(func(e entry) {
		r.checked["entries"]++
		r.entry(e)
		add(e.from, -e.quantity)
		add(e.to, e.quantity)
	})
	if err != nil {
		return err
	}
	wrong, err := r.compareStock(sums)
	if err != nil || len(wrong) == 0 {
		return err
	}
	return r.explain(wrong)
}

// entry looks at one entry by itself.
func (r *run) entry(e entry) {
	id := key(e.id)
	switch {
	case e.from == e.to:
		r.found.add(entrySides, "inventory_entry", id, "it moves goods from a side to itself")
	case e.from.location < 0 && e.to.location < 0:
		r.found.add(entrySides, "inventory_entry", id, "both of its sides are outside")
	}
	if e.quantity <= 0 {
		r.found.add(negative, "inventory_entry", id, "it moves %d units", e.quantity)
	}
	if !r.known.skus[e.sku] {
		r.found.add(reference, "inventory_entry", id, "there is no SKU %d", e.sku)
	}
	for _, s := range []side{e.from, e.to} {
		if _, ok := r.known.locations[s.location]; !ok && (s.location >= 0 || s.location < inventory.Opening) {
			r.found.add(reference, "inventory_entry", id, "there is no location %d", s.location)
		}
		if !knownQuality(s.quality) {
			r.found.add(unknownState, "inventory_entry", id, "%q is not a quality", s.quality)
		}
	}
}

func knownQuality(q string) bool {
	switch q {
	case inventory.Good, inventory.Defective, inventory.Quarantine, inventory.Missing:
		return true
	}
	return false
}

// dispute is a side on which the ledger and the stock row disagree.
type dispute struct {
	ledger, stock int64
	row           bool // there is a stock row

	entries, running  int64
	first, last, gone int64 // first and last entry of the side, and the first that took out more than was there
}

// compareStock looks at every stock row and takes it out of sums; what is left there has no row.
func (r *run) compareStock(sums map[side]int64) (map[side]*dispute, error) {
	wrong := map[side]*dispute{}
	rows := r.tx.Query(selStock)
	for rows.Next() {
		var s side
		var node, onHand, reserved int64
		rows.Scan(&s.location, &s.container, &s.sku, &s.lot, &s.quality, &node, &onHand, &reserved)
		r.checked["stock"]++
		if sums[s] != onHand {
			wrong[s] = &dispute{ledger: sums[s], stock: onHand, row: true}
		}
		delete(sums, s)
		r.stockRow(s, node, onHand, reserved)
	}
	for s, q := range sums {
		wrong[s] = &dispute{ledger: q}
	}
	return wrong, rows.Close()
}

func (r *run) stockRow(s side, node, onHand, reserved int64) {
	id := s.key()
	if onHand < 0 || reserved < 0 || reserved > onHand {
		r.found.add(negative, "inventory_stock", id, "on hand %d, reserved %d", onHand, reserved)
	}
	if !knownQuality(s.quality) {
		r.found.add(unknownState, "inventory_stock", id, "%q is not a quality", s.quality)
	}
	if !r.known.skus[s.sku] {
		r.found.add(reference, "inventory_stock", id, "there is no SKU %d", s.sku)
	}
	if at, ok := r.known.locations[s.location]; !ok {
		r.found.add(reference, "inventory_stock", id, "there is no location %d", s.location)
	} else if at != node {
		r.found.add(reference, "inventory_stock", id, "it is booked at node %d, its location belongs to node %d", node, at)
	}
}

// explain reads the ledger once more for the disputed sides, to name the entry from which the two disagree.
func (r *run) explain(wrong map[side]*dispute) error {
	err := r.entries(func(e entry) {
		if d := wrong[e.from]; d != nil {
			d.follow(e.id, -e.quantity)
		}
		if d := wrong[e.to]; d != nil {
			d.follow(e.id, e.quantity)
		}
	})
	for s, d := range wrong {
		switch {
		case d.entries == 0:
			r.found.add(stockWithoutLedger, "inventory_stock", s.key(), "%d on hand, but no entry ever moved anything there", d.stock)
		case d.gone != 0:
			r.found.add(ledgerBalance, "inventory_stock", s.key(), "%s; the first entry that cannot be true is %d: it takes out more than had come in", d, d.gone)
		default:
			r.found.add(ledgerBalance, "inventory_stock", s.key(), "%s; of its %d entries the first is %d and the last %d", d, d.entries, d.first, d.last)
		}
	}
	return err
}

func (d *dispute) follow(id, q int64) {
	d.entries++
	d.running += q
	d.last = id
	if d.first == 0 {
		d.first = id
	}
	if d.running < 0 && d.gone == 0 {
		d.gone = id
	}
}

// String says what the two books claim.
func (d *dispute) String() string {
	if !d.row {
		return "the ledger leaves " + key(d.ledger) + " there, and no row says so"
	}
	return "on hand " + key(d.stock) + ", the ledger says " + key(d.ledger)
}
