package carton

import (
	"cmp"
	"slices"
)

// plan is one way to go about a carton: in which order the units come and how they are turned.
type plan struct {
	order func(a, b *Item) int
	turn  func(a, b [3]int) int
}

// plans are tried in this order; the first that places all units is kept.
func plans() []plan {
	volume := func(a, b *Item) int { return cmp.Compare(b.volume(), a.volume()) }
	longest := func(a, b *Item) int { return cmp.Compare(slices.Max(b.MM[:]), slices.Max(a.MM[:])) }
	thickest := func(a, b *Item) int { return cmp.Compare(slices.Min(b.MM[:]), slices.Min(a.MM[:])) }
	flat := func(a, b [3]int) int {
		return cmp.Or(cmp.Compare(a[2], b[2]), cmp.Compare(b[0], a[0]))
	}
	across := func(a, b [3]int) int {
		return cmp.Or(cmp.Compare(a[2], b[2]), cmp.Compare(a[0], b[0]))
	}
	upright := func(a, b [3]int) int {
		return cmp.Or(cmp.Compare(b[2], a[2]), cmp.Compare(b[0], a[0]))
	}
	return []plan{
		{volume, flat}, {longest, flat}, {volume, upright}, {longest, across}, {thickest, flat}, {volume, across}, {thickest, upright},
	}
}

// rank puts units that stand alone on the floor first and fragile ones, which nothing may be above, last.
func (it *Item) rank() int {
	switch {
	case !it.measured():
		return 3
	case !it.stacks():
		return 0
	case it.Fragile:
		return 2
	}
	return 1
}

// arrange sorts units by the plan; equal units stay together.
func (pl plan) arrange(units []Item) []*Item {
	sorted := make([]*Item, len(units))
	for i := range units {
		sorted[i] = &units[i]
	}
	slices.SortStableFunc(sorted, func(a, b *Item) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), pl.order(a, b), cmp.Compare(a.SKU, b.SKU))
	})
	return sorted
}

// fill packs as many units as it can, keeping weight and groups apart. With all set it gives up at the
// first unit that does not fit. It returns the units left over.
func (pl plan) fill(c Carton, units []Item, all bool, effort *int) (*filling, []Item) {
	f := newFilling(c, effort)
	var (
		left  []Item
		group string
		turns [][3]int
		last  string
		stuck = map[string]bool{}
	)
	for i, it := range pl.arrange(units) {
		if i == 0 || it.SKU != last {
			last, turns = it.SKU, it.orientations()
			slices.SortStableFunc(turns, pl.turn)
		}
		strange := it.Group != "" && group != "" && it.Group != group
		if strange || stuck[it.SKU] || f.g+it.G > c.load() || !f.add(it, turns) {
			stuck[it.SKU] = true
			left = append(left, *it)
			if all {
				return f, left
			}
			continue
		}
		if it.Group != "" {
			group = it.Group
		}
	}
	return f, left
}

// fillAll tries every plan until one carton holds all units.
func fillAll(c Carton, units []Item, effort *int) (*filling, bool) {
	for i, pl := range plans() {
		f, left := pl.fill(c, units, true, effort)
		if len(left) == 0 {
			return f, true
		}
		if c.Kind == Mailer && i == 0 {
			break // geometry plays no part: another order cannot help
		}
	}
	return nil, false
}
