package carton

import (
	"cmp"
	"math"
	"slices"
)

// effortPerUnit is the least effort with which units are placed one by one. With less the search would end in half-empty
// parcels, and blocks of equal units are all that is tried.
const effortPerUnit = 3_000

// piles gathers units by SKU, in the order of the first plan.
func piles(units []Item) []pile {
	way := plans()[0]
	var list []pile
	for _, it := range way.arrange(units) {
		if n := len(list); n > 0 && list[n-1].item.SKU == it.SKU {
			list[n-1].left++
			continue
		}
		turns := it.orientations()
		slices.SortStableFunc(turns, way.turn)
		list = append(list, pile{it, turns, 1})
	}
	return list
}

// bulk closes one parcel after the other as greedy does, each filled with blocks of equal units. A parcel that can be
// packed again from what is left is.
func (p Problem) bulk(units []Item, better score) []packed {
	all := total(units)
	var parcels []packed
	for pool, others := nextPiles(piles(units)); len(pool) > 0; pool, others = nextPiles(append(pool, others...)) {
		var best packed
		var fill stacking
		bestSize := int64(0)
		for _, c := range p.Cartons {
			s := stackUp(c, pool)
			k, size := packed{carton: c, cost: p.parcelCost(c, s.g)}, all.part(s.load)
			if size > 0 && (bestSize == 0 || better(k, best, size, bestSize)) {
				best, fill, bestSize = k, s, size
			}
		}
		times := math.MaxInt
		for i, n := range fill.taken {
			if n > 0 {
				times = min(times, pool[i].left/n)
			}
		}
		best = p.tighten(best, fill, pool)
		for range times {
			parcels = append(parcels, best)
		}
		for i, n := range fill.taken {
			pool[i].left -= n * times
		}
	}
	return parcels
}

// tighten puts what a parcel holds into the cheapest carton that takes it.
func (p Problem) tighten(k packed, fill stacking, pool []pile) packed {
	var held []pile
	measured := false
	for i, n := range fill.taken {
		if n > 0 {
			held = append(held, pile{pool[i].item, pool[i].turns, n})
			measured = measured || pool[i].item.measured()
		}
	}
	for _, c := range p.byCost(fill.g, measured) {
		if measured && p.parcelCost(c, fill.g) >= k.cost {
			break
		}
		if fill.volume > c.volume() || fill.g > c.load() {
			continue
		}
		if s := stackUp(c, held); s.units == fill.units {
			return packed{s.filling(c), c, p.parcelCost(c, fill.g)}
		}
	}
	k.filling = fill.filling(k.carton)
	return k
}

// nextPiles takes what is left of the first group by name and of no group.
func nextPiles(list []pile) (pool, others []pile) {
	name := ""
	for _, p := range list {
		if g := p.item.Group; p.left > 0 && g != "" && (name == "" || g < name) {
			name = g
		}
	}
	for _, p := range list {
		switch {
		case p.left == 0:
		case p.item.Group == "" || p.item.Group == name:
			pool = append(pool, p)
		default:
			others = append(others, p)
		}
	}
	return pool, others
}

// byCost lists the cartons from the cheapest parcel of goodsG grams upwards. For nothing but unmeasured units it is from
// the smallest carton upwards: what is unknown is not bet on.
func (p Problem) byCost(goodsG int, measured bool) []Carton {
	list := slices.Clone(p.Cartons)
	slices.SortStableFunc(list, func(a, b Carton) int {
		price, size := cmp.Compare(p.parcelCost(a, goodsG), p.parcelCost(b, goodsG)), cmp.Compare(a.volume(), b.volume())
		if measured {
			return cmp.Or(price, size)
		}
		return cmp.Or(size, price)
	})
	return list
}
