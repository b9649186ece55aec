package order

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// Fulfilment is the part of an order that one node ships: the unit of work in a warehouse.
type Fulfilment struct {
	ID        int64
	OrderID   int64
	NodeID    int64
	Status    string
	WaveID    int64 // the wave it was released in; 0 before
	ShipBy    int64
	Cost      int64 // what allocation expects it to cost, minor units
	Rank      Rank  // of its order, as long as it is in work
	CreatedAt int64
	UpdatedAt int64
	Holds     int64 // live holds of its order, read with it
	Lines     []FulfilmentLine
}

// FulfilmentLine is what of an order line this node ships, in base units of a component SKU.
// Quantity 0 means that all of it was short.
type FulfilmentLine struct {
	FulfilmentID int64
	Seq          int64 // place in the fulfilment
	LineNo       int64 // the order line it serves
	SKUID        int64
	Quantity     int64
}

// States of a fulfilment.
const (
	Allocated  = "allocated" // promised by the node
	Released   = "released"  // goods are reserved in their locations, tasks exist
	Picked     = "picked"    // goods stand at the packing stage
	Packed     = "packed"    // parcels are closed and weighed
	Shipped    = "shipped"   // handed to the carrier
	RejectedBy = "rejected"  // the node cannot do it; allocation tries another
	Cancelled  = "cancelled" // nobody wants it any more
)

var fulfilmentStates = axis{
	Allocated:  {Released, RejectedBy, Cancelled},
	Released:   {Allocated, Picked, RejectedBy, Cancelled},
	Picked:     {Packed, RejectedBy, Cancelled},
	Packed:     {Shipped, Picked, Cancelled},
	Shipped:    {},
	RejectedBy: {},
	Cancelled:  {},
}

// Live reports whether it is being worked on.
func (f *Fulfilment) Live() bool {
	return f.Status != Shipped && f.Status != RejectedBy && f.Status != Cancelled
}

// Units is the number of base units in it.
func (f *Fulfilment) Units() (n int64) {
	for _, l := range f.Lines {
		n += l.Quantity
	}
	return n
}

var (
	insFulfilment = db.Insert("order_fulfilment",
		"id bigint, order_id bigint, node_id bigint, status text, wave_id bigint, ship_by bigint, cost bigint, created_at bigint, updated_at bigint, due_rank bigint, fine_rank bigint")
	insFulfilmentLine = db.Insert("order_fulfilment_line",
		"fulfilment_id bigint, seq bigint, line_no bigint, sku_id bigint, quantity bigint")
	moveFulfilment = db.Change("order_fulfilment", "id bigint, was text, status text, wave bigint, at bigint", 1,
		"status = x.status, wave_id = x.wave, updated_at = x.at", "t.id = x.id AND t.status = x.was")
	setFulfilmentLine = db.Change("order_fulfilment_line", "id bigint, seq bigint, quantity bigint", 2,
		"quantity = x.quantity", "t.fulfilment_id = x.id AND t.seq = x.seq")

	fulfilmentColumns = `f.id, f.order_id, f.node_id, f.status, f.wave_id, f.ship_by, f.cost, f.created_at, f.updated_at, f.due_rank, f.fine_rank,
	  (SELECT count(*) FROM order_hold h WHERE h.order_id = f.order_id AND h.released_at = 0)`
	lockFulfilments   = db.NewSQL(`SELECT ` + fulfilmentColumns + ` FROM order_fulfilment f WHERE f.id = ANY($1) ORDER BY f.id FOR UPDATE OF f`)
	selFulfilments    = db.NewSQL(`SELECT ` + fulfilmentColumns + ` FROM order_fulfilment f WHERE f.id = ANY($1) ORDER BY f.id`)
	selOfOrders       = db.NewSQL(`SELECT ` + fulfilmentColumns + ` FROM order_fulfilment f WHERE f.order_id = ANY($1) ORDER BY f.id`)
	lockOfOrders      = db.NewSQL(`SELECT ` + fulfilmentColumns + ` FROM order_fulfilment f WHERE f.order_id = ANY($1) ORDER BY f.id FOR UPDATE OF f`)
	selFulfilmentLine = db.NewSQL(`SELECT fulfilment_id, seq, line_no, sku_id, quantity FROM order_fulfilment_line WHERE fulfilment_id = ANY($1) ORDER BY fulfilment_id, seq`)
)

// AddFulfilment writes a new fulfilment with its lines; its rank is that of its order. ID, CreatedAt and the lines' owner are
// filled in.
func AddFulfilment(tx *db.Tx, f *Fulfilment) {
	f.ID, f.CreatedAt, f.UpdatedAt = tx.NewID(), tx.Micros(), tx.Micros()
	tx.Put(insFulfilment, f.ID, f.OrderID, f.NodeID, f.Status, f.WaveID, f.ShipBy, f.Cost, f.CreatedAt, f.UpdatedAt, f.Rank.Due, f.Rank.Fine)
	for i := range f.Lines {
		l := &f.Lines[i]
		l.FulfilmentID, l.Seq = f.ID, int64(i+1)
		tx.Put(insFulfilmentLine, f.ID, l.Seq, l.LineNo, l.SKUID, l.Quantity)
	}
}

// MoveFulfilment takes a fulfilment to another state; one that is over leaves its bond. It returns a conflict, and writes nothing,
// when the table forbids it.
func MoveFulfilment(tx *db.Tx, f *Fulfilment, to string) error {
	if !slices.Contains(fulfilmentStates[f.Status], to) {
		return fault.New(fault.Conflict, "fulfilment.state", "the fulfilment is %q and cannot become %q", f.Status, to).
			With("from", f.Status).With("to", to)
	}
	tx.Put(moveFulfilment, f.ID, f.Status, to, f.WaveID, tx.Micros())
	f.Status, f.UpdatedAt = to, tx.Micros()
	if to == Cancelled || to == RejectedBy {
		return Part(tx, []int64{f.ID}, PartEnded, "system")
	}
	return nil
}

// SetFulfilmentQuantity changes what a line ships, after a short pick or a cancelled part.
func SetFulfilmentQuantity(tx *db.Tx, f *Fulfilment, seq, quantity int64) {
	for i := range f.Lines {
		if f.Lines[i].Seq == seq {
			f.Lines[i].Quantity = quantity
			tx.Put(setFulfilmentLine, f.ID, seq, quantity)
		}
	}
}

// LockFulfilments reads fulfilments with their lines and keeps others from changing them until the
// transaction ends. Missing ids are missing in the answer.
func LockFulfilments(tx *db.Tx, ids []int64) (map[int64]*Fulfilment, error) {
	ids = id.Distinct(ids)
	tx.Ahead(selFulfilmentLine, ids)
	return byID(readFulfilments(tx, lockFulfilments, ids))
}

// Fulfilments reads without a lock.
func Fulfilments(tx *db.Tx, ids []int64) (map[int64]*Fulfilment, error) {
	ids = id.Distinct(ids)
	tx.Ahead(selFulfilmentLine, ids)
	return byID(readFulfilments(tx, selFulfilments, ids))
}

// LockFulfilmentsOf reads and locks every fulfilment of some orders, by order.
func LockFulfilmentsOf(tx *db.Tx, orders []int64) (map[int64][]*Fulfilment, error) {
	return byOrder(readFulfilments(tx, lockOfOrders, orders))
}

// FulfilmentsOf reads every fulfilment of some orders, by order, oldest first.
func FulfilmentsOf(tx *db.Tx, orders []int64) (map[int64][]*Fulfilment, error) {
	return byOrder(readFulfilments(tx, selOfOrders, orders))
}

func readFulfilments(tx *db.Tx, s *db.SQL, ids []int64) ([]*Fulfilment, error) {
	list, err := db.All(tx.Query(s, ids), func(r *db.Rows) *Fulfilment {
		f := &Fulfilment{}
		r.Scan(&f.ID, &f.OrderID, &f.NodeID, &f.Status, &f.WaveID, &f.ShipBy, &f.Cost, &f.CreatedAt, &f.UpdatedAt, &f.Rank.Due, &f.Rank.Fine, &f.Holds)
		return f
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	at := make(map[int64]*Fulfilment, len(list))
	keys := make([]int64, len(list))
	for i, f := range list {
		at[f.ID], keys[i] = f, f.ID
	}
	rows := tx.Query(selFulfilmentLine, keys)
	for rows.Next() {
		var l FulfilmentLine
		rows.Scan(&l.FulfilmentID, &l.Seq, &l.LineNo, &l.SKUID, &l.Quantity)
		if f := at[l.FulfilmentID]; f != nil {
			f.Lines = append(f.Lines, l)
		}
	}
	return list, rows.Close()
}

// AskOf asks ahead, behind Lock, for what LockFulfilmentsOf and BackOrders will read of the orders, and for the lines
// of fulfilments that are known to be theirs.
func AskOf(tx *db.Tx, orders, fulfilments []int64) {
	orders = id.Distinct(orders)
	tx.Ahead(lockOfOrders, orders)
	tx.Ahead(selFulfilmentLine, id.Distinct(fulfilments))
	tx.Ahead(selBackOrders, orders)
}

func byID(list []*Fulfilment, err error) (map[int64]*Fulfilment, error) {
	out := make(map[int64]*Fulfilment, len(list))
	for _, f := range list {
		out[f.ID] = f
	}
	return out, err
}

func byOrder(list []*Fulfilment, err error) (map[int64][]*Fulfilment, error) {
	out := make(map[int64][]*Fulfilment, len(list))
	for _, f := range list {
		out[f.OrderID] = append(out[f.OrderID], f)
	}
	return out, err
}
