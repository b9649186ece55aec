package ship

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// Carrier is one account with one carrier: the contract every adapter fills. carriertest.Run checks it.
//
// A carrier is somebody else's machine: it answers late, twice or not at all. So every booking carries
// our reference, and after ErrUncertain the caller asks with Find before it books again. A label that was
// printed twice under two waybills is a parcel paid twice.
type Carrier interface {
	// Book takes a waybill number for one shipment. The same request under the same reference gives the same
	// booking. Errors: ErrUncertain, ErrSuspended, ErrBalance, ErrRefused, ErrBusy, ErrUnreachable, ErrCredentials.
	Book(ctx context.Context, r BookRequest) (Booking, error)
	// Find returns the live booking under our reference; false when there is none or it was voided.
	Find(ctx context.Context, reference string) (Booking, bool, error)
	// Void gives the waybill back. Voiding twice is one void. Errors: ErrCollected once the carrier has the
	// parcel (what is left then is to intercept it), ErrUnknownWaybill, and those of a call that did not get through.
	Void(ctx context.Context, waybill string) error
	// Track returns every scan the carrier knows, oldest first, no exact repeats. A parcel not yet scanned
	// has none, which is no error. Errors: ErrUnknownWaybill, and those of a call that did not get through.
	Track(ctx context.Context, waybill string) ([]Scan, error)
}

// Quoter is a carrier that tells price and days before a waybill is taken.
type Quoter interface {
	Quote(ctx context.Context, r BookRequest) (Quote, error)
}

// AreaChecker is a carrier that publishes where it does not serve now (停发). The whole list is returned, so that
// carrier choice can filter a batch of orders on one answer.
type AreaChecker interface {
	Suspended(ctx context.Context) ([]Suspension, error)
}

// Collector is a carrier that wants to hear which parcels were handed over. Telling it twice is harmless;
// the error is ErrUnknownWaybill if it does not know one of them, and the others are collected all the same.
type Collector interface {
	Collect(ctx context.Context, waybills []string) error
}

// Address is a sender or a recipient. The fields of a platform's recipient are masked; see BookRequest.Token.
type Address struct {
	Name     string
	Phone    string
	Country  string // ISO 3166-1 alpha-2
	Province string
	City     string
	District string
	Address  string // street, number, building
	Postcode string
}

// BookRequest is what a carrier needs to know of one shipment.
type BookRequest struct {
	Reference string // our shipment id as text: the carrier's idempotency key
	Service   string // the carrier's own product code
	Sender    Address
	Recipient Address

	// A marketplace hides its buyer: the recipient is masked, and Token stands for the rest. Only the carrier
	// route of TokenIssuer can resolve it; a carrier that cannot must refuse rather than print a masked label.
	Token       string
	TokenIssuer string

	WeightG       int64
	MM            [3]int64 // outer length, width, height; zero is unknown
	Parcels       int64    // boxes under this waybill; 0 counts as 1
	DeclaredMinor int64    // insured value
	CODMinor      int64    // to be collected from the recipient; 0 is none
	Currency      string   // ISO 4217 of the two amounts
	Goods         string   // what is printed as contents

	Waybill string // a number already in hand (a pre-printed form); empty asks the carrier for one
}

// Booking is a waybill taken.
type Booking struct {
	Waybill    string
	SortCode   string // the bold code the carrier's sorters read (大头笔/三段码)
	PriceMinor int64  // what the carrier says it will charge; 0 when it does not say
	Currency   string
}

// Scan is one line of a parcel's track as the carrier tells it. Package track gives Code a meaning.
type Scan struct {
	At    time.Time
	Code  string
	Text  string
	Place string
}

// Quote is a price and a time before booking.
type Quote struct {
	PriceMinor int64
	Currency   string
	DaysP50    int64 // days from hand-over within which half the parcels arrive
	DaysP90    int64 // … nine in ten
}

// Suspension is an area a carrier does not serve for a while: an epidemic, a flood, a big event.
type Suspension struct {
	Province string
	City     string // empty: the whole province
	From     time.Time
	Until    time.Time // zero: until further notice
	Reason   string
}

// Covers reports whether a parcel to a would be refused at the moment at.
func (s Suspension) Covers(a Address, at time.Time) bool {
	return s.Province == a.Province && (s.City == "" || s.City == a.City) &&
		!at.Before(s.From) && (s.Until.IsZero() || at.Before(s.Until))
}

// What can come of a call to a carrier. Compare with errors.Is; the functions below add the details of one case.
var (
	// ErrUncertain: no answer came, and the call may have been carried out. Find before sending it again.
	ErrUncertain error = fault.New(fault.Unavailable, "carrier.uncertain", "the carrier did not answer and may have acted; ask for the booking by its reference before sending again")
	// ErrUnreachable: the call never reached the carrier. It may be sent again.
	ErrUnreachable error = fault.New(fault.Unavailable, "carrier.unreachable", "the carrier cannot be reached; nothing was sent, try again later")
	// ErrBusy: the carrier limits our rate. RetryAfter tells how long to wait.
	ErrBusy error = fault.New(fault.TooMany, "carrier.busy", "the carrier asks us to slow down")
	// ErrSuspended: the area is not served now. Choose another carrier, or wait.
	ErrSuspended error = fault.New(fault.Conflict, "carrier.suspended", "the carrier does not serve this area at present; choose another carrier or wait")
	// ErrBalance: the account has no waybill numbers or no credit left. Every booking will fail until someone tops it up.
	ErrBalance error = fault.New(fault.Conflict, "carrier.balance", "the account with the carrier has no waybills left; top it up")
	// ErrRefused: the carrier will not take this shipment as it is. The same request can never succeed.
	ErrRefused error = fault.New(fault.Invalid, "carrier.refused", "the carrier refuses the shipment as it is")
	// ErrCredentials: the carrier does not accept our key, signature or clock. No call will succeed until the settings are mended.
	ErrCredentials error = fault.New(fault.Conflict, "carrier.credentials", "the carrier does not accept our key, signature or clock; check the settings of the account")
	// ErrCollected: the parcel is in the carrier's hands, and can only be intercepted.
	ErrCollected error = fault.New(fault.Conflict, "carrier.collected", "the carrier already has the parcel; ask for an interception instead")
	// ErrUnknownWaybill: the carrier has no such number.
	ErrUnknownWaybill error = fault.New(fault.NotFound, "carrier.unknown_waybill", "the carrier knows no such waybill")
)

// Uncertain is ErrUncertain with what was seen, for the log.
func Uncertain(cause error) error { return fmt.Errorf("%w (%w)", ErrUncertain, cause) }

// Unreachable is ErrUnreachable with what was seen, for the log.
func Unreachable(cause error) error { return fmt.Errorf("%w (%w)", ErrUnreachable, cause) }

// Busy is ErrBusy with the time to wait, rounded up to whole seconds.
func Busy(after time.Duration) error {
	s := int64((after + time.Second - 1) / time.Second)
	return fault.New(fault.TooMany, "carrier.busy", "the carrier asks us to slow down; wait %d s", s).With("seconds", s)
}

// SuspendedArea is ErrSuspended with the area and the carrier's reason.
func SuspendedArea(a Address, reason string) error {
	area := strings.TrimSpace(a.Province + " " + a.City)
	if a.Province == a.City { // a city that is a province of its own
		area = a.City
	}
	return fault.New(fault.Conflict, "carrier.suspended", "the carrier does not serve %s at present (%s); choose another carrier or wait", area, reason).
		With("area", area).With("reason", reason)
}

// Refused is ErrRefused with the carrier's own words, which are kept in the carrier's language.
func Refused(reason string) error {
	return fault.New(fault.Invalid, "carrier.refused", "the carrier refuses the shipment as it is: %s", reason).With("reason", reason)
}

// Credentials is ErrCredentials with the carrier's own words.
func Credentials(reason string) error {
	return fault.New(fault.Conflict, "carrier.credentials", "the carrier does not accept our key, signature or clock (%s); check the settings of the account", reason).
		With("reason", reason)
}

// UnknownWaybill is ErrUnknownWaybill with the number.
func UnknownWaybill(waybill string) error {
	return fault.New(fault.NotFound, "carrier.unknown_waybill", "the carrier knows no waybill %s", waybill).With("waybill", waybill)
}

// RetryAfter is how long an ErrBusy asks to wait; false for any other error, and where the carrier did not say.
func RetryAfter(err error) (time.Duration, bool) {
	f, ok := fault.As(err)
	if !ok || !errors.Is(f, ErrBusy) {
		return 0, false
	}
	s, ok := f.Params["seconds"].(int64)
	return time.Duration(s) * time.Second, ok
}
