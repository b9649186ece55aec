package intake

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// Channel is one shop behind one connector: the contract that every adapter in connect/channel fills, and that
// channeltest.Run checks. What a shop can do beyond telling its orders is a power: an interface of this file that the
// connector also has. What it lacks is not pretended.
//
// A shop is somebody else's machine: it answers late, twice or not at all. Every call may be repeated, and what it
// does twice it must do once: see ErrUncertain.
type Channel interface {
	// Pull reads documents of orders that are new or changed since cursor, oldest change first. The empty cursor begins
	// where the account says. Windows overlap: the same document may come again, none may be missing. The cursor of the
	// page is kept only after all its documents are in the inbox. Errors: ErrCredentials, ErrBusy, ErrUnreachable.
	Pull(ctx context.Context, cursor string) (Page, error)
}

// Page is what one Pull found.
type Page struct {
	Documents []Pulled
	Cursor    string // for the next Pull
	More      bool   // there is more at once; otherwise the next Pull waits its time
}

// Pulled is one order as a shop tells it. A document that the connector itself cannot read has an Err and no
// Document; its Raw is kept all the same, so that nothing a shop said is lost.
type Pulled struct {
	Document Document
	Raw      string // the shop's own words, JSON
	Err      error
}

// Hinter is a shop that calls us: its message is verified and says which orders to look at. A message is a hint, not the
// truth: the order itself is read with Fetch where the message does not hold all of it.
type Hinter interface {
	// Hint verifies and reads one message. now is wall time: the age of a signature is not business time. Errors: ErrSignature,
	// ErrStale, ErrUnreadable.
	Hint(ctx context.Context, m Message, now time.Time) (Hint, error)
}

// Message is an HTTP request as it came.
type Message struct {
	Header func(name string) string
	Body   []byte
}

// Hint is what a message says.
type Hint struct {
	ID        string   // of the message at its sender: the same again is a repetition
	Documents []Pulled // orders that the message holds whole
	Orders    []string // order numbers to Fetch
}

// Fetcher is a shop that can be asked for single orders by number. One that it does not know is missing in the answer.
type Fetcher interface {
	Fetch(ctx context.Context, orders []string) ([]Pulled, error)
}

// Counter is a shop that says how many orders were placed in a span of time, for the proof that none is missing.
type Counter interface {
	Count(ctx context.Context, from, to time.Time) (int, error)
}

// StockTaker is a shop that is told what it may sell.
type StockTaker interface {
	// TakeStock sets the quantities that may be sold from now on. It answers for each SKU in the order given: nil,
	// ErrUnknownSKU, or a fault that says why. The last error is of the call as a whole.
	TakeStock(ctx context.Context, levels []StockLevel) ([]error, error)
}

// StockLevel is how many of a SKU a shop may sell.
type StockLevel struct {
	SKU      string
	Quantity int64
}

// ShipmentTaker is a shop that is told of parcels.
type ShipmentTaker interface {
	// TakeShipment reports one parcel and returns the shop's own reference for it. The same parcel again gives the same
	// reference. Errors: ErrUncertain (then FindShipment is asked before it is sent again), ErrUnknownOrder, ErrRefused, and
	// those of Pull.
	TakeShipment(ctx context.Context, p ShippedParcel) (reference string, err error)
	// FindShipment looks for a report of this parcel at the shop; false when there is none.
	FindShipment(ctx context.Context, p ShippedParcel) (reference string, found bool, err error)
}

// ShipmentChanger is a shop that can be told another waybill of a parcel that it knows: it was labelled again, or it was lost and
// its goods were sent once more.
type ShipmentChanger interface {
	// ChangeShipment puts what p says in the place of what the shop was told of the parcel; was is the waybill it knows, empty when
	// nobody remembers. It returns the shop's own reference. The same change again is one, also after ErrUncertain: nothing is
	// asked before it is sent again. Errors as for TakeShipment.
	ChangeShipment(ctx context.Context, p ShippedParcel, was string) (reference string, err error)
}

// ShippedParcel is a parcel as a shop must hear of it.
type ShippedParcel struct {
	OrderNo string // the shop's
	Parcel  string // ours, the key of the report
	Carrier string
	Service string
	Waybill string
	At      time.Time
	Lines   []ShippedLine
}

// ShippedLine is a part of an order line in a parcel.
type ShippedLine struct {
	LineNo   int64
	SKU      string
	Quantity int64
}

// CancelAnswerer is a shop that asks before it cancels or changes an order in work, and wants an answer.
type CancelAnswerer interface {
	// AnswerCancel says whether a cancellation, a refund before shipping or a new address could still be done. The same
	// answer twice is one. Errors: ErrUncertain, ErrUnknownOrder, ErrRefused, and those of Pull.
	AnswerCancel(ctx context.Context, a CancelAnswer) error
}

// CancelAnswer is the answer to one question of a shop.
type CancelAnswer struct {
	OrderNo  string
	Question string // "cancel", "refund", "address"
	Done     bool
	Code     string // why not: a reason's code
	Text     string // … as a sentence
}

// Refunder is a shop that carries refunds out when it is told to.
type Refunder interface {
	// Refund gives money back for an order. Reference is ours: the same again is one refund. Errors as for AnswerCancel.
	Refund(ctx context.Context, r RefundOrder) (reference string, err error)
}

// RefundOrder is money to be given back.
type RefundOrder struct {
	OrderNo     string
	Reference   string
	AmountMinor int64
	Currency    string
	Reason      string
}

// What a shop may answer. Adapters wrap or return these; whoever calls decides by them.
var (
	ErrCredentials  = fault.New(fault.Denied, "channel.credentials", "the shop does not accept the key of this account; renew it in the shop and enter it here")
	ErrBusy         = fault.New(fault.TooMany, "channel.busy", "the shop asks to slow down; the call is repeated later by itself")
	ErrUnreachable  = fault.New(fault.Unavailable, "channel.unreachable", "the shop does not answer, or not in its language; the call is repeated later by itself")
	ErrUncertain    = fault.New(fault.Unavailable, "channel.uncertain", "the shop did not say whether it took the message; it is asked before the message is sent again")
	ErrUnknownOrder = fault.New(fault.NotFound, "channel.unknown_order", "the shop has no order with this number")
	ErrUnknownSKU   = fault.New(fault.NotFound, "channel.unknown_sku", "the shop has no SKU with this code")
	ErrRefused      = fault.New(fault.Conflict, "channel.refused", "the shop refuses: the state of the order there does not allow it")
	ErrSignature    = fault.New(fault.Unknown, "hook.signature", "the signature of this message is missing or wrong")
	ErrStale        = fault.New(fault.Unknown, "hook.stale", "this message was signed too long ago, or in the future; check the clocks and send it again")
	ErrUnreadable   = fault.New(fault.Invalid, "hook.unreadable", "this message cannot be read")
)
