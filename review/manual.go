package review

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// Outcome is where an order stands after somebody decided.
type Outcome struct {
	Order  int64  `json:"order"`
	Review string `json:"review"`
	Holds  int    `json:"holds"` // still live
}

func (d *docket) outcome() Outcome {
	return Outcome{Order: d.ID, Review: d.Review, Holds: len(d.live())}
}

// Approve lets an order go on a person's word: every hold of the review is lifted. Where holds of others remain
// it stays held, and goes on when the last of them is lifted. No word of anybody makes goods of a SKU that nobody
// knows. Faults: order.not_found, order.state, review.unmapped.
func (s *Service) Approve(ctx context.Context, once *db.Once, orderID int64, actor, note string) (Outcome, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Outcome, error) {
		d, err := open(tx, orderID)
		if err != nil {
			return Outcome{}, err
		}
		if d.Passed() {
			return Outcome{}, stands(d.Order, order.ReviewApproved)
		}
		if skus := d.unmapped(); len(skus) > 0 {
			return Outcome{}, unmappedFault(skus)
		}
		for _, h := range d.live() {
			if !strings.HasPrefix(h.Reason, "review.") {
				continue
			}
			if err := order.ReleaseHold(tx, h, actor, note); err != nil {
				return Outcome{}, err
			}
		}
		to := order.ReviewApproved
		if len(d.live()) > 0 {
			to = order.ReviewHeld
		}
		if err := d.move(tx, to); err != nil {
			return Outcome{}, err
		}
		tx.Emit(db.Event{Kind: "review.approved.v1", Order: d.ID, Actor: actor, Params: map[string]any{"note": note, "holds": len(d.live())}})
		return d.outcome(), nil
	})
}

// Reject ends an order before any node has begun with it; its holds are lifted and what it is owed is
// struck out. Faults: order.not_found, order.state, review.in_work.
func (s *Service) Reject(ctx context.Context, once *db.Once, orderID int64, actor, reason string) (Outcome, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Outcome, error) {
		d, err := open(tx, orderID)
		if err != nil {
			return Outcome{}, err
		}
		if d.inWork() {
			return Outcome{}, inWork()
		}
		if d.Passed() || d.Review == order.ReviewRejected {
			return Outcome{}, stands(d.Order, order.ReviewRejected)
		}
		if err := d.move(tx, order.ReviewRejected); err != nil {
			return Outcome{}, err
		}
		for _, h := range d.live() {
			if err := order.ReleaseHold(tx, h, actor, reason); err != nil {
				return Outcome{}, err
			}
		}
		d.settle(tx)
		tx.Emit(db.Event{Kind: "review.rejected.v1", Order: d.ID, Actor: actor, Params: map[string]any{"note": reason}})
		return d.outcome(), nil
	})
}

// Stop places a hold by hand. The order is held until it is lifted; what a node is doing for it stops at the
// next step. h needs OrderID, Reason and Owner; its Until is 0 or a moment to come. Faults: order.not_found,
// review.over for an order that is rejected, cancelled or shipped, review.hold_reason, review.hold_until.
func (s *Service) Stop(ctx context.Context, once *db.Once, actor string, h order.Hold) (Outcome, error) {
	if !reasonCode.MatchString(h.Reason) {
		return Outcome{}, fault.Invalidf("reason", "review.hold_reason", "a hold needs a reason code like hold.customer, not %q", h.Reason)
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Outcome, error) {
		if h.Until != 0 && h.Until <= tx.Micros() {
			return Outcome{}, fault.Invalidf("until", "review.hold_until", "the hold would be over before it begins; give a moment to come or none")
		}
		d, err := open(tx, h.OrderID)
		if err != nil {
			return Outcome{}, err
		}
		if err := d.over(); err != nil {
			return Outcome{}, err
		}
		placed := h
		placed.PlacedBy = actor
		if d.Review == order.ReviewPending {
			placed.Params = maps.Clone(h.Params)
			interrupts(&placed)
		}
		if err := d.move(tx, order.ReviewHeld); err != nil {
			return Outcome{}, err
		}
		if err := order.PlaceHold(tx, &placed); err != nil {
			return Outcome{}, err
		}
		d.holds = append(d.holds, &placed)
		return d.outcome(), nil
	})
}

// ReleaseHold lifts one hold. A person who lifts the last one has approved the order, unless it asks for a SKU that
// nobody knows, or was stopped before anybody had looked at it: then it goes back to the rules. Faults:
// hold.not_found, hold.released.
func (s *Service) ReleaseHold(ctx context.Context, once *db.Once, holdID int64, actor, note string) (Outcome, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Outcome, error) {
		found, err := order.HoldByID(tx, holdID)
		if err != nil {
			return Outcome{}, err
		}
		d, err := open(tx, found.OrderID)
		if err != nil {
			return Outcome{}, err
		}
		i := slices.IndexFunc(d.holds, func(h *order.Hold) bool { return h.ID == holdID })
		if i < 0 {
			return Outcome{}, db.ErrGuard
		}
		if err := order.ReleaseHold(tx, d.holds[i], actor, note); err != nil {
			return Outcome{}, err
		}
		if err := d.lifted(tx, d.holds[i], actor, note); err != nil {
			return Outcome{}, err
		}
		return d.outcome(), nil
	})
}

// lifted moves an order on when a person has lifted one of its holds.
func (d *docket) lifted(tx *db.Tx, h *order.Hold, actor, note string) error {
	if d.Review != order.ReviewHeld {
		return nil
	}
	owes, err := owesReview(tx, h)
	switch {
	case err != nil:
		return err
	case owes || len(d.live()) == 0 && len(d.unmapped()) > 0:
		return d.move(tx, order.ReviewPending)
	case len(d.live()) > 0:
		return nil
	}
	if err := d.move(tx, order.ReviewApproved); err != nil {
		return err
	}
	tx.Emit(db.Event{Kind: "review.approved.v1", Order: d.ID, Actor: actor, Params: map[string]any{"note": note, "holds": 0}})
	return nil
}

// unmappedFault is the fault for goods that nobody knows.
func unmappedFault(skus []string) error {
	return fault.New(fault.Conflict, CodeUnmapped, "not in the catalogue: %s; map the SKU or create it", strings.Join(skus, ", ")).With("skus", skus)
}

// stands is the fault for a decision that comes too late.
func stands(o *order.Order, to string) error {
	return fault.New(fault.Conflict, "order.state", "the review of the order is %q and cannot become %q", o.Review, to).
		With("axis", "review").With("from", o.Review).With("to", to)
}

func inWork() error {
	return fault.New(fault.Conflict, "review.in_work", "a node has begun with the order; cancel or amend it instead")
}
