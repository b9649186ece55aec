package order

import (
	"time"

	"github.com/packhorse/packhorse/internal/words"
)

// Owner is who has to act for an order to go on.
type Owner string

// Owners. Holds may name others; they are shown as they are.
const (
	OwnerSystem    Owner = "system"    // nothing to do: it goes on by itself
	OwnerReviewer  Owner = "reviewer"  // 客审
	OwnerCustomer  Owner = "customer"  // must pay, confirm or correct something
	OwnerBuyer     Owner = "buyer"     // purchasing: has to get the goods
	OwnerWarehouse Owner = "warehouse" // has to pick, pack or hand over
	OwnerCarrier   Owner = "carrier"   // has the parcel
	OwnerService   Owner = "service"   // 客服: has a case to settle
	OwnerNobody    Owner = ""          // it is over
)

// Labels are what a customer is told, one for every order at every moment.
const (
	LabelUnpaid        = "order.label.unpaid"
	LabelReviewing     = "order.label.reviewing"
	LabelAction        = "order.label.action" // the customer has to do something
	LabelPreparing     = "order.label.preparing"
	LabelPartlyShipped = "order.label.partly_shipped"
	LabelShipped       = "order.label.shipped"
	LabelOnTheWay      = "order.label.on_the_way"
	LabelDelivered     = "order.label.delivered"
	LabelReturned      = "order.label.returned"
	LabelAfterSale     = "order.label.aftersale"
	LabelCancelled     = "order.label.cancelled"
	LabelClosed        = "order.label.closed"
)

// Labels lists the customer labels in the order of an order's life.
func Labels() []string {
	return []string{LabelUnpaid, LabelReviewing, LabelAction, LabelPreparing, LabelPartlyShipped, LabelShipped,
		LabelOnTheWay, LabelDelivered, LabelReturned, LabelAfterSale, LabelCancelled, LabelClosed}
}

// Standing answers: why is it here, what is next, by when, who owns it. The customer gets Label, politely; the
// operator gets all of it. Texts are codes; words renders them.
type Standing struct {
	Label string
	Why   words.Text
	Next  words.Text
	By    int64 // UTC microseconds; 0 = no date
	Owner Owner
	Late  bool // By has passed
}

// Stand derives the standing from the facts. Nothing of it is stored, so it cannot be out of date.
func Stand(o *Order, fulfilments []*Fulfilment, holds []*Hold, owed []BackOrder, now time.Time) Standing {
	f := facts{o: o, owed: owed}
	for _, h := range holds {
		if h.Live() {
			f.holds = append(f.holds, h)
		}
	}
	for _, x := range fulfilments {
		if x.Live() {
			f.live = append(f.live, x)
		}
		if x.Status == Shipped {
			f.shipped++
		}
	}
	s := f.standing()
	s.Label = f.label()
	s.Late = s.By > 0 && s.By < now.UnixMicro()
	return s
}

// facts are what an order's standing is derived from.
type facts struct {
	o       *Order
	holds   []*Hold // live ones, oldest first
	live    []*Fulfilment
	shipped int
	owed    []BackOrder
}

// label goes down the priority table of customer labels; the first line that fits is the answer.
func (f facts) label() string {
	o := f.o
	for _, line := range []struct {
		fits  bool
		label string
	}{
		{o.AfterSale == AfterSaleOpen, LabelAfterSale},
		{o.Fulfilment == FulfilmentCancelled || o.Review == ReviewCancelled, LabelCancelled},
		{o.Review == ReviewRejected, LabelClosed},
		{o.Delivery == DeliveryDelivered && o.AfterSale == AfterSaleClosed, LabelClosed},
		{o.Delivery == DeliveryDelivered, LabelDelivered},
		{o.Delivery == DeliveryReturned, LabelReturned},
		{f.heldFor(OwnerCustomer) != nil || o.Delivery == DeliveryFailed, LabelAction},
		{f.unpaid(), LabelUnpaid},
		{f.shipped == 0 && !o.Passed(), LabelReviewing},
		{o.Fulfilment == FulfilmentShipped && o.Delivery != DeliveryNone, LabelOnTheWay},
		{o.Fulfilment == FulfilmentShipped, LabelShipped},
		{f.shipped > 0, LabelPartlyShipped},
	} {
		if line.fits {
			return line.label
		}
	}
	return LabelPreparing
}

// unpaid reports whether payment stands in the way; cash on delivery is paid at the door.
func (f facts) unpaid() bool {
	return f.o.Payment == Unpaid && f.o.Kind != "cod" && f.shipped == 0
}

func (f facts) heldFor(owner Owner) *Hold {
	for _, h := range f.holds {
		if h.Owner == string(owner) {
			return h
		}
	}
	return nil
}

// standing says it to the operator: what stops the order comes first, then how far it is.
func (f facts) standing() Standing {
	o := f.o
	switch {
	case o.Fulfilment == FulfilmentCancelled || o.Review == ReviewCancelled:
		return over("order.why.cancelled", "order.next.none")
	case o.Review == ReviewRejected:
		return over("order.why.rejected", "order.next.none")
	case len(f.holds) > 0:
		return f.held()
	case o.Review == ReviewHeld:
		return Standing{Why: say("order.why.held"), Next: say("order.next.decide"), By: o.ShipBy, Owner: OwnerReviewer}
	case o.Review == ReviewPending && f.unpaid():
		return Standing{Why: say("order.why.unpaid"), Next: say("order.next.pay"), Owner: OwnerCustomer}
	case o.Review == ReviewPending:
		return Standing{Why: say("order.why.pending"), Next: say("order.next.review"), Owner: OwnerSystem}
	case o.Fulfilment == FulfilmentWaiting || o.Fulfilment == FulfilmentNone:
		return Standing{Why: say("order.why.waiting"), Next: say("order.next.allocate"), By: o.ShipBy, Owner: OwnerSystem}
	case len(f.live) > 0:
		return f.working()
	case len(f.owed) > 0:
		return f.owing()
	}
	return f.travelling()
}

func over(why, next string) Standing {
	return Standing{Why: say(why), Next: say(next), Owner: OwnerNobody}
}

// held names the oldest hold: it was there first, and lifting it is the next step in any case.
func (f facts) held() Standing {
	h := f.holds[0]
	s := Standing{Why: words.Text{Code: h.Reason, Params: h.Params}, Next: nextOf(h.Reason), By: f.o.ShipBy, Owner: Owner(h.Owner)}
	if n := len(f.holds); n > 1 {
		s.Next = words.Text{Code: "order.next.release_several", Params: map[string]any{"count": n}}
	}
	if h.Until > 0 {
		s.Next, s.By = say("order.next.lapse"), h.Until
	}
	if s.Owner == OwnerNobody {
		s.Owner = OwnerReviewer
	}
	return s
}

// progress orders the states of work: the fulfilment furthest behind decides when an order is done.
var progress = map[string]int{Allocated: 0, Released: 1, Picked: 2, Packed: 3}

func (f facts) working() Standing {
	behind := f.live[0]
	for _, x := range f.live[1:] {
		if progress[x.Status] < progress[behind.Status] {
			behind = x
		}
	}
	by := behind.ShipBy
	if by == 0 {
		by = f.o.ShipBy
	}
	return Standing{Why: words.Text{Code: "order.why." + behind.Status, Params: map[string]any{"units": behind.Units(), "parcels": len(f.live) + f.shipped}},
		Next: say("order.next." + behind.Status), By: by, Owner: OwnerWarehouse}
}

func (f facts) travelling() Standing {
	switch f.o.Delivery {
	case DeliveryDelivered:
		if f.o.AfterSale == AfterSaleOpen {
			return Standing{Why: say("order.why.aftersale"), Next: say("order.next.aftersale"), Owner: OwnerService}
		}
		return over("order.why.delivered", "order.next.none")
	case DeliveryReturned:
		return Standing{Why: say("order.why.returned"), Next: say("order.next.returned"), Owner: OwnerWarehouse}
	case DeliveryFailed:
		return Standing{Why: say("order.why.failed"), Next: say("order.next.failed"), By: f.o.PromisedBy, Owner: OwnerCustomer}
	}
	return Standing{Why: say("order.why.shipped"), Next: say("order.next.deliver"), By: f.o.PromisedBy, Owner: OwnerCarrier}
}

func say(code string) words.Text { return words.Text{Code: code} }
