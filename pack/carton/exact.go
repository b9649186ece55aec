package carton

import (
	"math"
	"math/bits"
	"slices"
)

// exact finds the cheapest division of a small order, and what no division can undercut: a carton is tried only where it is
// in the best division that is not yet disproved.
type exact struct {
	p     Problem
	units []Item
	sets  []subset // by bit set of units
	work  int      // steps of complete search left
	each  int      // of which one carton may have so many
}

// subset is some of the units in one parcel.
type subset struct {
	units    []Item
	cartons  []Carton // that may take them, the cheapest parcel first
	costs    []int64
	verdicts []verdict
	fillings []*filling
	least    int64 // cost of the cheapest carton that may take them
}

const impossible = math.MaxInt64 / 64

func newExact(p Problem, units []Item, effort int) *exact {
	return &exact{p: p, units: units, sets: make([]subset, 1<<len(units)), work: effort, each: effort / 16}
}

// list prepares every subset.
func (e *exact) list() {
	for set := 1; set < len(e.sets); set++ {
		s := &e.sets[set]
		for i, u := range e.units {
			if set&(1<<i) != 0 {
				s.units = append(s.units, u)
			}
		}
		s.prepare(e.p)
	}
}

// whole answers most orders without looking at their parts: all units fit into the cheapest carton that may take them, and
// the two cheapest parcels there are would cost as much.
func (e *exact) whole() (packed, bool) {
	s := subset{units: e.units}
	s.prepare(e.p)
	if len(s.cartons) == 0 || s.costs[0] != s.least || s.costs[0] > 2*e.p.cheapest() {
		return packed{}, false
	}
	e.try(&s, 0)
	if s.verdicts[0] != fits {
		return packed{}, false
	}
	return packed{s.fillings[0], s.cartons[0], s.costs[0]}, true
}

// cheapest is what an empty parcel costs at least.
func (p Problem) cheapest() int64 {
	least := int64(impossible)
	for _, c := range p.Cartons {
		if c.load() >= 0 {
			least = min(least, p.parcelCost(c, 0))
		}
	}
	return least
}

func (s *subset) prepare(p Problem) {
	s.least = impossible
	if groups(s.units) > 1 {
		return
	}
	l, measured := total(s.units), slices.ContainsFunc(s.units, Item.measured)
	for _, c := range p.byCost(l.g, measured) {
		if !c.mayTakeAll(s.units, l) {
			continue
		}
		cost := p.parcelCost(c, l.g)
		s.least = min(s.least, cost)
		if measured || len(s.cartons) == 0 { // of nothing but unmeasured units, the smallest carton
			s.cartons, s.costs = append(s.cartons, c), append(s.costs, cost)
		}
	}
	s.verdicts, s.fillings = make([]verdict, len(s.cartons)), make([]*filling, len(s.cartons))
}

// packable is the cheapest carton that takes the units, or may do so.
func (s *subset) packable() (int, int64) {
	for i, v := range s.verdicts {
		if v == untested || v == fits {
			return i, s.costs[i]
		}
	}
	return -1, impossible
}

// undercut is the cheapest carton that is not disproved.
func (s *subset) undercut() (int, int64) {
	if !slices.ContainsFunc(s.units, Item.measured) {
		return -1, s.least
	}
	for i, v := range s.verdicts {
		if v != never {
			return i, s.costs[i]
		}
	}
	return -1, impossible
}

// solve gives the cheapest division by all rules, nil where some unit found no parcel, and the bound.
func (e *exact) solve() ([]packed, int64) {
	if one, ok := e.whole(); ok {
		return []packed{one}, one.cost
	}
	e.list()
	parts, cost := e.settle((*subset).packable, impossible)
	_, bound := e.settle((*subset).undercut, cost)
	var division []packed
	for _, set := range parts {
		s := &e.sets[set]
		i, c := s.packable()
		division = append(division, packed{s.fillings[i], s.cartons[i], c})
	}
	return division, min(bound, cost)
}

// settle tries the cartons of the best division until all of them are tried, or it is no better than known.
func (e *exact) settle(choice func(*subset) (int, int64), known int64) ([]int, int64) {
	for {
		parts, cost := e.divide(choice)
		if cost >= known {
			return nil, cost
		}
		tried := false
		for _, set := range parts {
			s := &e.sets[set]
			if i, _ := choice(s); i >= 0 && s.verdicts[i] == untested {
				e.try(s, i)
				tried = true
				break
			}
		}
		if !tried {
			return parts, cost
		}
	}
}

// divide is dynamic programming over the subsets: the cheapest division by what the choice says of each part.
func (e *exact) divide(choice func(*subset) (int, int64)) (parts []int, cost int64) {
	full := len(e.sets) - 1
	var best [1 << exactUnits]int64
	var part [1 << exactUnits]int
	for set := 1; set <= full; set++ {
		_, best[set] = choice(&e.sets[set])
		part[set] = set
	}
	for set := 1; set <= full; set++ {
		first := set & -set // the part with the first unit: every division is met once
		for sub := (set - 1) & set; sub > 0; sub = (sub - 1) & set {
			if sub&first == 0 {
				continue
			}
			// a part is never itself divided here: best[sub] may be, which is the same division
			if c := best[sub] + best[set&^sub]; c < best[set] {
				best[set], part[set] = c, sub
			}
		}
	}
	if best[full] >= impossible {
		return nil, impossible
	}
	var unfold func(set int)
	unfold = func(set int) {
		if part[set] == set {
			parts = append(parts, set)
			return
		}
		unfold(part[set])
		unfold(set &^ part[set])
	}
	unfold(full)
	slices.SortFunc(parts, func(a, b int) int { return bits.OnesCount(uint(b)) - bits.OnesCount(uint(a)) })
	return parts, best[full]
}

// try packs a subset into one of its cartons: by the usual plans first, then by complete search.
func (e *exact) try(s *subset, i int) {
	c, effort := s.cartons[i], 100_000
	if f, ok := fillAll(c, s.units, &effort); ok {
		s.verdicts[i], s.fillings[i] = fits, f
		return
	}
	var standing []*Item
	var loose []Item
	for j := range s.units {
		if s.units[j].measured() {
			standing = append(standing, &s.units[j])
		} else {
			loose = append(loose, s.units[j])
		}
	}
	each := min(e.each, e.work)
	e.work -= each
	a := newApartness(c, standing)
	s.verdicts[i] = a.search(&each)
	e.work += each
	f := a.answer
	if s.verdicts[i] == unproven && e.p.AnySupport && a.hanging != nil {
		s.verdicts[i], f = fits, a.hanging
	}
	if f == nil {
		return
	}
	for _, it := range loose {
		f.loose, f.g = append(f.loose, it), f.g+it.G
	}
	s.fillings[i] = f
}
