package public

import (
	"strconv"
	"strings"
)

// fill writes what the step asks.
func (a *asking) fill(out *returnView, draftText string) {
	switch out.Step {
	case stepItems:
		for _, l := range a.offer.Lines {
			line := askedLine{No: l.LineNo, Title: a.titleOf(l.LineNo), Now: a.draft.count(l.LineNo)}
			for n := range min(l.Most, 99) + 1 {
				line.Count = append(line.Count, n)
			}
			out.Lines = append(out.Lines, line)
		}
	case stepReason:
		for _, r := range reasons {
			out.Reasons = append(out.Reasons, choice{Value: r, Text: a.Say("public.reason_" + r), Now: r == a.draft.Reason})
		}
	case stepKind:
		for _, k := range wishes(a.draft.Reason) {
			out.Wishes = append(out.Wishes, choice{k, a.Say("public.wish_" + k), a.Say("public.wish_about_" + k), k == a.draft.Kind})
		}
	case stepWay:
		if a.offer.Label {
			out.Ways = append(out.Ways, choice{wayLabel, a.Say("public.way_label"), a.Say("public.way_about_label"), a.draft.Way == wayLabel})
		}
		out.Ways = append(out.Ways, choice{wayOwn, a.Say("public.way_own"), a.Say("public.way_about_own"), a.draft.Way == wayOwn || !a.offer.Label})
	case stepConfirm:
		out.Sum = a.summary()
	}
	for i := range out.Sum {
		out.Sum[i].Step = a.At(a.base(), "d", draftText, "step", out.Sum[i].Step)
	}
}

// summary is what was chosen, for the last look.
func (a *asking) summary() (out []pair) {
	var goods []string
	for _, l := range a.draft.Lines {
		goods = append(goods, a.titleOf(l.No)+" × "+strconv.FormatInt(l.Count, 10))
	}
	out = append(out, pair{a.Say("public.items"), strings.Join(goods, "\n"), stepItems})
	why := a.Say("public.reason_" + a.draft.Reason)
	if a.draft.Note != "" {
		why += "\n" + a.draft.Note
	}
	out = append(out, pair{a.Say("public.reason"), why, stepReason}, pair{a.Say("public.wish"), a.Say("public.wish_" + a.draft.Kind), stepKind})
	if a.draft.goods() {
		way := a.Say("public.way_" + a.draft.Way)
		if a.draft.Bill != "" {
			way += "\n" + a.draft.Bill
		}
		out = append(out, pair{a.Say("public.way"), way, stepWay})
	}
	return out
}

func (d draft) count(line int64) int64 {
	for _, l := range d.Lines {
		if l.No == line {
			return l.Count
		}
	}
	return 0
}

func (a *asking) titleOf(line int64) string {
	for _, l := range a.order.Lines {
		if l.No == line && l.Title != "" {
			return l.Title
		} else if l.No == line {
			return l.SKU
		}
	}
	return ""
}
