package route

import "slices"

// need is what some columns need in one block.
type need struct {
	up, down int // walks through one-way aisles with stops
	twoWay   int // millimetres for the stops in two-way aisles
}

// weigh sums what is needed behind every column.
func (s *stream) weigh() {
	cols, blocks := s.p.cols, len(s.floor.CrossAisles)-1
	s.needs = make([][]need, len(cols))
	sum := make([]need, blocks)
	for c := len(cols) - 1; c >= 0; c-- {
		s.needs[c] = slices.Clone(sum)
		for b := range sum {
			sum[b].add(s.needOf(cols[c], b))
		}
	}
	for _, col := range slices.Backward(cols) {
		if col.needed {
			s.farthest = col.x
			break
		}
	}
}

func (n *need) add(o need) {
	n.up, n.down, n.twoWay = n.up+o.up, n.down+o.down, n.twoWay+o.twoWay
}

func (s *stream) needOf(col column, b int) need {
	low, high := s.floor.CrossAisles[b], s.floor.CrossAisles[b+1]
	if col.aisle == outside {
		return need{}
	}
	_, rest := cut(s.stops, col.stops, low, false)
	inside, _ := cut(s.stops, rest, high, true)
	if len(inside) == 0 {
		return need{}
	}
	switch s.floor.direction(col.aisle) {
	case Up:
		return need{up: 1}
	case Down:
		return need{down: 1}
	}
	w, _ := shelf{low: low, high: high, stops: inside}.waysThrough(s.stops)
	return need{twoWay: slices.Min(w[:])}
}

// atLeast is what has to be walked behind column c whatever happens: to the last column that is needed and (on a round) back, and in
// each block what stops need, or what brings the walks up and down into balance.
func (s *stream) atLeast(c int, at state) int {
	if at.done {
		return 0
	}
	total := 0
	if at.part != (state{}).part { // who has not begun may begin further on
		total = max(0, s.farthest-s.paid)
	}
	if !s.open {
		total *= 2
	}
	pending := 0 // walks that have to go up through the block
	for b, n := range s.needs[c] {
		high := s.floor.CrossAisles[b+1] - s.floor.CrossAisles[b]
		pending += int(at.loan[b])
		walks := n.up + n.down
		if !s.open {
			walks = max(walks, 2*n.up-pending, 2*n.down+pending, abs(pending))
		}
		total += max(walks*high, (n.up+n.down)*high+n.twoWay)
	}
	return total
}

// atLeast is what no walk past the stops goes below: what each block of each aisle needs, and the way along the cross
// aisles from the first to the last aisle with stops, on a round there and back.
func (f Floor) atLeast(stops []Stop) int {
	p := new(planner)
	depot := f.gateOf(f.Depot)
	p.columns(f, stops, []gate{depot})
	s := stream{p: p, floor: f, stops: stops}
	total, left, right := 0, depot.x, depot.x
	for _, col := range p.cols {
		if !col.needed {
			continue
		}
		left, right = min(left, col.x), max(right, col.x)
		for b := range len(f.CrossAisles) - 1 {
			n := s.needOf(col, b)
			total += n.twoWay + (n.up+n.down)*(f.CrossAisles[b+1]-f.CrossAisles[b])
		}
	}
	if f.round() {
		right += right - left
	}
	return total + right - left
}
