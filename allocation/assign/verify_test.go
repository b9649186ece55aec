package assign_test

import (
	"fmt"

	"github.com/packhorse/packhorse/allocation/assign"
)

// verify recomputes an answer from the words of the contract alone: what it costs, and that no promise is broken.
func verify(p *assign.Problem, a *assign.Answer) error {
	type key struct{ node, sku int }
	stock, parcels := map[key]int64{}, map[int]int64{}
	for _, s := range p.Stock {
		stock[key{s.Node, s.SKU}] += s.Quantity
	}
	var total int64
	for i := range p.Orders {
		o, plan := &p.Orders[i], &a.Plans[i]
		cost, err := costOf(p, o, plan)
		if err != nil {
			return fmt.Errorf("order %d: %w", i, err)
		}
		if cost != plan.Cost {
			return fmt.Errorf("order %d costs %d, said %d", i, cost, plan.Cost)
		}
		total += cost
		for _, parcel := range plan.Parcels {
			parcels[parcel.Node]++
			for l, n := range parcel.Units {
				stock[key{parcel.Node, o.Lines[l].SKU}] -= n
			}
		}
	}
	for k, n := range stock {
		if n < 0 {
			return fmt.Errorf("node %d is oversold of SKU %d by %d", k.node, k.sku, -n)
		}
	}
	for node, n := range parcels {
		if c := p.Nodes[node].Capacity; c >= 0 && n > c {
			return fmt.Errorf("node %d has %d parcels, it takes %d", node, n, c)
		}
	}
	switch {
	case total != a.Cost:
		return fmt.Errorf("it costs %d, said %d", total, a.Cost)
	case a.Cost > a.Greedy:
		return fmt.Errorf("it costs %d, the plain rule %d", a.Cost, a.Greedy)
	case a.Bound > a.Cost:
		return fmt.Errorf("it costs %d, said to be at least %d", a.Cost, a.Bound)
	}
	return nil
}

// costOf is the cost of a plan, or what is wrong with it.
func costOf(p *assign.Problem, o *assign.Order, plan *assign.Plan) (cost int64, err error) {
	left := make([]int64, len(o.Lines))
	for l := range o.Lines {
		left[l] = o.Lines[l].Quantity
	}
	seen := map[int]bool{}
	var slowest int64
	for k, parcel := range plan.Parcels {
		rate := rateOf(p, parcel.Node, o.Zone)
		if rate == nil || seen[parcel.Node] {
			return 0, fmt.Errorf("node %d cannot ship it, or ships it twice", parcel.Node)
		}
		seen[parcel.Node] = true
		var g, units int64
		for l, n := range parcel.Units {
			if n < 0 {
				return 0, fmt.Errorf("%d units", n)
			}
			left[l] -= n
			units += n
			g += n * o.Lines[l].G
		}
		if units == 0 {
			return 0, fmt.Errorf("an empty parcel from %d", parcel.Node)
		}
		cost += rate.FirstCost + p.Nodes[parcel.Node].Handling
		for rest := g - rate.FirstG; rest > 0 && rate.StepG > 0; rest -= rate.StepG {
			cost += rate.StepCost
		}
		if k > 0 {
			cost += o.SplitCost
		}
		days := rate.Days
		if p.Nodes[parcel.Node].CutoffPassed {
			days++
		}
		slowest = max(slowest, days)
	}
	if len(plan.Parcels) > o.MaxParcels {
		return 0, fmt.Errorf("%d parcels, %d are allowed", len(plan.Parcels), o.MaxParcels)
	}
	if len(plan.Parcels) > 0 {
		cost += o.LatePerDay * max(0, slowest-o.PromisedDays)
	}
	for l, n := range left {
		if n < 0 || plan.Unfilled[l] != n {
			return 0, fmt.Errorf("line %d: %d units are left over, said %d", l, n, plan.Unfilled[l])
		}
		if n > 0 && o.Whole && len(plan.Parcels) > 0 {
			return 0, fmt.Errorf("it ships in part")
		}
		cost += n * o.UnfilledCost
	}
	return cost, nil
}

func rateOf(p *assign.Problem, node, zone int) *assign.Rate {
	for i := range p.Rates {
		if p.Rates[i].Node == node && p.Rates[i].Zone == zone {
			return &p.Rates[i]
		}
	}
	return nil
}

// optimum tries every plan of every order with every plan of the others.
func optimum(p *assign.Problem) int64 {
	type key struct{ node, sku int }
	stock, room := map[key]int64{}, make([]int64, len(p.Nodes))
	for _, s := range p.Stock {
		stock[key{s.Node, s.SKU}] = s.Quantity
	}
	for n := range p.Nodes {
		if room[n] = p.Nodes[n].Capacity; room[n] < 0 {
			room[n] = 1 << 40
		}
	}
	best := int64(1 << 60)
	var order func(i int, cost int64)
	order = func(i int, cost int64) {
		if i == len(p.Orders) {
			best = min(best, cost)
			return
		}
		o := &p.Orders[i]
		units := make([][]int64, len(p.Nodes))
		for n := range units {
			units[n] = make([]int64, len(o.Lines))
		}
		var line func(l, n int, left int64)
		line = func(l, n int, left int64) {
			if l == len(o.Lines) {
				plan := planOf(o, units)
				of, err := costOf(p, o, plan)
				if err != nil {
					return
				}
				for _, parcel := range plan.Parcels {
					if room[parcel.Node] < 1 {
						return
					}
				}
				for _, parcel := range plan.Parcels {
					room[parcel.Node]--
				}
				order(i+1, cost+of)
				for _, parcel := range plan.Parcels {
					room[parcel.Node]++
				}
				return
			}
			if n == len(p.Nodes) {
				if l+1 < len(o.Lines) {
					line(l+1, 0, o.Lines[l+1].Quantity)
				} else {
					line(l+1, 0, 0)
				}
				return
			}
			k := key{n, o.Lines[l].SKU}
			for take := int64(0); take <= min(left, stock[k]); take++ {
				stock[k] -= take
				units[n][l] = take
				line(l, n+1, left-take)
				stock[k] += take
			}
			units[n][l] = 0
		}
		if len(o.Lines) == 0 {
			order(i+1, cost)
			return
		}
		line(0, 0, o.Lines[0].Quantity)
	}
	order(0, 0)
	return best
}

func planOf(o *assign.Order, units [][]int64) *assign.Plan {
	plan := &assign.Plan{Unfilled: make([]int64, len(o.Lines))}
	for l := range o.Lines {
		plan.Unfilled[l] = o.Lines[l].Quantity
	}
	for n, part := range units {
		any := false
		for l, k := range part {
			any = any || k > 0
			plan.Unfilled[l] -= k
		}
		if any {
			plan.Parcels = append(plan.Parcels, assign.Parcel{Node: n, Units: part})
		}
	}
	return plan
}
