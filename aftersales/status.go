package aftersales

import (
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// Prefixes of the ids people see.
const (
	Prefix       = "rma"
	UnitPrefix   = "rtu"
	ParcelPrefix = "unk"
	RefundPrefix = "rfd"
)

// Kinds of a case.
const (
	Return   = "return"   // goods back, money back
	Exchange = "exchange" // goods back, others out
	Reship   = "reship"   // the same goods again; nothing comes back
	Refund   = "refund"   // money back; nothing comes back
	Refused  = "refused"  // the parcel came back by itself
)

// Kinds lists them.
var Kinds = []string{Return, Exchange, Reship, Refund, Refused}

// Reasons a customer may give, or an operator for him.
var Reasons = []string{"changed_mind", "wrong_item", "damaged", "defective", "missing", "not_as_described", "late", "lost", "refused", "other"}

// States of a case: how far the goods are.
const (
	Requested = "requested" // waits for a person
	Approved  = "approved"  // the goods are awaited, or the order or the money that is due
	Received  = "received"  // goods are here and wait to be graded
	Inspected = "inspected" // all that is here is graded
	Closed    = "closed"
	Rejected  = "rejected"
	Cancelled = "cancelled"
	Expired   = "expired" // the goods never came
)

var caseStates = map[string][]string{
	Requested: {Approved, Rejected, Cancelled},
	Approved:  {Received, Closed, Cancelled, Expired},
	Received:  {Inspected},
	Inspected: {Received, Closed},
	Closed:    {},
	Rejected:  {},
	Cancelled: {},
	Expired:   {},
}

// States of the return waybill.
const (
	LabelNone      = "none"
	LabelRequested = "requested" // a carrier is being asked
	LabelBooked    = "booked"    // the customer can send with it
	LabelFailed    = "failed"    // the carrier gave none
)

var labelStates = map[string][]string{
	LabelNone:      {LabelRequested, LabelBooked},
	LabelRequested: {LabelBooked, LabelFailed},
	LabelBooked:    {},
	LabelFailed:    {LabelRequested, LabelBooked},
}

// States of the order that replaces another.
const (
	ReplacementNone = "none"
	ReplacementDue  = "due"
	ReplacementMade = "made"
)

var replacementStates = map[string][]string{
	ReplacementNone: {ReplacementDue},
	ReplacementDue:  {ReplacementMade},
	ReplacementMade: {},
}

// States of a parcel without an owner.
const (
	ParcelOpen    = "open"
	ParcelClaimed = "claimed"
)

var parcelStates = map[string][]string{ParcelOpen: {ParcelClaimed}, ParcelClaimed: {}}

// Grades, and where goods of a grade go when nobody says otherwise.
const (
	GradeA = "A" // as new
	GradeB = "B" // sold again after some work
	GradeC = "C" // defective
	GradeD = "D" // worth nothing
)

// Fates of a unit.
const (
	Waiting    = "waiting"    // nobody has graded it
	Refurbish  = "refurbish"  // stands in quarantine, to be worked on; graded again afterwards
	Restock    = "restock"    // on a shelf, for sale
	Quarantine = "quarantine" // stands in quarantine, defective
	Scrap      = "scrap"      // destroyed
)

var fateStates = map[string][]string{
	Waiting:    {Refurbish, Restock, Quarantine, Scrap},
	Refurbish:  {Restock, Quarantine, Scrap},
	Restock:    {},
	Quarantine: {},
	Scrap:      {},
}

var usualFate = map[string]string{GradeA: Restock, GradeB: Refurbish, GradeC: Quarantine, GradeD: Scrap}

// States of a refund. A failed one may have been carried out by hand.
const (
	RefundRequested = "requested"
	RefundApproved  = "approved" // waits for the channel, or for somebody to pay
	RefundSent      = "sent"     // the channel is being told
	RefundFailed    = "failed"   // the channel refuses, or never answered
	RefundDone      = "done"
	RefundRejected  = "rejected"
)

var refundStates = map[string][]string{
	RefundRequested: {RefundApproved, RefundRejected},
	RefundApproved:  {RefundSent, RefundFailed, RefundDone, RefundRejected},
	RefundSent:      {RefundFailed, RefundDone},
	RefundFailed:    {RefundApproved, RefundDone, RefundRejected},
	RefundDone:      {},
	RefundRejected:  {},
}

// Ways in which money goes back.
const (
	ByChannel = "channel"
	ByHand    = "manual"
)

// step refuses what a table does not allow. what names the thing in words: "aftersales.thing.case".
func step(table map[string][]string, what, from, to string) error {
	if slices.Contains(table[from], to) {
		return nil
	}
	return fault.New(fault.Conflict, "aftersales.state", "the %s is %s and cannot become %s", what, from, to).
		With("thing", what).With("from", from).With("to", to)
}
