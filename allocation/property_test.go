package allocation_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/words"
)

var strategies = []allocation.Strategy{allocation.Nearest, allocation.Cheapest, allocation.Fastest, allocation.Priority}

// anyProblem draws a small, crowded problem: little stock, little capacity, gaps in the lanes.
func anyProblem(t *rapid.T) allocation.Problem {
	small := func(name string, lo, hi int64) int64 { return rapid.Int64Range(lo, hi).Draw(t, name) }
	p := allocation.Problem{Strategy: rapid.SampledFrom(strategies).Draw(t, "strategy"), Stock: map[allocation.StockKey]int64{},
		SplitCost: small("split", 0, 300), ShipComplete: rapid.Bool().Draw(t, "complete")}
	for id, last := int64(1), small("nodes", 1, 5); id <= last; id++ {
		p.Nodes = append(p.Nodes, allocation.Node{ID: id, Lat: small("lat", -2, 2), Lng: small("lng", -2, 2), Province: "R1",
			CapacityLeft: int(small("capacity", -1, 3)), HandlingCost: small("handling", 0, 50),
			CutoffPassed: rapid.Bool().Draw(t, "cutoff"), Priority: int(small("priority", 0, 2)), Open: small("open", 0, 9) > 0})
		for _, region := range []string{"R1", "R2", "*"} {
			if small("lane", 0, 2) > 0 {
				p.Rates = append(p.Rates, allocation.Lane{Node: id, Region: region, FirstG: small("firstG", 0, 900), FirstCost: small("first", 0, 500),
					StepG: small("stepG", 0, 300), StepCost: small("step", 0, 200), Days: int(small("days", 1, 4))})
			}
		}
		for sku := int64(1); sku <= 3; sku++ {
			p.Stock[allocation.StockKey{Node: id, SKU: sku}] = small("stock", -1, 6)
		}
	}
	for id, last := int64(1), small("orders", 1, 5); id <= last; id++ {
		o := allocation.Order{ID: id, Region: rapid.SampledFrom([]string{"R1", "R2", "R3"}).Draw(t, "region"), MaySplit: rapid.Bool().Draw(t, "maySplit"),
			Lat: small("lat", -1, 1), Lng: small("lng", -1, 1), MaxParcels: int(small("max", 0, 4)), PromisedDays: int(small("promised", 0, 4)),
			LateCostPerDay: small("late", 0, 200), UnfilledCost: small("unfilled", 0, 100)}
		for no, last := 1, int(small("lines", 0, 4)); no <= last; no++ {
			sku := small("sku", 1, 3)
			o.Lines = append(o.Lines, allocation.Line{No: no, SKU: sku, Quantity: small("quantity", -1, 4), G: sku * 130})
		}
		if small("excluded", 0, 3) == 0 {
			o.Excluded = []int64{small("excludedNode", 1, 5)}
		}
		p.Orders = append(p.Orders, o)
	}
	return p
}

func TestEveryDecisionCanBeVerifiedByAStranger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t)
		decisions := allocation.Decide(p)
		if len(decisions) != len(p.Orders) {
			t.Fatalf("%d decisions for %d orders", len(decisions), len(p.Orders))
		}
		left, parcels := map[allocation.StockKey]int64{}, map[int64]int{}
		for k, v := range p.Stock {
			left[k] = max(0, v)
		}
		for i, d := range decisions {
			verifyLines(t, &p.Orders[i], &d, left)
			verifyNodes(t, &p, &p.Orders[i], &d, parcels)
			if want := costOf(&p, &p.Orders[i], &d); d.Cost != want {
				t.Fatalf("order %d costs %d, said %d", d.Order, want, d.Cost)
			}
			verifyWords(t, &d)
		}
		for k, v := range left {
			if v < 0 {
				t.Fatalf("%v is oversold by %d", k, -v)
			}
		}
	})
}

// verifyLines: parcels and back-orders add up to what was asked, line by line; left is drawn down.
func verifyLines(t *rapid.T, o *allocation.Order, d *allocation.Decision, left map[allocation.StockKey]int64) {
	rest := map[int]int64{}
	for _, l := range o.Lines {
		rest[l.No] += max(0, l.Quantity)
	}
	for _, parcel := range d.Parcels {
		if len(parcel.Lines) == 0 {
			t.Fatalf("order %d has an empty parcel from %d", o.ID, parcel.Node)
		}
		for _, l := range parcel.Lines {
			if l.Quantity <= 0 || o.Lines[l.No-1].SKU != l.SKU {
				t.Fatalf("order %d ships a wrong line %+v", o.ID, l)
			}
			rest[l.No] -= l.Quantity
			left[allocation.StockKey{Node: parcel.Node, SKU: l.SKU}] -= l.Quantity
		}
	}
	for _, b := range d.BackOrders {
		if b.Quantity <= 0 || o.Lines[b.Line-1].SKU != b.SKU {
			t.Fatalf("order %d back-orders a wrong line %+v", o.ID, b)
		}
		rest[b.Line] -= b.Quantity
	}
	for no, n := range rest {
		if n != 0 {
			t.Fatalf("order %d line %d: %d units are lost", o.ID, no, n)
		}
	}
}

// verifyNodes: capacity, exclusions and the limit of parcels hold, and every other node has a reason.
func verifyNodes(t *rapid.T, p *allocation.Problem, o *allocation.Order, d *allocation.Decision, parcels map[int64]int) {
	said := map[int64]int{}
	for _, r := range d.Rejected {
		said[r.Node]++
	}
	for _, parcel := range d.Parcels {
		said[parcel.Node]++
		parcels[parcel.Node]++
		n := p.Nodes[parcel.Node-1]
		if n.CapacityLeft >= 0 && parcels[n.ID] > n.CapacityLeft || !n.Open || laneOf(p, n.ID, o.Region) == nil {
			t.Fatalf("order %d ships from %d, which cannot", o.ID, n.ID)
		}
		for _, e := range o.Excluded {
			if e == n.ID {
				t.Fatalf("order %d ships from %d, which rejected it", o.ID, n.ID)
			}
		}
	}
	for _, n := range p.Nodes {
		if said[n.ID] != 1 {
			t.Fatalf("order %d mentions node %d %d times", o.ID, n.ID, said[n.ID])
		}
	}
	limit := o.MaxParcels
	if limit == 0 {
		limit = allocation.DefaultMaxParcels
	}
	mustBeWhole := !o.MaySplit || limit == 1
	if len(d.Parcels) > limit || mustBeWhole && len(d.Parcels) > 1 {
		t.Fatalf("order %d has %d parcels", o.ID, len(d.Parcels))
	}
	if (mustBeWhole || p.ShipComplete) && len(d.Parcels) > 0 && len(d.BackOrders) > 0 {
		t.Fatalf("order %d ships in part", o.ID)
	}
}

func laneOf(p *allocation.Problem, node int64, region string) *allocation.Lane {
	for _, want := range []string{region, "*"} {
		for i := range p.Rates {
			if p.Rates[i].Node == node && p.Rates[i].Region == want {
				return &p.Rates[i]
			}
		}
	}
	return nil
}

// costOf is the cost as the contract of the allocate command words it.
func costOf(p *allocation.Problem, o *allocation.Order, d *allocation.Decision) int64 {
	var cost int64
	days := 0
	for i, parcel := range d.Parcels {
		n, lane := p.Nodes[parcel.Node-1], laneOf(p, parcel.Node, o.Region)
		var g int64
		for _, l := range parcel.Lines {
			g += l.G * l.Quantity
		}
		cost += lane.FirstCost + n.HandlingCost
		for above := g - lane.FirstG; above > 0 && lane.StepG > 0; above -= lane.StepG {
			cost += lane.StepCost
		}
		if i > 0 && o.SplitCost > 0 {
			cost += o.SplitCost
		} else if i > 0 {
			cost += p.SplitCost
		}
		took := lane.Days
		if n.CutoffPassed {
			took++
		}
		days = max(days, took)
	}
	for _, b := range d.BackOrders {
		cost += o.UnfilledCost * b.Quantity
	}
	return cost + o.LateCostPerDay*int64(max(0, days-o.PromisedDays))*int64(min(1, len(d.Parcels)))
}

// verifyWords: every code has a sentence in both languages, and no parameter is forgotten.
func verifyWords(t *rapid.T, d *allocation.Decision) {
	texts := []words.Text{d.Why}
	for _, r := range d.Rejected {
		texts = append(texts, words.Text{Code: r.Code, Params: r.Params})
	}
	for _, b := range d.BackOrders {
		texts = append(texts, words.Text{Code: b.Reason})
	}
	for _, text := range texts {
		for _, lang := range words.Languages {
			if s := words.Render(lang, text.Code, text.Params); !words.Has(lang, text.Code) || strings.Contains(s, "{") {
				t.Fatalf("%s in %s reads %q", text.Code, lang, s)
			}
		}
	}
}

func TestTheSameProblemHasTheSameAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t)
		first := allocation.Decide(p)
		p.Nodes = rapid.Permutation(p.Nodes).Draw(t, "nodes in another order")
		if second := allocation.Decide(p); !reflect.DeepEqual(first, second) {
			t.Fatalf("\n%+v\n%+v", first, second)
		}
	})
}
