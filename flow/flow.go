package flow

import (
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

// Service is the use cases that run against the goods.
type Service struct {
	db         *db.DB
	allocation *allocation.Service
	pick       *pick.Service
	ship       *ship.Service
	answered   *intake.Service // takes documents in again whose carriers have answered
	superseded *intake.Service // files documents that a later one has replaced while their carriers were asked
}

// New makes the service of one company.
func New(d *db.DB, a *allocation.Service, p *pick.Service, s *ship.Service) *Service {
	f := &Service{db: d, allocation: a, pick: p, ship: s}
	f.answered = intake.New(d, func(tx *db.Tx, a *intake.Amendment) error { return f.amend(tx, a, true) })
	f.superseded = intake.New(d, func(*db.Tx, *intake.Amendment) error {
		return fault.New(fault.Conflict, "amend.superseded", "a later document of the order says something else")
	})
	return f
}

// work is an order with everything that hangs on it, locked: the order first, then its fulfilments, as
// everywhere.
type work struct {
	*order.Order
	fulfilments []*order.Fulfilment
	owed        []order.BackOrder
}

func open(tx *db.Tx, orderID int64) (*work, error) {
	if err := lockShared(tx, orderID); err != nil {
		return nil, err
	}
	o, err := order.LockOne(tx, orderID)
	if err != nil {
		return nil, err
	}
	return openLocked(tx, o)
}

// lockShared locks an order together with those that are in one parcel with it, in the order of all locks: what opens the parcel
// changes the others too.
func lockShared(tx *db.Tx, orderID int64) error {
	bonds, err := order.BondsOfOrders(tx, []int64{orderID})
	if err != nil || len(bonds) == 0 {
		return err
	}
	ids := []int64{orderID}
	for _, b := range bonds {
		for _, m := range b.Members {
			ids = append(ids, m.Order)
		}
	}
	_, err = order.Lock(tx, id.Distinct(ids))
	return err
}

func openLocked(tx *db.Tx, o *order.Order) (*work, error) {
	fs, err := order.LockFulfilmentsOf(tx, []int64{o.ID})
	if err != nil {
		return nil, err
	}
	owed, err := order.BackOrders(tx, []int64{o.ID})
	return &work{o, fs[o.ID], owed[o.ID]}, err
}

// openFulfilment opens the order of a fulfilment and returns both.
func openFulfilment(tx *db.Tx, key int64) (*work, *order.Fulfilment, error) {
	fs, err := order.Fulfilments(tx, []int64{key})
	if err != nil {
		return nil, nil, err
	}
	if fs[key] == nil {
		return nil, nil, fault.New(fault.NotFound, "fulfilment.not_found", "there is no fulfilment %s", id.Show(order.FulfilmentPrefix, key))
	}
	w, err := open(tx, fs[key].OrderID)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range w.fulfilments {
		if f.ID == key {
			return w, f, nil
		}
	}
	return nil, nil, db.ErrGuard
}

// live lists the fulfilments that are in work.
func (w *work) live() (out []*order.Fulfilment) {
	for _, f := range w.fulfilments {
		if f.Live() {
			out = append(out, f)
		}
	}
	return out
}

// rank orders states by how near to the door they are.
var rank = map[string]int{order.Allocated: 1, order.Released: 2, order.Picked: 3, order.Packed: 4, order.Shipped: 5}

// furthest is how far the work has come: the state of the fulfilment nearest to the door.
func (w *work) furthest() string {
	best := ""
	for _, f := range w.fulfilments {
		if rank[f.Status] > rank[best] {
			best = f.Status
		}
	}
	return best
}

// ending says how fulfilments end, and what the hands are told that hold their goods.
type ending struct {
	to     string // state
	reason string // of the stop; empty: whoever ends them holds them, and knows
	actor  string
}

// stop takes fulfilments out of work, at whatever stage they are. Whoever has their goods in hand is told at the next scan.
func (s *Service) stop(tx *db.Tx, fs []*order.Fulfilment, e ending) error {
	if len(fs) == 0 {
		return nil
	}
	if e.reason != "" {
		if err := halt(tx, fs, e); err != nil {
			return err
		}
	}
	if err := pick.CancelFor(tx, fs); err != nil {
		return err
	}
	var packed, labelled []*order.Fulfilment
	for _, f := range fs {
		if f.Status == order.Packed {
			packed = append(packed, f)
		}
		if f.Status != order.Allocated { // a waybill may have been taken with the wave, before anything was packed
			labelled = append(labelled, f)
		}
	}
	if len(labelled) > 0 {
		if err := s.ship.StopFor(tx, labelled, e.actor); err != nil {
			return err
		}
	}
	if err := s.openAgain(tx, packed, e.actor); err != nil {
		return err
	}
	if err := giveBack(tx, fs); err != nil {
		return err
	}
	for _, f := range fs {
		if err := order.MoveFulfilment(tx, f, e.to); err != nil {
			return err
		}
	}
	return nil
}

// halt writes the stops of fulfilments of which somebody may hold goods.
func halt(tx *db.Tx, fs []*order.Fulfilment, e ending) error {
	for _, f := range fs {
		if f.Status == order.Allocated {
			continue // nobody has touched it
		}
		bin, err := warehouse.Quarantine(tx, f.NodeID)
		if err != nil {
			return err
		}
		order.AddStop(tx, &order.Stop{OrderID: f.OrderID, FulfilmentID: f.ID, Reason: e.reason, Actor: e.actor, Params: map[string]any{"bin": bin.Code}})
	}
	return nil
}

// giveBack ends every reservation of the fulfilments. Picked goods go to quarantine: somebody has to put
// them away before they can be promised again.
func giveBack(tx *db.Tx, fs []*order.Fulfilment) error {
	ids := make([]int64, len(fs))
	for i, f := range fs {
		ids[i] = f.ID
	}
	held, err := inventory.Reservations(tx, ids)
	if err != nil {
		return err
	}
	var bound, picked []inventory.Reservation
	quarantine := map[int64]int64{}
	for _, f := range fs {
		for _, r := range held[f.ID] {
			if r.Kind != inventory.Picked {
				bound = append(bound, r)
				continue
			}
			picked = append(picked, r)
			if quarantine[r.Node] == 0 {
				l, err := warehouse.Quarantine(tx, r.Node)
				if err != nil {
					return err
				}
				quarantine[r.Node] = l.ID
			}
		}
	}
	inventory.Release(tx, bound)
	inventory.PutBack(tx, picked, func(r inventory.Reservation) inventory.Place {
		return inventory.Place{Node: r.Node, Location: quarantine[r.Node], Quality: inventory.Quarantine}
	})
	return nil
}

// stand brings the order's fulfilment axis to what the facts say.
func (w *work) stand(tx *db.Tx) error {
	to := w.Axes
	to.Fulfilment = order.Derive(w.Order, w.fulfilments, w.owed)
	shipments, err := ship.ShipmentsOf(tx, []int64{w.ID})
	if err != nil {
		return err
	}
	to.Delivery = ship.Delivery(to.Fulfilment, shipments[w.ID])
	if to.Fulfilment == order.FulfilmentCancelled && !to.Passed() && to.Review != order.ReviewRejected {
		to.Review = order.ReviewCancelled
	}
	return order.Move(tx, w.Order, to)
}

// settleDebts ends what the order is owed.
func (w *work) settleDebts(tx *db.Tx) {
	for _, b := range w.owed {
		b.Quantity = 0
		order.Owe(tx, b, true)
	}
	w.owed = nil
}

// liftHolds ends every live hold of the order.
func (w *work) liftHolds(tx *db.Tx, actor string) error {
	holds, err := order.Holds(tx, []int64{w.ID})
	if err != nil {
		return err
	}
	for _, h := range holds[w.ID] {
		if h.Live() {
			if err := order.ReleaseHold(tx, h, actor, ""); err != nil {
				return err
			}
		}
	}
	return nil
}
