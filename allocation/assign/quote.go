package assign

import (
	"math"
	"slices"
)

// desk finds the cheapest plan of one order: which nodes (search), and how its units are divided between them (divide).
// It is scratch that is used again for every order.
type desk struct {
	m     *model
	o     *Order
	wants []want

	offers []offer   // nodes that could ship something of the order, the smallest fix first
	slot   []int32   // node → 1 + offer
	price  []float64 // offer × want: price of a unit there; +Inf where there is none
	there  []int64   // offer × want: units it could ship
	row    []int32   // offer × want: the resource

	unit     float64      // what a unit costs that does not ship
	limit    int          // parcels
	twins    bool         // some SKU is asked for at two weights
	easiest  float64      // the smallest lin of an offer with the cost of a split, not above 0
	rest     float64      // what the units cost at least, wherever they come from
	restLin  float64      // the same by the minorant of freight
	outer    [2][]float64 // per want: what a unit costs at least from a node that is still to be opened, or unfilled; by both
	set      []int32      // the nodes being looked at
	ways     [2][]int64
	dividing division

	best  float64 // value of the best plan found
	floor float64 // no plan is better: min(best, bounds of what was not looked at)
	work  int     // steps that may still be made
	nodes []int32 // offers of the best plan
	units []int64 // their units, offer by offer
}

// offer is what a node asks for shipping a parcel of the order.
type offer struct {
	node int32
	at   int32 // where its units stand in price, there and row
	rate *Rate
	fix  float64 // of a parcel: first step of freight, handling, price of the capacity
	lin  float64 // intercept of the largest linear function below fix + freight above the first step
	perG float64 // its slope
}

// terms are at what conditions an order is quoted.
type terms struct {
	left     []int64   // of every resource
	price    []float64 // of every resource, nil = 0
	share    float64   // of price that counts
	complete bool      // all units ship, whatever it costs; d.best is unheard where they cannot
	work     int       // steps of search; at least one plan is found in any case
}

// unheard is dearer than any plan.
const unheard = 1e30

// quote leaves the cheapest plan of order i, by cost and prices, in d; it is exact unless it runs out of work, and d.floor
// is below every plan in any case.
func (d *desk) quote(i int, t *terms) {
	d.open(i, t)
	d.best = float64(d.o.UnfilledCost) * float64(d.m.wanted[i])
	if t.complete {
		d.best = unheard
	}
	d.floor, d.nodes, d.units = math.Inf(1), d.nodes[:0], d.units[:0]
	if d.limit > 0 && len(d.offers) > 0 {
		d.measureRest()
		d.search(0, 0, 0, 0, math.Inf(-1))
	}
	d.floor = min(d.floor, d.best)
	for _, of := range d.offers {
		d.slot[of.node] = 0
	}
}

// open collects what the nodes offer.
func (d *desk) open(i int, t *terms) {
	m := d.m
	d.o = &m.p.Orders[i]
	d.wants = m.wants[m.first[i]:m.first[i+1]]
	d.work, d.twins, d.unit = t.work, false, float64(d.o.UnfilledCost)
	if t.complete || d.o.Whole {
		d.unit = math.Inf(1)
	}
	for l := range d.wants {
		d.twins = d.twins || d.wants[l].twin >= 0
	}
	d.offers, d.price, d.there, d.row = d.offers[:0], d.price[:0], d.there[:0], d.row[:0]
	for l := range d.wants {
		w := &d.wants[l]
		most := w.units
		if d.twins {
			most = plenty // they draw on the same units
		}
		for row := m.rows[w.sku]; row < m.rows[w.sku+1]; row++ {
			if t.left[row] <= 0 {
				continue
			}
			if of := d.offer(m.nodeOf[row], t); of != nil {
				at := int(of.at) + l
				d.price[at], d.there[at], d.row[at] = 0, min(t.left[row], most), int32(row)
				if t.price != nil {
					d.price[at] = t.share * t.price[row]
				}
			}
		}
	}
	slices.SortFunc(d.offers, func(a, b offer) int {
		if a.fix < b.fix || a.fix == b.fix && a.node < b.node {
			return -1
		}
		return 1
	})
	d.limit = min(d.o.MaxParcels, len(d.offers))
}

// offer is what is kept of a node; nil where it cannot serve the order.
func (d *desk) offer(node int32, t *terms) *offer {
	if at := d.slot[node]; at > 0 {
		return &d.offers[at-1]
	}
	room := d.m.capacity(node)
	if t.left[room] <= 0 {
		return nil
	}
	rate := d.m.rate(d.o, node)
	if rate == nil {
		return nil
	}
	of := offer{node: node, at: int32(len(d.price)), rate: rate, fix: float64(rate.FirstCost + d.m.p.Nodes[node].Handling)}
	if t.price != nil {
		of.fix += t.share * t.price[room]
	}
	of.lin = of.fix
	if rate.StepG > 0 && rate.StepCost > 0 {
		of.perG = float64(rate.StepCost) / float64(rate.StepG)
		of.lin -= of.perG * float64(rate.FirstG)
	}
	for range d.wants {
		d.price, d.there, d.row = append(d.price, math.Inf(1)), append(d.there, 0), append(d.row, -1)
	}
	d.offers = append(d.offers, of)
	d.slot[node] = int32(len(d.offers))
	return &d.offers[len(d.offers)-1]
}

// days is when a parcel of a node arrives.
func (d *desk) days(of *offer) int64 {
	if d.m.p.Nodes[of.node].CutoffPassed {
		return of.rate.Days + 1
	}
	return of.rate.Days
}

func (d *desk) late(of *offer) float64 {
	return float64(d.o.LatePerDay) * float64(max(0, d.days(of)-d.o.PromisedDays))
}

// measureRest finds what units cost at least if any set of nodes may ship them.
func (d *desk) measureRest() {
	d.set = d.set[:0]
	d.easiest = 0
	for i := range d.offers {
		d.set = append(d.set, int32(i))
		d.easiest = min(d.easiest, d.offers[i].lin+float64(d.o.SplitCost))
	}
	d.rest, d.restLin = 0, 0
	for l := range d.wants {
		d.rest += d.fill(l, false, d.unit, nil)
		d.restLin += d.fill(l, true, d.unit, nil)
	}
	d.measureOuter()
	d.rest, d.restLin = d.under(d.rest), d.under(d.restLin)
}

// measureOuter spreads what it costs to open a node over all units that it could ship, so that no plan pays less for them.
func (d *desk) measureOuter() {
	for i := range d.outer {
		d.outer[i] = d.outer[i][:0]
		for range d.wants {
			d.outer[i] = append(d.outer[i], d.unit)
		}
	}
	split := float64(d.o.SplitCost)
	for i := range d.offers {
		of := &d.offers[i]
		there := d.there[of.at : int(of.at)+len(d.wants)]
		var most float64
		for _, n := range there {
			most += float64(n)
		}
		for l, n := range there {
			if n > 0 {
				p := d.price[int(of.at)+l]
				d.outer[0][l] = min(d.outer[0][l], p+(of.fix+split)/most)
				d.outer[1][l] = min(d.outer[1][l], p+of.perG*d.wants[l].g+max(0, of.lin+split)/most)
			}
		}
	}
}

// further is what plans cost at least that open the set and perhaps more nodes.
func (d *desk) further(fix, lin float64) float64 {
	for l := range d.wants {
		fix += d.fill(l, false, d.outer[0][l], nil)
		lin += d.fill(l, true, d.outer[1][l], nil)
	}
	return d.under(max(fix, lin))
}

// under takes off what adding up in floating point may have put on.
func (d *desk) under(v float64) float64 {
	if math.IsInf(v, 0) {
		return v
	}
	return v - 1e-12*math.Abs(v)
}

// worthwhile is what a plan must be below to be better than the best.
func (d *desk) worthwhile() float64 { return d.best - 1e-9*(1+math.Abs(d.best)) }

// search adds to the set one node after the other, the cheaper to open first, as long as some plan with it could be better.
// fix and lin are the sums over the set, with the cost of splits; late is what its slowest parcel costs, known a bound for all that
// is added to the set.
func (d *desk) search(from int, fix, lin, late, known float64) {
	depth := d.depth(from)
	for i := from; i < len(d.offers); i++ {
		of := &d.offers[i]
		newFix, newLin := fix+of.fix, lin+of.lin
		if depth > 0 {
			newFix, newLin = newFix+float64(d.o.SplitCost), newLin+float64(d.o.SplitCost)
		}
		cut := d.worthwhile()
		if newFix+late+d.rest >= cut {
			return // those behind it cost no less to open
		}
		if d.work <= 0 && (depth > 0 || i > 0) {
			d.floor = min(d.floor, max(known, newFix+late+d.rest))
			return
		}
		newLate, room := max(late, d.late(of)), d.limit-depth-1
		if newFix+newLate+d.rest >= cut || newLin+newLate+d.easiest*float64(room)+d.restLin >= cut {
			continue
		}
		d.set = append(d.set[:depth], int32(i))
		bound := math.Inf(-1)
		if room > 0 {
			bound = d.further(newFix+newLate, newLin+newLate+min(0, d.easiest)*float64(room))
			d.work -= d.effort()
		}
		if bound >= cut {
			continue
		}
		d.weigh(newFix+newLate, newLin+newLate)
		if room > 0 && bound < d.worthwhile() {
			d.search(i+1, newFix, newLin, newLate, bound)
		}
	}
}

// depth is how many nodes are in the set when search goes on from an offer: none at the first.
func (d *desk) depth(from int) int {
	if from == 0 {
		return 0
	}
	return len(d.set)
}
