package route

import "slices"

// far stands for "cannot be walked": a million kilometres, small enough to be summed over any tour.
const far = 1 << 40

// place is a point a picker can stand on: in an aisle, or on a cross aisle at any x.
type place struct {
	aisle int // index from 0, or outside
	x, y  int // on a cross aisle y is that of the cross aisle
	stub  int // way from the cross aisle to the place itself, walked on arrival and on departure
}

// standAt is where the depot or a drop stands: in an aisle when it lies on one between two cross aisles, else at the
// nearest cross aisle.
func (f Floor) standAt(p Point) place {
	if a := f.aisleAt(p); a != outside {
		return f.standIn(a, p.Y)
	}
	c, stub := f.gate(p)
	return place{aisle: outside, x: p.X, y: f.CrossAisles[c], stub: stub}
}

// aisleAt is the index of the aisle in which a point lies, strictly between two cross aisles; else outside.
func (f Floor) aisleAt(p Point) int {
	row, on := slices.BinarySearch(f.CrossAisles, p.Y)
	a, ok := slices.BinarySearch(f.Aisles, p.X)
	if !ok || on || row == 0 || row == len(f.CrossAisles) {
		return outside
	}
	return a
}

func (f Floor) standIn(aisle, y int) place {
	return place{aisle: aisle, x: f.Aisles[aisle], y: y}
}

func (f Floor) standBy(s Stop) place {
	return f.standIn(s.Aisle-1, s.Y)
}

// walk is the length of the shortest way from a to b, or at least far when there is none.
func (f Floor) walk(a, b place) int {
	if a == b {
		return 0
	}
	if f.twoWay() {
		return f.walkFreely(a, b)
	}
	return f.arrive(f.reach(a), a, b)
}

// walks gives the ways from a to every place of bs.
func (f Floor) walks(a place, bs []place) []int {
	row := make([]int, len(bs))
	if f.twoWay() {
		for i, b := range bs {
			row[i] = f.walk(a, b)
		}
		return row
	}
	grid := f.reach(a)
	for i, b := range bs {
		if a != b {
			row[i] = f.arrive(grid, a, b)
		}
	}
	return row
}

// walkFreely holds where every aisle is walked both ways: two places in different aisles are joined
// over exactly one cross aisle, because changing cross aisles on the way can be done in either aisle.
func (f Floor) walkFreely(a, b place) int {
	stubs := a.stub + b.stub
	if a.aisle == b.aisle && a.aisle != outside {
		return abs(a.y - b.y)
	}
	if a.aisle == outside && b.aisle == outside && a.y != b.y {
		return stubs + f.throughSomeAisle(a, b)
	}
	best := far
	for _, c := range f.CrossAisles {
		if (a.aisle == outside && c != a.y) || (b.aisle == outside && c != b.y) {
			continue
		}
		best = min(best, abs(a.y-c)+abs(b.y-c))
	}
	return stubs + best + abs(a.x-b.x)
}

// throughSomeAisle joins two places on different cross aisles.
func (f Floor) throughSomeAisle(a, b place) int {
	best := far
	for _, x := range f.Aisles {
		best = min(best, abs(a.x-x)+abs(x-b.x))
	}
	return best + abs(a.y-b.y)
}

// arrive completes the way from a to b on a floor with one-way aisles, given the ways from a to all crossings.
func (f Floor) arrive(grid [][]int, a, b place) int {
	best := far
	if a.aisle == b.aisle && a.aisle != outside && f.allowed(a.aisle, a.y, b.y) {
		best = abs(a.y - b.y)
	}
	for c, y := range f.CrossAisles {
		for i, x := range f.Aisles {
			best = min(best, grid[c][i]+f.lastLeg(i, x, y, b))
		}
	}
	if a.aisle == outside && b.aisle == outside && a.y == b.y {
		best = min(best, a.stub+b.stub+abs(a.x-b.x))
	}
	return best
}

// lastLeg is the way from the crossing of aisle i at height y to b, without another crossing's help.
func (f Floor) lastLeg(i, x, y int, b place) int {
	switch {
	case b.aisle == outside && b.y == y:
		return b.stub + abs(x-b.x)
	case b.aisle == i && f.allowed(i, y, b.y):
		return abs(y - b.y)
	}
	return far
}

// allowed reports whether aisle i may be walked from height y to height z.
func (f Floor) allowed(i, y, z int) bool {
	d := f.direction(i)
	return d == TwoWay || y == z || (d == Up) == (z > y)
}

// reach gives the shortest way from a to every crossing, as [cross aisle][aisle]. It relaxes the grid
// until nothing changes: cross aisles in both directions, aisles only the way they may be walked.
func (f Floor) reach(a place) [][]int {
	grid := make([][]int, len(f.CrossAisles))
	for c, y := range f.CrossAisles {
		grid[c] = make([]int, len(f.Aisles))
		for i, x := range f.Aisles {
			grid[c][i] = f.firstLeg(a, i, x, y)
		}
	}
	for changed := true; changed; {
		changed = false
		for c := range grid {
			for i := range grid[c] {
				changed = f.relax(grid, c, i) || changed
			}
		}
		for c := len(grid) - 1; c >= 0; c-- {
			for i := len(grid[c]) - 1; i >= 0; i-- {
				changed = f.relax(grid, c, i) || changed
			}
		}
	}
	return grid
}

func (f Floor) firstLeg(a place, i, x, y int) int {
	switch {
	case a.aisle == outside && a.y == y:
		return a.stub + abs(a.x-x)
	case a.aisle == i && f.allowed(i, a.y, y):
		return abs(a.y - y)
	}
	return far
}

// relax shortens the way to one crossing over its four neighbours.
func (f Floor) relax(grid [][]int, c, i int) bool {
	best := grid[c][i]
	if i > 0 {
		best = min(best, grid[c][i-1]+f.Aisles[i]-f.Aisles[i-1])
	}
	if i+1 < len(f.Aisles) {
		best = min(best, grid[c][i+1]+f.Aisles[i+1]-f.Aisles[i])
	}
	for _, n := range [2]int{c - 1, c + 1} {
		if n >= 0 && n < len(grid) && f.allowed(i, f.CrossAisles[n], f.CrossAisles[c]) {
			best = min(best, grid[n][i]+abs(f.CrossAisles[c]-f.CrossAisles[n]))
		}
	}
	if best == grid[c][i] {
		return false
	}
	grid[c][i] = best
	return true
}
