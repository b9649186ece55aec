package review

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// stoppedAt is the parameter of a hold that says in which state of review it met the order.
const stoppedAt = "stopped_at"

// verdicts are the events that say that somebody, or the rules, decided over an order.
var verdicts = []string{"review.passed.v1", "review.held.v1", "review.approved.v1", "review.rejected.v1"}

// longest bounds how much of an order's timeline is read; no order comes near it.
const longest = 10_000

// interrupts marks a hold that is placed on an order whose review is still to come.
func interrupts(h *order.Hold) {
	if h.Params == nil {
		h.Params = map[string]any{}
	}
	h.Params[stoppedAt] = order.ReviewPending
}

// owesReview reports whether the hold has kept the rules from an order they have not decided over since. Lifting it
// then is no approval: nobody has looked at the order yet.
func owesReview(tx *db.Tx, h *order.Hold) (bool, error) {
	if h.Params[stoppedAt] != order.ReviewPending {
		return false, nil
	}
	events, err := tx.Timeline(h.OrderID, longest)
	decided := slices.ContainsFunc(events, func(e db.Fact) bool { return e.ID > h.ID && slices.Contains(verdicts, e.Kind) })
	return !decided, err
}
