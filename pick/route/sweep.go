package route

import "slices"

// planner holds the working memory of exact tours: one sweep over the columns, and the walk along the edges it chose.
type planner struct {
	automaton *automaton // of the last sweep
	keys      []keyed
	sorted    []int
	all, cols []column
	now, then []int   // cost of each state, before and after a step
	live      []int16 // states with a cost, before the step
	born      []int16 // and after it
	moves     []move  // the choices of the step at hand
	steps     []step
	history   []origin // by step and state
	tracks    tracks
}

// step is one elementary step of the sweep.
type step struct {
	column, row int
	kind        stepKind
	shelf       shelf // for blocks and pendants
	gap         int
}

type stepKind uint8

const (
	inBlock   stepKind = iota // walk inside a block of the aisle
	pendant                   // come past the crossing; what hangs on it is walked there and back
	startHere                 // the walk begins or ends at the crossing
	onwards                   // cross over to the next column, or not
)

// move is one choice in a step. The action stands for itself; none changes nothing.
type move struct {
	do   action
	cost int
}

// none lays nothing and costs nothing.
const none = actions

// origin is how the cheapest partial tour of a state came about.
type origin struct {
	before int16
	by     action
}

// mostHistory bounds the memory of one sweep: states times steps.
const mostHistory = 1 << 25

// sweep finds the cheapest connected set of edges with even degrees (odd ones at two different ends) past all stops and
// returns what it costs; ok is false when that would take too much memory.
func (p *planner) sweep(a *automaton, f Floor, stops []Stop, ends []gate) (cost int, ok bool) {
	p.automaton = a
	p.columns(f, stops, ends)
	if len(a.states)*(3*a.rows)*len(p.cols) > mostHistory {
		return 0, false
	}
	p.begin(len(a.states))
	open := len(ends) == 2
	for c := range p.cols {
		if p.cols[c].aisle == outside {
			p.atEnd(a, c, open)
		} else {
			p.throughAisle(a, f, stops, c)
		}
		p.ahead(a, c)
	}
	for _, s := range p.live {
		if a.states[s].done {
			return p.now[s], true
		}
	}
	return 0, false
}

func (p *planner) begin(states int) {
	p.now = slices.Grow(p.now[:0], states)[:states]
	p.then = slices.Grow(p.then[:0], states)[:states]
	for s := range p.now {
		p.now[s], p.then[s] = far, far
	}
	p.now[first] = 0
	p.live = append(p.live[:0], first)
	p.born, p.steps, p.history = p.born[:0], p.steps[:0], p.history[:0]
}

// atEnd comes past the depot or a drop.
func (p *planner) atEnd(a *automaton, c int, open bool) {
	row := p.cols[c].row
	do := touch
	if open {
		do = end
	}
	p.moves = append(p.moves[:0], move{do: do})
	p.step(a, step{column: c, row: row, kind: startHere})
}

func (p *planner) throughAisle(a *automaton, f Floor, stops []Stop, c int) {
	rest := p.cols[c].stops
	var here []int
	here, rest = cut(stops, rest, f.CrossAisles[0], false)
	p.hang(a, f, stops, c, 0, here)
	for row := range a.rows - 1 {
		block := shelf{low: f.CrossAisles[row], high: f.CrossAisles[row+1]}
		block.stops, rest = cut(stops, rest, block.high, true)
		p.inside(a, stops, c, row, block)
		if row+1 < a.rows-1 {
			here, rest = cut(stops, rest, block.high, false)
			p.hang(a, f, stops, c, row+1, here)
		}
	}
	if len(rest) > 0 {
		p.hang(a, f, stops, c, a.rows-1, rest)
	}
}

// hang visits what can only be reached from one crossing: stops at its own height and in a dead end behind it.
func (p *planner) hang(a *automaton, f Floor, stops []Stop, c, row int, list []int) {
	if len(list) == 0 {
		return
	}
	y := f.CrossAisles[row]
	below, above := y-stops[list[0]].Y, stops[list[len(list)-1]].Y-y
	p.moves = append(p.moves[:0], move{do: touch, cost: 2 * (max(below, 0) + max(above, 0))})
	p.step(a, step{column: c, row: row, kind: pendant, shelf: shelf{low: y, high: y, stops: list}})
}

func (p *planner) inside(a *automaton, stops []Stop, c, row int, block shelf) {
	w, gap := block.waysThrough(stops)
	p.moves = p.moves[:0]
	if len(block.stops) == 0 {
		p.moves = append(p.moves, move{do: none})
	}
	for do, cost := range w {
		if cost < far {
			p.moves = append(p.moves, move{do: action(do), cost: cost})
		}
	}
	p.step(a, step{column: c, row: row, kind: inBlock, shelf: block, gap: gap})
}

// ahead crosses over to the next column in every row; behind the last column there is nothing.
func (p *planner) ahead(a *automaton, c int) {
	p.moves = append(p.moves[:0], move{do: stay})
	if c+1 < len(p.cols) {
		dx := p.cols[c+1].x - p.cols[c].x
		p.moves = append(p.moves, move{do: cross, cost: dx}, move{do: crossBack, cost: 2 * dx})
	}
	for row := range a.rows {
		p.step(a, step{column: c, row: row, kind: onwards})
	}
}

// step lets every partial tour take each of the moves, and keeps the cheapest tour of each state.
func (p *planner) step(a *automaton, at step) {
	p.steps = append(p.steps, at)
	base := len(p.history)
	p.history = slices.Grow(p.history, len(a.states))[:base+len(a.states)]
	history := p.history[base:]
	for _, m := range p.moves {
		var next []int16
		if m.do != none {
			next = a.next[m.do][at.row]
		}
		for _, s := range p.live {
			to, cost := s, p.now[s]+m.cost
			if next != nil {
				to = next[s]
			}
			if to == nowhere || cost >= p.then[to] {
				continue
			}
			if p.then[to] == far {
				p.born = append(p.born, to)
			}
			p.then[to], history[to] = cost, origin{before: s, by: m.do}
		}
	}
	for _, s := range p.live {
		p.now[s] = far
	}
	p.now, p.then = p.then, p.now
	p.live, p.born = p.born, p.live[:0]
}
