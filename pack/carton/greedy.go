package carton

import (
	"math/bits"
	"slices"
)

// score says whether filling a is better than filling b; sizes are the parts of the order they hold.
type score func(a, b packed, sizeA, sizeB int64) bool

// cheapFill prefers the lowest cost for what is packed.
func cheapFill(a, b packed, sizeA, sizeB int64) bool {
	hiA, loA := bits.Mul64(uint64(a.cost), uint64(sizeB))
	hiB, loB := bits.Mul64(uint64(b.cost), uint64(sizeA))
	if hiA != hiB {
		return hiA < hiB
	}
	return loA < loB
}

// fullFill prefers to pack as much as possible into one parcel, and the cheaper of equals.
func fullFill(a, b packed, sizeA, sizeB int64) bool {
	if sizeA != sizeB {
		return sizeA > sizeB
	}
	return a.cost < b.cost
}

// greedy closes one parcel after the other, each the best by the score, and puts the contents of each
// into the cheapest carton that holds them. Groups are served one by one; units of no group ride along.
func (p Problem) greedy(units []Item, better score, effort *int) []packed {
	l := total(units)
	var parcels []packed
	for left := units; len(left) > 0; {
		pool, others := nextGroup(left)
		var best packed
		var bestLeft []Item
		bestSize := int64(0)
		for _, c := range p.Cartons {
			f, rest := p.fillSome(c, pool, effort)
			k := packed{f, c, p.parcelCost(c, f.g)}
			size := l.part(load{len(f.blocks) + len(f.loose), f.volume, f.g})
			if size > 0 && (bestSize == 0 || better(k, best, size, bestSize)) {
				best, bestLeft, bestSize = k, rest, size
			}
		}
		parcels = append(parcels, p.shrink(best, effort))
		left = append(bestLeft, others...)
	}
	return parcels
}

// fillSome fills a carton by the plain plan. A spent effort still lets the first unit in, so that every
// parcel brings the order nearer its end.
func (p Problem) fillSome(c Carton, pool []Item, effort *int) (*filling, []Item) {
	usable := make([]Item, 0, len(pool))
	var left []Item
	for _, u := range pool {
		if c.takes(u) {
			usable = append(usable, u)
		} else {
			left = append(left, u)
		}
	}
	*effort = max(*effort, 6)
	f, rest := plans()[0].fill(c, usable, false, effort)
	return f, append(left, rest...)
}

// shrink repacks what is in a parcel into the cheapest carton that holds it.
func (p Problem) shrink(k packed, effort *int) packed {
	var units []Item
	for _, b := range k.blocks {
		units = append(units, *b.item)
	}
	units = append(units, k.loose...)
	if smaller, ok := p.one(units, k.cost, effort); ok {
		return smaller
	}
	return k
}

// nextGroup takes the first group by name and the units of no group.
func nextGroup(units []Item) (pool, others []Item) {
	name := ""
	for _, u := range units {
		if u.Group != "" && (name == "" || u.Group < name) {
			name = u.Group
		}
	}
	for _, u := range units {
		if u.Group == "" || u.Group == name {
			pool = append(pool, u)
		} else {
			others = append(others, u)
		}
	}
	return pool, slices.Clip(others)
}

// part measures what a parcel holds against the whole order by volume, weight and number, in millionths each.
func (l load) part(of load) int64 {
	return 1_000_000*int64(of.units)/int64(l.units) +
		share(1_000_000, of.volume, max(l.volume, 1)) + share(1_000_000, of.g, max(l.g, 1))
}
