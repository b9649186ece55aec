package flow

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
)

const (
	recallJob = "flow.recall"
	// These keep the parcels at the dock while their carriers are asked, for a cancel or for another change.
	askingHold = "cancel.asking"
	changeHold = "amend.asking"
)

// recall is what waits for the carriers: a cancel, or what else it names.
type recall struct {
	Order     int64        `json:"order"`
	Hold      int64        `json:"hold"`
	Shipments []int64      `json:"shipments"`
	Actor     string       `json:"actor"`
	Reason    string       `json:"reason"`
	Line      *CancelLine  `json:"line,omitempty"`
	Document  *intake.Said `json:"document,omitempty"`
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
	return true, wait(tx, askingHold, recall{Order: w.ID, Shipments: shipments, Actor: actor, Reason: reason})
}

// askFirst is ask for a change of some fulfilments. A later document replaces one that still waits: its hold is lifted by the channel
// itself, which is how recalledDocument knows.
func (s *Service) askFirst(tx *db.Tx, w *work, fs []*order.Fulfilment, r recall) (bool, error) {
	shipments, err := s.ship.Askable(tx, fs)
	if err != nil || len(shipments) == 0 {
		return false, err
	}
	if r.Document != nil {
		holds, err := order.Holds(tx, []int64{w.ID})
		if err != nil {
			return false, err
		}
		for _, h := range holds[w.ID] {
			if h.Live() && h.Reason == changeHold && h.PlacedBy == r.Actor {
				if err := order.ReleaseHold(tx, h, r.Actor, ""); err != nil {
					return false, err
				}
			}
		}
	}
	r.Order, r.Shipments = w.ID, shipments
	return true, wait(tx, changeHold, r)
}

// wait holds the order until its carriers have answered.
func wait(tx *db.Tx, hold string, r recall) error {
	h := &order.Hold{OrderID: r.Order, Reason: hold, Owner: string(order.OwnerWarehouse), PlacedBy: r.Actor}
	if err := order.PlaceHold(tx, h); err != nil {
		return err
	}
	r.Hold = h.ID
	job.Add(tx, job.Job{Kind: recallJob, Key: id.Show(order.HoldPrefix, h.ID), Payload: r})
	return nil
}

// runRecall asks the carriers, and does what was asked for or says that it is too late. A carrier that does not answer for hours
// does not have the parcel as far as the last scan says: it is done, and the parcel stopped at the dock.
func (s *Service) runRecall(ctx context.Context, j job.Job) error {
	var r recall
	if err := j.Read(&r); err != nil {
		return err
	}
	collected, err := s.ship.Recall(ctx, r.Shipments)
	if err != nil && j.Attempt < job.Attempts {
		return err
	}
	switch {
	case r.Line != nil:
		return s.recalledLine(ctx, r, collected)
	case r.Document != nil:
		return s.recalledDocument(ctx, r, collected)
	}
	return s.db.Update(ctx, func(tx *db.Tx) error { return s.recalled(tx, r, collected) })
}

// recalledLine takes the line off, or says that it is too late. Its hold ends with it, so that it is done once.
func (s *Service) recalledLine(ctx context.Context, r recall, collected []int64) error {
	tooLate := func(code string) error {
		return s.db.Update(ctx, func(tx *db.Tx) error {
			if live, err := endHold(tx, r); err != nil || !live {
				return err
			}
			tx.Emit(db.Event{Kind: "order.too_late.v1", Order: r.Order, Actor: r.Actor, Params: map[string]any{"question": "line", "code": code}})
			return s.ship.Recalled(tx, r.Shipments, collected, "system")
		})
	}
	if len(collected) > 0 {
		return tooLate("cancel.collected")
	}
	err := s.db.Update(ctx, func(tx *db.Tx) error {
		w, err := open(tx, r.Order)
		if err != nil {
			return err
		}
		if live, err := endHold(tx, r); err != nil || !live {
			return err
		}
		_, err = s.cancelLine(tx, w, *r.Line, true)
		return err
	})
	if f, refused := fault.As(err); refused {
		return tooLate(f.Code)
	}
	return err
}

// recalledDocument takes the document in again: what was collected has left by then, and the answer says so. It may be done again
// after it broke off, because a document that was taken in says nothing new.
func (s *Service) recalledDocument(ctx context.Context, r recall, collected []int64) error {
	inbox := s.answered
	err := s.db.Update(ctx, func(tx *db.Tx) error {
		h, err := order.HoldByID(tx, r.Hold)
		if err != nil {
			return err
		}
		if !h.Live() && h.ReleasedBy == r.Actor {
			inbox = s.superseded
		}
		if len(collected) == 0 {
			return nil
		}
		if _, err := endHold(tx, r); err != nil {
			return err
		}
		return s.ship.Recalled(tx, r.Shipments, collected, "system")
	})
	if err != nil {
		return err
	}
	in, err := r.Document.Input()
	if err != nil {
		return err
	}
	if _, err := inbox.Receive(ctx, nil, in); err != nil {
		if _, refused := fault.As(err); !refused {
			return err
		}
	}
	return s.db.Update(ctx, func(tx *db.Tx) error { _, err := endHold(tx, r); return err })
}

// endHold lifts the hold of a recall, and reports whether it was live.
func endHold(tx *db.Tx, r recall) (bool, error) {
	h, err := order.HoldByID(tx, r.Hold)
	if err != nil || !h.Live() {
		return false, err
	}
	return true, order.ReleaseHold(tx, h, "system", "")
}

func (s *Service) recalled(tx *db.Tx, r recall, collected []int64) error {
	w, err := open(tx, r.Order)
	if err != nil {
		return err
	}
	if _, err := endHold(tx, r); err != nil {
		return err
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
