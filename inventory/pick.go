package inventory

import (
	"github.com/packhorse/packhorse/internal/db"
)

// Taken is a hard reservation and how much of it was picked.
type Taken struct {
	Reservation
	Quantity int64 // 0 < Quantity ≤ Reservation.Quantity
}

// Pick moves goods from their bins to the stage, each into the container of its fulfilment. Of a
// reservation picked in part, the rest stays hard at the bin under the same seq and a part number of its own.
func Pick(tx *db.Tx, taken []Taken, stage func(node int64) int64) {
	p := newPage(tx)
	for _, t := range taken {
		r := t.Reservation
		to := Place{r.Node, stage(r.Node), r.FulfilmentID, Good}
		p.entry(Move{SKU: r.SKU, Lot: r.Lot, Quantity: t.Quantity, From: r.place(), To: to, Cause: "pick", Ref: r.FulfilmentID})
		p.at(r.side(), r.Node).reserved -= t.Quantity
		now := r
		now.Kind, now.Location, now.Container, now.Quantity = Picked, to.Location, to.Container, t.Quantity
		p.at(now.side(), r.Node).reserved += t.Quantity
		if t.Quantity == r.Quantity {
			r.become(tx, now)
			continue
		}
		rest := r
		rest.Quantity = r.Quantity - t.Quantity
		r.become(tx, rest)
		now.Part = tx.NewID()
		now.insert(tx)
	}
	p.write()
}

// Lose takes out of the book's good stock what a picker did not find: it leaves the bin as quality
// "missing" into the node's quarantine, its promise is taken back, and a count of the bin is opened. The
// goods are neither sold again nor written off before somebody has looked.
func Lose(tx *db.Tx, r Reservation, quarantine int64) (count int64) {
	p := newPage(tx)
	p.release(r)
	p.entry(Move{SKU: r.SKU, Lot: r.Lot, Quantity: r.Quantity, From: r.place(),
		To: Place{r.Node, quarantine, 0, Missing}, Cause: "short", Ref: r.FulfilmentID})
	p.write()
	return openCount(tx, r, "short_pick")
}

// PutBack moves picked goods to another place of the node and ends their reservations: all that the
// fulfilments have.
func PutBack(tx *db.Tx, picked []Reservation, to func(Reservation) Place) {
	p := newPage(tx)
	for _, r := range picked {
		p.release(r)
		p.entry(Move{SKU: r.SKU, Lot: r.Lot, Quantity: r.Quantity, From: r.place(), To: to(r), Cause: "put_back", Ref: r.FulfilmentID})
	}
	p.empty(picked, perFulfilment(picked))
	p.write()
}

func perFulfilment(rs []Reservation) map[int64][]Reservation {
	out := map[int64][]Reservation{}
	for _, r := range rs {
		out[r.FulfilmentID] = append(out[r.FulfilmentID], r)
	}
	return out
}

// Left is a picked reservation and how much of it leaves now.
type Left struct {
	Reservation
	Quantity int64
	Ref      int64 // the shipment
}

// Consume books goods out to the customer and ends their reservations. held are all the reservations of the
// fulfilments, as Reservations reads them: they tell whether a container becomes empty or only one parcel of it leaves.
func Consume(tx *db.Tx, left []Left, held map[int64][]Reservation) {
	p := newPage(tx)
	var whole []Reservation
	for _, l := range left {
		if p.leave(Taken{l.Reservation, l.Quantity}, Outside(Customer), "ship", l.Ref) {
			whole = append(whole, l.Reservation)
		}
	}
	p.empty(whole, held)
	p.write()
}

// leave moves some of a hard reservation away, which is no longer reserved then; whole reports whether that was all of it.
func (p *page) leave(t Taken, to Place, cause string, ref int64) (whole bool) {
	r := t.Reservation
	p.entry(Move{SKU: r.SKU, Lot: r.Lot, Quantity: t.Quantity, From: r.place(), To: to, Cause: cause, Ref: ref})
	p.at(r.side(), r.Node).reserved -= t.Quantity
	p.balance(r.SKU, r.Node).reserved -= t.Quantity
	if t.Quantity == r.Quantity {
		r.remove(p.tx)
		return true
	}
	rest := r
	rest.Quantity -= t.Quantity
	r.become(p.tx, rest)
	return false
}

// empty marks the rows of containers of which everything that is held leaves.
func (p *page) empty(whole []Reservation, held map[int64][]Reservation) {
	total, stood := map[side]int64{}, map[side]int64{}
	seen := map[int64]bool{}
	for _, r := range whole {
		total[r.side()] += r.Quantity
		if seen[r.FulfilmentID] {
			continue
		}
		seen[r.FulfilmentID] = true
		for _, h := range held[r.FulfilmentID] {
			if h.Kind == Picked {
				stood[h.side()] += h.Quantity
			}
		}
	}
	for s, q := range total {
		if stood[s] != q {
			continue
		}
		if c := p.stock[s]; s.container != 0 && c.onHand == -q && c.reserved == -q {
			c.empties = true
		}
	}
}

var selReturned = db.NewSQL(`SELECT sku_id, lot, quantity FROM inventory_entry WHERE cause = 'return' AND ref = $1`)

// ReturnedOf lists what has come back of a shipment already: entries of cause "return" with that ref.
func ReturnedOf(tx *db.Tx, shipment int64) ([]Move, error) {
	return db.All(tx.Query(selReturned, shipment), func(r *db.Rows) (m Move) {
		r.Scan(&m.SKU, &m.Lot, &m.Quantity)
		return m
	})
}
