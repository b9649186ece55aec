package flow

import (
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// Amend decides over what a channel changes about an order in work. It is given to intake, and runs in the
// transaction that files the document.
//
//	                       allocated or released      picked or packed         shipped
//	cancelled              cancelled                  cancelled                refused: cancel.shipped
//	other recipient        the work is taken back,    applied; waybills are    refused: amend.shipped
//	                       the rules look again       voided
//	other lines or terms   the work is taken back,    refused: amend.in_work   refused: amend.shipped
//	                       the rules look again
//	times, notes           applied                    applied                  applied
//	refunded               cancelled                  cancelled                booked
func (s *Service) Amend(tx *db.Tx, a intake.Amendment) error {
	w, err := openLocked(tx, a.Order)
	if err != nil {
		return err
	}
	refunded := a.Order.Payment != order.Refunded && a.New.Payment == order.Refunded
	stage := w.furthest()
	switch c := a.Changes; {
	case a.Cancel || (refunded && w.Fulfilment != order.FulfilmentShipped):
		return s.cancelAmended(tx, w, a)
	case !c.Recipient && !c.Lines && !c.Amounts && !c.Terms:
		return w.apply(tx, a)
	case stage == order.Allocated || stage == order.Released:
		return s.startOver(tx, w, a)
	case stage == order.Shipped:
		return fault.New(fault.Conflict, "amend.shipped", "the parcel has left; what it holds and where it goes can no longer be changed")
	case c.Recipient && !c.Lines && !c.Amounts && !c.Terms:
		if err := s.voidWaybills(tx, w, a.Actor); err != nil {
			return err
		}
		return w.apply(tx, a)
	}
	return fault.New(fault.Conflict, "amend.in_work", "the goods are picked already; cancel the order and send a new one").With("stage", stage)
}

// apply writes the content and the payment, and leaves the work alone.
func (w *work) apply(tx *db.Tx, a intake.Amendment) error {
	to := w.Axes
	to.Payment = a.New.Payment
	if err := order.Move(tx, w.Order, to); err != nil {
		return err
	}
	a.Save(tx)
	return nil
}

func (s *Service) cancelAmended(tx *db.Tx, w *work, a intake.Amendment) error {
	to := w.Axes
	to.Payment = a.New.Payment
	if err := order.Move(tx, w.Order, to); err != nil {
		return err
	}
	reason := "channel"
	if !a.Cancel {
		reason = "refunded"
	}
	_, err := s.cancel(tx, w, a.Actor, reason)
	return err
}

// startOver takes the work back and sends the order through the rules and allocation again, as it reads now.
func (s *Service) startOver(tx *db.Tx, w *work, a intake.Amendment) error {
	if err := s.stop(tx, w.live(), order.Cancelled, a.Actor); err != nil {
		return err
	}
	w.settleDebts(tx)
	to := w.Axes
	to.Payment, to.Review, to.Fulfilment = a.New.Payment, order.ReviewPending, order.FulfilmentNone
	if err := order.Move(tx, w.Order, to); err != nil {
		return err
	}
	a.Save(tx)
	return nil
}

// voidWaybills takes back the labels of parcels that have not left, so that new ones carry the new address.
func (s *Service) voidWaybills(tx *db.Tx, w *work, actor string) error {
	var packed []*order.Fulfilment
	for _, f := range w.live() {
		if f.Status == order.Packed {
			packed = append(packed, f)
		}
	}
	if len(packed) == 0 {
		return nil
	}
	return s.ship.StopFor(tx, packed, actor)
}
