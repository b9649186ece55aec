package assign

import (
	"math"
	"slices"
)

// weigh tries the set of nodes: first the two divisions that are best when freight above the first step is left out, or
// linear; both come with a lower bound, and mostly one of them reaches it. Otherwise all divisions are searched.
func (d *desk) weigh(fix, lin float64) {
	d.work--
	if lin = d.serve(lin, d.carry, nil); lin >= d.worthwhile() {
		return
	}
	fix = d.serve(fix, d.price, nil)
	bound := max(fix, lin)
	if bound >= d.worthwhile() {
		return
	}
	for i, prices := range [...][]float64{d.price, d.carry} {
		way := slices.Grow(d.ways[i][:0], len(d.set)*len(d.wants))[:len(d.set)*len(d.wants)]
		clear(way)
		for l := range d.wants {
			d.fill(l, prices, way)
		}
		d.ways[i] = way
		d.try(way)
	}
	if bound < d.worthwhile() {
		d.divide(bound)
	}
}

// serve adds to a cost what serving all wants from the set costs at least: each by the cheapest units there, beyond them or where
// they cost more at what outside says of the want; nil = what leaving costs.
func (d *desk) serve(cost float64, prices, outside []float64) float64 {
	other := d.unit
	for l := range d.wants {
		if outside != nil {
			other = outside[l]
		}
		cost += d.least(l, prices, other)
	}
	return cost
}

// least is what a want costs at least. What SKUs at two weights take from each other it leaves out.
func (d *desk) least(l int, prices []float64, outside float64) (cost float64) {
	left := d.wants[l].units
	switch len(d.at) {
	case 1:
		a := int(d.at[0]) + l
		cost, left = draw(0, left, prices[a], d.there[a], outside)
	case 2:
		a, b := int(d.at[0])+l, int(d.at[1])+l
		if prices[b] < prices[a] {
			a, b = b, a
		}
		cost, left = draw(0, left, prices[a], d.there[a], outside)
		cost, left = draw(cost, left, prices[b], d.there[b], outside)
	case 3:
		a, b, c := int(d.at[0])+l, int(d.at[1])+l, int(d.at[2])+l
		if prices[b] < prices[a] {
			a, b = b, a
		}
		if prices[c] < prices[b] {
			b, c = c, b
			if prices[b] < prices[a] {
				a, b = b, a
			}
		}
		cost, left = draw(0, left, prices[a], d.there[a], outside)
		cost, left = draw(cost, left, prices[b], d.there[b], outside)
		cost, left = draw(cost, left, prices[c], d.there[c], outside)
	default:
		d.cheapestFirst(l, prices, func(k int) bool {
			a := int(d.at[k]) + l
			cost, left = draw(cost, left, prices[a], d.there[a], outside)
			return left > 0 && prices[a] < outside
		})
	}
	if left > 0 {
		cost += outside * float64(left)
	}
	return cost
}

// draw takes what is still wanted from one node, unless it is cheaper outside.
func draw(cost float64, left int64, price float64, there int64, outside float64) (float64, int64) {
	if price >= outside {
		return cost, left
	}
	n := min(left, there)
	return cost + price*float64(n), left - n
}

// cheapestFirst visits the nodes of the set by price, until it is told to stop.
func (d *desk) cheapestFirst(l int, prices []float64, visit func(k int) bool) {
	seen, last := math.Inf(-1), -1
	for {
		next, at := math.Inf(1), -1
		for k, from := range d.at {
			if p := prices[int(from)+l]; p < next && (p > seen || p == seen && k > last) {
				next, at = p, k
			}
		}
		if at < 0 || !visit(at) {
			return
		}
		seen, last = next, at
	}
}

// fill divides a want between the nodes of the set, the cheapest units first.
func (d *desk) fill(l int, prices []float64, way []int64) {
	short := d.wants[l].units
	d.cheapestFirst(l, prices, func(k int) bool {
		at := int(d.at[k]) + l
		if prices[at] >= d.unit {
			return false
		}
		units := min(short, d.there[at]-d.twinTook(l, k, way))
		way[k*len(d.wants)+l] = units
		short -= units
		return short > 0
	})
}

// twinTook is what earlier wants for the same SKU take from the k-th node of the set.
func (d *desk) twinTook(l, k int, way []int64) (units int64) {
	if !d.twins {
		return 0
	}
	for j := d.wants[l].twin; j >= 0; j = d.wants[j].twin {
		units += way[k*len(d.wants)+int(j)]
	}
	return min(units, d.there[int(d.offers[d.set[k]].at)+l])
}

// try keeps a division if it is better. A node to which it gives nothing is no parcel.
func (d *desk) try(way []int64) {
	var cost, late float64
	parcels := 0
	width := len(d.wants)
	for k, i := range d.set {
		of := &d.offers[i]
		var g, units int64
		for l, n := range way[k*width : (k+1)*width] {
			if n > 0 {
				units += n
				g += n * d.wants[l].grams
				cost += d.price[int(of.at)+l]*float64(n) + d.above(int(of.at)+l, n)
			}
		}
		if units > 0 {
			parcels++
			late = max(late, d.late(of))
			cost += of.fix + float64(of.rate.Freight(g)-of.rate.FirstCost)
		}
	}
	if parcels == 0 {
		return
	}
	cost += late + float64(d.o.SplitCost)*float64(parcels-1)
	for l := range d.wants {
		left := d.wants[l].units
		for k := range d.set {
			left -= way[k*width+l]
		}
		if left > 0 {
			cost += d.unit * float64(left)
		}
	}
	if cost < d.best {
		d.best = cost
		d.keep(way)
	}
}

func (d *desk) keep(way []int64) {
	d.nodes, d.units = d.nodes[:0], d.units[:0]
	width := len(d.wants)
	for k, i := range d.set {
		part := way[k*width : (k+1)*width]
		if slices.ContainsFunc(part, func(n int64) bool { return n > 0 }) {
			d.nodes, d.units = append(d.nodes, i), append(d.units, part...)
		}
	}
}

// division is the state of the search over all ways to divide the units between the nodes of the set.
type division struct {
	way     []int64
	grams   []int64   // per node of the set
	rest    []float64 // per want: what it and those behind it cost at least
	restLin []float64
	fix     float64 // without what the units cost
	lin     float64
	cut     bool // gave up
}

// divideWork bounds the search of one set; what it has not seen is bounded by the set's own bound.
const divideWork = 2000

// divide searches the divisions of the set want by want and node by node, the most units first.
func (d *desk) divide(bound float64) {
	v := &d.dividing
	width, n := len(d.wants), len(d.set)
	v.way = slices.Grow(v.way[:0], n*width)[:n*width]
	clear(v.way)
	v.grams = slices.Grow(v.grams[:0], n)[:n]
	clear(v.grams)
	v.rest, v.restLin = slices.Grow(v.rest[:0], width+1)[:width+1], slices.Grow(v.restLin[:0], width+1)[:width+1]
	v.rest[width], v.restLin[width] = 0, 0
	for l := width - 1; l >= 0; l-- {
		v.rest[l] = v.rest[l+1] + d.least(l, d.price, d.unit)
		v.restLin[l] = v.restLin[l+1] + d.least(l, d.carry, d.unit)
	}
	v.fix, v.lin, v.cut = float64(d.o.SplitCost)*float64(n-1), float64(d.o.SplitCost)*float64(n-1), false
	var late float64
	for _, i := range d.set {
		of := &d.offers[i]
		late = max(late, d.late(of))
		v.fix, v.lin = v.fix+of.fix, v.lin+of.lin
	}
	v.fix, v.lin = v.fix+late, v.lin+late
	budget := min(divideWork, d.parts)
	d.divideWant(&budget, 0, 0, d.wants[0].units, 0)
	if v.cut {
		d.floor = min(d.floor, bound)
	}
}

// divideWant gives units of want l to the k-th node of the set; left is what it still lacks, paid the price of all units given.
func (d *desk) divideWant(budget *int, l, k int, left int64, paid float64) {
	v := &d.dividing
	for k == len(d.set) {
		if left > 0 {
			paid += d.unit * float64(left)
		}
		if l++; l == len(d.wants) {
			d.try(v.way)
			return
		}
		k, left = 0, d.wants[l].units
	}
	d.parts--
	if *budget--; *budget < 0 {
		v.cut = true
		return
	}
	if d.behind(l, paid) >= d.worthwhile() {
		return
	}
	width := len(d.wants)
	at, w := k*width+l, &d.wants[l]
	from := int(d.offers[d.set[k]].at)
	most := min(left, d.there[from+l]-d.twinTook(l, k, v.way))
	price := d.price[from+l]
	grams := v.grams[k]
	for n := most; n >= 0 && !v.cut; n-- {
		v.way[at], v.grams[k] = n, grams+n*w.grams
		cost := paid
		if n > 0 {
			cost += price*float64(n) + d.above(from+l, n)
		}
		d.divideWant(budget, l, k+1, left-n, cost)
	}
	v.way[at], v.grams[k] = 0, grams
}

// behind is what a division costs at least of which the wants before l are done.
func (d *desk) behind(l int, paid float64) float64 {
	v := &d.dividing
	steps, lin := v.fix+paid+v.rest[l+1], v.lin+paid+v.restLin[l+1]
	for k, i := range d.set {
		rate := d.offers[i].rate
		steps += float64(rate.Freight(v.grams[k]) - rate.FirstCost)
		lin += d.offers[i].perG * float64(v.grams[k])
	}
	return max(steps, lin)
}
