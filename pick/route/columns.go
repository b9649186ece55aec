package route

import (
	"cmp"
	"slices"
)

// column is an aisle, or the place of the depot or a drop on a cross aisle.
type column struct {
	x      int
	aisle  int   // index, or outside
	row    int   // of the depot or drop
	stops  []int // positions of the stops, ascending y
	needed bool  // it holds stops, or is the depot or a drop
}

// at reports the column of a depot or drop.
func (c column) at(g gate) bool { return c.aisle == outside && c.x == g.x && c.row == g.row }

// columns lists what a sweep from left to right comes past. Between two aisles, an aisle without stops is left out:
// moving what is walked in it to the left or to the right changes the length by the same amount in either direction,
// so it may as well be walked in a neighbour. On a floor with one-way aisles all are kept.
func (p *planner) columns(f Floor, stops []Stop, ends []gate) {
	p.keys = p.keys[:0]
	for i := range stops {
		p.keys = append(p.keys, keyed{key: stops[i].Aisle<<heightBits + stops[i].Y + mostMM, z: stops[i].Z, stop: i})
	}
	p.sorted = inOrder(p.sorted[:0], p.keys)
	p.all = p.all[:0]
	rest := p.sorted
	for a, x := range f.Aisles {
		n := 0
		for n < len(rest) && stops[rest[n]].Aisle-1 == a {
			n++
		}
		p.all = append(p.all, column{x: x, aisle: a, stops: rest[:n], needed: n > 0})
		rest = rest[n:]
	}
	for _, e := range ends {
		p.all = append(p.all, column{x: e.x, aisle: outside, row: e.row, needed: true})
	}
	slices.SortStableFunc(p.all, func(a, b column) int { return cmp.Compare(a.x, b.x) })
	p.cols = p.cols[:0]
	twoWay := f.twoWay()
	for i, c := range p.all {
		besideEnd := (i > 0 && p.all[i-1].aisle == outside) || (i+1 < len(p.all) && p.all[i+1].aisle == outside)
		if c.needed || besideEnd || !twoWay {
			p.cols = append(p.cols, c)
		}
	}
}

// keyed is a stop with its place in a sweep as one number, which is quicker to compare than the stop.
type keyed struct{ key, z, stop int }

// heightBits hold any height on a floor, counted from the lowest possible.
const heightBits = 28

func inOrder(dst []int, keys []keyed) []int {
	slices.SortFunc(keys, func(a, b keyed) int {
		if a.key != b.key {
			return a.key - b.key
		}
		return cmp.Or(a.z-b.z, a.stop-b.stop)
	})
	for _, k := range keys {
		dst = append(dst, k.stop)
	}
	return dst
}

// gate is where the depot or a drop meets a cross aisle.
type gate struct {
	x, row, stub int
}

func (f Floor) gateOf(p Point) gate {
	row, stub := f.gate(p)
	return gate{x: p.X, row: row, stub: stub}
}

// shelf is a part of an aisle with its stops: a block, a dead end, or the crossing itself.
type shelf struct {
	low, high int   // heights of its ends
	stops     []int // positions, ascending y
}

// ways is what each action costs in one block of an aisle; far where it does not come past every stop.
type ways [touch]int

// waysThrough weighs the ways to walk in a block with stops. gap is where the widest stretch between two stops begins.
func (s shelf) waysThrough(stops []Stop) (w ways, gap int) {
	high := s.high - s.low
	w = ways{passOnce: high, passTwice: 2 * high, fromBelow: far, fromAbove: far, fromBoth: far}
	if len(s.stops) == 0 {
		return w, 0
	}
	widest := 0
	for i := 1; i < len(s.stops); i++ {
		if d := stops[s.stops[i]].Y - stops[s.stops[i-1]].Y; d > widest {
			widest, gap = d, i
		}
	}
	w[fromBelow] = 2 * (stops[s.stops[len(s.stops)-1]].Y - s.low)
	w[fromAbove] = 2 * (s.high - stops[s.stops[0]].Y)
	if widest > 0 {
		w[fromBoth] = 2 * (high - widest)
	}
	return w, gap
}

// cut divides the stops of an aisle: below returns those up to the height y, or below it when strictly is set.
func cut(stops []Stop, list []int, y int, strictly bool) (below, rest []int) {
	n := 0
	for n < len(list) && (stops[list[n]].Y < y || !strictly && stops[list[n]].Y == y) {
		n++
	}
	return list[:n], list[n:]
}
