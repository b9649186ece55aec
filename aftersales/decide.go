package aftersales

import (
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/words"
)

// Facts are what a decision over a case is made of.
type Facts struct {
	Kind        string
	DeliveredAt time.Time // zero while the carrier has not said so
	Now         time.Time
	Value       int64 // paid for what is asked for, minor units
	Currency    string
	Others      int // cases of the same order that are not over
}

// Decision is whether the rule approves, and why; without it a person decides.
type Decision struct {
	Approved bool       `json:"approved"`
	Why      words.Text `json:"why"`
}

// Decide applies the policy. The same facts always have the same answer. What speaks against it is looked for in
// this order: the kind, the window, other cases, the value.
func Decide(p Policy, f Facts) Decision {
	wait := func(code string, params map[string]any) Decision {
		return Decision{Why: words.Text{Code: "aftersales.decision." + code, Params: params}}
	}
	days := int64(0)
	if !f.DeliveredAt.IsZero() {
		days = int64(f.Now.Sub(f.DeliveredAt) / (24 * time.Hour))
	}
	window, limited := p.Windows[f.Kind]
	switch {
	case !slices.Contains(p.Kinds, f.Kind):
		return wait("kind", map[string]any{"kind": f.Kind})
	case limited && days > window:
		return wait("late", map[string]any{"days": days, "window": window})
	case f.Others > 0:
		return wait("others", map[string]any{"count": f.Others})
	case f.Value > p.Limit:
		return wait("value", amounts(f.Value, p.Limit, f.Currency))
	}
	return Decision{Approved: true, Why: words.Text{Code: "aftersales.decision.granted", Params: map[string]any{"days": days, "window": window}}}
}

func amounts(value, limit int64, currency string) map[string]any {
	return map[string]any{"value": money.Format(value, currency), "limit": money.Format(limit, currency), "currency": currency}
}

// refundByItself says whether money goes back without a person: little of it, and for goods that are all as new.
func refundByItself(p Policy, amount int64, currency string, units []*Unit) Decision {
	if amount > p.Refund {
		return Decision{Why: words.Text{Code: "aftersales.decision.refund_value", Params: amounts(amount, p.Refund, currency)}}
	}
	for _, u := range units {
		if u.Grade != GradeA || u.LineNo == 0 {
			return Decision{Why: words.Text{Code: "aftersales.decision.refund_grade", Params: map[string]any{"grade": u.Grade}}}
		}
	}
	return Decision{Approved: true, Why: words.Text{Code: "aftersales.decision.refund_granted"}}
}
