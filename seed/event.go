package seed

import (
	"cmp"
	"slices"
	"time"
)

// EventKind says what befalls an order after it was placed.
type EventKind string

const (
	Cancelled  EventKind = "cancelled"  // the customer wants it no more; a paid order reads refunded
	Readdress  EventKind = "readdress"  // the customer changes or corrects the address
	Paid       EventKind = "paid"       // the payment, or the balance of a presale, comes in
	Revised    EventKind = "revised"    // the channel hands out a later revision: a note, a line less
	Duplicated EventKind = "duplicated" // the channel hands out the same document once more
)

// Event is something that befalls an order.
type Event struct {
	Kind  EventKind
	After time.Duration // since Order.Arrives of the order as first handed out
	Order Order         // the whole document as the channel hands it out from then on
}

// Events are what befalls an order of this company, in order of time; most orders have none. Each event builds on the
// ones before it, and nothing follows a cancellation.
func (c *Company) Events(o Order) []Event {
	r := c.stream("events", o.OrderNo)
	minutes := func(low, high int) time.Duration { return time.Duration(between(r, low, high)) * time.Minute }
	var list []Event
	add := func(share int, kind EventKind, after time.Duration) {
		if perMille(r, share) {
			list = append(list, Event{Kind: kind, After: after})
		}
	}
	if o.PaymentStatus == "unpaid" {
		add(750, Paid, minutes(6, 300))
		add(100, Cancelled, minutes(600, 1440))
	} else {
		add(22, Cancelled, minutes(3, 1800))
	}
	switch {
	case o.right != Recipient{}:
		add(600, Readdress, minutes(20, 240))
	case o.BuyerToken == "":
		add(10, Readdress, minutes(5, 900))
	}
	add(8, Revised, minutes(2, 600))
	add(15, Duplicated, time.Duration(between(r, 1, 900))*time.Second)
	slices.SortStableFunc(list, func(a, b Event) int { return cmp.Compare(a.After, b.After) })
	return c.play(o, list)
}

// play works out the document after each event.
func (c *Company) play(o Order, list []Event) []Event {
	first := o.Arrives()
	for i := range list {
		o.Lines = slices.Clone(o.Lines)
		switch list[i].Kind {
		case Cancelled:
			o.cancel()
		case Readdress:
			o.readdress(c.newAddress(o))
		case Paid:
			o.settle(first.Add(list[i].After), cmp.Or(o.PaymentMethod, "wallet"), o.total())
		case Revised:
			o.revise()
		}
		list[i].Order = o
		if list[i].Kind == Cancelled {
			return list[:i+1]
		}
	}
	return list
}

func (o *Order) cancel() {
	if o.PaymentStatus == "paid" {
		o.PaymentStatus = "refunded"
	}
	o.BuyerNote = "不想要了"
}

func (o *Order) readdress(to Recipient) {
	o.Recipient, o.right = to, Recipient{}
}

// newAddress is the corrected address where there is one, else another door in the same town.
func (c *Company) newAddress(o Order) Recipient {
	if o.right != (Recipient{}) {
		return o.right
	}
	to := o.Recipient
	to.Address = newVocabulary().street(c.stream("door", o.OrderNo))
	return to
}

// revise drops the last line of a paid order of several, its money returned, or adds a note to any other.
func (o *Order) revise() {
	if len(o.Lines) == 1 || o.PaymentStatus != "paid" || o.Kind != "normal" {
		o.SellerNote = "客户要求改天送"
		return
	}
	before := o.total()
	o.Lines = o.Lines[:len(o.Lines)-1]
	if o.discountFen > 0 {
		o.discountFen = 0
		o.discountFen = fullHundreds(o.total())
	}
	o.refund(before - o.total())
	o.write()
}
