package carton

import "slices"

// exactUnits is the largest order that is divided and packed by complete search.
const exactUnits = 8

// verdict is what is known of some units and one carton.
type verdict uint8

const (
	untested verdict = iota
	fits             // there is a packing by all rules
	unproven         // none was found, and it was not shown that there is none without the rule of support
	never            // there is none, even where units may stand on any part of their base
)

// apartness is a complete search for a packing of a few units into one box.
//
// Two units do not overlap where they are apart along some axis. The search turns one unit after the other, chooses for each
// pair an axis along which it is apart, and gives up as soon as units that are all apart from each other along an axis are
// longer together than the box. After S. P. Fekete and J. Schepers, "A combinatorial characterization of higher-dimensional
// orthogonal packing", Mathematics of Operations Research 29 (2004), and S. Martello, D. Pisinger, D. Vigo, E. den Boef and
// J. Korst, "Algorithm 864: General and robot-packable variants of the three-dimensional bin packing problem", ACM
// Transactions on Mathematical Software 33 (2007).
//
// What it shows to be impossible is impossible for everyone to whom a unit stands on the floor or on another one: support by
// half of the base is not asked for, and above a fragile unit there may be another that stands on something else. A unit
// that does not stack takes its whole column.
type apartness struct {
	inner   [3]int
	units   []*Item
	turns   [][][3]int
	size    [exactUnits][3]int
	turn    [exactUnits]int
	apart   [3][exactUnits]uint8 // bit sets of units
	at      [3][exactUnits]int
	stacks  bool // whether anything may stand on anything
	work    int  // steps left
	loose   int  // steps left once a packing without support is known
	found   bool // such a packing
	answer  *filling
	hanging *filling // the first packing in which units rest on any part of their base
}

// search reports what it finds within so many steps, and takes those it used off them.
func (a *apartness) search(work *int) verdict {
	a.work, a.loose = *work, min(*work, 10_000)
	began := a.work
	a.next(0)
	*work -= began - max(a.work, 0)
	switch {
	case a.answer != nil:
		return fits
	case a.found || a.work <= 0:
		return unproven
	}
	return never
}

// newApartness prepares the search for measured units.
func newApartness(c Carton, units []*Item) *apartness {
	a := &apartness{inner: c.Inner, units: slices.Clone(units)}
	slices.SortStableFunc(a.units, func(x, y *Item) int { return y.volume() - x.volume() })
	for _, it := range a.units {
		a.turns = append(a.turns, it.orientations())
		a.stacks = a.stacks || !it.Fragile && it.stacks()
	}
	return a
}

// over reports whether the search ends.
func (a *apartness) over() bool {
	return a.answer != nil || a.work <= 0 || a.found && a.loose <= 0
}

// next turns unit k every way it may stand.
func (a *apartness) next(k int) {
	if k == len(a.units) {
		a.arrive()
		return
	}
	from := 0
	if k > 0 && a.units[k].SKU == a.units[k-1].SKU {
		from = a.turn[k-1] // of equal units, the later ones are turned as the earlier ones or further
	}
	for t := from; t < len(a.turns[k]) && !a.over(); t++ {
		size := a.turns[k][t]
		if size[0] > a.inner[0] || size[1] > a.inner[1] || size[2] > a.inner[2] {
			continue
		}
		if !a.units[k].stacks() {
			size[2] = a.inner[2]
		}
		a.turn[k], a.size[k] = t, size
		a.separate(k, 0)
	}
}

// separate chooses the axis along which units k and j are apart.
func (a *apartness) separate(k, j int) {
	if a.work--; a.found {
		a.loose--
	}
	if j == k {
		for axis := range 3 {
			if a.apart[axis][k] != 0 && !a.line(axis, k+1, nil) {
				return
			}
		}
		a.next(k + 1)
		return
	}
	for axis := range 3 {
		both := a.size[j][axis] + a.size[k][axis]
		if both > a.inner[axis] || axis == 2 && !a.stacks || a.over() {
			continue
		}
		common := a.apart[axis][j] & a.apart[axis][k]
		if both+a.longest(axis, common) > a.inner[axis] {
			continue
		}
		a.apart[axis][j] |= 1 << k
		a.apart[axis][k] |= 1 << j
		a.separate(k, j+1)
		a.apart[axis][j] &^= 1 << k
		a.apart[axis][k] &^= 1 << j
	}
}

// longest is the greatest length of units of the set that are all apart from each other.
func (a *apartness) longest(axis int, set uint8) int {
	most := 0
	for i := 0; set != 0; i++ {
		if set&(1<<i) == 0 {
			continue
		}
		set &^= 1 << i
		most = max(most, a.size[i][axis]+a.longest(axis, set&a.apart[axis][i]))
	}
	return most
}

// line looks for places of the first n units along an axis, and leaves them in at. Along the vertical a unit stands at one
// of its heights, where these are given.
func (a *apartness) line(axis, n int, heights [][]int) bool {
	return a.lineUp(axis, n, 0, 0, heights)
}

// lineUp places one unit after the other, in the order of their places.
func (a *apartness) lineUp(axis, n int, placed uint8, last int, heights [][]int) bool {
	if int(placed) == 1<<n-1 {
		return true
	}
	for i := range n {
		if placed&(1<<i) != 0 {
			continue
		}
		if a.work--; a.work <= 0 {
			return false
		}
		at := 0
		for j := range n {
			if a.apart[axis][i]&placed&(1<<j) != 0 {
				at = max(at, a.at[axis][j]+a.size[j][axis])
			}
		}
		if heights != nil {
			up, _ := slices.BinarySearch(heights[i], at)
			if up == len(heights[i]) {
				continue
			}
			at = heights[i][up]
		}
		if at < last || at+a.size[i][axis] > a.inner[axis] {
			continue
		}
		a.at[axis][i] = at
		if a.lineUp(axis, n, placed|1<<i, at, heights) {
			return true
		}
	}
	return false
}

// heights lists per unit how high it may stand: on any number of others that are neither fragile nor alone in their column.
func (a *apartness) heights() [][]int {
	list := make([][]int, len(a.units))
	for i, it := range a.units {
		list[i] = []int{0}
		for j, other := range a.units {
			if i == j || other.Fragile || !other.stacks() || !it.stacks() {
				continue
			}
			for _, h := range list[i] {
				list[i] = append(list[i], h+a.size[j][2])
			}
		}
		slices.Sort(list[i])
	}
	return list
}

// arrive is called with every pair apart: it finds the places and lets the units down as far as they go.
func (a *apartness) arrive() {
	n := len(a.units)
	if !a.line(0, n, nil) || !a.line(1, n, nil) || !a.line(2, n, a.heights()) {
		return
	}
	a.found = true
	a.answer = a.settle(false)
	if a.answer == nil && a.hanging == nil {
		a.hanging = a.settle(true)
	}
}
