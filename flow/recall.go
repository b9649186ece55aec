package flow

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
)

const (
	recallJob = "flow.recall"
	// askingHold keeps the parcels at the dock while their carriers are asked.
	askingHold = "cancel.asking"
)

// recall is a cancel that waits for the carriers.
type recall struct {
	Order     int64   `json:"order"`
	Hold      int64   `json:"hold"`
	Shipments []int64 `json:"shipments"`
	Actor     string  `json:"actor"`
	Reason    string  `json:"reason"`
}

// Handlers are the jobs of the package, by kind.
func (s *Service) Handlers() map[string]job.Handler {
	return map[string]job.Handler{recallJob: s.runRecall}
}

// ask has the carriers of labelled parcels asked before the order is called off: what a courier has taken along without a
// scan at the dock cannot be called back, and nobody must be told that it was. It reports whether there is somebody to ask.
func (s *Service) ask(tx *db.Tx, w *work, actor, reason string) (bool, error) {
	shipments, err := s.ship.Askable(tx, w.live())
	if err != nil || len(shipments) == 0 {
		return false, err
	}
	holds, err := order.Holds(tx, []int64{w.ID})
	if err != nil || slices.ContainsFunc(holds[w.ID], func(h *order.Hold) bool { return h.Live() && h.Reason == askingHold }) {
		return true, err
	}
	h := &order.Hold{OrderID: w.ID, Reason: askingHold, Owner: string(order.OwnerWarehouse), PlacedBy: actor}
	order.PlaceHold(tx, h)
	job.Add(tx, job.Job{Kind: recallJob, Key: id.Show(order.HoldPrefix, h.ID), Payload: recall{w.ID, h.ID, shipments, actor, reason}})
	return true, nil
}

// runRecall asks the carriers, and calls the order off or says that it is too late. A carrier that does not answer for hours
// has the parcel as far as the last scan says: it is called off, and stopped at the dock.
func (s *Service) runRecall(ctx context.Context, j job.Job) error {
	var r recall
	if err := j.Read(&r); err != nil {
		return err
	}
	collected, err := s.ship.Recall(ctx, r.Shipments)
	if err != nil && j.Attempt < job.Attempts {
		return err
	}
	return s.db.Update(ctx, func(tx *db.Tx) error { return s.recalled(tx, r, collected) })
}

func (s *Service) recalled(tx *db.Tx, r recall, collected []int64) error {
	w, err := open(tx, r.Order)
	if err != nil {
		return err
	}
	h, err := order.HoldByID(tx, r.Hold)
	if err != nil {
		return err
	}
	if h.Live() {
		if err := order.ReleaseHold(tx, h, "system", ""); err != nil {
			return err
		}
	}
	if len(collected) == 0 {
		_, err := s.callOff(tx, w, r.Actor, r.Reason)
		if f, refused := fault.As(err); refused && f.Kind == fault.Conflict && f.Code != "cancel.already" {
			tellTooLate(tx, w.ID, r.Actor, r.Reason, f.Code)
			return nil
		} else if refused && f.Code == "cancel.already" {
			return nil
		}
		return err
	}
	if err := s.ship.Recalled(tx, r.Shipments, collected, "system"); err != nil {
		return err
	}
	tellTooLate(tx, w.ID, r.Actor, r.Reason, "cancel.collected")
	return aftersales.Expect(tx, w.ID, "system")
}

// tellTooLate answers whoever wanted an order called off that it was too late.
func tellTooLate(tx *db.Tx, orderID int64, actor, reason, code string) {
	question := "cancel"
	if reason == refundedReason {
		question = "refund"
	}
	tx.Emit(db.Event{Kind: "order.too_late.v1", Order: orderID, Actor: actor, Params: map[string]any{"question": question, "code": code}})
}
