package ship

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// minuteForm writes a moment of the node's own day.
const minuteForm = "2006-01-02 15:04"

// answer is what one service says to a query: an option, or the code of why not.
type answer struct {
	option Option
	code   string
	params map[string]any
}

// ask puts the parcel to a service.
func (q *Query) ask(s *CarrierService) answer {
	a := answer{option: Option{Carrier: s.Carrier, Service: s.Service}}
	if a.code, a.params = q.forbidden(s); a.code != "" {
		return a
	}
	handOver := s.handOver(q.Ready)
	if a.code, a.params = q.closed(s, handOver); a.code != "" {
		return a
	}
	card, found := CardFor(s.Cards, q.FromRegion, q.To.Province)
	switch {
	case !found:
		a.code, a.params = codeNoRate, map[string]any{"from": q.FromRegion, "to": q.To.Province}
		return a
	case q.Currency != "" && card.Currency != q.Currency:
		a.code, a.params = codeCurrency, map[string]any{"currency": card.Currency, "wanted": q.Currency}
		return a
	}
	o := &a.option
	waits := dayOf(handOver) - dayOf(q.Ready)
	o.Cost, o.ChargeableG = Price(card, q.WeightG, q.MM)
	o.Currency, o.DaysP50, o.DaysP90 = card.Currency, card.DaysP50+waits, card.DaysP90+waits
	if !q.PromisedBy.IsZero() {
		promised := q.PromisedBy.In(q.Ready.Location())
		o.LateDays = max(0, dayOf(q.Ready)+o.DaysP90-dayOf(promised))
	}
	return a
}

// forbidden is what the contract says about the parcel itself.
func (q *Query) forbidden(s *CarrierService) (string, map[string]any) {
	switch {
	case q.Liquid && s.NoLiquids:
		return codeLiquids, nil
	case q.Battery && s.NoBatteries:
		return codeBatteries, nil
	case q.COD && !s.COD:
		return codeCOD, nil
	case s.MaxG > 0 && q.WeightG > s.MaxG:
		return codeTooHeavy, map[string]any{"g": q.WeightG, "max_g": s.MaxG}
	}
	mm, limit := longestFirst(q.MM), longestFirst(s.MaxMM)
	for i := range mm {
		if limit[i] > 0 && mm[i] > limit[i] {
			return codeTooLarge, map[string]any{"mm": sizeText(mm), "max_mm": sizeText(limit)}
		}
	}
	return "", nil
}

// closed is what the calendar and the map say: area, suspension and cut-off.
func (q *Query) closed(s *CarrierService, handOver time.Time) (string, map[string]any) {
	to := RegionKey(q.To.Province)
	if len(s.Areas) > 0 && !slices.ContainsFunc(s.Areas, func(area string) bool { return covers(area, to) }) {
		return codeArea, map[string]any{"region": q.To.Province}
	}
	for _, x := range s.Suspended {
		if x.Province = RegionKey(x.Province); x.Province == Anywhere {
			x.Province = to
		}
		if !x.Covers(Address{Province: to, City: q.To.City}, handOver) {
			continue
		}
		if x.Until.IsZero() {
			return codeSuspendedOpen, map[string]any{"region": q.To.Province}
		}
		return codeSuspended, map[string]any{"region": q.To.Province, "until": x.Until.In(handOver.Location()).Format(minuteForm)}
	}
	if !q.CollectBy.IsZero() && handOver.After(q.CollectBy) {
		return codeCutoff, map[string]any{"leaves": handOver.Format(minuteForm),
			"collect_by": q.CollectBy.In(handOver.Location()).Format(minuteForm)}
	}
	return "", nil
}

// handOver is when the carrier takes what is ready: at once without a cut-off, else when the van comes.
func (s *CarrierService) handOver(ready time.Time) time.Time {
	if s.Cutoff <= 0 {
		return ready
	}
	van := s.van(ready, 0)
	if ready.After(van) {
		return s.van(ready, 1)
	}
	return van
}

// van is the cut-off by the wall clock, some days after t: a day of 23 or 25 hours does not move it.
func (s *CarrierService) van(t time.Time, days int) time.Time {
	y, m, d := t.Date()
	minutes := int(s.Cutoff / time.Minute)
	return time.Date(y, m, d+days, minutes/60, minutes%60, 0, 0, t.Location())
}

// dayOf numbers the calendar days of t's own time zone.
func dayOf(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86_400)
}

func longestFirst(mm [3]int64) [3]int64 {
	slices.SortFunc(mm[:], func(x, y int64) int { return cmp.Compare(y, x) })
	return mm
}

// sizeText writes the sides of a parcel, or the sides that a limit has.
func sizeText(mm [3]int64) string {
	text := strconv.FormatInt(mm[0], 10)
	for _, side := range mm[1:] {
		if side > 0 {
			text += " × " + strconv.FormatInt(side, 10)
		}
	}
	return text
}
