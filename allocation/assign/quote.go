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
	carry  []float64 // offer × want: the same with linear freight
	there  []int64   // offer × want: units it could ship
	row    []int32   // offer × want: the resource
	extra  []int32   // offer × want: where in table it stands what 0, 1, … units cost above price; -1 = nothing
	table  []float64

	unit     float64      // what a unit costs that does not ship
	limit    int          // parcels
	twins    bool         // some SKU is asked for at two weights
	easiest  float64      // the smallest lin of an offer with the cost of a split, not above 0
	rest     float64      // what the units cost at least, wherever they come from
	restLin  float64      // the same by the minorant of freight
	outer    [2][]float64 // per want: what a unit costs at least from a node that is still to be opened, or unfilled; by both
	set      []int32      // the nodes being looked at
	at       []int32      // where their offers begin in price
	ways     [2][]int64
	dividing division

	best  float64 // value of the best plan found
	floor float64 // no plan is better: min(best, bounds of what was not looked at)
	work  int     // sets that may still be looked at
	parts int     // divisions that may still be looked at
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
	price    []float64 // of every resource, nil = 0; then of the cuts
	cuts     *cuts     // whose prices count, nil = none
	share    float64   // of price that counts
	known    float64   // value of a plan that is known: only a better one is looked for; 0 = none
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
	if t.known != 0 {
		d.best = min(d.best, t.known)
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
	d.work, d.parts, d.twins, d.unit = t.work, t.work, false, float64(d.o.UnfilledCost)
	if t.complete || d.o.Whole {
		d.unit = math.Inf(1)
	}
	for l := range d.wants {
		d.twins = d.twins || d.wants[l].twin >= 0
	}
	d.offers, d.price, d.there, d.row, d.extra, d.table = d.offers[:0], d.price[:0], d.there[:0], d.row[:0], d.extra[:0], d.table[:0]
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
					if t.cuts != nil && !d.twins && len(t.cuts.of[row]) > 0 {
						d.priceCuts(i, at, row, t)
					}
				}
			}
		}
	}
	d.carry = slices.Grow(d.carry[:0], len(d.price))[:len(d.price)]
	for i := range d.offers {
		of := &d.offers[i]
		for l := range d.wants {
			d.carry[int(of.at)+l] = d.price[int(of.at)+l] + of.perG*d.wants[l].g
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

// priceCuts adds the prices of cuts to that of a row: as much to the unit as any number of units pays at least, the rest into
// the table.
func (d *desk) priceCuts(i, at, row int, t *terms) {
	from, most := len(d.table), d.there[at]
	d.table = append(d.table, 0)
	least := math.Inf(1)
	for n := int64(1); n <= most; n++ {
		var sum float64
		for _, c := range t.cuts.of[row] {
			if price := t.price[len(d.m.supply)+int(c)]; price > 0 {
				sum += price * float64(t.cuts.list[c].takes(int32(i), n))
			}
		}
		d.table = append(d.table, t.share*sum)
		least = min(least, t.share*sum/float64(n))
	}
	even := true
	for n := range most + 1 {
		left := max(0, d.table[from+int(n)]-least*float64(n))
		d.table[from+int(n)] = left
		even = even && left <= 1e-9
	}
	d.price[at] += least
	if even {
		d.table = d.table[:from]
	} else {
		d.extra[at] = int32(from)
	}
}

// above is what units cost above their price.
func (d *desk) above(at int, units int64) float64 {
	if d.extra[at] < 0 {
		return 0
	}
	return d.table[int(d.extra[at])+int(units)]
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
		d.price, d.there, d.row, d.extra = append(d.price, math.Inf(1)), append(d.there, 0), append(d.row, -1), append(d.extra, -1)
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
