package allocation

import (
	"math"
	"slices"
)

// maxDivisions bounds how many ways of dividing the units between two nodes are tried one by one.
const maxDivisions = 1024

// part is what one site ships: units per want.
type part struct {
	offer *offer
	take  []int64
}

// division is the scratch of dividing an order between two sites.
type division struct {
	low, high []int64 // units the first site must, and can, ship per want
	now, best []int64 // units it ships in the way being tried, and in the best way of this pair
	pair      []int64 // and in the best way of all pairs
	via       []int64 // per site: cost of the best pair it takes part in
}

// split finds the parcels of an order that no site can ship alone. Two parcels are searched
// exactly; when no two sites have everything, sites are added greedily up to the limit. Nothing
// is returned when the order has to wait whole.
func (r *request) split() []part {
	d := &r.divide
	d.via = slices.Grow(d.via[:0], len(r.sites))[:len(r.sites)]
	for i := range d.via {
		d.via[i] = math.MaxInt64
	}
	if r.limit < 2 {
		return nil
	}
	if parts := r.bestPair(); parts != nil {
		return parts
	}
	parts, units := r.bestSpread()
	if units < r.units && r.p.ShipComplete {
		return nil
	}
	return parts
}

// bestPair is the cheapest way of shipping everything from two sites; nil when no two have everything.
func (r *request) bestPair() []part {
	d := &r.divide
	best := int64(math.MaxInt64)
	var first, second *offer
	for i := range r.offers {
		for j := i + 1; j < len(r.offers); j++ {
			a, b := &r.offers[i], &r.offers[j]
			if !a.helps() || !b.helps() || a.have+b.have < r.units || !r.bound(a, b) {
				continue
			}
			cost := r.dividePair(a, b, max(d.via[i], d.via[j]))
			d.via[i], d.via[j] = min(d.via[i], cost), min(d.via[j], cost)
			if cost < best {
				best, first, second = cost, a, b
				d.pair = append(d.pair[:0], d.best...)
			}
		}
	}
	if first == nil {
		return nil
	}
	rest := make([]int64, len(r.wants))
	for i, w := range r.wants {
		rest[i] = w.asked - d.pair[i]
	}
	return []part{{first, slices.Clone(d.pair)}, {second, rest}}
}

// bound finds how many units of each want a must and can ship if b ships the rest; false when
// the two together are short.
func (r *request) bound(a, b *offer) bool {
	d := &r.divide
	d.low, d.high = d.low[:0], d.high[:0]
	rowA, rowB := r.row(a.site), r.row(b.site)
	for _, w := range r.wants {
		low, high := max(0, w.asked-rowB[w.sku]), min(w.asked, rowA[w.sku])
		if low > high {
			return false
		}
		d.low, d.high = append(d.low, low), append(d.high, high)
	}
	return true
}

// dividePair divides the units between a and b at the lowest cost and leaves the way in d.best.
// Only freight depends on the division, and only through the weight of the first parcel. It gives
// up, with the largest cost, when even the lightest parcels cannot get below the given limit.
func (r *request) dividePair(a, b *offer, limit int64) int64 {
	d := &r.divide
	var light, heavy int64
	ways := int64(1)
	for i, w := range r.wants {
		light += d.low[i] * w.g
		heavy += d.high[i] * w.g
		ways = min(ways*min(d.high[i]-d.low[i]+1, maxDivisions+1), maxDivisions+1)
	}
	fixed := r.sites[a.site].node.HandlingCost + r.sites[b.site].node.HandlingCost + r.splitCost + r.late(max(a.days, b.days))
	floor := a.lane.Price(light) + b.lane.Price(r.g-heavy)
	if fixed+floor >= limit {
		return math.MaxInt64
	}
	d.now = append(d.now[:0], d.low...)
	t := trial{r: r, a: a.lane, b: b.lane, g: light, best: math.MaxInt64}
	t.weigh()
	for t.best > floor || t.divided > 0 {
		if ways <= maxDivisions && !t.nextWay() || ways > maxDivisions && !t.nextLine() {
			break
		}
		t.weigh()
	}
	return fixed + t.best
}

// trial walks through ways of dividing the units between two sites.
type trial struct {
	r       *request
	a, b    *Lane
	g       int64 // grams in the first parcel
	best    int64
	divided int // wants that the best way divides
	line    int
}

// weigh keeps the present way if it is cheaper, or as cheap and divides fewer lines: a line in two
// parcels is picked, packed and explained twice.
func (t *trial) weigh() {
	cost := t.a.Price(t.g) + t.b.Price(t.r.g-t.g)
	if cost > t.best {
		return
	}
	d, divided := &t.r.divide, 0
	for i, w := range t.r.wants {
		if d.now[i] > 0 && d.now[i] < w.asked {
			divided++
		}
	}
	if cost < t.best || divided < t.divided {
		t.best, t.divided = cost, divided
		d.best = append(d.best[:0], d.now...)
	}
}

// nextWay counts on like an odometer; false after the last way.
func (t *trial) nextWay() bool {
	d := &t.r.divide
	for i := range d.now {
		if d.now[i] < d.high[i] {
			d.now[i]++
			t.g += t.r.wants[i].g
			return true
		}
		t.g -= (d.high[i] - d.low[i]) * t.r.wants[i].g
		d.now[i] = d.low[i]
	}
	return false
}

// nextLine moves all movable units of the next line to the first site: the coarse walk for orders
// with too many ways.
func (t *trial) nextLine() bool {
	d := &t.r.divide
	if t.line == len(d.now) {
		return false
	}
	t.g += (d.high[t.line] - d.low[t.line]) * t.r.wants[t.line].g
	d.now[t.line] = d.high[t.line]
	t.line++
	return true
}
