package public

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
)

// facts are what is known of an order when its customer looks at it.
type facts struct {
	*order.Order
	holds   []*order.Hold
	owed    bool // goods of it are not there
	parcels []parcel
	now     time.Time
	zone    *time.Location
}

// parcel is one that has left.
type parcel struct {
	*ship.Shipment
	events []track.Event // in the order in which they happened
	due    notify.Estimate
	shared bool // goods of other orders lie in it too
}

func (p parcel) is(list ...track.Status) bool { return slices.Contains(list, track.Status(p.Tracking)) }

// late reports whether the customer has it later than was to be expected.
func (p parcel) late() bool {
	return p.due.Overdue || p.is(track.StatusDeliveryDelayed) || strings.Contains(p.Late, track.LatePromise) || strings.Contains(p.Late, track.LateLost)
}

// head is the first line of a page: words, their date where they have one, and how good it is.
type head struct {
	code string
	at   int64 // UTC microseconds; 0 = the words have no date
	tone string
}

// headOf says what matters most now.
func headOf(f facts) head {
	open := slices.DeleteFunc(slices.Clone(f.parcels), func(p parcel) bool { return p.is(track.StatusDelivered) })
	switch {
	case f.Review == order.ReviewRejected || f.Fulfilment == order.FulfilmentCancelled || f.Review == order.ReviewCancelled:
		return head{code: "public.head_cancelled", tone: "quietly"}
	case len(open) > 0:
		return headOfWay(open)
	case len(f.parcels) > 0 && f.Fulfilment == order.FulfilmentShipped:
		last := slices.MaxFunc(f.parcels, func(a, b parcel) int { return cmp.Compare(a.DeliveredAt, b.DeliveredAt) })
		return head{"public.head_delivered", last.DeliveredAt, "good"}
	case f.unpaid():
		return head{code: "public.head_unpaid", tone: "warn"}
	case f.asksAddress():
		return head{code: "public.head_address", tone: "warn"}
	case slices.ContainsFunc(f.holds, func(h *order.Hold) bool { return h.Live() }), f.Review == order.ReviewHeld:
		return head{code: "public.head_check", tone: ""}
	case f.owed:
		return head{code: "public.head_owed", tone: "warn"}
	case len(f.parcels) > 0:
		return head{code: "public.head_rest", tone: ""}
	case f.PromisedBy > 0:
		return head{"public.head_promised", f.PromisedBy, ""}
	case f.ShipBy > 0 && f.ShipBy > f.now.UnixMicro():
		return head{"public.head_leaves", f.ShipBy, ""}
	}
	return head{code: "public.head_preparing", tone: ""}
}

// headOfWay is of the parcels that are on their way the worst, and of those the last.
func headOfWay(open []parcel) head {
	last := slices.MaxFunc(open, func(a, b parcel) int { return cmp.Compare(a.due.At, b.due.At) })
	any := func(list ...track.Status) bool {
		return slices.ContainsFunc(open, func(p parcel) bool { return p.is(list...) })
	}
	switch {
	case !slices.ContainsFunc(open, func(p parcel) bool { return !p.is(track.StatusReturnToSender) }):
		return head{code: "public.head_back", tone: "warn"}
	case any(track.StatusReadyForPickup):
		return head{code: "public.head_pickup", tone: "warn"}
	case any(track.StatusDeliveryFailed):
		return head{code: "public.head_failed", tone: "warn"}
	case slices.ContainsFunc(open, parcel.late):
		return head{"public.head_late", last.due.At, "warn"}
	case any(track.StatusOutForDelivery):
		return head{code: "public.head_today", tone: "good"}
	}
	return head{"public.head_arrives", last.due.At, "good"}
}

// asksAddress reports whether the order waits for the customer to say where it shall go. One that the rules look at again has just
// been told.
func (f facts) asksAddress() bool {
	return f.Review != order.ReviewPending && slices.ContainsFunc(f.holds, func(h *order.Hold) bool { return h.Live() && notify.AsksAddress(h.Reason) })
}

// asked reports whether a person of the shop waits for the customer's answer.
func (f facts) asked() bool {
	return slices.ContainsFunc(f.holds, func(h *order.Hold) bool { return h.Live() && h.Reason == review.CodeAsked })
}

// unpaid reports whether the order waits for money; what is paid at the door does not.
func (f facts) unpaid() bool { return f.Payment == order.Unpaid && f.Kind != "cod" }

// milestone is one station of an order.
type milestone struct {
	code string
	at   int64 // when it was reached, where that is known
	done bool  // it is behind the order
}

// milestonesOf are the stations every order goes through; the first that is not done is where it is now. One that goes nowhere has
// those behind it, and how it ended.
func milestonesOf(f facts, h head) []milestone {
	list := wayOf(f)
	end := map[string]string{"public.head_cancelled": "public.step_cancelled", "public.head_back": "public.step_back"}[h.code]
	if end == "" {
		return list
	}
	list = slices.DeleteFunc(list, func(m milestone) bool { return !m.done && m.at == 0 })
	for i := range list {
		list[i].done = true
	}
	return append(list, milestone{code: end})
}

func wayOf(f facts) []milestone {
	gone, courier, arrived := int64(0), int64(0), int64(0)
	all := len(f.parcels) > 0 && f.Fulfilment == order.FulfilmentShipped
	for _, p := range f.parcels {
		if gone == 0 || p.HandedOverAt < gone {
			gone = p.HandedOverAt
		}
		for _, e := range p.events {
			if e.Status == track.StatusOutForDelivery || e.Status == track.StatusReadyForPickup {
				courier = max(courier, e.At.UnixMicro())
			}
		}
		all = all && p.is(track.StatusDelivered)
		arrived = max(arrived, p.DeliveredAt)
	}
	if !all {
		arrived = 0
	}
	// One part has arrived and the rest is still with us: that is where the order is.
	if f.Fulfilment != order.FulfilmentShipped && !slices.ContainsFunc(f.parcels, func(p parcel) bool { return !p.is(track.StatusDelivered) }) {
		gone, courier = 0, 0
	}
	return []milestone{
		{"public.step_ordered", f.PlacedAt, true},
		{"public.step_prepared", 0, gone > 0},
		{"public.step_shipped", gone, courier > 0 || all},
		{"public.step_courier", courier, all},
		{"public.step_delivered", arrived, all},
	}
}

// todoOf is what the customer has to do, as words.
func todoOf(f facts) (codes []string) {
	if f.unpaid() && len(f.parcels) == 0 && f.Fulfilment != order.FulfilmentCancelled {
		codes = append(codes, "public.todo_pay")
	}
	if f.asksAddress() {
		codes = append(codes, "public.todo_address")
	}
	for _, p := range f.parcels {
		switch {
		case p.is(track.StatusReadyForPickup):
			codes = append(codes, "public.todo_pickup")
		case p.is(track.StatusDeliveryFailed):
			codes = append(codes, "public.todo_failed")
		}
	}
	return slices.Compact(codes)
}
