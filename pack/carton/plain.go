package carton

import (
	"cmp"
	"slices"
)

// plainEffort keeps the plain rule within a millisecond or so; an order that needs more is packed in blocks.
const plainEffort = 400_000

// Plain packs by the plain rule of a bench: the smallest carton by volume into which everything goes, and where there is
// none, the largest filled before the next is begun, the rest by the same rule. Prices play no part. It is what Choose is
// compared with, and is as feasible: a carton that only looks large enough is not taken. The problem must be valid.
func Plain(p Problem) Answer {
	p.Cartons = slices.Clone(p.Cartons)
	slices.SortStableFunc(p.Cartons, func(a, b Carton) int {
		return cmp.Or(cmp.Compare(a.volume(), b.volume()), cmp.Compare(a.Cost, b.Cost), cmp.Compare(a.ID, b.ID))
	})
	units, ans := p.unfold()
	effort := plainEffort
	var parcels []packed
	if effort >= effortPerUnit*len(units) {
		parcels = p.plainly(units, &effort)
	}
	if effort <= 0 || parcels == nil {
		parcels = p.bulk(units, fullFill)
	}
	ans.take(parcels)
	ans.Optimal = ans.Cost == ans.LowerBound
	return ans
}

// plainly expects the cartons from the smallest upwards. It ends early when the effort is spent.
func (p Problem) plainly(units []Item, effort *int) (parcels []packed) {
	for left := units; len(left) > 0; {
		pool, others := nextGroup(left)
		k, rest := p.nextPlain(pool, effort)
		if *effort <= 0 {
			break
		}
		parcels = append(parcels, k)
		left = append(rest, others...)
	}
	return parcels
}

// nextPlain closes one parcel: of everything, or else as full as the largest carton becomes that takes any of it. No
// effort is left where it could not.
func (p Problem) nextPlain(pool []Item, effort *int) (packed, []Item) {
	l := total(pool)
	for _, c := range p.Cartons {
		if !c.mayTakeAll(pool, l) {
			continue
		}
		if f, ok := fillAll(c, pool, effort); ok {
			return packed{f, c, p.parcelCost(c, f.g)}, nil
		}
	}
	for _, c := range slices.Backward(p.Cartons) {
		if *effort <= 0 {
			break
		}
		if f, rest := p.fillSome(c, pool, effort); len(rest) < len(pool) {
			return packed{f, c, p.parcelCost(c, f.g)}, rest
		}
	}
	*effort = 0
	return packed{}, pool
}
