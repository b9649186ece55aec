package channeltest

import (
	"context"
	"maps"
	"testing"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/suite"
)

// Fixture is a shop under test, and the hands that move it. A hand that a chapter needs and that is nil fails the
// chapter, unless Without names it.
type Fixture struct {
	Channel intake.Channel

	// Sell places so many orders of one unit each and returns their numbers, oldest first.
	Sell func(n int) ([]string, error)
	// Change makes something about an order new that we must hear of: it is paid, called off or goes elsewhere.
	Change func(order string) error
	// Spoil makes the shop tell one more order, which the connector cannot read.
	Spoil func() error
	// Now is the shop's clock.
	Now func() time.Time

	// WrongKey is a connector of the same shop with a key that the shop does not accept.
	WrongKey intake.Channel
	// Elsewhere is a connector whose address is not the shop's: it answers HTML, or not at all.
	Elsewhere intake.Channel
	// Busy makes the shop ask to slow down at the next call.
	Busy func()
	// LoseAnswer makes the shop carry out the next call that changes something, whose answer then never arrives.
	LoseAnswer func()

	// Sign makes a message of a body as the shop would, signed at a moment.
	Sign func(body []byte, at time.Time) intake.Message
	// Body is what the shop says by itself of an order.
	Body func(order string) []byte

	// SKU is one the shop sells, and Stock how many of it may be sold there.
	SKU   string
	Stock func() (int64, error)
	// Lines is what can be shipped of an order.
	Lines func(order string) ([]intake.ShippedLine, error)
	// Shipments, Answers and Refunds count what holds of what the shop was told of an order.
	Shipments, Answers, Refunds func(order string) (int, error)

	// Waybill is the one that the shop shows of the parcel of an order.
	Waybill func(order string) (string, error)

	// Without names the chapters this shop cannot play, each with the reason.
	Without map[string]string
}

// Factory makes a fresh fixture: no chapter sees the orders of another, or where one shop serves all it does not matter.
type Factory func(t *testing.T) Fixture

// Run plays every chapter against a fixture of its own. It fails when Without names no chapter there is.
func Run(t *testing.T, factory Factory) {
	list := make([]suite.Chapter[Fixture], len(chapters))
	for i, c := range chapters {
		list[i] = suite.Chapter[Fixture]{Name: c.name, Play: c.play}
	}
	suite.Run(t, list, time.Minute, factory, unplayed)
}

// unplayed are the chapters that a fixture cannot play, and those about powers that its connector does not have.
func unplayed(f Fixture) map[string]string {
	out := map[string]string{}
	for _, c := range chapters {
		if c.power != nil && !c.power(f.Channel) {
			out[c.name] = "the connector does not have this power"
		}
	}
	maps.Copy(out, f.Without)
	return out
}

// A chapter returns what went wrong instead of failing a test, so that the suite can itself be tested on connectors that
// break one promise each.
type chapter struct {
	name  string
	power func(intake.Channel) bool // nil: every connector has it
	play  func(context.Context, Fixture) error
}

// Names of the chapters, for Fixture.Without.
const (
	PullAll         = "every order is pulled"
	PullAgain       = "the same place gives the same orders again"
	PullOnward      = "what is sold after a pull comes with the next one"
	PullChange      = "an order that changed comes again"
	PullUnreadable  = "an order that cannot be read is kept word for word, and the others come"
	WrongKey        = "a wrong key is told as such"
	Elsewhere       = "another machine at the address is told as unreachable"
	Busy            = "a shop that asks to slow down is told as busy"
	FetchOrders     = "an order is fetched by number, an unknown one is missing"
	HookTaken       = "a signed message names its order"
	HookForged      = "a message with another body is refused"
	HookStale       = "a message signed long ago is refused"
	HookUnreadable  = "a signed message that says nothing is unreadable"
	CountOrders     = "the shop counts what it tells"
	StockSet        = "stock that was set is what the shop sells"
	StockUnknown    = "an unknown SKU is told beside the others"
	ShipTwice       = "a parcel reported twice is one parcel"
	ShipLost        = "after a lost answer the report is found, and not made again"
	ShipChanged     = "a parcel under another waybill is one parcel, and shows the new one"
	ShipUnreported  = "a parcel never reported is not found"
	ShipUnknown     = "a parcel of an unknown order is told as such"
	AnswerTwice     = "an answer given twice is one answer"
	AnswerUnknown   = "an answer about an unknown order is told as such"
	RefundTwice     = "a refund asked for twice is one refund"
	RefundAfterLost = "after a lost answer the same refund is still one"
)

func has[Power any](c intake.Channel) bool { _, ok := c.(Power); return ok }

var chapters = []chapter{
	{PullAll, nil, pullAll}, {PullAgain, nil, pullAgain}, {PullOnward, nil, pullOnward}, {PullChange, nil, pullChange},
	{PullUnreadable, nil, pullUnreadable}, {WrongKey, nil, wrongKey}, {Elsewhere, nil, elsewhere}, {Busy, nil, busy},
	{FetchOrders, has[intake.Fetcher], fetchOrders},
	{HookTaken, has[intake.Hinter], hookTaken}, {HookForged, has[intake.Hinter], hookForged}, {HookStale, has[intake.Hinter], hookStale},
	{HookUnreadable, has[intake.Hinter], hookUnreadable},
	{CountOrders, has[intake.Counter], countOrders},
	{StockSet, has[intake.StockTaker], stockSet}, {StockUnknown, has[intake.StockTaker], stockUnknown},
	{ShipTwice, has[intake.ShipmentTaker], shipTwice}, {ShipLost, has[intake.ShipmentTaker], shipLost},
	{ShipChanged, has[intake.ShipmentChanger], shipChanged},
	{ShipUnreported, has[intake.ShipmentTaker], shipUnreported}, {ShipUnknown, has[intake.ShipmentTaker], shipUnknown},
	{AnswerTwice, has[intake.CancelAnswerer], answerTwice}, {AnswerUnknown, has[intake.CancelAnswerer], answerUnknown},
	{RefundTwice, has[intake.Refunder], refundTwice}, {RefundAfterLost, has[intake.Refunder], refundAfterLost},
}
