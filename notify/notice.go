package notify

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/review"
)

// Notice is a sort of message to a customer.
type Notice string

// What customers are told.
const (
	Received       Notice = "received"
	NeedsAddress   Notice = "needs_address"
	BackOrdered    Notice = "back_order"
	Shipped        Notice = "shipped"
	OutForDelivery Notice = "out_for_delivery"
	Delayed        Notice = "delayed"
	Delivered      Notice = "delivered"
	Cancelled      Notice = "cancelled"
	Refunded       Notice = "refunded"
	ReturnApproved Notice = "return_approved"
	ReturnReceived Notice = "return_received"
)

// Notices lists every notice in the order in which an order meets them.
var Notices = []Notice{Received, NeedsAddress, BackOrdered, Shipped, OutForDelivery, Delayed, Delivered, Cancelled, Refunded, ReturnApproved, ReturnReceived}

// MustSend reports whether a customer gets a notice whatever they have stopped: what they have to act on, and what ends
// the contract or moves their money. Such messages have no link to unsubscribe.
func (n Notice) MustSend() bool { return n == NeedsAddress || n == Cancelled || n == Refunded }

// content is what a message is made of besides the order: nothing in it is personal.
type content struct {
	Carrier  string   `json:"carrier,omitempty"`
	Waybills []string `json:"waybills,omitempty"`
	Until    int64    `json:"until,omitempty"`    // the new date of a late parcel, UTC microseconds
	Shipment int64    `json:"shipment,omitempty"` // the parcel it is about, where there is one
	Amount   string   `json:"amount,omitempty"`   // of a refund, with its currency; empty = all that was paid
}

// told is a notice that follows from an event.
type told struct {
	notice Notice
	about  string // what it is told once for: an order has one such notice about one such thing
	content
	anew bool // a person wants it told, whatever was told before
}

// said is what notices need of the parameters of events.
type said struct {
	Reason   string   `json:"reason"`
	Changes  []string `json:"changes"`
	Carrier  string   `json:"carrier"`
	Waybill  string   `json:"waybill"`
	Waybills []string `json:"waybills"`
	Status   string   `json:"status"`
	Code     string   `json:"code"`
	Whole    *bool    `json:"whole"`
	Kind     string   `json:"kind"` // of a case
	Amount   string   `json:"amount"`
	Currency string   `json:"currency"`
}

// followed are the events that a notice may follow from, and the question which.
var followed = map[string]func(db.Fact, said) (told, bool){
	"order.received.v1":         always(Received),
	"order.held.v1":             held,
	"allocation.backordered.v1": always(BackOrdered),
	"ship.handed_over.v1":       handedOver,
	"track.scanned.v1":          scanned,
	"track.late.v1":             late,
	"order.delivered.v1":        always(Delivered),
	"order.cancelled.v1":        cancelled,
	"review.rejected.v1":        always(Cancelled),
	"order.amended.v1":          amended,
	"aftersales.approved.v1":    approved,
	"aftersales.received.v1":    returned,
	"refund.done.v1":            refunded,
}

// noticeOf says which notice an event asks for, if any.
func noticeOf(f db.Fact) (told, bool) {
	ask := followed[f.Kind]
	if ask == nil || f.Order == 0 {
		return told{}, false
	}
	var s said
	_ = json.Unmarshal([]byte(f.Params), &s) // a field of another shape is a field that says nothing
	return ask(f, s)
}

// always is a notice that an order gets once.
func always(n Notice) func(db.Fact, said) (told, bool) {
	return func(db.Fact, said) (told, bool) { return told{notice: n}, true }
}

// approved is told once for each case; a parcel that comes back by itself needs nobody to send it.
func approved(f db.Fact, s said) (told, bool) {
	return told{notice: ReturnApproved, about: fmt.Sprint(f.Subject)}, s.Kind != "refused"
}

// refunded is told once for each refund, with its amount: it may be a part of what was paid.
func refunded(f db.Fact, s said) (told, bool) {
	return told{notice: Refunded, about: fmt.Sprint(f.Subject), content: content{Amount: strings.TrimSpace(s.Amount + " " + s.Currency)}}, true
}

// held asks the customer where only they know: the address. Each time a person asks is a question of its own.
func held(f db.Fact, s said) (told, bool) {
	if s.Reason == review.CodeAsked {
		return told{notice: NeedsAddress, about: fmt.Sprint(f.Subject), anew: true}, true
	}
	return told{notice: NeedsAddress}, AsksAddress(s.Reason)
}

func handedOver(f db.Fact, s said) (told, bool) {
	first := ""
	if len(s.Waybills) > 0 {
		first = s.Waybills[0]
	}
	return told{notice: Shipped, about: fmt.Sprintf("%d.%s", f.Subject, first), content: content{Carrier: s.Carrier, Waybills: s.Waybills}}, true
}

func scanned(f db.Fact, s said) (told, bool) {
	c := content{Carrier: s.Carrier, Waybills: []string{s.Waybill}, Shipment: f.Subject}
	switch s.Status {
	case "out_for_delivery":
		return told{notice: OutForDelivery, about: fmt.Sprint(f.Subject), content: c}, true
	case "delivery_delayed":
		return told{notice: Delayed, about: fmt.Sprint(f.Subject), content: c}, true
	}
	return told{}, false
}

func late(f db.Fact, s said) (told, bool) {
	c := content{Carrier: s.Carrier, Waybills: []string{s.Waybill}, Shipment: f.Subject}
	return told{notice: Delayed, about: fmt.Sprint(f.Subject), content: c}, s.Code == "track.late.promise"
}

// cancelled is told when nothing of the order is left; what is called off in part has its own words with the channel.
func cancelled(_ db.Fact, s said) (told, bool) {
	return told{notice: Cancelled}, s.Whole == nil || *s.Whole
}

// amended may have paid the money back; whether it has, the order says.
func amended(_ db.Fact, s said) (told, bool) {
	for _, c := range s.Changes {
		if c == "payment" {
			return told{notice: Refunded}, true
		}
	}
	return told{}, false
}

func returned(f db.Fact, s said) (told, bool) {
	return told{notice: ReturnReceived, about: fmt.Sprint(f.Subject), content: content{Waybills: s.Waybills}}, true
}
