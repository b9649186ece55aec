package assign_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/allocation/assign"
)

// size says how large a drawn problem may be.
type size struct{ nodes, skus, orders, lines, units, stock int64 }

var (
	tiny  = size{nodes: 3, skus: 2, orders: 3, lines: 2, units: 2, stock: 3}
	small = size{nodes: 6, skus: 5, orders: 15, lines: 4, units: 6, stock: 9}
)

// draw makes a crowded problem with every oddity that a file may have: no rates, no room, units that weigh nothing, lines that
// ask for nothing or for the same SKU at two weights, leaving cheaper than shipping.
func draw(t *rapid.T, s size) *assign.Problem {
	n := func(name string, lo, hi int64) int64 { return rapid.Int64Range(lo, hi).Draw(t, name) }
	p := &assign.Problem{SKUs: int(s.skus), Zones: 2}
	for node := range int(n("nodes", 1, s.nodes)) {
		p.Nodes = append(p.Nodes, assign.Node{Capacity: n("capacity", -1, 3), Handling: n("handling", 0, 50), CutoffPassed: n("cut-off", 0, 2) == 0})
		for zone := range p.Zones {
			if n("served", 0, 5) > 0 {
				p.Rates = append(p.Rates, assign.Rate{Node: node, Zone: zone, FirstG: n("first g", 0, 900), FirstCost: n("first", 0, 500),
					StepG: n("step g", 0, 300), StepCost: n("step", 0, 200), Days: n("days", 0, 4)})
			}
		}
		for sku := range p.SKUs {
			p.Stock = append(p.Stock, assign.Stock{Node: node, SKU: sku, Quantity: n("stock", 0, s.stock)})
		}
	}
	for range n("orders", 0, s.orders) {
		o := assign.Order{Zone: int(n("zone", 0, 1)), PromisedDays: n("promised", 0, 4), LatePerDay: n("late", 0, 200), SplitCost: n("split", 0, 300),
			UnfilledCost: n("unfilled", 0, 3) * n("times", 0, 900), MaxParcels: int(n("parcels", 0, 4)), Whole: n("whole", 0, 4) == 0}
		for range n("lines", 0, s.lines) {
			o.Lines = append(o.Lines, assign.Line{SKU: int(n("sku", 0, s.skus-1)), Quantity: n("quantity", 0, s.units), G: 130 * n("g", 0, 3)})
		}
		p.Orders = append(p.Orders, o)
	}
	return p
}

func TestAStrangerCanVerifyEveryAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t, small)
		a := assign.Solve(p, assign.Effort{Tries: 50, Seed: 1})
		if err := verify(p, &a); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTheOptimumIsBetweenTheBoundAndTheCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t, tiny)
		a := assign.Solve(p, assign.Effort{Tries: 200, Seed: 1})
		if err := verify(p, &a); err != nil {
			t.Fatal(err)
		}
		if best := optimum(p); a.Bound > best || best > a.Cost {
			t.Fatalf("bound %d, optimum %d, cost %d", a.Bound, best, a.Cost)
		}
	})
}

func TestPricesProveTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t, tiny)
		for i := range p.Orders {
			p.Orders[i].Lines = p.Orders[i].Lines[:min(1, len(p.Orders[i].Lines))]
		}
		a := assign.Solve(p, assign.Effort{Tries: 1, Seed: 1})
		if proven := provenBy(p, &a); float64(a.Bound) > proven+1 {
			t.Fatalf("bound %d, the prices prove %.3f", a.Bound, proven)
		}
	})
}

// provenBy adds up what every order pays at least when it alone is served at the answer's prices.
func provenBy(p *assign.Problem, a *assign.Answer) (sum float64) {
	for i := range p.Orders {
		sum += cheapestAt(p, a, i)
	}
	for i, s := range p.Stock {
		sum -= a.StockPrices[i] * float64(s.Quantity)
		for _, pair := range a.PairPrices {
			if pair.Stock == i {
				sum -= pair.Price * (math.Floor(float64(s.Quantity+int64(len(pair.Odd)))/2) - float64(s.Quantity)/2)
			}
		}
	}
	for n, price := range a.NodePrices {
		if price > 0 {
			sum -= price * float64(p.Nodes[n].Capacity)
		}
	}
	return sum
}

// paid is what order i pays for units of a row of stock.
func paid(a *assign.Answer, stock, i int, units int64) float64 {
	sum := a.StockPrices[stock] * float64(units)
	for _, pair := range a.PairPrices {
		if pair.Stock == stock {
			pairs := units / 2
			if slices.Contains(pair.Odd, i) {
				pairs = (units + 1) / 2
			}
			sum += pair.Price * (float64(pairs) - float64(units)/2)
		}
	}
	return sum
}

// cheapestAt tries all divisions of the one line of order i between the nodes.
func cheapestAt(p *assign.Problem, a *assign.Answer, i int) float64 {
	o := &p.Orders[i]
	best := 1e18
	units := make([][]int64, len(p.Nodes))
	for n := range units {
		units[n] = make([]int64, len(o.Lines))
	}
	var give func(n int, left int64, sum float64)
	give = func(n int, left int64, sum float64) {
		if n == len(p.Nodes) {
			if cost, err := costOf(p, o, planOf(o, units)); err == nil {
				best = min(best, float64(cost)+sum)
			}
			return
		}
		give(n+1, left, sum)
		for at, s := range p.Stock {
			if len(o.Lines) == 0 || s.Node != n || s.SKU != o.Lines[0].SKU || p.Nodes[n].Capacity == 0 {
				continue
			}
			for take := int64(1); take <= min(left, s.Quantity); take++ {
				units[n][0] = take
				give(n+1, left-take, sum+paid(a, at, i, take)+a.NodePrices[n])
			}
			units[n][0] = 0
		}
	}
	var asked int64
	if len(o.Lines) > 0 {
		asked = o.Lines[0].Quantity
	}
	give(0, asked, 0)
	return best
}

func TestTheSameWorkGivesTheSameAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t, small)
		e := assign.Effort{Tries: 100, Seed: rapid.Uint64().Draw(t, "seed")}
		if first, second := assign.Solve(p, e), assign.Solve(p, e); !reflect.DeepEqual(first, second) {
			t.Fatalf("\n%+v\n%+v", first, second)
		}
	})
}

func TestWithoutTimeThePlainRuleIsStillAnswered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t, small)
		a := assign.Solve(p, assign.Effort{Left: func() float64 { return 0 }})
		if err := verify(p, &a); err != nil {
			t.Fatal(err)
		}
	})
}

// TestHalfAnOrderIsNoOrder fails when the bound is that of mixtures of plans: of three units, one and a half orders of two.
func TestHalfAnOrderIsNoOrder(t *testing.T) {
	order := assign.Order{MaxParcels: 1, UnfilledCost: 3000, Whole: true, Lines: []assign.Line{{SKU: 0, Quantity: 2, G: 100}}}
	p := &assign.Problem{SKUs: 1, Zones: 1, Nodes: []assign.Node{{Capacity: -1}}, Stock: []assign.Stock{{Quantity: 3}},
		Rates: []assign.Rate{{FirstG: 1000, FirstCost: 1000}}, Orders: []assign.Order{order, order}}
	a := assign.Solve(p, assign.Effort{Seed: 1})
	if a.Cost != 7000 || a.Bound < 6990 || len(a.PairPrices) == 0 {
		t.Fatalf("cost %d, bound %d, prices of pairs %v; want 7000, about 7000 and some", a.Cost, a.Bound, a.PairPrices)
	}
	if proven := provenBy(p, &a); float64(a.Bound) > proven+1 {
		t.Fatalf("bound %d, the prices prove %.3f", a.Bound, proven)
	}
}

// TestTheBoundOfSmallProblemsIsNearTheOptimum fails when the relaxation stops too early, which no other test would notice.
func TestTheBoundOfSmallProblemsIsNearTheOptimum(t *testing.T) {
	p := &assign.Problem{SKUs: 2, Zones: 1, Nodes: []assign.Node{{Capacity: 2, Handling: 100}, {Capacity: 2, Handling: 80, CutoffPassed: true}},
		Stock: []assign.Stock{{Node: 0, SKU: 0, Quantity: 1}, {Node: 1, SKU: 0, Quantity: 2}, {Node: 0, SKU: 1, Quantity: 1}},
		Rates: []assign.Rate{{Node: 0, FirstG: 1000, FirstCost: 500, StepG: 500, StepCost: 200, Days: 1}, {Node: 1, FirstG: 1000, FirstCost: 900, StepG: 500, StepCost: 300, Days: 3}},
		Orders: []assign.Order{
			{PromisedDays: 2, LatePerDay: 100, SplitCost: 300, MaxParcels: 2, UnfilledCost: 5000, Lines: []assign.Line{{SKU: 0, Quantity: 1, G: 700}}},
			{PromisedDays: 2, LatePerDay: 100, SplitCost: 300, MaxParcels: 2, UnfilledCost: 5000, Lines: []assign.Line{{SKU: 0, Quantity: 1, G: 700}, {SKU: 1, Quantity: 1, G: 400}}},
		}}
	a := assign.Solve(p, assign.Effort{Seed: 1})
	if a.Cost != 1980 || a.Bound < 1970 || a.Greedy != 2680 {
		t.Fatalf("cost %d, bound %d, plain rule %d; want 1980, about 1980, 2680", a.Cost, a.Bound, a.Greedy)
	}
}
