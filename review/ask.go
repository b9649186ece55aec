package review

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// CodeAsked holds an order because a person asked its customer to confirm the address.
const CodeAsked = "review.asked_address"

// Ask stops an order until its customer has confirmed the address, or a person decides. The case is put off until an answer is due
// (within thirty days), then it comes back. Asked once more, the customer is told once more. Faults: order.not_found, review.over,
// review.in_work, review.claimed, review.snooze.
func (s *Service) Ask(ctx context.Context, once *db.Once, orderID int64, who string, due int64) (Outcome, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Outcome, error) {
		now := tx.Micros()
		if due <= now || due > tx.Now().Add(longestSnooze).UnixMicro() {
			return Outcome{}, badMoment("due_at")
		}
		d, err := open(tx, orderID)
		if err != nil {
			return Outcome{}, err
		}
		if err := d.askable(); err != nil {
			return Outcome{}, err
		}
		was, err := claimsOf(tx, []int64{orderID})
		if err != nil {
			return Outcome{}, err
		}
		if err := was[orderID].others(who, now); err != nil {
			return Outcome{}, err
		}
		if err := d.answered(tx, who); err != nil { // the question before
			return Outcome{}, err
		}
		h := order.Hold{OrderID: d.ID, Reason: CodeAsked, Owner: string(order.OwnerCustomer), PlacedBy: who,
			Params: map[string]any{"due": time.UnixMicro(due).UTC().Format(time.RFC3339)}}
		if d.Review == order.ReviewPending {
			interrupts(&h)
		}
		if err := d.move(tx, order.ReviewHeld); err != nil {
			return Outcome{}, err
		}
		if err := order.PlaceHold(tx, &h); err != nil {
			return Outcome{}, err
		}
		d.holds = append(d.holds, &h)
		Claim{OrderID: d.ID, Who: who, BegunAt: now, Until: due, Snoozed: true}.put(tx)
		return d.outcome(), nil
	})
}

// Confirm takes the word of the customer who was asked that the address is right as it stands. The rules look at the order again:
// where they doubt it still, a person decides. Faults: order.not_found, review.not_asked.
func (s *Service) Confirm(ctx context.Context, orderID int64, actor string) (Outcome, error) {
	return db.Command(ctx, s.db, nil, func(tx *db.Tx) (Outcome, error) {
		d, err := open(tx, orderID)
		if err != nil {
			return Outcome{}, err
		}
		if d.question() == nil {
			return Outcome{}, fault.New(fault.Conflict, "review.not_asked", "nobody asked about the address of this order, or it was answered already")
		}
		if err := d.answered(tx, actor); err != nil {
			return Outcome{}, err
		}
		if err := d.move(tx, order.ReviewPending); err != nil {
			return Outcome{}, err
		}
		tx.Emit(db.Event{Kind: "review.confirmed.v1", Order: d.ID, Actor: actor})
		return d.outcome(), nil
	})
}

// askable refuses to ask about an order whose address no answer could change any more.
func (d *docket) askable() error {
	if d.inWork() {
		return inWork()
	}
	if d.Review == order.ReviewRejected || d.Review == order.ReviewCancelled {
		return stands(d.Order, order.ReviewHeld)
	}
	return d.over()
}

// question is the hold that waits for the customer's answer; nil without one.
func (d *docket) question() *order.Hold {
	for _, h := range d.live() {
		if h.Reason == CodeAsked {
			return h
		}
	}
	return nil
}

// answered lifts the hold of a question, and brings the case back from where it was put off to.
func (d *docket) answered(tx *db.Tx, by string) error {
	h := d.question()
	if h == nil {
		return nil
	}
	if err := order.ReleaseHold(tx, h, by, ""); err != nil {
		return err
	}
	claims, err := claimsOf(tx, []int64{d.ID})
	if c := claims[d.ID]; err == nil && c.Snoozed && c.live(tx.Micros()) {
		c.Until = tx.Micros()
		c.put(tx)
	}
	return err
}

// others is the fault for a case that somebody else has open.
func (c Claim) others(who string, now int64) error {
	if c.live(now) && !c.Snoozed && c.Who != who {
		return fault.New(fault.Conflict, "review.claimed", "%s has this case open; take the next one", c.Who).With("who", c.Who)
	}
	return nil
}

func badMoment(field string) error {
	return fault.Invalidf(field, "review.snooze", "a case is put off until a moment within the next thirty days")
}
