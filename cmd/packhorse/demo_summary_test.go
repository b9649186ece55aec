package main

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/words"
)

func TestAReRouteIsCountedWhenAnotherAllocationTakesOver(t *testing.T) {
	log := func(kinds ...string) (b books) {
		for _, k := range kinds {
			order, kind, _ := strings.Cut(k, " ")
			b.events = append(b.events, eventRow{Order: order, Kind: kind + ".v1"})
		}
		return b
	}
	for _, c := range []struct {
		name string
		log  books
		want int
	}{
		{"allocated once", log("a allocation.allocated", "b allocation.allocated"), 0},
		{"given back, then placed elsewhere", log("a allocation.allocated", "a fulfilment.rejected", "a allocation.allocated"), 1},
		{"not found, given back and placed elsewhere is one", log("a allocation.allocated", "a pick.short", "a fulfilment.rejected", "a allocation.allocated"), 1},
		{"nobody has it, and the goods come days later", log("a allocation.allocated", "a pick.short", "a allocation.backordered", "a allocation.allocated"), 0},
		{"another order", log("a fulfilment.rejected", "b allocation.allocated"), 0},
		{"twice", log("a fulfilment.rejected", "a allocation.allocated", "a pick.short", "a allocation.allocated"), 2},
	} {
		if got := rerouted(c.log); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestTheSummaryFitsATerminalOfEightyPlaces(t *testing.T) {
	f := figures{Orders: 100_000, Outcomes: map[string]int{"delivered": 90_000, "returned_in_part": 10_000}, Held: map[string]int{"review.address_doubt": 4},
		Owed: map[string]int{"allocation.waits.complete": 1}, Late: map[string]int{"track.late.out_for_delivery": 1}, InTime: share{1, 100_000}, ShippedBy: share{1, 100_000},
		PlainMetres: 10_000_000, Metres: 9_000_000, Parcels: 100_000, Currency: "CNY", Freight: 100_000_000, Check: "clean", Checked: 10_000_000, Events: 1_000_000,
		Savings: savings{Waves: 1, Metres: 9_000_000, PlainMetres: 30_000_000, Minutes: 100_000, PlainMinutes: 900_000, Together: 9_000_000, FirstCome: 12_000_000, Parcels: 100_000,
			PlainParcels: 110_000, Cost: 90_000_000, PlainCost: 99_000_000, Batched: 100_000, Allocated: 90_000_000, PlainAlloc: 99_000_000, MoreUnits: 100_000},
		story: []string{"ord_x", "03-02 10:30  " + words.Render("en", "track.late.lost", map[string]any{"hours": 72})}}
	f.People.Approved = 1
	for _, lang := range words.Languages {
		var out bytes.Buffer
		f.tell(&out, lang)
		for line := range strings.Lines(out.String()) {
			if line = strings.TrimRight(line, "\n"); wide(line) > 80 {
				t.Errorf("%s: %d places: %q", lang, wide(line), line)
			}
			if strings.Contains(line, "1 holds") || strings.ContainsAny(line, "{}|") {
				t.Errorf("%s: %q", lang, line)
			}
		}
	}
}

// Folding loses nothing but spaces, and no line is wider than the terminal unless it is one word.
func TestFoldingKeepsTheText(t *testing.T) {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`( {0,6})[a-z0-9，。仓单（）:;]{1,9}( [a-z仓单，；]{1,9}){0,30}`).Draw(t, "text")
		got := fold(text, 40)
		if squeeze(got) != squeeze(text) {
			t.Fatalf("%q became %q", text, got)
		}
		for line := range strings.Lines(got) {
			if line = strings.TrimRight(line, "\n"); wide(line) > 40 {
				t.Fatalf("%q is too wide", line)
			}
		}
	})
}
