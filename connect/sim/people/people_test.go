package people

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/seed"
)

var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, office)

func TestAVanLeavesOnceADayAtItsTime(t *testing.T) {
	w := &Warehouse{Zone: office, Docks: map[string]time.Duration{"SF": 16 * time.Hour}}
	for _, c := range []struct {
		carrier     string
		before, now time.Duration // after Monday, 8 o'clock
		gone        bool
	}{
		{"SF", 0, 7*time.Hour + 50*time.Minute, false},
		{"SF", 7*time.Hour + 50*time.Minute, 8 * time.Hour, true},
		{"SF", 8 * time.Hour, 9 * time.Hour, false},
		{"SF", 9 * time.Hour, 32 * time.Hour, true},  // nobody looked until the next day
		{"ZTO", 9 * time.Hour, 10 * time.Hour, true}, // no time agreed: the last van
	} {
		if got := left(c.carrier, w, monday.Add(c.before), monday.Add(c.now)); got != c.gone {
			t.Errorf("%s between %s and %s: left %v", c.carrier, c.before, c.now, got)
		}
	}
}

func TestTheReviewerDecidesByTheReasonAndAfterTheQueue(t *testing.T) {
	p := &People{}
	hour := func(reason string) int {
		return p.judge(hold{Reason: reason, PlacedAt: monday}, "FH1", monday.Add(time.Hour))
	}
	for reason, want := range map[string]int{"review.unmapped": wait, "review.unpaid": wait, "review.address": wait, "review.paid_differs": approve, "ship.label_failed": wait} {
		if got := hour(reason); got != want {
			t.Errorf("%s: %d, want %d", reason, got, want)
		}
	}
	if got := p.judge(hold{Reason: "review.same_ip", PlacedAt: monday}, "FH1", monday.Add(19*time.Minute)); got != later {
		t.Errorf("after 19 minutes: %d, want not looked at yet", got)
	}
	rejected := 0
	for i := range 1000 {
		if p.judge(hold{Reason: "review.price_floor", PlacedAt: monday}, fmt.Sprint("FH", i), monday.Add(time.Hour)) == reject {
			rejected++
		}
	}
	if rejected < 440 || rejected > 560 {
		t.Errorf("%d of 1000 slips of the price are rejected, want about half", rejected)
	}
}

func TestTheShopSendsWhatTheChannelSaysInOrderOfTime(t *testing.T) {
	c := seed.New(7)
	p := &People{config: Config{Events: c.Events}}
	p.Expect(c.Orders(300, monday))
	for i, l := range p.due {
		if i > 0 && l.at.Before(p.due[i-1].at) {
			t.Fatalf("letter %d travels back in time", i)
		}
		raw, err := document(l)
		if err != nil {
			t.Fatal(err)
		}
		var d struct {
			Channel   string `json:"channel"`
			OrderNo   string `json:"order_no"`
			MaySplit  *bool  `json:"may_split"`
			Cancelled bool   `json:"cancelled"`
			Buyer     string `json:"buyer_token"`
			Recipient string `json:"recipient_token"`
			Issuer    string `json:"token_issuer"`
			Lines     []any  `json:"lines"`
		}
		if err := json.Unmarshal(raw, &d); err != nil {
			t.Fatal(err)
		}
		if d.Channel == "" || d.OrderNo != l.order.OrderNo || d.MaySplit == nil || len(d.Lines) != len(l.order.Lines) ||
			d.Cancelled != (l.kind == seed.Cancelled) || d.Recipient != d.Buyer || (d.Recipient == "") != (d.Issuer == "") {
			t.Fatalf("%s", raw)
		}
	}
	if p.Done() || p.Next().IsZero() {
		t.Error("there are orders to send, and nobody waits for them")
	}
}

func TestWhatWasTakenOfSeveralLotsCannotGoBackToAFace(t *testing.T) {
	p := &People{bins: stockUp([]seed.Stock{{Warehouse: "JX", Location: "A1", SKU: "S", Lot: "L1", Quality: "good", Quantity: 5}, {Warehouse: "JX", Location: "Q1", SKU: "S", Quality: "defective", Quantity: 2}}),
		lots: map[held]string{}}
	w := &Warehouse{Code: "JX"}
	f := fulfilment{ID: "f", Lines: []line{{SKU: "S", Quantity: 3}}}
	p.take(w, visit{Fulfilment: "f", Location: "A1", SKU: "S", Lot: "L1"}, 2)
	if !p.plain(f) || p.bins[bin{"JX", "A1", "S", "L1"}] != 3 {
		t.Errorf("after two of one lot: %v, plain %v", p.bins, p.plain(f))
	}
	p.take(w, visit{Fulfilment: "f", Location: "A2", SKU: "S", Lot: "L2"}, 1)
	if p.plain(f) {
		t.Error("goods of two lots count as one")
	}
}

func TestSingleItemsThatHaveGatheredAreReleasedToBeWalkedAsTotals(t *testing.T) {
	of := func(singles, others int) (todo []fulfilment) {
		for i := range singles + others {
			todo = append(todo, fulfilment{ID: fmt.Sprint(i), Lines: []line{{SKU: "S", Quantity: 1 + int64(min(1, i/max(singles, 1)))}}})
		}
		return todo
	}
	for _, c := range []struct {
		singles, others int
		bulk            bool
		want            string
	}{
		{2, 1, false, "discrete 3"},
		{9, 7, false, "batch 16"},
		{10, 2, false, "shape 10, discrete 2"},
		{61, 5, false, "shape 60, shape 1, batch 5"},
		{40, 40, true, "batch 80"},
	} {
		p := &People{config: Config{Bulk: c.bulk}}
		var got []string
		for _, g := range p.divide(of(c.singles, c.others)) {
			got = append(got, fmt.Sprintf("%s %d", g.method, len(g.list)))
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%d single items and %d others: %s, want %s", c.singles, c.others, text, c.want)
		}
	}
}
