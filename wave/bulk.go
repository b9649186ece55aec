package wave

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/wave/shape"
)

// MaxBulk is how many single items one bulk walk brings at most: about what a packing table works off in an hour.
const MaxBulk = 60

// fewest is from how many single items on a bulk walk is worth it: one alone is a walk like another.
const fewest = 2

// Single reports whether a fulfilment is one unit: whoever scans it at the packing table may have any order that waits for it.
func (c Candidate) Single() bool { return len(c.Order.Lines) == 1 && c.Order.Lines[0].Quantity == 1 }

// takeBulk takes single items, hot or not, out of the shapes, to be walked as totals. Where fulfilments are taken as they come they
// stay: that is the plain rule.
func (g Ground) takeBulk(shapes map[shape.Shape][]Candidate) (bulk []Candidate) {
	if g.Trolley.Rule == FirstCome {
		return nil
	}
	for _, s := range [...]shape.Shape{shape.HotSKU, shape.Single} {
		for _, c := range shapes[s] {
			if c.Single() {
				bulk = append(bulk, c)
			}
		}
	}
	if len(bulk) < fewest {
		return nil
	}
	for _, s := range [...]shape.Shape{shape.HotSKU, shape.Single} {
		shapes[s] = slices.DeleteFunc(shapes[s], Candidate.Single)
	}
	return bulk
}

// InBulk is the ground for walks of totals: no box for each fulfilment, so their number is not bounded by the trolley, nor is
// anything put into a box on the way.
func (g Ground) InBulk() Ground {
	g.boxes, g.Trolley.Places, g.Walking.Box = g.Trolley.Places, MaxBulk, 0
	return g
}

// bulkGroups divides single items between walks of totals.
func (g Ground) bulkGroups(list []Candidate, told *Division) (out []Group) {
	if len(list) == 0 {
		return nil
	}
	out = g.InBulk().together(Bulk, MaxBulk, list, told)
	for i := range out {
		if len(out[i].Fulfilments) < fewest {
			out[i].Method = Discrete
		}
	}
	return out
}

// together divides fulfilments between walks for several: as divide does, or, where the floor has no aisles, neighbours in the
// walk first, at most so many in one.
func (g Ground) together(method string, most int, list []Candidate, told *Division) (out []Group) {
	if parts, ok := g.divide(list, told); ok {
		for _, part := range parts {
			out = append(out, groupOf(method, part))
		}
		return out
	}
	slices.SortStableFunc(list, func(a, b Candidate) int {
		return cmp.Or(slices.Compare(a.Zones, b.Zones), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Fulfilment, b.Fulfilment))
	})
	for len(list) > 0 {
		n := 1
		for n < min(most, len(list)) && slices.Equal(list[n].Zones, list[0].Zones) {
			n++
		}
		out = append(out, groupOf(method, list[:n]))
		list = list[n:]
	}
	return out
}
