package carton

import (
	"cmp"
	"math"
	"slices"
)

// Options bound the work.
type Options struct {
	// Effort is how many overlap tests may be made in placing units one by one; 0 means a default that keeps
	// an order of some hundred units within a few hundredths of a second. What would need more is packed in
	// blocks of equal units, which takes milliseconds for thousands; the answer stays feasible.
	Effort int
}

const defaultEffort = 3_000_000

// Choose packs all units into the cheapest set of parcels it finds. The problem must be valid
// (Problem.Validate). Units that fit no carton by themselves are reported as unpackable and the rest is
// packed. The same arguments always give the same answer.
func Choose(p Problem, o Options) Answer {
	units, ans := p.unfold()
	if len(units) == 0 {
		return ans
	}
	effort := cmp.Or(max(o.Effort, 0), defaultEffort)
	var best []packed
	if len(units) <= exactUnits && slices.ContainsFunc(units, Item.measured) {
		best, ans.LowerBound = newExact(p, units, effort).solve()
	} else {
		bound := p.bound(units)
		best, ans.LowerBound = p.several(units, bound, effort), bound.least()
	}
	slices.SortStableFunc(best, func(a, b packed) int { return cmp.Compare(b.cost, a.cost) })
	ans.take(best)
	ans.Optimal = ans.Cost == ans.LowerBound
	return ans
}

// take puts closed parcels into the answer.
func (a *Answer) take(parcels []packed) {
	for _, k := range parcels {
		a.Parcels = append(a.Parcels, Parcel{Carton: k.carton.ID, Items: k.placements(), WeightG: k.g + k.carton.TareG, Cost: k.cost})
		a.Cost += k.cost
	}
}

// packed is one closed parcel.
type packed struct {
	*filling
	carton Carton
	cost   int64
}

func costOf(parcels []packed) int64 {
	sum := int64(0)
	for _, k := range parcels {
		sum += k.cost
	}
	return sum
}

// unfold lists the packable units one by one, equal ones together, and starts the answer.
func (p Problem) unfold() ([]Item, Answer) {
	ans := Answer{Parcels: []Parcel{}, Unpackable: []Leftover{}, Unmeasured: []string{}}
	items := slices.Clone(p.Items)
	slices.SortStableFunc(items, func(a, b Item) int { return cmp.Compare(a.SKU, b.SKU) })
	var units []Item
	for _, it := range items {
		if !slices.ContainsFunc(p.Cartons, func(c Carton) bool { return c.takes(it) }) {
			ans.Unpackable = append(ans.Unpackable, Leftover{SKU: it.SKU, Quantity: it.Quantity})
			continue
		}
		if !it.measured() && !slices.Contains(ans.Unmeasured, it.SKU) {
			ans.Unmeasured = append(ans.Unmeasured, it.SKU)
		}
		for range it.Quantity {
			units = append(units, it)
		}
	}
	ans.Optimal = len(units) == 0
	return units, ans
}

// one is the cheapest single parcel that holds all units. A parcel of nothing but unmeasured units goes
// into the smallest carton that carries it, whatever that costs.
func (p Problem) one(units []Item, below int64, effort *int) (packed, bool) {
	if groups(units) > 1 {
		return packed{}, false
	}
	l := total(units)
	measured := slices.ContainsFunc(units, Item.measured)
	for _, c := range p.byCost(l.g, measured) {
		cost := p.parcelCost(c, l.g)
		if measured && cost >= below {
			break
		}
		if !c.mayTakeAll(units, l) {
			continue
		}
		if f, ok := fillAll(c, units, effort); ok {
			return packed{f, c, cost}, true
		}
	}
	return packed{}, false
}

// several looks for the cheapest division, from one parcel upwards. More than one is tried only where
// the bound leaves hope that it is cheaper. An order too large for the effort is packed in blocks.
func (p Problem) several(units []Item, bound bounds, effort int) []packed {
	if effort < effortPerUnit*len(units) {
		return p.inBulk(units)
	}
	var best []packed
	least := int64(math.MaxInt64)
	third := effort / 3
	single := third
	if k, ok := p.one(units, least, &single); ok {
		best, least = []packed{k}, k.cost
	}
	if best != nil && (least <= bound.several || !slices.ContainsFunc(units, Item.measured)) {
		return best
	}
	for _, s := range []score{cheapFill, fullFill} {
		greedy := third / 2
		if d := p.greedy(units, s, &greedy); costOf(d) < least {
			best, least = d, costOf(d)
		}
	}
	if d := p.inBulk(units); costOf(d) < least {
		return d
	}
	return best
}

// inBulk is the cheaper of the two ways to pack blocks.
func (p Problem) inBulk(units []Item) []packed {
	cheap, full := p.bulk(units, cheapFill), p.bulk(units, fullFill)
	if costOf(full) < costOf(cheap) {
		return full
	}
	return cheap
}
