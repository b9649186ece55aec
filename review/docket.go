package review

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// docket is an order on the desk with what may stop it and what is under way for it.
type docket struct {
	*order.Order
	holds       []*order.Hold
	fulfilments []*order.Fulfilment
	owed        []order.BackOrder
}

// dockets reads what belongs to some orders. A new order has neither fulfilments nor debts, so they are
// only looked for where the order has a past.
func dockets(tx *db.Tx, list []*order.Order) ([]docket, error) {
	var holds map[int64][]*order.Hold
	var err error
	if stored := order.Stored(list); len(stored) > 0 {
		if holds, err = order.Holds(tx, stored); err != nil {
			return nil, err
		}
	}
	var old []int64
	for _, o := range list {
		if o.Fulfilment != order.FulfilmentNone || o.UpdatedAt != o.CreatedAt {
			old = append(old, o.ID)
		}
	}
	var fulfilments map[int64][]*order.Fulfilment
	var owed map[int64][]order.BackOrder
	if len(old) > 0 {
		if fulfilments, err = order.FulfilmentsOf(tx, old); err != nil {
			return nil, err
		}
		if owed, err = order.BackOrders(tx, old); err != nil {
			return nil, err
		}
	}
	out := make([]docket, len(list))
	for i, o := range list {
		out[i] = docket{o, holds[o.ID], fulfilments[o.ID], owed[o.ID]}
	}
	return out, nil
}

// open locks one order and reads what belongs to it. A missing order is a fault.
func open(tx *db.Tx, id int64) (*docket, error) {
	o, err := order.LockOne(tx, id)
	if err != nil {
		return nil, err
	}
	list, err := dockets(tx, []*order.Order{o})
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// live lists the holds that still stop the order.
func (d *docket) live() []*order.Hold {
	var out []*order.Hold
	for _, h := range d.holds {
		if h.Live() {
			out = append(out, h)
		}
	}
	return out
}

// over is the fault for an order that the review has nothing to say about any more: all of it has left, or none of it
// will. Its review may still read passed: that is how it got there.
func (d *docket) over() error {
	if d.Fulfilment != order.FulfilmentShipped && d.Fulfilment != order.FulfilmentCancelled {
		return nil
	}
	return fault.New(fault.Conflict, "review.over", "the order is %s; nothing is left to review or to stop", d.Fulfilment).With("state", d.Fulfilment)
}

// unmapped lists the codes still wanted that are no SKU we know.
func (d *docket) unmapped() (codes []string) {
	for _, l := range d.Lines {
		if l.SKUID == 0 && l.Wanted() > 0 {
			codes = append(codes, l.SKU)
		}
	}
	return codes
}

// inWork reports whether a node has begun with the order: then it can no longer be rejected, only cancelled.
func (d *docket) inWork() bool {
	return slices.ContainsFunc(d.fulfilments, func(f *order.Fulfilment) bool { return f.Live() || f.Status == order.Shipped })
}

// move takes the order to another state of review, and its fulfilment to where that and the facts put it.
func (d *docket) move(tx *db.Tx, review string) error {
	return order.Move(tx, d.Order, d.after(review))
}

// plan is move for an order that may go on at once; goOn writes what comes of it.
func (d *docket) plan(tx *db.Tx, review string) error {
	to := d.after(review)
	if to.Fulfilment == order.FulfilmentWaiting {
		return order.Plan(d.Order, to)
	}
	return order.Move(tx, d.Order, to)
}

// after are the states of the order once its review has come to something.
func (d *docket) after(review string) order.Axes {
	to := d.Axes
	to.Review = review
	after := *d.Order
	after.Axes = to
	to.Fulfilment = order.Derive(&after, d.fulfilments, d.owed)
	switch {
	case review == order.ReviewRejected:
		to.Fulfilment = order.FulfilmentCancelled
	case d.Fulfilment == order.FulfilmentNone && to.Fulfilment == order.FulfilmentBackordered:
		to.Fulfilment = order.FulfilmentWaiting // what is owed is decided over again
	}
	return to
}

// settle strikes out what a rejected order is owed.
func (d *docket) settle(tx *db.Tx) {
	for _, b := range d.owed {
		b.Quantity = 0
		order.Owe(tx, b, true)
	}
	d.owed = nil
}
