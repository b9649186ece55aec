package assign_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/allocation/assign"
)

// drawLarge makes a few orders of five lines of up to three units for two crowded nodes: whole parcels only, or two; some nodes barred.
func drawLarge(t *rapid.T) *assign.Problem {
	n := func(name string, lo, hi int64) int64 { return rapid.Int64Range(lo, hi).Draw(t, name) }
	p := &assign.Problem{SKUs: 5, Zones: 1}
	for node := range 2 {
		p.Nodes = append(p.Nodes, assign.Node{Capacity: n("capacity", 0, 4) - 1, Handling: n("handling", 0, 50)})
		p.Rates = append(p.Rates, assign.Rate{Node: node, FirstG: n("first g", 0, 900), FirstCost: n("first", 0, 500), StepG: n("step g", 0, 300),
			StepCost: n("step", 0, 200), Days: n("days", 0, 3)})
		for sku := range p.SKUs {
			p.Stock = append(p.Stock, assign.Stock{Node: node, SKU: sku, Quantity: n("stock", 0, 2)})
		}
	}
	for range n("orders", 1, 3) {
		o := assign.Order{PromisedDays: n("promised", 0, 3), LatePerDay: n("late", 0, 200), SplitCost: n("split", 0, 300),
			UnfilledCost: n("unfilled", 100, 2000), MaxParcels: int(n("parcels", 1, 2)), Whole: n("whole", 0, 5) == 0}
		if n("barred", 0, 3) == 0 {
			o.Barred = []int{0}
		}
		for sku := range p.SKUs {
			o.Lines = append(o.Lines, assign.Line{SKU: sku, Quantity: n("quantity", 1, 3), G: 130 * n("g", 0, 3)})
		}
		p.Orders = append(p.Orders, o)
	}
	return p
}

func TestTheOptimumOfOrdersOfManyUnitsIsBetweenTheBoundAndTheCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawLarge(t)
		left := rapid.IntRange(1, 200).Draw(t, "left")
		asked := 0
		for _, e := range []assign.Effort{{Tries: 100, Seed: 1}, {Tries: 100, Left: func() float64 { asked++; return 1 - float64(asked)/float64(left) }}} {
			a := assign.Solve(p, e)
			if err := verify(p, &a); err != nil {
				t.Fatal(err)
			}
			if best := optimumOfMany(p); a.Bound > best || best > a.Cost {
				t.Fatalf("bound %d, optimum %d, cost %d", a.Bound, best, a.Cost)
			}
		}
	})
}

// choice is a plan of an order: what it costs and takes of each row of stock and of each node's parcels.
type choice struct {
	cost int64
	uses []int64
}

// optimumOfMany lists the plans of every order, the cheapest first, and tries those of one with those of the others until
// the rest costs too much.
func optimumOfMany(p *assign.Problem) int64 {
	supply := make([]int64, 0, len(p.Stock)+len(p.Nodes))
	for _, s := range p.Stock {
		supply = append(supply, s.Quantity)
	}
	for _, n := range p.Nodes {
		if n.Capacity < 0 {
			n.Capacity = 1 << 40
		}
		supply = append(supply, n.Capacity)
	}
	plans, rest := make([][]choice, len(p.Orders)), make([]int64, len(p.Orders)+1)
	for i := len(p.Orders) - 1; i >= 0; i-- {
		plans[i] = choices(p, &p.Orders[i])
		rest[i] = rest[i+1] + plans[i][0].cost
	}
	best := int64(1 << 60)
	var try func(i int, cost int64)
	try = func(i int, cost int64) {
		if i == len(plans) {
			best = min(best, cost)
			return
		}
		for _, c := range plans[i] {
			if cost+c.cost+rest[i+1] >= best {
				return
			}
			for r, n := range c.uses {
				supply[r] -= n
			}
			if slices.Min(supply) >= 0 {
				try(i+1, cost+c.cost)
			}
			for r, n := range c.uses {
				supply[r] += n
			}
		}
	}
	try(0, 0)
	return best
}

// choices are all plans of an order whose SKU k is in line k and, of node n, in Stock[n×SKUs+k].
func choices(p *assign.Problem, o *assign.Order) (all []choice) {
	units := make([][]int64, len(p.Nodes))
	for n := range units {
		units[n] = make([]int64, len(o.Lines))
	}
	var give func(at int)
	give = func(at int) {
		if at == len(p.Stock) {
			plan := planOf(o, units)
			cost, err := costOf(p, o, plan)
			if err != nil || slices.ContainsFunc(plan.Parcels, func(k assign.Parcel) bool { return slices.Contains(o.Barred, k.Node) }) {
				return
			}
			c := choice{cost, make([]int64, len(p.Stock)+len(p.Nodes))}
			for _, parcel := range plan.Parcels {
				copy(c.uses[parcel.Node*p.SKUs:], parcel.Units)
				c.uses[len(p.Stock)+parcel.Node]++
			}
			all = append(all, c)
			return
		}
		s := p.Stock[at]
		taken := int64(0)
		for n := range s.Node {
			taken += units[n][s.SKU]
		}
		for n := int64(0); n <= min(s.Quantity, o.Lines[s.SKU].Quantity-taken); n++ {
			units[s.Node][s.SKU] = n
			give(at + 1)
		}
		units[s.Node][s.SKU] = 0
	}
	give(0)
	slices.SortFunc(all, func(a, b choice) int { return cmp.Compare(a.cost, b.cost) })
	return all
}
