package flow

import (
	"slices"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// Amend decides over what a channel changes about an order in work. It is given to intake, and runs in the
// transaction that files the document.
//
//	                       allocated or released      picked or packed         shipped
//	cancelled              cancelled                  cancelled                refused: cancel.shipped
//	other recipient        the work is taken back,    applied; waybills are    refused: amend.shipped
//	                       the rules look again       voided
//	less of its lines      the work is taken back,    applied: what is too     refused: amend.shipped, but for
//	                       the rules look again       much goes aside          what has not left
//	other lines or terms   the work is taken back,    refused: amend.in_work   refused: amend.shipped
//	                       the rules look again
//	times, notes           applied                    applied                  applied
//	refunded               cancelled                  cancelled                booked
//
// Before a labelled parcel is cancelled, opened or sent elsewhere its carrier is asked whether it has it (ask, askFirst). Whoever
// has the goods in hand is told at the next scan; docs/flow/races.md lists what becomes of everything.
func (s *Service) Amend(tx *db.Tx, a *intake.Amendment) error { return s.amend(tx, a, false) }

// amend is Amend; asked says that the carriers have answered.
func (s *Service) amend(tx *db.Tx, a *intake.Amendment, asked bool) error {
	w, err := openLocked(tx, a.Order)
	if err != nil {
		return err
	}
	refunded := a.Order.Payment != order.Refunded && a.New.Payment == order.Refunded
	if refunded && w.Fulfilment == order.FulfilmentShipped {
		tellTooLate(tx, w.ID, a.Actor, refundedReason, "cancel.shipped")
	}
	stage := w.furthest()
	switch c := a.Changes; {
	case a.Cancel || (refunded && w.Fulfilment != order.FulfilmentShipped):
		return s.cancelAmended(tx, w, a, asked)
	case !c.Recipient && !c.Lines && !c.Amounts && !c.Terms:
		return w.apply(tx, a)
	case onlyLess(a) && w.takesLess(stage, a):
		return s.amendLess(tx, w, a, asked)
	case stage == order.Allocated || stage == order.Released:
		return s.startOver(tx, w, a)
	case stage == order.Shipped:
		return fault.New(fault.Conflict, "amend.shipped", "the parcel has left; what it holds and where it goes can no longer be changed")
	case c.Recipient && !c.Lines && !c.Amounts && !c.Terms:
		return s.readdress(tx, w, a, asked)
	}
	return fault.New(fault.Conflict, "amend.in_work", "the goods are picked already; cancel the order and send a new one").With("stage", stage)
}

// takesLess reports whether what is not wanted any more is taken out of the work as it stands. Before anybody has goods
// in hand it is simpler to begin again.
func (w *work) takesLess(stage string, a *intake.Amendment) bool {
	switch stage {
	case order.Picked, order.Packed:
		return true
	case order.Shipped:
		return w.Fulfilment != order.FulfilmentShipped
	}
	return nothingWanted(a.New.Lines)
}

// apply writes the content and the payment, and leaves the work alone.
func (w *work) apply(tx *db.Tx, a *intake.Amendment) error {
	to := w.Axes
	to.Payment = a.New.Payment
	if err := order.Move(tx, w.Order, to); err != nil {
		return err
	}
	return a.Save(tx)
}

func (s *Service) cancelAmended(tx *db.Tx, w *work, a *intake.Amendment, asked bool) error {
	to := w.Axes
	to.Payment = a.New.Payment
	if err := order.Move(tx, w.Order, to); err != nil {
		return err
	}
	reason := "channel"
	if !a.Cancel {
		reason = refundedReason
	}
	if asked {
		_, err := s.callOff(tx, w, a.Actor, reason)
		return err
	}
	_, err := s.cancel(tx, w, a.Actor, reason)
	return err
}

// readdress sends what is picked to another address.
func (s *Service) readdress(tx *db.Tx, w *work, a *intake.Amendment, asked bool) (err error) {
	labelled, err := w.labelled(tx)
	if err != nil {
		return err
	}
	if !asked {
		if a.Asking, err = s.askFirst(tx, w, labelled, recall{Actor: a.Actor, Document: &a.Said}); err != nil || a.Asking {
			return err
		}
	}
	if err := s.apart(tx, w, a.Actor); err != nil {
		return err
	}
	if err := s.voidWaybills(tx, labelled, a.Actor); err != nil {
		return err
	}
	return w.apply(tx, a)
}

// apart opens what lies in one carton with goods of other orders, for it goes elsewhere now, and takes it out of its bonds.
func (s *Service) apart(tx *db.Tx, w *work, actor string) error {
	var ids []int64
	for _, f := range w.live() {
		ids = append(ids, f.ID)
	}
	bonds, err := order.BondsOf(tx, ids)
	if err != nil || len(bonds) == 0 {
		return err
	}
	var packed []*order.Fulfilment
	for _, f := range w.live() {
		if f.Status == order.Packed && bonds[f.ID] != nil {
			packed = append(packed, f)
		}
	}
	if err := s.openAgain(tx, packed, actor); err != nil {
		return err
	}
	return w.leave(tx, order.PartAddress, actor)
}

// startOver takes the work back and sends the order through the rules and allocation again, as it reads now.
func (s *Service) startOver(tx *db.Tx, w *work, a *intake.Amendment) error {
	if err := s.stop(tx, w.live(), ending{order.Cancelled, order.StopAgain, a.Actor}); err != nil {
		return err
	}
	w.settleDebts(tx)
	to := w.Axes
	to.Payment, to.Review, to.Fulfilment = a.New.Payment, order.ReviewPending, order.FulfilmentNone
	if err := order.Move(tx, w.Order, to); err != nil {
		return err
	}
	return a.Save(tx)
}

// labelled lists what has a waybill and has not left.
func (w *work) labelled(tx *db.Tx) (list []*order.Fulfilment, err error) {
	shipments, err := ship.ShipmentsOf(tx, []int64{w.ID})
	for _, f := range w.live() {
		if f.Status != order.Allocated && slices.ContainsFunc(shipments[w.ID], func(x *ship.Shipment) bool { return x.FulfilmentID == f.ID && x.Live() }) {
			list = append(list, f)
		}
	}
	return list, err
}

// voidWaybills takes back the labels of parcels that have not left, so that new ones carry the new address. A parcel
// that bears an old one is stopped at its next scan.
func (s *Service) voidWaybills(tx *db.Tx, labelled []*order.Fulfilment, actor string) error {
	if len(labelled) == 0 {
		return nil
	}
	if err := halt(tx, labelled, ending{reason: order.StopAddress, actor: actor}); err != nil {
		return err
	}
	return s.ship.StopFor(tx, labelled, actor)
}
