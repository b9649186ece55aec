package carton

import (
	"math/bits"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"pgregory.net/rapid"
)

func drawHistory(t *rapid.T) History {
	h := History{Keep: rapid.IntRange(1, 3).Draw(t, "keep"), Odd: int64(rapid.IntRange(1, 500).Draw(t, "odd")), Board: Board{Cost: 20, PerM2: 50, GPerM2: 400}}
	for range rapid.IntRange(1, 8).Draw(t, "orders") {
		p := drawProblem(t, 2, 2)
		h.Orders = append(h.Orders, PastOrder{p.Items, rapid.IntRange(0, 5).Draw(t, "times")})
		h.Freight, h.Now = p.Freight, p.Cartons
		if rapid.Bool().Draw(t, "offered") {
			h.Offered = p.Cartons
		}
	}
	return h
}

func TestTheStockProposedIsNeverCheaperThanTheBestAndForOneSizeAsCheap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		if err := h.Validate(); err != nil {
			t.Fatal(err)
		}
		s := ProposeStock(h, nil)
		if len(s.Cartons) > h.Keep || s.LowerBound > s.Cost || s.Saving != s.CostNow-s.Cost {
			t.Fatalf("%+v", s)
		}
		uses, orders := s.Odd, 0
		for _, n := range s.Uses {
			uses += n
		}
		for _, o := range h.Orders {
			orders += o.times()
		}
		if uses != s.Orders || s.Orders+s.Apart != orders {
			t.Fatalf("%d uses of %d orders, %d apart of %d", uses, s.Orders, s.Apart, orders)
		}
		best := cheapestOfAll(h)
		if s.Cost < best || h.Keep == 1 && s.Cost > best {
			t.Fatalf("%d, and the best of all choices %d", s.Cost, best)
		}
	})
}

func cheapestOfAll(h History) int64 {
	m := newMedian(h)
	best := int64(impossible)
	for set := range 1 << len(m.offered) {
		cost := int64(0)
		for o, row := range m.costs {
			least := m.own[o] + h.Odd
			for c := range m.offered {
				if set>>c&1 == 1 {
					least = min(least, row[c])
				}
			}
			cost += least * int64(m.orders[o].times())
		}
		if bits.OnesCount(uint(set)) <= h.Keep {
			best = min(best, cost)
		}
	}
	return best
}

func TestTheSizeThatSavesMostIsProposed(t *testing.T) {
	item := func(l, w, h int) []Item { return []Item{{SKU: "a", Quantity: 1, MM: [3]int{l, w, h}, G: 100}} }
	h := History{Keep: 2, Odd: 300, Now: []Carton{{ID: "one for all", Inner: [3]int{500, 400, 300}, Cost: 90}},
		Freight: Freight{Divisor: 5000, FirstG: 1000, First: 300, StepG: 1000, Step: 200}, Board: Board{Cost: 20, PerM2: 60, GPerM2: 400},
		Orders: []PastOrder{{item(195, 145, 95), 70}, {item(180, 130, 80), 25}, {item(495, 395, 290), 5}}}
	s := ProposeStock(h, nil)
	if len(s.Cartons) != 2 || s.Cartons[0].Inner != [3]int{200, 150, 100} || s.Uses[0] != 95 || s.Uses[1] != 5 || s.Saving <= 0 {
		t.Errorf("%+v", s)
	}
}

func TestAnInvalidHistoryIsRefused(t *testing.T) {
	for code, h := range map[string]History{
		"carton.keep":     {Odd: 1},
		"carton.odd":      {Keep: 1},
		"carton.negative": {Keep: 1, Odd: 1, Board: Board{PerM2: -1}},
		"carton.quantity": {Keep: 1, Odd: 1, Orders: []PastOrder{{Times: -1}}},
		"carton.size":     {Keep: 1, Odd: 1, Now: []Carton{{ID: "flat", Inner: [3]int{1, 1, 0}}}},
		"carton.no_sku":   {Keep: 1, Odd: 1, Orders: []PastOrder{{Items: []Item{{Quantity: 1}}}}},
	} {
		if err := h.Validate(); fault.Code(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
}

func TestPastOrdersSayWhichSizesToKeep(t *testing.T) {
	h := History{Keep: 6, Odd: 500, Now: range8()[2:], Freight: order(1, 1).Freight, Board: Board{Cost: 15, PerM2: 60, GPerM2: 450, MaxG: 30000}}
	for _, items := range pastOrders(t) {
		h.Orders = append(h.Orders, PastOrder{Items: items})
	}
	s := ProposeStock(h, nil)
	for i, c := range s.Cartons {
		t.Logf("%s for %d orders", c.ID, s.Uses[i])
	}
	t.Logf("%d orders, %d apart: %d (%d odd) instead of %d (%d odd), no less than %d", s.Orders, s.Apart, s.Cost, s.Odd, s.CostNow, s.OddNow, s.LowerBound)
	if s.Saving <= 0 || s.Orders < 4_000 {
		t.Errorf("saving %d on %d orders", s.Saving, s.Orders)
	}
}
