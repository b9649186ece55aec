package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/words"
)

// tell writes what the run came to.
func (f *figures) tell(out io.Writer, lang string) {
	width := widthOf(out)
	line := func(code string, params map[string]any) {
		fmt.Fprintln(out, fold(strings.TrimRight(words.Render(lang, "demo."+code, params), " "), width))
	}
	fmt.Fprintln(out)
	line("summary", map[string]any{"orders": f.Orders, "days": fmt.Sprintf("%.1f", f.Days), "seconds": fmt.Sprintf("%.1f", f.Seconds), "rate": fmt.Sprintf("%.0f", f.Rate)})
	for _, k := range byCount(f.Outcomes) {
		line("outcome", map[string]any{"what": words.Render(lang, "demo.outcome."+k, nil), "orders": f.Outcomes[k], "share": percent(f.Outcomes[k], f.Orders)})
	}
	f.reasons(lang, line)
	line("hours", nil)
	for _, s := range stages {
		h := f.Hours[s.name]
		line("stage", map[string]any{"stage": pad(words.Render(lang, "demo.column."+s.name, nil), 14), "p50": fmt.Sprintf("%6.1f", h.P50), "p90": fmt.Sprintf("%6.1f", h.P90)})
	}
	if f.InTime.Of+f.ShippedBy.Of > 0 {
		f.promises(line)
	}
	line("parcels", map[string]any{"parcels": f.Parcels, "split": f.Split, "freight": money.Format(f.Freight, f.Currency), "currency": f.Currency, "fill": fmt.Sprintf("%.0f", f.Fill*100)})
	if f.PlainMetres > 0 {
		line("walk", map[string]any{"tasks": f.Tasks, "km": km(f.Metres), "plain": km(f.PlainMetres), "saved": percent(int(f.PlainMetres-f.Metres), int(f.PlainMetres))})
	}
	f.Savings.tell(f.Currency, line)
	line("shorts", map[string]any{"picks": f.Shorts.Picks, "units": f.Shorts.Units, "found": f.People.FoundAgain, "delivered": f.Shorts.Delivered, "owed": f.Shorts.Owed, "others": f.Shorts.Others})
	line("people", map[string]any{"approved": f.People.Approved, "rejected": f.People.Rejected, "scans": f.People.Scans, "caught": f.People.Caught,
		"rerouted": f.People.Rerouted, "returns": f.People.Returns, "restocked": f.People.Restocked, "amended": total(f.People.Amendments), "refused": total(f.People.Refused)})
	line("proof", map[string]any{"check": words.Render(lang, "demo.check."+f.Check, nil), "rows": f.Checked, "events": f.Events})
	for i, x := range f.Findings {
		if i < 10 {
			fmt.Fprintf(out, "    %s %s %s: %s\n", x.Class, x.Table, x.ID, x.Message)
		}
	}
	if len(f.story) > 0 {
		line("story", map[string]any{"order": f.story[0]})
		for _, s := range f.story[1:] {
			fmt.Fprintln(out, fold("  "+s, width))
		}
	}
}

// promises say how many were kept, of those that could be.
func (f *figures) promises(line func(string, map[string]any)) {
	line("promise", map[string]any{"kept": percent(f.InTime.Good, f.InTime.Of), "of": f.InTime.Of, "shipped": percent(f.ShippedBy.Good, f.ShippedBy.Of), "ships": f.ShippedBy.Of})
}

// reasons say why what waits does, and what is late.
func (f *figures) reasons(lang string, line func(string, map[string]any)) {
	for _, part := range []struct {
		code   string
		counts map[string]int
		name   func(string) string
	}{
		{"held", f.Held, func(k string) string { return named(lang, strings.Replace(k, "review.", "review.rule.", 1), k) }},
		{"owed", f.Owed, func(k string) string { return named(lang, "demo.owed."+k, k) }},
		{"late", f.Late, func(k string) string { return named(lang, "demo."+k, k) }},
	} {
		for _, k := range byCount(part.counts) {
			line(part.code, map[string]any{"reason": part.name(k), "orders": part.counts[k]})
		}
	}
}

// named is the name of a code in a language, or the code where it has none.
func named(lang, code, otherwise string) string {
	if words.Has(words.Language(lang), code) {
		return words.Render(lang, code, nil)
	}
	return otherwise
}

func percent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f", 100*float64(n)/float64(of))
}

func km(metres int64) string { return fmt.Sprintf("%.1f", float64(metres)/1000) }
