package review

import "fmt"

// Thresholds are the numbers that a shop sets in the default rules: so many other orders of the window may
// share the thing before a person looks. 0 switches the rule off.
type Thresholds struct {
	SameIP      int `json:"same_ip"`
	SamePhone   int `json:"same_phone"`
	SameAddress int `json:"same_address"`
	SameToken   int `json:"same_token"`
}

// DefaultThresholds suit a shop that sells to households in a window of a day. Many people share an
// address behind a mobile carrier or an office, few share a phone.
func DefaultThresholds() Thresholds {
	return Thresholds{SameIP: 10, SamePhone: 3, SameAddress: 5, SameToken: 3}
}

// free is an order for which nobody owes anything: a gift, a replacement, an exchange.
const free = `order.total == 0 && order.kind in ["gift", "reship", "exchange"]`

// Defaults is the set every company starts with.
func Defaults(t Thresholds) []Rule {
	return append(append(paymentRules(), goodsRules()...), riskRules(t)...)
}

func paymentRules() []Rule {
	return []Rule{
		rule("refunded", 100, ActionReject, `order.payment == "refunded"`, nil),
		// Cash on delivery is paid at the door; every other order waits for the money itself, an authorisation is not enough.
		rule("unpaid", 90, ActionHold,
			`!(order.payment in ["paid", "refunded"]) && !(order.kind in ["cod", "presale"]) && !(`+free+`)`,
			map[string]string{"payment": `order.payment`, "total": `money(order.total, order.currency)`, "currency": `order.currency`}),
		rule("presale_balance", 85, ActionHold,
			`order.kind == "presale" && order.payment != "refunded" && (order.payment != "paid" || order.paid_amount < order.total)`,
			map[string]string{"due": `money(order.total - order.paid_amount, order.currency)`, "currency": `order.currency`}),
		// What a presale still owes is the rule above; a presale that paid too much is this one.
		rule("paid_differs", 80, ActionHold,
			`order.payment == "paid" && order.paid_amount != order.total && !(order.kind == "presale" && order.paid_amount < order.total)`,
			map[string]string{"paid": `money(order.paid_amount, order.currency)`, "total": `money(order.total, order.currency)`,
				"currency": `order.currency`}),
	}
}

func goodsRules() []Rule {
	const below = `l.floor_price > 0 && l.unit_price < l.floor_price`
	return []Rule{
		rule("unmapped", 70, ActionHold, `lines.exists(l, !l.mapped)`,
			map[string]string{"skus": `lines.filter(l, !l.mapped).map(l, l.sku)`}),
		rule("price_floor", 60, ActionHold, `lines.exists(l, `+below+`) && !(`+free+`)`,
			map[string]string{"skus": `lines.filter(l, ` + below + `).map(l, l.sku)`}),
		rule("address", 50, ActionHold, `!address.complete`, map[string]string{"missing": `address.missing`}),
		rule("address_doubt", 45, ActionHold, `size(address.problems) > 0`, map[string]string{"problems": `address.problems`}),
	}
}

// riskRules count what is the same. What is empty or shown in stars is never the same as anything, so
// every rule asks for the thing itself before it looks at the count.
func riskRules(t Thresholds) []Rule {
	same := func(id string, priority int, present, count string, limit int) Rule {
		r := rule(id, priority, ActionHold, fmt.Sprintf(`%s > %d && %s`, count, limit, present),
			map[string]string{"count": count, "limit": fmt.Sprint(limit)})
		r.Enabled = limit > 0
		return r
	}
	const plain = `!recipient.masked && `
	return []Rule{
		same("same_token", 30, `buyer.token != ""`, "risk.same_token", t.SameToken),
		same("same_phone", 29, plain+`recipient.phone != "" && !recipient.phone.contains("*")`, "risk.same_phone", t.SamePhone),
		same("same_address", 28, plain+`recipient.address != "" && !recipient.address.contains("*")`, "risk.same_address", t.SameAddress),
		same("same_ip", 27, `buyer.ip != "" && !buyer.ip.contains("*")`, "risk.same_ip", t.SameIP),
	}
}

// rule names a default rule after its id: reason review.<id>, name review.rule.<id>.
func rule(id string, priority int, action Action, expr string, params map[string]string) Rule {
	return Rule{ID: id, Version: 1, Priority: priority, Name: "review.rule." + id, Expr: expr, Action: action,
		Reason: "review." + id, Params: params, Enabled: true}
}
