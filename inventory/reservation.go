package inventory

import (
	"github.com/packhorse/packhorse/internal/db"
)

// Kinds of reservations.
const (
	Soft   = "soft"   // promised by the node
	Hard   = "hard"   // bound to a location and lot
	Picked = "picked" // standing in a container at the stage
)

// Reservation is one promise. (fulfilment, seq, part) names it: seq is the fulfilment's line, part the
// piece of it that comes from one location and lot.
type Reservation struct {
	FulfilmentID, Seq, Part int64
	OrderID                 int64
	SKU, Node, Quantity     int64
	Kind                    string
	Location, Container     int64 // 0 while soft
	Lot                     string
	Since                   int64
}

func (r Reservation) side() side { return side{r.Location, r.Container, r.SKU, r.Lot, Good} }

func (r Reservation) place() Place { return Place{r.Node, r.Location, r.Container, Good} }

// Demand asks for a promise.
type Demand struct{ FulfilmentID, Seq, OrderID, SKU, Node, Quantity int64 }

var (
	insReservation = db.Insert("inventory_reservation", "fulfilment_id bigint, seq bigint, part bigint, order_id bigint, sku_id bigint, node_id bigint, quantity bigint, kind text, location_id bigint, container bigint, lot text, since bigint")
	setReservation = db.Change("inventory_reservation", "f bigint, seq bigint, part bigint, q bigint, kind text, location bigint, container bigint, lot text, q0 bigint, kind0 text", 3,
		"quantity = x.q, kind = x.kind, location_id = x.location, container = x.container, lot = x.lot",
		"t.fulfilment_id = x.f AND t.seq = x.seq AND t.part = x.part AND t.quantity = x.q0 AND t.kind = x.kind0")
	delReservation = db.Remove("inventory_reservation", "f bigint, seq bigint, part bigint, q bigint, kind text",
		"t.fulfilment_id = x.f AND t.seq = x.seq AND t.part = x.part AND t.quantity = x.q AND t.kind = x.kind")
	selReservations = db.NewSQL(`SELECT fulfilment_id, seq, part, order_id, sku_id, node_id, quantity, kind, location_id, container, lot, since
	  FROM inventory_reservation WHERE fulfilment_id = ANY($1) ORDER BY fulfilment_id, seq, part`)
)

func (r Reservation) insert(tx *db.Tx) {
	tx.Put(insReservation, r.FulfilmentID, r.Seq, r.Part, r.OrderID, r.SKU, r.Node, r.Quantity, r.Kind, r.Location, r.Container, r.Lot, r.Since)
}

// become writes the reservation as it is now over the row as it was.
func (r Reservation) become(tx *db.Tx, now Reservation) {
	tx.Put(setReservation, r.FulfilmentID, r.Seq, r.Part, now.Quantity, now.Kind, now.Location, now.Container, now.Lot, r.Quantity, r.Kind)
}

func (r Reservation) remove(tx *db.Tx) {
	tx.Put(delReservation, r.FulfilmentID, r.Seq, r.Part, r.Quantity, r.Kind)
}

// Reservations reads the reservations of some fulfilments, by fulfilment, in order of seq and part.
func Reservations(tx *db.Tx, fulfilments []int64) (map[int64][]Reservation, error) {
	out := make(map[int64][]Reservation, len(fulfilments))
	rows := tx.Query(selReservations, fulfilments)
	for rows.Next() {
		var r Reservation
		rows.Scan(&r.FulfilmentID, &r.Seq, &r.Part, &r.OrderID, &r.SKU, &r.Node, &r.Quantity, &r.Kind, &r.Location, &r.Container, &r.Lot, &r.Since)
		out[r.FulfilmentID] = append(out[r.FulfilmentID], r)
	}
	return out, rows.Close()
}

// AskReservations asks ahead for what Reservations will read.
func AskReservations(tx *db.Tx, fulfilments []int64) { tx.Ahead(selReservations, fulfilments) }

// Promise makes soft reservations. The guard stands in the balance row: should a node not have enough,
// the transaction fails with db.ErrGuard and nothing is promised. Callers read LockAvailable first.
func Promise(tx *db.Tx, demands []Demand) error {
	p := newPage(tx)
	for _, d := range demands {
		Reservation{FulfilmentID: d.FulfilmentID, Seq: d.Seq, Part: 1, OrderID: d.OrderID, SKU: d.SKU, Node: d.Node,
			Quantity: d.Quantity, Kind: Soft, Since: tx.Micros()}.insert(tx)
		p.balance(d.SKU, d.Node).reserved += d.Quantity
	}
	p.write()
	return nil
}

// Release takes promises back, of any kind. Goods that were picked stay where they are, unreserved: say
// PutBack where they go instead.
func Release(tx *db.Tx, rs []Reservation) {
	p := newPage(tx)
	for _, r := range rs {
		p.release(r)
	}
	p.write()
}

func (p *page) release(r Reservation) {
	r.remove(p.tx)
	p.balance(r.SKU, r.Node).reserved -= r.Quantity
	if r.Kind != Soft {
		p.at(r.side(), r.Node).reserved -= r.Quantity
	}
}
