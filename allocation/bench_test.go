package allocation_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/packhorse/packhorse/allocation"
)

// batch makes orders of two lines over 500 SKUs; stock says how many units of a SKU a node has on average.
func batch(orders, nodes int, stock int64, s allocation.Strategy) allocation.Problem {
	r := rand.New(rand.NewPCG(1, 2))
	p := allocation.Problem{Strategy: s, Currency: "CNY", SplitCost: 200, Stock: map[allocation.StockKey]int64{}}
	for n := range int64(nodes) {
		p.Nodes = append(p.Nodes, allocation.Node{ID: n + 1, Code: fmt.Sprintf("N%02d", n), Lat: 23_000_000 + r.Int64N(17_000_000),
			Lng: 104_000_000 + r.Int64N(17_000_000), CapacityLeft: orders, HandlingCost: 50 + r.Int64N(50), Open: true, Priority: int(n)})
		for region := range 30 {
			p.Rates = append(p.Rates, allocation.Lane{Node: n + 1, Region: fmt.Sprint("R", region), FirstG: 1000, FirstCost: 400 + r.Int64N(800),
				StepG: 1000, StepCost: 100 + r.Int64N(400), Days: 1 + r.IntN(4)})
		}
		for sku := range int64(500) {
			p.Stock[allocation.StockKey{Node: n + 1, SKU: sku}] = r.Int64N(2*stock + 1)
		}
	}
	for id := range int64(orders) {
		o := allocation.Order{ID: id + 1, Region: fmt.Sprint("R", r.IntN(30)), Lat: 23_000_000 + r.Int64N(17_000_000), Lng: 104_000_000 + r.Int64N(17_000_000),
			MaySplit: true, MaxParcels: 3, PromisedDays: 2, LateCostPerDay: 300}
		for no := range 2 {
			o.Lines = append(o.Lines, allocation.Line{No: no + 1, SKU: r.Int64N(500), Quantity: 1 + r.Int64N(3), G: 100 + r.Int64N(900)})
		}
		p.Orders = append(p.Orders, o)
	}
	return p
}

func BenchmarkDecide(b *testing.B) {
	for _, c := range []struct {
		orders, nodes int
		stock         int64
	}{{256, 5, 20}, {256, 5, 1}, {1000, 20, 20}, {1000, 20, 1}} {
		for _, s := range []allocation.Strategy{allocation.Nearest, allocation.Cheapest} {
			b.Run(fmt.Sprintf("orders=%d/nodes=%d/stock=%d/%s", c.orders, c.nodes, c.stock, s), func(b *testing.B) {
				p := batch(c.orders, c.nodes, c.stock, s)
				b.ReportAllocs()
				for b.Loop() {
					allocation.Decide(p)
				}
			})
		}
	}
}

// BenchmarkPlan serves batches of one or two lines of up to three units, of which there is scarce stock, together: what the plan takes, what
// following it takes, and how many units wait and what the rest costs beside the plain rule.
func BenchmarkPlan(b *testing.B) {
	for _, c := range []struct {
		orders, nodes int
		stock         int64
	}{{32, 5, 1}, {256, 5, 1}, {256, 20, 1}, {256, 5, 20}} {
		p := batch(c.orders, c.nodes, c.stock, allocation.Cheapest)
		for i := range p.Orders {
			p.Orders[i].MaySplit = i%2 == 0
			for l := range p.Orders[i].Lines {
				p.Orders[i].Lines[l].SKU %= int64(c.orders) / 2
			}
		}
		name := fmt.Sprintf("orders=%d/nodes=%d/stock=%d/", c.orders, c.nodes, c.stock)
		var plan *allocation.Plan
		b.Run(name+"make", func(b *testing.B) {
			for b.Loop() {
				plan = allocation.MakePlan(p, nil)
			}
		})
		b.Run(name+"follow", func(b *testing.B) {
			if plan == nil {
				b.Fatal("nobody competes: there is nothing to follow")
			}
			var got allocation.Batch
			for b.Loop() {
				got = allocation.Follow(p, plan)
			}
			var plain, chosen, plainWait, wait int64
			for i := range got.Decisions {
				plain, plainWait = plain+got.Plain[i].Cost, plainWait+waits(&got.Plain[i])
				chosen, wait = chosen+got.Decisions[i].Cost, wait+waits(&got.Decisions[i])
			}
			b.ReportMetric(float64(plainWait), "wait-plain")
			b.ReportMetric(float64(wait), "wait")
			b.ReportMetric(float64(plain), "cost-plain")
			b.ReportMetric(float64(chosen), "cost")
		})
	}
}
