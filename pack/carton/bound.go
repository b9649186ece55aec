package carton

import "math"

// load sums up a set of units.
type load struct {
	units  int
	volume int
	g      int
}

// bounds are costs that no packing of the units can undercut, with one parcel and with several.
type bounds struct {
	one, several int64
}

func (b bounds) least() int64 {
	return min(b.one, b.several)
}

// bound computes the bounds of a non-empty set of units. One parcel must be a carton that takes every
// unit by itself and all by volume and weight. Several parcels cost at least the dearest unit's own
// carton plus the cheapest parcel for each other one, the cheapest price of volume and of weight, and
// the freight steps of the whole weight.
func (p Problem) bound(units []Item) bounds {
	l := total(units)
	b := bounds{one: p.boundOfOne(units, l), several: math.MaxInt64}
	base, dearest := p.boundOfSeveral(units, l), p.dearest(units)
	for k := max(2, groups(units)); k <= l.units; k++ {
		of := p.boundOf(k, dearest, l)
		if b.several <= max(base, of.parcels) {
			break
		}
		b.several = min(b.several, max(base, of.parcels, of.steps))
	}
	return b
}

func total(units []Item) load {
	l := load{units: len(units)}
	for _, u := range units {
		l.volume += u.volume()
		l.g += u.G
	}
	return l
}

func groups(units []Item) int {
	seen := map[string]bool{}
	for _, u := range units {
		if u.Group != "" {
			seen[u.Group] = true
		}
	}
	return len(seen)
}

func (p Problem) boundOfOne(units []Item, l load) int64 {
	best := int64(math.MaxInt64)
	if groups(units) > 1 {
		return best
	}
	for _, c := range p.Cartons {
		if cost := p.parcelCost(c, l.g); cost < best && c.mayTakeAll(units, l) {
			best = cost
		}
	}
	return best
}

// mayTakeAll is necessary for one carton to hold all units, and sufficient for a mailer.
func (c Carton) mayTakeAll(units []Item, l load) bool {
	if l.volume > c.volume() || l.g > c.load() {
		return false
	}
	for i, u := range units {
		if (i == 0 || u.SKU != units[i-1].SKU) && !c.takes(u) {
			return false
		}
	}
	return true
}

// boundOfSeveral holds for any number of parcels.
func (p Problem) boundOfSeveral(units []Item, l load) int64 {
	byVolume, byWeight := int64(math.MaxInt64), int64(math.MaxInt64)
	for _, c := range p.Cartons {
		if c.load() < 0 {
			continue
		}
		empty := p.parcelCost(c, 0)
		byVolume = min(byVolume, share(empty, l.volume, c.volume()))
		if c.load() > 0 {
			byWeight = min(byWeight, share(empty, l.g, c.load()))
		}
	}
	if byWeight == math.MaxInt64 {
		byWeight = 0
	}
	return max(byVolume, byWeight)
}

type boundOfK struct {
	parcels int64 // the dearest unit and the cheapest other parcels
	steps   int64 // base prices and freight steps of the whole weight
}

func (p Problem) boundOf(k int, dearest int64, l load) boundOfK {
	cheapest, packaging, tare := int64(math.MaxInt64), int64(math.MaxInt64), math.MaxInt
	for _, c := range p.Cartons {
		cheapest = min(cheapest, p.parcelCost(c, 0))
		packaging = min(packaging, c.Cost)
		tare = min(tare, c.TareG)
	}
	over := p.Freight.steps(l.g + k*tare - (k-1)*p.Freight.FirstG)
	return boundOfK{
		parcels: dearest + int64(k-1)*cheapest,
		steps:   int64(k)*(packaging+p.Freight.First) + over,
	}
}

// dearest is the largest over the units of the cheapest parcel that holds the unit alone.
func (p Problem) dearest(units []Item) int64 {
	most := int64(0)
	for i, u := range units {
		if i > 0 && u.SKU == units[i-1].SKU {
			continue
		}
		least := int64(math.MaxInt64)
		for _, c := range p.Cartons {
			if cost := p.parcelCost(c, u.G); cost < least && c.takes(u) {
				least = cost
			}
		}
		most = max(most, least)
	}
	return most
}
