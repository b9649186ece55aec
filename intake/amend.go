package intake

import (
	"errors"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// Amendment is what a channel wants changed about an order that it sold before.
//
// What is done depends on how far the order is:
//
//	The order is …                    it becomes paid   it is cancelled            anything else changes
//	not in work: not reviewed yet,    applied           applied: every line is     applied; the rules look again, unless
//	  waits for a node, or is owed                      cancelled, holds and       only times, notes or the payment
//	  with nothing promised                             debts end                  changed
//	in work: promised, being picked   applied           the function given to      the function given to New decides
//	  and packed, or shipped                            New decides
//	closed: cancelled or rejected     applied           nothing is left to do      refused: intake.order_closed
//
// The function given to New gets such an amendment in the transaction that files the document. It applies the change
// (Save writes the content), stops the work, or refuses with a fault that says why; then everything it
// wrote is taken back, and the document is kept as refused. It says itself what it did to the work, and that the order
// is cancelled; that the order was amended is said here. A payment that arrived is booked before it is asked.
//
// The function may also put the decision off until somebody outside has answered (Asking). Then the document is not filed: whoever asks
// keeps Said, and gives it to Receive again.
type Amendment struct {
	Order   *order.Order // as it stands, locked
	New     order.Order  // as the channel wants it: the same id and states, except for the payment
	Changes Changes      // in what New differs from Order
	Cancel  bool         // it wants the order cancelled; New then differs at most in the payment
	Actor   string
	Said    Said // the document itself
	Asking  bool // set by the function: nothing but a payment is changed yet
}

// Said is a document as it came, to be taken in once more.
type Said struct {
	Source string `json:"source"`
	Actor  string `json:"actor"`
	Body   string `json:"body"`
}

// Input reads the document again.
func (s Said) Input() (Input, error) {
	d, err := Decode([]byte(s.Body))
	return Input{Document: d, Source: s.Source, Actor: s.Actor, Raw: s.Body}, err
}

// Save writes the content of New over Order: head and lines, not the states.
func (a *Amendment) Save(tx *db.Tx) error {
	for _, l := range a.New.Lines {
		if at := lineAt(a.Order.Lines, l.No); at < 0 || a.Order.Lines[at] != l {
			l.OrderID = a.Order.ID
			order.SaveLine(tx, l)
		}
	}
	axes := a.Order.Axes
	*a.Order = a.New
	a.Order.Axes = axes
	return order.SaveContent(tx, a.Order)
}

// change applies a document that says something new about a known order, or has it decided over.
func (r *round) change(it *item) (Receipt, error) {
	id := it.past.last.orderID
	o := r.orders[id]
	if o == nil {
		return r.refuse(it, order.Missing(id).(*fault.Fault))
	}
	if !it.legible { // all that differs from the order counts as changed
		it.before = content{order: *o, maySplit: &o.MaySplit}
	}
	to, err := merge(o, it.before, it.said, r.skusOf(o.Channel))
	if err != nil {
		return r.refuse(it, err)
	}
	if it.said.cancelled && !payable(o.Payment, to.Payment) {
		to.Payment = o.Payment // a shop that calls an order off may call it unpaid as well
	}
	a := Amendment{Order: o, New: to, Changes: changesOf(o, &to), Cancel: it.said.cancelled, Actor: it.actor, Said: Said{it.source, it.actor, it.body}}
	changed := a.Changes.Names()
	if err := r.apply(it, &a); errors.Is(err, errInWork) {
		return Receipt{}, err
	} else if err != nil {
		return r.refuse(it, err)
	}
	if a.Asking {
		return Receipt{a.Order.ID, AmendPending, it.past.last.revision}, nil
	}
	return r.applied(it, &a, changed), nil
}

// applied files a document that was followed and tells the timeline what changed.
func (r *round) applied(it *item, a *Amendment, changed []string) Receipt {
	out, filed := Receipt{OrderID: a.Order.ID, Outcome: Unchanged}, Amended
	switch {
	case a.Cancel && r.inWork(a.Order) && a.Order.Fulfilment != order.FulfilmentShipped:
		out.Outcome, filed = CancelPending, Cancelled
	case a.Cancel:
		out.Outcome, filed = Cancelled, Cancelled
	case len(changed) > 0:
		out.Outcome = Amended
	}
	out.Revision = r.file(it, out.OrderID, filed)
	if len(changed) > 0 {
		emitAmended(r.tx, it.arrival, out.OrderID, changed, out.Revision)
	}
	return out
}

// apply does what the table of Amendment says.
func (r *round) apply(it *item, a *Amendment) error {
	o := a.Order
	switch {
	case closed(o):
		return r.applyClosed(a, it.before.cancelled)
	case r.inWork(o):
		return r.applyInWork(a)
	case a.Cancel:
		return r.cancel(it, a)
	case a.Changes.Any():
		return r.applyFree(a)
	}
	return nil
}

func closed(o *order.Order) bool {
	return o.Fulfilment == order.FulfilmentCancelled || o.Review == order.ReviewRejected || o.Review == order.ReviewCancelled
}

// inWork reports whether a node has begun with the order. Of an order that is owed goods a part may be under way.
func (r *round) inWork(o *order.Order) bool {
	switch o.Fulfilment {
	case order.FulfilmentAllocated, order.FulfilmentPartial, order.FulfilmentShipped:
		return true
	case order.FulfilmentBackordered:
		return slices.ContainsFunc(r.fulfilments[o.ID], func(f *order.Fulfilment) bool { return f.Live() || f.Status == order.Shipped })
	}
	return false
}

func (r *round) applyClosed(a *Amendment, wasCancelled bool) error {
	rest := a.Changes
	rest.Payment = false
	if a.Changes.Payment {
		if err := r.pay(a); err != nil {
			return err
		}
	}
	if !a.Cancel && (rest.Any() || wasCancelled) {
		return fault.New(fault.Conflict, "intake.order_closed", "the order is closed and takes no more changes; send a new order")
	}
	return nil
}

func (r *round) applyInWork(a *Amendment) error {
	paid := a.becomesPaid()
	rest := a.Changes
	rest.Payment = rest.Payment && !paid
	ask := a.Cancel || rest.Any()
	if ask && r.amend == nil {
		return errInWork
	}
	if paid {
		if err := r.pay(a); err != nil {
			return err
		}
		a.Changes.Payment = false
	}
	if !ask {
		return nil
	}
	return r.amend(r.tx, a)
}

// applyFree changes an order that no node has begun with. Where the rules could decide otherwise now, it goes back
// to them; they lift their own holds when the reason is gone.
func (r *round) applyFree(a *Amendment) error {
	o, to := a.Order, a.Order.Axes
	to.Payment = a.New.Payment
	if a.asksReview() {
		to.Review, to.Fulfilment = order.ReviewPending, order.FulfilmentNone
	}
	paid := a.becomesPaid()
	var owed []order.BackOrder
	for _, b := range r.owed[o.ID] {
		at, was := lineAt(a.New.Lines, b.LineNo), lineAt(o.Lines, b.LineNo)
		if at < 0 || was < 0 || a.New.Lines[at] != o.Lines[was] {
			owed = append(owed, b)
		}
	}
	if err := order.Move(r.tx, o, to); err != nil {
		return err
	}
	if err := a.Save(r.tx); err != nil {
		return err
	}
	settle(r.tx, owed)
	if paid {
		return r.lift(o, a.Actor, "order.unpaid")
	}
	return nil
}

// asksReview reports whether the rules have to look again. A held order that gets its money goes back to them,
// one that was passed without it does not: it was passed on other grounds.
func (a *Amendment) asksReview() bool {
	c := a.Changes
	if c.Recipient || c.Lines || c.Amounts || c.Terms {
		return true
	}
	return c.Payment && (!a.becomesPaid() || a.Order.Review == order.ReviewHeld)
}

func (a *Amendment) becomesPaid() bool {
	return a.Order.Payment != order.Paid && a.New.Payment == order.Paid
}

// cancel calls off an order that no node has begun with.
func (r *round) cancel(it *item, a *Amendment) error {
	o, to := a.Order, a.Order.Axes
	to.Payment, to.Fulfilment = a.New.Payment, order.FulfilmentCancelled
	if !to.Passed() {
		to.Review = order.ReviewCancelled
	}
	for i := range a.New.Lines {
		a.New.Lines[i].Cancelled = a.New.Lines[i].Quantity
	}
	if err := order.Move(r.tx, o, to); err != nil {
		return err
	}
	if err := a.Save(r.tx); err != nil {
		return err
	}
	settle(r.tx, r.owed[o.ID])
	emitCancelled(r.tx, it.arrival, o.ID, false)
	return r.lift(o, a.Actor, "")
}

// pay books what the channel says of the payment, and nothing else.
func (r *round) pay(a *Amendment) error {
	o, to := a.Order, a.Order.Axes
	to.Payment = a.New.Payment
	paid := a.becomesPaid()
	if err := order.Move(r.tx, o, to); err != nil {
		return err
	}
	o.PaidAt, o.PaidAmount, o.PaymentMethod = a.New.PaidAt, a.New.PaidAmount, a.New.PaymentMethod
	if err := order.SaveContent(r.tx, o); err != nil {
		return err
	}
	if paid {
		return r.lift(o, a.Actor, "order.unpaid")
	}
	return nil
}

// lift ends the live holds of an order for one reason, or for all with none given.
func (r *round) lift(o *order.Order, actor, reason string) error {
	for _, h := range r.holds[o.ID] {
		if h.Live() && (reason == "" || h.Reason == reason) {
			if err := order.ReleaseHold(r.tx, h, actor, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

func settle(tx *db.Tx, owed []order.BackOrder) {
	for _, b := range owed {
		b.Quantity = 0
		order.Owe(tx, b, true)
	}
}

// payable reports whether a payment may go from one state to another.
func payable(from, to string) bool {
	return from == to || slices.Contains(order.Tables[0].Next[from], to)
}
