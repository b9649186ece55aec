package route

import "slices"

// tracks is a tour as edges between nodes: crossings (column by column, row by row), then stops.
type tracks struct {
	rows      int
	oneWay    bool // edges have a direction
	crossings int
	heads     []int // first half edge of each node, or -1
	halves    []half
	path      []int
	met       []bool
	order     []int
}

// half is one end of an edge; the halves 2i and 2i+1 are one edge.
type half struct {
	to, next int
	used     bool
}

func (t *tracks) begin(rows, columns, stops int) {
	t.rows, t.crossings, t.oneWay = rows, rows*columns, false
	nodes := t.crossings + stops
	t.heads = slices.Grow(t.heads[:0], nodes)[:nodes]
	t.met = slices.Grow(t.met[:0], nodes)[:nodes]
	for i := range t.heads {
		t.heads[i], t.met[i] = -1, false
	}
	t.halves, t.path, t.order = t.halves[:0], t.path[:0], t.order[:0]
}

func (t *tracks) crossing(column, row int) int { return column*t.rows + row }

func (t *tracks) stop(i int) int { return t.crossings + i }

func (t *tracks) lay(a, b, times int) {
	if t.oneWay { // twice: there and back
		t.arrow(a, b, 1)
		t.arrow(b, a, 1)
		return
	}
	for range times {
		n := len(t.halves)
		t.halves = append(t.halves, half{to: b, next: t.heads[a]}, half{to: a, next: t.heads[b]})
		t.heads[a], t.heads[b] = n, n+1
	}
}

// chain lays edges along stops from one node, and back.
func (t *tracks) chain(from int, stops []int) {
	for _, s := range stops {
		t.lay(from, t.stop(s), 2)
		from = t.stop(s)
	}
}

// walk goes back through the sweep, puts down the edges it chose, and walks along them from a node.
func (p *planner) walk(f Floor, stops []Stop, from int) []int {
	a, t := p.automaton, &p.tracks
	t.begin(a.rows, len(p.cols), len(stops))
	var at int16
	for _, s := range p.live {
		if a.states[s].done {
			at = s
		}
	}
	for i := len(p.steps) - 1; i >= 0; i-- {
		s := p.steps[i]
		o := p.history[i*len(a.states)+int(at)]
		if o.by != none {
			p.layStep(s, o.by, f, stops)
		}
		at = o.before
	}
	return t.walk(from)
}

func (p *planner) layStep(s step, do action, f Floor, stops []Stop) {
	t := &p.tracks
	here := t.crossing(s.column, s.row)
	switch s.kind {
	case pendant:
		p.layPendant(here, f.CrossAisles[s.row], s.shelf.stops, stops)
	case inBlock:
		p.layBlock(here, s, do)
	case onwards:
		switch do {
		case cross:
			t.lay(here, here+t.rows, 1)
		case crossBack:
			t.lay(here, here+t.rows, 2)
		}
	}
}

func (p *planner) layPendant(here, y int, list []int, stops []Stop) {
	below, above := cut(stops, list, y, true)
	slices.Reverse(below)
	p.tracks.chain(here, below)
	slices.Reverse(below)
	p.tracks.chain(here, above)
}

func (p *planner) layBlock(here int, s step, do action) {
	t, list := &p.tracks, s.shelf.stops
	switch do {
	case fromBelow:
		t.chain(here, list)
	case fromAbove:
		slices.Reverse(list)
		t.chain(here+1, list)
		slices.Reverse(list)
	case fromBoth:
		t.chain(here, list[:s.gap])
		above := list[s.gap:]
		slices.Reverse(above)
		t.chain(here+1, above)
		slices.Reverse(above)
	default:
		times := 1
		if do == passTwice {
			times = 2
		}
		from := here
		for _, i := range list {
			t.lay(from, t.stop(i), times)
			from = t.stop(i)
		}
		t.lay(from, here+1, times)
	}
}

// walk goes along every edge once from a node (Hierholzer 1873) and notes the stops as they are first met.
func (t *tracks) walk(from int) []int {
	t.path = append(t.path, from)
	met := t.order
	for len(t.path) > 0 {
		at := t.path[len(t.path)-1]
		if to, ok := t.leave(at); ok {
			t.path = append(t.path, to)
			continue
		}
		t.path = t.path[:len(t.path)-1]
		met = append(met, at) // from the end of the walk to its beginning
	}
	slices.Reverse(met)
	n := 0
	for _, at := range met {
		if at >= t.crossings && !t.met[at] {
			t.met[at] = true
			met[n] = at - t.crossings
			n++
		}
	}
	t.order = met[:n]
	return t.order
}

// leave takes an unused edge out of a node.
func (t *tracks) leave(at int) (int, bool) {
	for h := t.heads[at]; h >= 0; h = t.heads[at] {
		t.heads[at] = t.halves[h].next
		if !t.halves[h].used {
			t.halves[h].used, t.halves[h^1].used = true, true
			return t.halves[h].to, true
		}
	}
	return 0, false
}
