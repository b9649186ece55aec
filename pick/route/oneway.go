package route

import "slices"

// Bounds of a sweep with one-way aisles. Its states hold how many more walks come into a crossing than leave it, so
// they are made as they are met, and there may be too many.
const (
	mostForks = 600_000    // partial tours that are kept, over all steps
	mostTries = 12_000_000 // partial tours that are looked at
	mostWalks = 10_000     // walks through blocks in one tour
)

// fork is a partial tour with directions. In its state the loan of a crossing is how many walks still have to leave it.
type fork struct {
	at     state
	cost   int
	before int32
	do     action
	times  int16 // walks through a block: upwards, or downwards below zero; walks to the next column, to the left below zero
}

// stream sweeps a floor with one-way aisles: a walk exists along a connected set of directed edges with as many into each
// crossing as out of it (Euler), so the sweep keeps connection and balance instead of connection and parity. What cannot
// become shorter than a tour that is known is dropped.
type stream struct {
	p        *planner
	floor    Floor
	stops    []Stop
	open     bool // begins and ends at different places
	best     int  // length of the known tour
	layers   [][]fork
	index    map[state]int32
	needs    [][]need // by column and block: what the columns behind it need
	farthest int      // x of the last column that is needed
	paid     int      // x up to which the walks along the cross aisles are in the cost, or will be after this step
	forks    int
	tries    int
}

// tooLarge reports a search that is given up.
func (s *stream) tooLarge() bool { return s.forks > mostForks || s.tries > mostTries }

// directed looks for a tour shorter than best on a floor with one-way aisles. shorter is nil when there is none; ok is
// false when the search grew too large to say, or was stopped.
func (p *planner) directed(f Floor, stops []Stop, best int, stop func() bool) (shorter []int, ok bool) {
	inAisle := func(at Point) bool { return f.aisleAt(at) != outside }
	if len(f.CrossAisles) > maxRows || best/f.lowestBlock() > mostWalks || inAisle(f.Depot) || slices.ContainsFunc(f.Drops, inAisle) {
		return nil, false
	}
	depot := f.gateOf(f.Depot)
	for _, drop := range f.endGates() {
		ends := []gate{depot}
		if drop.x != depot.x || drop.row != depot.row {
			ends = append(ends, drop)
		}
		s := stream{p: p, floor: f, stops: stops, open: len(ends) == 2, best: best - depot.stub - drop.stub, index: map[state]int32{}}
		order, ok := s.sweep(ends, stop)
		if !ok {
			return nil, false
		}
		if order != nil {
			shorter, best = order, s.best+depot.stub+drop.stub
		}
	}
	return shorter, true
}

// lowestBlock is the shortest way between two cross aisles; 1 where there is none.
func (f Floor) lowestBlock() int {
	low := 1
	for c := 1; c < len(f.CrossAisles); c++ {
		if d := f.CrossAisles[c] - f.CrossAisles[c-1]; c == 1 || d < low {
			low = d
		}
	}
	return low
}

func (s *stream) sweep(ends []gate, stop func() bool) (order []int, ok bool) {
	p := s.p
	p.columns(s.floor, s.stops, ends)
	p.steps = p.steps[:0]
	s.weigh()
	s.layers = [][]fork{{{}}}
	for c := range p.cols {
		s.paid = p.cols[c].x
		if p.cols[c].aisle == outside {
			s.atEnd(c, p.cols[c].at(ends[0]))
		} else {
			s.throughAisle(c)
		}
		s.ahead(c)
		if s.tooLarge() || stop != nil && stop() {
			return nil, false
		}
	}
	for i, end := range s.layers[len(s.layers)-1] {
		if end.at.done {
			s.best = end.cost
			return s.walk(int32(i), ends[0]), true
		}
	}
	return nil, true
}

// step begins an elementary step.
func (s *stream) step(at step) (from []fork) {
	s.p.steps = append(s.p.steps, at)
	clear(s.index)
	s.layers = append(s.layers, nil)
	return s.layers[len(s.layers)-2]
}

// offer keeps a partial tour when it is the cheapest of its state and may become shorter than the known one.
func (s *stream) offer(c int, to state, f fork) {
	s.tries++
	if s.tooLarge() || f.cost+s.atLeast(c, to) >= s.best {
		return
	}
	f.at = to
	layer := &s.layers[len(s.layers)-1]
	if i, known := s.index[to]; known {
		if f.cost < (*layer)[i].cost {
			(*layer)[i] = f
		}
		return
	}
	s.index[to] = int32(len(*layer))
	*layer = append(*layer, f)
	s.forks++
}

func (s *stream) each(at step, moves func(i int32, f fork)) {
	for i, f := range s.step(at) {
		moves(int32(i), f)
	}
}

func (s *stream) atEnd(c int, depot bool) {
	row := s.p.cols[c].row
	s.each(step{column: c, row: row, kind: startHere}, func(i int32, f fork) {
		if f.at.done {
			return
		}
		to := f.at
		to.visit(row)
		if s.open && depot {
			to.loan[row]++
		} else if s.open {
			to.loan[row]--
		}
		s.offer(c, to.canonical(), fork{cost: f.cost, before: i, do: touch})
	})
}

func (s *stream) throughAisle(c int) {
	f := s.floor
	last := len(f.CrossAisles) - 1
	here, rest := cut(s.stops, s.p.cols[c].stops, f.CrossAisles[0], false)
	s.hang(c, 0, here)
	for row := range last {
		block := shelf{low: f.CrossAisles[row], high: f.CrossAisles[row+1]}
		block.stops, rest = cut(s.stops, rest, block.high, true)
		s.inside(c, row, block)
		if row+1 < last {
			here, rest = cut(s.stops, rest, block.high, false)
			s.hang(c, row+1, here)
		}
	}
	s.hang(c, last, rest)
}

func (s *stream) hang(c, row int, list []int) {
	if len(list) == 0 {
		return
	}
	y := s.floor.CrossAisles[row]
	cost := 2 * (max(y-s.stops[list[0]].Y, 0) + max(s.stops[list[len(list)-1]].Y-y, 0))
	s.each(step{column: c, row: row, kind: pendant, shelf: shelf{low: y, high: y, stops: list}}, func(i int32, f fork) {
		if to, ok := f.at.after(touch, row); ok && !f.at.done {
			s.offer(c, to, fork{cost: f.cost + cost, before: i, do: touch})
		}
	})
}

func (s *stream) inside(c, row int, block shelf) {
	w, gap := block.waysThrough(s.stops)
	way := s.floor.direction(s.p.cols[c].aisle)
	most := s.best/(2*w[passOnce]) + 1 // as many go up as down
	s.each(step{column: c, row: row, kind: inBlock, shelf: block, gap: gap}, func(i int32, f fork) {
		if len(block.stops) == 0 {
			s.offer(c, f.at, fork{cost: f.cost, before: i, do: none})
		}
		if f.at.done {
			return
		}
		for n := 1; n <= most && f.cost+n*w[passOnce] < s.best; n++ {
			if way != Down {
				s.offer(c, f.at.pass(row, n), fork{cost: f.cost + n*w[passOnce], before: i, do: passOnce, times: int16(n)})
			}
			if way != Up {
				s.offer(c, f.at.pass(row, -n), fork{cost: f.cost + n*w[passOnce], before: i, do: passOnce, times: int16(-n)})
			}
		}
		for do := passTwice; do < touch && way == TwoWay; do++ {
			if to, ok := f.at.after(do, row); ok && w[do] < far {
				s.offer(c, to, fork{cost: f.cost + w[do], before: i, do: do})
			}
		}
	})
}

// pass walks n times up through the block above a row, or down when n is below zero.
func (s state) pass(row, n int) state {
	s.visit(row)
	s.visit(row + 1)
	s.join(s.part[row], s.part[row+1])
	s.loan[row] -= int16(n)
	s.loan[row+1] += int16(n)
	return s.canonical()
}

// ahead crosses over to the next column: as often as the crossing owes, or there and back, or not at all.
func (s *stream) ahead(c int) {
	p := s.p
	dx := -1
	if c+1 < len(p.cols) {
		dx = p.cols[c+1].x - p.cols[c].x
		s.paid = p.cols[c+1].x
	}
	for row := range s.floor.CrossAisles {
		s.each(step{column: c, row: row, kind: onwards}, func(i int32, f fork) {
			if n := f.at.loan[row]; n != 0 {
				if dx >= 0 {
					s.offer(c, f.at, fork{cost: f.cost + abs(int(n))*dx, before: i, do: cross, times: n})
				}
				return
			}
			if to, ok := f.at.after(stay, row); ok {
				s.offer(c, to, fork{cost: f.cost, before: i, do: stay})
			}
			if f.at.part[row] != 0 && dx >= 0 {
				s.offer(c, f.at, fork{cost: f.cost + 2*dx, before: i, do: crossBack})
			}
		})
	}
}
