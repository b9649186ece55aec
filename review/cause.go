package review

import "strings"

// Causes of an exception. Every case has one: where several hold, the first of Causes.
const (
	CauseRefund    = "refund"    // the buyer asked for money or for less while the goods were on their way through the house
	CausePayment   = "payment"   // not paid, not all paid, too much paid
	CauseGoods     = "goods"     // a SKU nobody knows
	CausePrice     = "price"     // sold below the floor price
	CauseAddress   = "address"   // incomplete or doubtful
	CauseRisk      = "risk"      // the same buyer, phone, address or device too often
	CauseLogistics = "logistics" // no carrier gave a waybill
	CauseRule      = "rule"      // a rule of the company's own, or one that failed
	CauseStock     = "stock"     // nobody has the goods
	CauseParked    = "parked"    // held by a person until something comes
	CauseSnoozed   = "snoozed"   // put off by a reviewer
)

// Causes lists the causes that wait for a decision, in the order in which they name a case.
var Causes = []string{CauseRefund, CausePayment, CauseGoods, CausePrice, CauseAddress, CauseRisk, CauseLogistics, CauseRule, CauseStock}

// Aside lists the causes of what was put aside: it waits for something other than a decision.
var Aside = []string{CauseParked, CauseSnoozed}

var causeOf = map[string]string{
	"cancel.asking": CauseRefund, "stop.lines": CauseRefund,
	"review.unpaid": CausePayment, "review.presale_balance": CausePayment, "review.paid_differs": CausePayment, "review.refunded": CausePayment,
	CodeUnmapped: CauseGoods, "review.price_floor": CausePrice,
	"review.address": CauseAddress, "review.address_doubt": CauseAddress, CodeAsked: CauseAddress,
	"ship.label_failed": CauseLogistics,
}

// CauseOf is the cause that the reason of a hold belongs to.
func CauseOf(reason string) string {
	switch cause := causeOf[reason]; {
	case cause != "":
		return cause
	case strings.HasPrefix(reason, "review.same_"):
		return CauseRisk
	case strings.HasPrefix(reason, "order.hold."), strings.HasPrefix(reason, "hold."):
		return CauseParked
	}
	return CauseRule
}
