package ship

import (
	"strconv"

	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/words"
)

// Codes of the words area "ship".
const (
	codeArea          = "ship.area"
	codeSuspended     = "ship.suspended"
	codeSuspendedOpen = "ship.suspended_open"
	codeNoRate        = "ship.no_rate"
	codeCurrency      = "ship.currency"
	codeTooHeavy      = "ship.too_heavy"
	codeTooLarge      = "ship.too_large"
	codeLiquids       = "ship.liquids"
	codeBatteries     = "ship.batteries"
	codeCOD           = "ship.cod"
	codeCutoff        = "ship.cutoff"

	codeDearer     = "ship.dearer"
	codeLateDearer = "ship.late_dearer"
	codeSlower     = "ship.slower"
	codeTied       = "ship.tied"

	codeNamed  = "ship.named"
	codeLadder = "ship.ladder"
	codeOff    = "ship.off_ladder"

	codeOnly = "ship.only"
	codeNone = "ship.none"
)

// rejection says why a service is not the chosen one.
func (q *Query) rejection(a *answer, best *Option) Rejection {
	r := Rejection{Carrier: a.option.Carrier, Service: a.option.Service, Code: a.code, Params: a.params}
	if r.Code == "" {
		r.Code, r.Params = q.worse(&a.option, best)
	}
	return r
}

// worse names the first thing by which a service that can take the parcel loses.
func (q *Query) worse(o, best *Option) (string, map[string]any) {
	chosen := serviceName(best)
	mine, his := q.keys(o), q.keys(best)
	first := 0
	for first < len(mine) && mine[first] == his[first] {
		first++
	}
	switch {
	case first == len(mine):
		return codeTied, map[string]any{"chosen": chosen}
	case q.Strategy == Balanced && first == 0 && o.LateDays > 0:
		return codeLateDearer, map[string]any{"chosen": chosen, "by": priceText(mine[0]-his[0], o.Currency), "late_days": o.LateDays}
	case q.Strategy != Fastest && first == 0:
		return codeDearer, map[string]any{"chosen": chosen, "by": priceText(mine[0]-his[0], o.Currency), "cost": priceText(o.Cost, o.Currency)}
	case q.Strategy == Fastest && first == 2:
		return codeDearer, map[string]any{"chosen": chosen, "by": priceText(o.Cost-best.Cost, o.Currency), "cost": priceText(o.Cost, o.Currency)}
	}
	return codeSlower, map[string]any{"chosen": chosen, "days": daySpan(o), "chosen_days": daySpan(best)}
}

// why is the sentence for the choice as a whole.
func (q *Query) why(c *Choice) words.Text {
	if !c.Found() {
		return words.Text{Code: codeNone, Params: map[string]any{"asked": len(q.Services)}}
	}
	params := map[string]any{"chosen": serviceName(&c.Option), "cost": priceText(c.Cost, c.Currency), "days": daySpan(&c.Option)}
	if len(c.Fallback) == 0 {
		return words.Text{Code: codeOnly, Params: params}
	}
	if q.Strategy == Balanced {
		params["late_days"] = c.LateDays
	}
	return words.Text{Code: "ship." + string(q.Strategy), Params: params}
}

func serviceName(o *Option) string {
	if o.Service == "" {
		return o.Carrier
	}
	return o.Carrier + " " + o.Service
}

// daySpan writes the two quantiles as a span: "2–4", or "2" when they agree.
func daySpan(o *Option) string {
	if o.DaysP50 >= o.DaysP90 {
		return strconv.Itoa(o.DaysP50)
	}
	return strconv.Itoa(o.DaysP50) + "–" + strconv.Itoa(o.DaysP90)
}

// priceText writes minor units for people.
func priceText(minor int64, currency string) string {
	if currency == "" {
		return strconv.FormatInt(minor, 10)
	}
	return money.Format(minor, currency) + " " + currency
}
