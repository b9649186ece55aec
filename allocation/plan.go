package allocation

import (
	"math"

	"github.com/packhorse/packhorse/allocation/assign"
)

// Plan is what orders that compete for the same goods or the same parcels would best do together. It was made on a snapshot
// and is advice: Follow checks it against the problem as it is when they are served.
type Plan struct {
	Orders int // that were decided together

	advice map[int64][]advised
	named  map[int64]bool // orders that were decided together
	prices map[StockKey]int64
	bound  int64           // no division costs less, with what leaving units was reckoned at
	weight map[int64]int64 // by order: what leaving one of the units it was to ship was reckoned at
	goal   map[int64]int64 // by order: units that it was to ship
}

// advised is a parcel of a plan: units by SKU.
type advised struct {
	node  int64
	units map[int64]int64
}

const (
	// dear is how many times the dearest parcel leaving a unit is reckoned at, for an order to which the plain rule gives
	// nothing: to ship is always cheaper, and worth moving some other orders for.
	dear = 2
	// dearer is how many times that it is for what the plain rule ships: nobody waits so that another does not.
	dearer = 20
	// mostReckoned keeps sums of costs exact in floating point.
	mostReckoned = 1e15
)

// MakePlan decides over the contested orders of a problem together, for as long as left says (see assign.Effort). What Decide
// ships of an order the plan ships as well; above that it serves orders that Decide would let wait, and costs no more. It is nil
// where no orders compete, or where the company chooses nodes by anything but their cost. Orders that Decide serves from a plain node
// stay there, and the plan uses no plain node.
func MakePlan(p Problem, left func() float64) *Plan {
	if p.Strategy.Valid() && p.Strategy != Cheapest {
		return nil
	}
	b := newBoard(&p)
	who := b.contested()
	if who == nil {
		return nil
	}
	a := &assignment{b: b, zones: map[string]int{}}
	plain := Decide(p)
	kept := b.keep(plain)
	a.addSites()
	for i := range p.Orders {
		if who[i] && !kept[i] {
			a.addOrder(i, &plain[i])
		}
	}
	if len(a.orders) < 2 {
		return nil
	}
	a.addRates()
	if !a.reckon() || a.problem.Validate() != nil {
		return nil
	}
	found := assign.Solve(&a.problem, assign.Effort{Seed: 1, Left: left})
	return a.plan(&found)
}

// assignment is the contested part of a board as package assign takes it.
type assignment struct {
	b       *board
	problem assign.Problem
	zones   map[string]int
	regions []string
	orders  []int     // of the problem's orders, which stand on the board
	skus    [][]int64 // per order and line: the SKU
	served  []bool    // per order: the plain rule ships something of it
	dearest int64     // what a parcel of any of the orders costs at most
}

func (a *assignment) addSites() {
	for i := range a.b.sites {
		s := &a.b.sites[i]
		n := assign.Node{Capacity: int64(s.left), Handling: s.node.HandlingCost, CutoffPassed: s.node.CutoffPassed}
		if !s.node.Open || s.node.Plain {
			n.Capacity = 0
		}
		a.problem.Nodes = append(a.problem.Nodes, n)
		for sku, units := range a.b.row(i) {
			if units > 0 {
				a.problem.Stock = append(a.problem.Stock, assign.Stock{Node: i, SKU: sku, Quantity: units})
			}
		}
	}
	a.problem.SKUs = len(a.b.skus)
}

// addOrder asks for what the plain rule ships of an order, and for all of one to which it gives nothing.
func (a *assignment) addOrder(i int, plain *Decision) {
	r := a.b.open(&a.b.p.Orders[i])
	zone, known := a.zones[r.o.Region]
	if !known {
		zone = len(a.regions)
		a.zones[r.o.Region], a.regions = zone, append(a.regions, r.o.Region)
	}
	to := assign.Order{Zone: zone, PromisedDays: int64(r.o.PromisedDays), LatePerDay: r.o.LateCostPerDay, SplitCost: r.splitCost,
		MaxParcels: min(r.limit, len(r.sites)), Whole: r.limit == 1 || r.p.ShipComplete}
	for s := range r.sites {
		of := &r.offers[s]
		if of.out == codeRejectedBefore {
			to.Barred = append(to.Barred, s)
		} else if of.lane != nil {
			a.dearest = max(a.dearest, of.cost+r.splitCost)
		}
	}
	ships := shipped(plain)
	var skus []int64
	for _, w := range r.wants {
		units := w.asked
		if len(plain.Parcels) > 0 {
			units = ships[w.line.SKU]
		}
		if units > 0 {
			to.Lines = append(to.Lines, assign.Line{SKU: w.sku, Quantity: units, G: w.g})
			skus = append(skus, w.line.SKU)
		}
	}
	a.problem.Orders = append(a.problem.Orders, to)
	a.orders, a.skus, a.served = append(a.orders, i), append(a.skus, skus), append(a.served, len(plain.Parcels) > 0)
}

// shipped adds up what a decision ships, by SKU.
func shipped(d *Decision) map[int64]int64 {
	out := map[int64]int64{}
	for _, p := range d.Parcels {
		for _, l := range p.Lines {
			out[l.SKU] += l.Quantity
		}
	}
	return out
}

// reckon says what it costs to leave units; false where the figures are too large for that.
func (a *assignment) reckon() bool {
	var units float64
	weight := dear * max(1, a.dearest)
	for i := range a.problem.Orders {
		o := &a.problem.Orders[i]
		if o.UnfilledCost = weight; a.served[i] {
			o.UnfilledCost *= dearer
		}
		for _, l := range o.Lines {
			units += float64(l.Quantity)
		}
	}
	return float64(a.dearest)*dear*dearer*(units+1) < mostReckoned
}

func (a *assignment) addRates() {
	a.problem.Zones = len(a.regions)
	for zone, region := range a.regions {
		for i, l := range a.b.lanesTo(region) {
			if l != nil {
				a.problem.Rates = append(a.problem.Rates, assign.Rate{Node: i, Zone: zone, FirstG: l.FirstG, FirstCost: l.FirstCost,
					StepG: l.StepG, StepCost: l.StepCost, Days: int64(l.Days)})
			}
		}
	}
}

// plan is an answer in the words of the problem it was made of.
func (a *assignment) plan(found *assign.Answer) *Plan {
	p := &Plan{Orders: len(a.orders), advice: map[int64][]advised{}, named: map[int64]bool{}, prices: map[StockKey]int64{},
		bound: found.Bound, weight: map[int64]int64{}, goal: map[int64]int64{}}
	for k, i := range a.orders {
		id := a.b.p.Orders[i].ID
		p.named[id], p.weight[id] = true, a.problem.Orders[k].UnfilledCost
		for _, l := range a.problem.Orders[k].Lines {
			p.goal[id] += l.Quantity
		}
		for _, parcel := range found.Plans[k].Parcels {
			to := advised{node: a.b.sites[parcel.Node].node.ID, units: map[int64]int64{}}
			for l, n := range parcel.Units {
				if n > 0 {
					to.units[a.skus[k][l]] += n
				}
			}
			p.advice[id] = append(p.advice[id], to)
		}
	}
	names := make([]int64, len(a.b.skus))
	for sku, at := range a.b.skus {
		names[at] = sku
	}
	for i, s := range a.problem.Stock {
		if price := int64(math.Round(found.StockPrices[i])); price > 0 {
			p.prices[StockKey{Node: a.b.sites[s.Node].node.ID, SKU: names[s.SKU]}] = price
		}
	}
	return p
}
