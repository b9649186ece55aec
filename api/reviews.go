package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// Note is what somebody says to a decision.
type Note struct {
	Note string `json:"note,omitempty" maxLength:"1000"`
}

// Why is the reason of a decision against an order.
type Why struct {
	Reason string `json:"reason" doc:"a code, or a sentence for the timeline" maxLength:"1000"`
}

// ReviewOutcome is where an order stands after somebody decided.
type ReviewOutcome struct {
	Order  string `json:"order"`
	Review string `json:"review"`
	Holds  int    `json:"holds" doc:"still live"`
}

func reviewOutcome(o review.Outcome, err error) (ReviewOutcome, error) {
	return ReviewOutcome{Order: id.Show(order.Prefix, o.Order), Review: o.Review, Holds: o.Holds}, err
}

// OrderEdit is what a reviewer corrects; what is left out stays.
type OrderEdit struct {
	Recipient  *order.Recipient `json:"recipient,omitempty" doc:"the whole recipient; a field that holds its mask, as answers show it, stays as it is"`
	Lines      []LineEdit       `json:"lines,omitempty"`
	MaySplit   *bool            `json:"may_split,omitempty"`
	SellerNote *string          `json:"seller_note,omitempty"`
}

// LineEdit maps an order line to a SKU.
type LineEdit struct {
	No  int64  `json:"no"`
	SKU string `json:"sku"`
}

// HoldInput stops an order by hand.
type HoldInput struct {
	Reason string `json:"reason" doc:"a code, such as order.hold.manual"`
	Owner  string `json:"owner,omitempty" doc:"who has to act" enum:"reviewer,finance,customer,channel,warehouse"`
	Until  string `json:"until,omitempty" format:"date-time" doc:"lifts itself then"`
	Note   string `json:"note,omitempty" maxLength:"1000"`
}

func (s *Server) reviews() {
	command(s, route{path: "/v1/orders/{id}/approve", tag: "review", id: "approve-order", scope: access.OrdersWrite,
		summary: "Let an order go; its review holds are lifted"}, onOrder(func(c *call, key int64, in Note) (ReviewOutcome, error) {
		return reviewOutcome(c.Review.Approve(c.ctx, c.once, key, c.actor(), in.Note))
	}))
	command(s, route{path: "/v1/orders/{id}/reject", tag: "review", id: "reject-order", scope: access.OrdersWrite,
		summary: "End an order before any node has begun with it"}, onOrder(func(c *call, key int64, in Why) (ReviewOutcome, error) {
		return reviewOutcome(c.Review.Reject(c.ctx, c.once, key, c.actor(), in.Reason))
	}))
	command(s, route{path: "/v1/orders/{id}/edit", tag: "review", id: "edit-order", scope: access.OrdersWrite,
		summary: "Correct recipient, SKUs or notes; the rules look again"}, onOrder(func(c *call, key int64, in OrderEdit) (ReviewOutcome, error) {
		in, err := c.unmasked(key, in)
		if err != nil {
			return ReviewOutcome{}, err
		}
		return reviewOutcome(c.Review.Edit(c.ctx, c.once, key, in.edit(), c.actor()))
	}))
	command(s, route{path: "/v1/orders/{id}/hold", tag: "review", id: "hold-order", scope: access.OrdersWrite,
		summary: "Stop an order for a reason"}, onOrder(holdOrder))
	command(s, route{path: "/v1/holds/{id}/release", tag: "review", id: "release-hold", scope: access.OrdersWrite,
		summary: "Lift one hold; with the last one the order goes on"}, func(c *call, in Note) (ReviewOutcome, error) {
		key, err := c.idParam("id", order.HoldPrefix)
		if err != nil {
			return ReviewOutcome{}, err
		}
		return reviewOutcome(c.Review.ReleaseHold(c.ctx, c.once, key, c.actor(), in.Note))
	})
}

// onOrder reads the order's id out of the path.
func onOrder[In, Out any](do func(*call, int64, In) (Out, error)) func(*call, In) (Out, error) {
	return on(order.Prefix, do)
}

func on[In, Out any](prefix string, do func(*call, int64, In) (Out, error)) func(*call, In) (Out, error) {
	return func(c *call, in In) (Out, error) {
		key, err := c.idParam("id", prefix)
		if err != nil {
			return *new(Out), err
		}
		return do(c, key, in)
	}
}

func (e OrderEdit) edit() review.Edit {
	out := review.Edit{Recipient: e.Recipient, MaySplit: e.MaySplit, SellerNote: e.SellerNote}
	for _, l := range e.Lines {
		if out.Lines == nil {
			out.Lines = map[int64]string{}
		}
		out.Lines[l.No] = l.SKU
	}
	return out
}

func holdOrder(c *call, key int64, in HoldInput) (ReviewOutcome, error) {
	until, err := microsOf("until", in.Until)
	if err != nil {
		return ReviewOutcome{}, err
	}
	if in.Owner == "" {
		in.Owner = "reviewer"
	}
	return reviewOutcome(c.Review.Stop(c.ctx, c.once, c.actor(),
		order.Hold{OrderID: key, Reason: in.Reason, Owner: in.Owner, Until: until, Note: in.Note}))
}

// notNil makes JSON say [] for an empty list.
func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
