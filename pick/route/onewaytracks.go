package route

import "slices"

// walk goes back through the sweep, puts down the directed edges it chose, and walks along them from the depot.
func (s *stream) walk(at int32, depot gate) []int {
	p := s.p
	t := &p.tracks
	t.begin(len(s.floor.CrossAisles), len(p.cols), len(s.stops))
	t.oneWay = true
	for i := len(p.steps) - 1; i >= 0; i-- {
		f := s.layers[i+1][at]
		s.lay(p.steps[i], f)
		at = f.before
	}
	start := slices.IndexFunc(p.cols, func(c column) bool { return c.at(depot) })
	return slices.Clone(t.walk(t.crossing(start, depot.row)))
}

func (s *stream) lay(at step, f fork) {
	t := &s.p.tracks
	here := t.crossing(at.column, at.row)
	switch {
	case f.do == none || f.do == stay:
	case f.do == cross:
		t.arrow(here, here+t.rows, int(f.times))
	case f.do == passOnce:
		from := here
		for _, i := range at.shelf.stops {
			t.arrow(from, t.stop(i), int(f.times))
			from = t.stop(i)
		}
		t.arrow(from, here+1, int(f.times))
	default:
		s.p.layStep(at, f.do, s.floor, s.stops)
	}
}

// arrow lays edges that are walked one way only: from b to a when times is below zero.
func (t *tracks) arrow(a, b, times int) {
	if times < 0 {
		a, b, times = b, a, -times
	}
	for range times {
		n := len(t.halves)
		t.halves = append(t.halves, half{to: b, next: t.heads[a]}, half{to: a, next: t.heads[b], used: true})
		t.heads[a], t.heads[b] = n, n+1
	}
}
