package allocation_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/allocation"
)

// crowd draws a problem in which orders compete: every node serves everybody at its own price, and has little.
func crowd(t *rapid.T) allocation.Problem {
	p := anyProblem(t)
	p.Strategy, p.Rates, p.Stock = allocation.Cheapest, nil, map[allocation.StockKey]int64{}
	small := func(name string, lo, hi int64) int64 { return rapid.Int64Range(lo, hi).Draw(t, name) }
	for len(p.Nodes) < 3 {
		p.Nodes = append(p.Nodes, allocation.Node{ID: int64(len(p.Nodes) + 1), CapacityLeft: -1, Open: true})
	}
	for i := range p.Nodes {
		for _, region := range []string{"R1", "R2", "R3"} {
			p.Rates = append(p.Rates, allocation.Lane{Node: p.Nodes[i].ID, Region: region, FirstG: 500, FirstCost: small("first", 100, 900), StepG: 200,
				StepCost: small("step", 0, 90), Days: int(small("days", 1, 4))})
		}
		for sku := int64(1); sku <= 3; sku++ {
			p.Stock[allocation.StockKey{Node: p.Nodes[i].ID, SKU: sku}] = small("stock", 0, 5)
		}
		p.Nodes[i].Plain = small("plain", 0, 3) == 0
	}
	for last := small("more", 2, 8); last > 0; last-- {
		o := allocation.Order{ID: int64(len(p.Orders) + 1), Region: rapid.SampledFrom([]string{"R1", "R2", "R3"}).Draw(t, "region"), MaySplit: rapid.Bool().Draw(t, "maySplit")}
		for no := range int(small("lines", 1, 3)) {
			o.Lines = append(o.Lines, allocation.Line{No: no + 1, SKU: small("sku", 1, 3), Quantity: small("quantity", 1, 2), G: 300})
		}
		for l := range o.Lines {
			o.Lines[l].G = o.Lines[l].SKU * 130
		}
		p.Orders = append(p.Orders, o)
	}
	return p
}

// later is a problem as it may be some moments on: goods and room gone or come, orders asking for something else.
func later(t *rapid.T, p allocation.Problem) allocation.Problem {
	stock := make(map[allocation.StockKey]int64, len(p.Stock))
	for k, n := range p.Stock {
		stock[k] = n
	}
	for id := range int64(len(p.Nodes)) {
		for sku := int64(1); sku <= 3; sku++ {
			if rapid.IntRange(0, 5).Draw(t, "moved") == 0 {
				stock[allocation.StockKey{Node: id + 1, SKU: sku}] = rapid.Int64Range(0, 4).Draw(t, "now")
			}
		}
	}
	p.Stock = stock
	if rapid.IntRange(0, 5).Draw(t, "gone") == 0 {
		p.Orders = p.Orders[1:]
	}
	return p
}

func TestAPlanIsNeverWorseThanThePlainRuleHoweverStale(t *testing.T) {
	planned, together, beside := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := crowd(t)
		plan := allocation.MakePlan(p, nil)
		if plan == nil {
			return
		}
		planned++
		if rapid.Bool().Draw(t, "later") {
			p = later(t, p)
		}
		got := allocation.Follow(p, plan)
		if got.Together {
			together++
			if len(atPlainNodes(&p, got.Plain)) > 0 {
				beside++
			}
		}
		left, parcels := map[allocation.StockKey]int64{}, map[int64]int{}
		for k, v := range p.Stock {
			left[k] = max(0, v)
		}
		if got, want := atPlainNodes(&p, got.Decisions), atPlainNodes(&p, got.Plain); !reflect.DeepEqual(got, want) {
			t.Fatalf("plain nodes ship %v, by the plain rule %v", got, want)
		}
		var plainCost, cost, more int64
		for i, d := range got.Decisions {
			o := &p.Orders[i]
			verifyLines(t, o, &d, left)
			verifyNodes(t, &p, o, &d, parcels)
			if want := costOf(&p, o, &d); d.Cost != want {
				t.Fatalf("order %d costs %d, said %d", d.Order, want, d.Cost)
			}
			verifyWords(t, &d)
			extra := waits(&got.Plain[i]) - waits(&d)
			if extra < 0 {
				t.Fatalf("order %d gets %d units less than from the plain rule", d.Order, -extra)
			}
			more += extra
			plainCost += got.Plain[i].Cost
			cost += d.Cost
		}
		for k, v := range left {
			if v < 0 {
				t.Fatalf("%v is oversold by %d", k, -v)
			}
		}
		if more == 0 && cost > plainCost {
			t.Fatalf("the same goods cost %d, by the plain rule %d", cost, plainCost)
		}
		if !got.Together && !reflect.DeepEqual(got.Decisions, allocation.Decide(p)) {
			t.Fatal("without a better plan the plain rule holds")
		}
	})
	if !t.Failed() && (planned == 0 || together == 0 || beside == 0) {
		t.Errorf("%d plans, %d of them better than the plain rule, %d of those beside plain nodes: the test proves nothing", planned, together, beside)
	}
	t.Log(planned, together, beside)
}

// atPlainNodes is what plain nodes ship, by order.
func atPlainNodes(p *allocation.Problem, list []allocation.Decision) map[int64][]allocation.Parcel {
	out := map[int64][]allocation.Parcel{}
	for _, d := range list {
		for _, parcel := range d.Parcels {
			if slices.ContainsFunc(p.Nodes, func(n allocation.Node) bool { return n.ID == parcel.Node && n.Plain }) {
				out[d.Order] = append(out[d.Order], parcel)
			}
		}
	}
	return out
}

func waits(d *allocation.Decision) (units int64) {
	for _, b := range d.BackOrders {
		units += b.Quantity
	}
	return units
}
