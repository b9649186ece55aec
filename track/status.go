package track

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Status is where a parcel is, in the twelve words every carrier's codes are mapped to. The vocabulary is the
// unified tracking status of Karrio, an open shipping platform.
type Status string

// The twelve statuses.
const (
	StatusPending         Status = "pending"          // the carrier has the data, not the parcel
	StatusPickedUp        Status = "picked_up"        // first scan (揽收)
	StatusInTransit       Status = "in_transit"       // on the road or in a hub
	StatusOutForDelivery  Status = "out_for_delivery" // with the courier (派件)
	StatusReadyForPickup  Status = "ready_for_pickup" // in a locker or a station
	StatusDelivered       Status = "delivered"        // signed by the recipient or for them
	StatusDeliveryFailed  Status = "delivery_failed"  // tried and not handed over, or refused
	StatusDeliveryDelayed Status = "delivery_delayed" // the carrier itself announces a delay
	StatusOnHold          Status = "on_hold"          // stopped: a problem parcel (疑难件), customs
	StatusReturnToSender  Status = "return_to_sender" // on its way back, or back
	StatusCancelled       Status = "cancelled"        // the waybill was voided
	StatusUnknown         Status = "unknown"          // a code we cannot read
)

// Statuses lists all twelve in the order of a parcel's life.
func Statuses() []Status {
	return []Status{
		StatusPending, StatusPickedUp, StatusInTransit, StatusOutForDelivery, StatusReadyForPickup, StatusDelivered,
		StatusDeliveryFailed, StatusDeliveryDelayed, StatusOnHold, StatusReturnToSender, StatusCancelled, StatusUnknown,
	}
}

// Final reports whether no scan is awaited any more. A returning parcel is not final: it must still come back.
func (s Status) Final() bool { return s == StatusDelivered || s == StatusCancelled }

// Reason says why a parcel is where it is; empty where the status says it all.
type Reason string

// The reasons carriers give us. The part before the first underscore is the family: who can do something about it.
const (
	ReasonNone             Reason = ""
	ReasonCarrierException Reason = "carrier_exception" // a problem parcel without a closer word
	ReasonCarrierForwarded Reason = "carrier_forwarded" // passed on to another depot or carrier (转递, 转投)
	ReasonConsigneeRefused Reason = "consignee_refused"
	ReasonRetailerVoided   Reason = "retailer_voided"
	ReasonCustomsPending   Reason = "customs_pending"
	ReasonCustomsClearing  Reason = "customs_clearing"
	ReasonCustomsFailed    Reason = "customs_failed"
)

// Family is "carrier", "retailer", "consignee", "customs", "weather" or "other"; empty for no reason.
func (r Reason) Family() string {
	family, _, _ := strings.Cut(string(r), "_")
	return family
}

// Advance gives the status of a parcel that is current when an event says next. It is the whole rule of what
// may follow what:
//
//   - An event we cannot read changes nothing; any readable event ends not knowing.
//   - Delivered stays, unless the parcel is sent back: late scans of the way to the door are no news.
//   - Going back stays. Hubs scan a returning parcel like any other, and the signature at its end is our own.
//   - Data received and first scan are no news for a parcel that is already further. But a first scan lifts a hold,
//     a delay and a void: a parcel that moves under a voided waybill is really moving, and will be charged.
//   - Everything else is believed: parcels do go from the courier back to the hub.
func Advance(current, next Status) Status {
	switch {
	case next == StatusUnknown:
		return current
	case current == StatusUnknown:
		return next
	case current == StatusDelivered && next != StatusReturnToSender:
		return current
	case current == StatusReturnToSender:
		return current
	case next == StatusPending:
		return current
	case next == StatusPickedUp && !slices.Contains(beforeFirstScan, current):
		return current
	}
	return next
}

// beforeFirstScan are the statuses a parcel may have before the carrier holds it.
var beforeFirstScan = []Status{StatusPending, StatusOnHold, StatusDeliveryDelayed, StatusCancelled}

// Event is a scan with a meaning.
type Event struct {
	At       time.Time // when it happened, as the carrier says
	Ingested int64     // the order in which we heard of it; breaks ties of At
	Status   Status
	Reason   Reason
	Code     string // the carrier's own code, kept whatever it means
	Text     string // the carrier's own words
	Place    string
}

// State is where a parcel stands after all its events.
type State struct {
	Status    Status
	Reason    Reason
	FirstScan time.Time // zero while nothing but data was seen
	LastScan  time.Time // of any event, readable or not: proof that the parcel is somewhere
}

// Follow plays a parcel's events in the order in which they happened, whatever the order in which they came, and
// returns where it stands. Ties of time go by the order of hearing. No events give StatusPending.
func Follow(events []Event) State {
	s := State{Status: StatusPending}
	for _, e := range inOrder(events) {
		if !e.Status.beforeHandOver() && s.FirstScan.IsZero() {
			s.FirstScan = e.At
		}
		s.LastScan = e.At
		s.apply(e)
	}
	return s
}

// apply takes over status and reason of an event that is believed. A return seldom says why; it keeps the reason
// of the failure before it, which decides who pays for the way back.
func (s *State) apply(e Event) {
	if Advance(s.Status, e.Status) != e.Status {
		return
	}
	s.Status = e.Status
	if e.Reason != ReasonNone || e.Status != StatusReturnToSender {
		s.Reason = e.Reason
	}
}

// beforeHandOver are the statuses a carrier reports without having touched the parcel. An unreadable event may be
// of that kind, so it is no proof of a first scan.
func (s Status) beforeHandOver() bool {
	return s == StatusPending || s == StatusCancelled || s == StatusUnknown
}

func inOrder(events []Event) []Event {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b Event) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Ingested, b.Ingested))
	})
	return sorted
}
