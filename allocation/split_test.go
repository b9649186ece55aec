package allocation_test

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/allocation"
)

// crowded draws one order that no node can ship alone, and nodes whose stocks overlap: many ways to divide it.
func crowded(t *rapid.T) allocation.Problem {
	small := func(name string, lo, hi int64) int64 { return rapid.Int64Range(lo, hi).Draw(t, name) }
	p := allocation.Problem{Strategy: rapid.SampledFrom(strategies).Draw(t, "strategy"), Stock: map[allocation.StockKey]int64{}, SplitCost: small("split", 0, 300)}
	o := allocation.Order{ID: 1, Region: "R", MaySplit: true, MaxParcels: 2, PromisedDays: 2, LateCostPerDay: small("late", 0, 200)}
	for no := 1; no <= 3; no++ {
		o.Lines = append(o.Lines, allocation.Line{No: no, SKU: int64(no), Quantity: small("quantity", 2, 4), G: small("g", 50, 900)})
	}
	p.Orders = []allocation.Order{o}
	for id, last := int64(1), small("nodes", 3, 4); id <= last; id++ {
		p.Nodes = append(p.Nodes, allocation.Node{ID: id, CapacityLeft: -1, HandlingCost: small("handling", 0, 50), CutoffPassed: rapid.Bool().Draw(t, "cutoff"), Open: true})
		p.Rates = append(p.Rates, allocation.Lane{Node: id, Region: "R", FirstG: small("firstG", 0, 900), FirstCost: small("first", 0, 500),
			StepG: small("stepG", 1, 700), StepCost: small("step", 0, 200), Days: int(small("days", 1, 4))})
		p.Stock[allocation.StockKey{Node: id, SKU: 1}] = small("scarce", o.Lines[0].Quantity/2, o.Lines[0].Quantity-1)
		p.Stock[allocation.StockKey{Node: id, SKU: 2}] = small("stock", 1, 5)
		p.Stock[allocation.StockKey{Node: id, SKU: 3}] = small("stock", 1, 5)
	}
	return p
}

func TestASplitIntoTwoIsAsCheapAsAnyOther(t *testing.T) {
	split := 0
	rapid.Check(t, func(t *rapid.T) {
		p := crowded(t)
		d := allocation.Decide(p)[0]
		best := cheapestPair(&p, &p.Orders[0], 0)
		if full := len(d.BackOrders) == 0; full != (best < math.MaxInt64) {
			t.Fatalf("ships in full: %v, cheapest pair: %d", full, best)
		} else if full {
			split++
			if d.Cost != best {
				t.Fatalf("costs %d, %d is possible", d.Cost, best)
			}
			for _, r := range d.Rejected {
				if by := cheapestPair(&p, &p.Orders[0], r.Node) - best; r.Code == "allocation.split_dearer" && r.Params["by"] != strconv.FormatInt(by, 10) {
					t.Fatalf("a split with node %d costs %d more, said %v", r.Node, by, r.Params["by"])
				}
			}
		}
	})
	if split == 0 {
		t.Error("no order was split: the test proves nothing")
	}
}

// cheapestPair tries every way of dividing every line between every two nodes, one of them being with (0 = any).
func cheapestPair(p *allocation.Problem, o *allocation.Order, with int64) int64 {
	best := int64(math.MaxInt64)
	for a := range p.Nodes {
		for b := a + 1; b < len(p.Nodes); b++ {
			if with != 0 && with != p.Nodes[a].ID && with != p.Nodes[b].ID {
				continue
			}
			if serves(p, o, a) && serves(p, o, b) {
				best = min(best, divide(p, o, a, b, 0, nil, nil))
			}
		}
	}
	return best
}

func serves(p *allocation.Problem, o *allocation.Order, i int) bool {
	n := p.Nodes[i]
	for _, e := range o.Excluded {
		if e == n.ID {
			return false
		}
	}
	return n.Open && n.CapacityLeft != 0 && laneOf(p, n.ID, o.Region) != nil
}

func divide(p *allocation.Problem, o *allocation.Order, a, b, line int, fromA, fromB []allocation.Line) int64 {
	if line == len(o.Lines) {
		if len(fromA) == 0 || len(fromB) == 0 || !stocked(p, a, fromA) || !stocked(p, b, fromB) {
			return math.MaxInt64
		}
		return costOf(p, o, &allocation.Decision{Parcels: []allocation.Parcel{{Node: p.Nodes[a].ID, Lines: fromA}, {Node: p.Nodes[b].ID, Lines: fromB}}})
	}
	best, l := int64(math.MaxInt64), o.Lines[line]
	for n := int64(0); n <= max(0, l.Quantity); n++ {
		toA, toB := fromA, fromB
		if n > 0 {
			toA = append(toA[:len(toA):len(toA)], allocation.Line{No: l.No, SKU: l.SKU, Quantity: n, G: l.G})
		}
		if rest := max(0, l.Quantity) - n; rest > 0 {
			toB = append(toB[:len(toB):len(toB)], allocation.Line{No: l.No, SKU: l.SKU, Quantity: rest, G: l.G})
		}
		best = min(best, divide(p, o, a, b, line+1, toA, toB))
	}
	return best
}

func stocked(p *allocation.Problem, node int, lines []allocation.Line) bool {
	sum := map[int64]int64{}
	for _, l := range lines {
		sum[l.SKU] += l.Quantity
	}
	for sku, n := range sum {
		if n > p.Stock[allocation.StockKey{Node: p.Nodes[node].ID, SKU: sku}] {
			return false
		}
	}
	return true
}
