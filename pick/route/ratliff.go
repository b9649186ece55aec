package route

import (
	"cmp"
	"slices"
)

// class is one of the seven kinds of partial tour that Ratliff and Rosenthal (1983) tell apart after
// each aisle, by the degree of the aisle's front and back end (0, even, odd) and the number of parts
// that still have to be joined.
type class int

const (
	none     class = iota // nothing visited yet
	evenZero              // front even, back untouched, one part
	zeroEven              // front untouched, back even, one part
	even1                 // both even, one part
	even2                 // both even, two parts
	odd                   // both odd, one part
	closed                // the tour is complete, all further aisles are empty
	classes
)

// leg is how the inside of one aisle is walked.
type leg int

const (
	through    leg = iota // once from end to end
	turnFront             // in from the front and back, to the last stop
	turnBack              // in from the back and back, to the first stop
	largestGap            // from both ends, leaving out the largest gap
	twice                 // from end to end and back, joining two parts
	skip                  // not at all
	legs
)

const never class = -1

// afterLeg is table I of the paper: the class after walking inside an aisle.
var afterLeg = [legs][classes]class{
	through:    {odd, odd, odd, odd, odd, even1, never},
	turnFront:  {evenZero, evenZero, even2, even1, even2, odd, never},
	turnBack:   {zeroEven, even2, zeroEven, even1, even2, odd, never},
	largestGap: {even2, even2, even2, even1, even2, odd, never},
	twice:      {even1, even1, even1, even1, even1, odd, never},
	skip:       {none, evenZero, zeroEven, even1, even2, odd, closed},
}

// bridge is how often the front and the back cross aisle are walked between two neighbouring aisles.
type bridge struct {
	front, back int
}

var bridges = [...]bridge{{1, 1}, {2, 0}, {0, 2}, {2, 2}, {0, 0}}

// afterBridge is table II of the paper: the class on arrival at the next aisle. What is not joined by
// the bridge must have been complete.
var afterBridge = [len(bridges)][classes]class{
	{never, never, never, never, never, odd, never},
	{never, evenZero, never, evenZero, never, never, never},
	{never, never, zeroEven, zeroEven, never, never, never},
	{never, even2, even2, even1, even2, never, never},
	{none, closed, closed, closed, never, never, closed},
}

// column is an aisle, or the depot's place on a cross aisle.
type column struct {
	x        int
	stops    []int // positions of the stops, ascending y
	ys       []int // front, every stop, back
	depot    bool
	depotTop bool // the depot is at the back cross aisle
}

// singleBlock reports whether the exact programme applies: two cross aisles, two-way aisles without a
// stop in a dead end, and a walk that ends where it began.
func (f Floor) singleBlock(stops []Stop) bool {
	if len(f.CrossAisles) != 2 || !f.twoWay() {
		return false
	}
	if slices.ContainsFunc(f.Drops, func(p Point) bool { return p != f.Depot }) {
		return false
	}
	return !slices.ContainsFunc(stops, func(s Stop) bool {
		return s.Y < f.CrossAisles[0] || s.Y > f.CrossAisles[1]
	})
}

func (f Floor) columns(stops []Stop) []column {
	gate, _ := f.gate(f.Depot)
	cols := []column{{x: f.Depot.X, ys: f.CrossAisles, depot: true, depotTop: gate == 1}}
	for a, x := range f.Aisles {
		col := column{x: x}
		for i, s := range stops {
			if s.Aisle-1 == a {
				col.stops = append(col.stops, i)
			}
		}
		slices.SortStableFunc(col.stops, func(i, j int) int { return cmp.Compare(stops[i].Y, stops[j].Y) })
		col.ys = append(col.ys, f.CrossAisles[0])
		for _, i := range col.stops {
			col.ys = append(col.ys, stops[i].Y)
		}
		cols = append(cols, column{x: x, stops: col.stops, ys: append(col.ys, f.CrossAisles[1])})
	}
	slices.SortStableFunc(cols, func(a, b column) int { return cmp.Compare(a.x, b.x) })
	return cols
}

// times says how often each stretch between neighbouring ys is walked by a leg; ok is false when the
// leg does not visit all that the column needs.
func (c column) times(l leg) (walked []int, ok bool) {
	walked = make([]int, len(c.ys)-1)
	if c.depot {
		return walked, (l == turnFront && !c.depotTop) || (l == turnBack && c.depotTop)
	}
	from, to, n := 0, len(walked), 2
	switch l {
	case skip:
		return walked, len(c.stops) == 0
	case through:
		n = 1
	case turnFront:
		to--
	case turnBack:
		from++
	}
	for i := from; i < to; i++ {
		walked[i] = n
	}
	if l == largestGap && len(c.stops) > 1 {
		walked[c.widestGap()] = 0
	}
	needed := l == through || l == twice || len(c.stops) > 0
	return walked, needed && (l != largestGap || len(c.stops) > 1)
}

// widestGap is the stretch between two stops that is longest.
func (c column) widestGap() int {
	best := 1
	for i := 2; i < len(c.ys)-2; i++ {
		if c.ys[i+1]-c.ys[i] > c.ys[best+1]-c.ys[best] {
			best = i
		}
	}
	return best
}

func (c column) cost(walked []int) int {
	total := 0
	for i, n := range walked {
		total += n * (c.ys[i+1] - c.ys[i])
	}
	return total
}
