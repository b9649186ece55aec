package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// Claim is who has a case open.
type Claim struct {
	Order string `json:"order"`
	Who   string `json:"who"`
	Until string `json:"until" doc:"when others may open it; of a case that was put off, when it comes back"`
}

// LeaveInput gives a case back.
type LeaveInput struct {
	Decided bool `json:"decided,omitempty" doc:"a decision was made: the time it took counts"`
}

// SnoozeInput puts a case off.
type SnoozeInput struct {
	Until string `json:"until,omitempty" format:"date-time" doc:"within thirty days; empty takes it up again"`
}

func (s *Server) claims() {
	command(s, route{path: "/v1/orders/{id}/claim", tag: "review", id: "claim-order", scope: access.OrdersWrite, summary: "Open a case for oneself",
		about: "For five minutes, and again with each call. Decisions do not ask for it: it keeps two people from the same case. Problems: order.not_found, review.claimed."},
		onOrder(func(c *call, key int64, _ Empty) (Claim, error) {
			return claimOf(c.Review.Claim(c.ctx, c.once, key, c.actor()))
		}))
	command(s, route{path: "/v1/orders/{id}/leave", tag: "review", id: "leave-order", scope: access.OrdersWrite, summary: "Give a case back",
		about: "Whoever does not have it open changes nothing. Problems: order.not_found."}, onOrder(func(c *call, key int64, in LeaveInput) (Empty, error) {
		return Empty{}, c.Review.Leave(c.ctx, c.once, key, c.actor(), in.Decided)
	}))
	command(s, route{path: "/v1/orders/{id}/snooze", tag: "review", id: "snooze-order", scope: access.OrdersWrite, summary: "Put a case off",
		about: "It leaves the queue until then; the order stays as it is. Problems: order.not_found, review.claimed, review.snooze, http.time."},
		onOrder(func(c *call, key int64, in SnoozeInput) (Claim, error) {
			until, err := microsOf("until", in.Until)
			if err != nil {
				return Claim{}, err
			}
			return claimOf(c.Review.Snooze(c.ctx, c.once, key, c.actor(), until))
		}))
	command(s, route{path: "/v1/orders/{id}/force", tag: "review", id: "force-order", scope: access.OrdersForce, summary: "Let an order go whatever stops it",
		about: "Every hold is lifted, whoever placed it; the reason is on the timeline. Problems: order.not_found, required, review.over, review.unmapped, order.state."},
		onOrder(func(c *call, key int64, in Why) (ReviewOutcome, error) {
			return reviewOutcome(c.Review.Force(c.ctx, c.once, key, c.actor(), in.Reason))
		}))
}

func claimOf(c review.Claim, err error) (Claim, error) {
	return Claim{Order: id.Show(order.Prefix, c.OrderID), Who: c.Who, Until: at(c.Until)}, err
}
