package allocation

import (
	"cmp"
	"slices"
)

// spread is a set of sites found greedily.
type spread struct {
	parts []part
	units int64
	cost  int64
}

// bestSpread starts a greedy search at every site that has something, and keeps the one that ships
// the most units, at the lowest cost, from the fewest sites.
func (r *request) bestSpread() ([]part, int64) {
	var best spread
	for i := range r.offers {
		if !r.offers[i].helps() {
			continue
		}
		s := r.spreadFrom(&r.offers[i])
		c := cmp.Or(cmp.Compare(best.units, s.units), cmp.Compare(s.cost, best.cost), len(s.parts)-len(best.parts))
		if c < 0 {
			best = s
		}
	}
	slices.SortFunc(best.parts, func(x, y part) int { return cmp.Compare(x.offer.site, y.offer.site) })
	return best.parts, best.units
}

// spreadFrom lets the first site ship all it has, then always the one that has most of the rest.
func (r *request) spreadFrom(first *offer) spread {
	rest := make([]int64, len(r.wants))
	for i, w := range r.wants {
		rest[i] = w.asked
	}
	var s spread
	var days int
	for next := first; next != nil && len(s.parts) < r.limit; next = r.mostOf(rest, s.parts) {
		p := part{next, make([]int64, len(rest))}
		for i, w := range r.wants {
			p.take[i] = min(rest[i], r.row(next.site)[w.sku])
			rest[i] -= p.take[i]
			s.units += p.take[i]
		}
		s.parts = append(s.parts, p)
		s.cost += r.parcelCost(p)
		days = max(days, next.days)
	}
	s.cost += r.splitCost*int64(len(s.parts)-1) + r.late(days)
	return s
}

// mostOf is the unused site that has most units of the rest, the cheaper for one parcel of it when equal.
func (r *request) mostOf(rest []int64, used []part) *offer {
	var best *offer
	var most, price int64
	for i := range r.offers {
		of := &r.offers[i]
		if !of.helps() || slices.ContainsFunc(used, func(p part) bool { return p.offer == of }) {
			continue
		}
		var units, g int64
		row := r.row(of.site)
		for j, w := range r.wants {
			n := min(rest[j], row[w.sku])
			units += n
			g += n * w.g
		}
		cost := of.lane.Price(g) + r.sites[of.site].node.HandlingCost
		if units > most || units == most && units > 0 && cost < price {
			best, most, price = of, units, cost
		}
	}
	return best
}

// grams is the weight of a part's goods.
func (r *request) grams(p part) int64 {
	var g int64
	for i, w := range r.wants {
		g += p.take[i] * w.g
	}
	return g
}

// parcelCost is freight and handling of one part.
func (r *request) parcelCost(p part) int64 {
	return p.offer.lane.Price(r.grams(p)) + r.sites[p.offer.site].node.HandlingCost
}
