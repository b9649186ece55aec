package route

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// visit is a group of stops that every sensible walk passes together: those at one place, and those of a one-way aisle
// between two cross aisles, where nobody can turn.
type visit struct {
	stops   []int // in walking order
	in, out place
	inner   int // way from the first to the last of them
}

func (f Floor) visits(stops []Stop) []visit {
	sorted := make([]int, len(stops))
	for i := range sorted {
		sorted[i] = i
	}
	slices.SortFunc(sorted, func(i, j int) int {
		a, b := stops[i], stops[j]
		y := cmp.Compare(a.Y, b.Y)
		if f.direction(a.Aisle-1) == Down {
			y = -y
		}
		return cmp.Or(cmp.Compare(a.Aisle, b.Aisle), y, cmp.Compare(a.Z, b.Z), cmp.Compare(i, j))
	})
	var out []visit
	for _, i := range sorted {
		at := f.standBy(stops[i])
		if n := len(out); n > 0 && f.together(out[n-1].out, at) {
			v := &out[n-1]
			v.inner += abs(at.y - v.out.y)
			v.stops, v.out = append(v.stops, i), at
			continue
		}
		out = append(out, visit{stops: []int{i}, in: at, out: at})
	}
	return out
}

// together reports two places that follow each other in every sensible walk; b is not before a in a one-way aisle.
func (f Floor) together(a, b place) bool {
	if a.aisle != b.aisle || f.direction(a.aisle) == TwoWay || a == b {
		return a == b
	}
	between := func(y int) bool { return min(a.y, b.y) <= y && y <= max(a.y, b.y) }
	end := func(p Point) bool { return f.aisleAt(p) == a.aisle && between(p.Y) }
	return !slices.ContainsFunc(f.CrossAisles, between) && !end(f.Depot) && !slices.ContainsFunc(f.Drops, end)
}

// single makes every stop a visit of its own.
func (f Floor) single(stops []Stop) []visit {
	out := make([]visit, len(stops))
	for i, s := range stops {
		at := f.standBy(s)
		out[i] = visit{stops: []int{i}, in: at, out: at}
	}
	return out
}

// sequence is the order of the visits in which a walk past all stops first meets them.
func (m matrix) sequence(visits []visit, order []int) []int {
	of := make([]int, len(order))
	for v := range visits {
		for _, i := range visits[v].stops {
			of[i] = v
		}
	}
	met := make([]bool, len(visits))
	var seq []int
	for _, i := range order {
		if !met[of[i]] {
			met[of[i]] = true
			seq = append(seq, of[i])
		}
	}
	return seq
}

// reachable reports the visits that one-way aisles cut off, by their first stops.
func (m matrix) reachable(stops []Stop, visits []visit) error {
	var causes []*fault.Fault
	for i, v := range visits {
		if len(causes) < mostMistakes && (m.d[0][i+1] >= far || m.end[i+1] >= far) {
			s := stops[v.stops[0]]
			causes = append(causes, fault.Invalidf("one_way", "route.unreachable",
				"location %q cannot be reached from the depot and left again; check the directions of the one-way aisles",
				s.Location).With("location", s.Location))
		}
	}
	if joined := fault.Join(causes...); joined != nil {
		return joined
	}
	return nil
}
