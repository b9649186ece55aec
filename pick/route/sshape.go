package route

import (
	"cmp"
	"slices"
)

// sShape gives the order of the S-shape walk and its length. One block: every aisle with stops is
// walked from end to end, the last one is turned in when the picker already stands in front. Several
// blocks (Roodbergen and de Koster 2001): up the first aisle to the farthest block, then block by block
// back towards the depot, each from its nearer side.
//
// With one-way aisles a walk from end to end may be forbidden; then the length is that of the order,
// walked along the shortest way.
func (f Floor) sShape(stops []Stop, m matrix) (order []int, length int) {
	w := newSerpentine(f, stops)
	w.run()
	if !f.twoWay() {
		return w.order, m.length(w.order)
	}
	return w.order, w.length + slices.Min(f.walks(w.at, f.ends()))
}

// serpentine is a picker on an S-shape walk. Levels are the cross aisles counted from the depot's side;
// block b lies between the levels b and b+1.
type serpentine struct {
	floor  Floor
	stops  []Stop
	levels []int // y of each level
	at     place
	done   []bool
	order  []int
	length int
}

func newSerpentine(f Floor, stops []Stop) *serpentine {
	w := &serpentine{floor: f, stops: stops, at: f.standAt(f.Depot), done: make([]bool, len(stops))}
	w.levels = slices.Clone(f.CrossAisles)
	if c, _ := f.gate(f.Depot); 2*c > len(w.levels)-1 {
		slices.Reverse(w.levels)
	}
	return w
}

// depth is the way from the first level towards the last.
func (w *serpentine) depth(y int) int {
	if w.levels[0] > w.levels[len(w.levels)-1] {
		return w.levels[0] - y
	}
	return y - w.levels[0]
}

func (w *serpentine) block(s Stop) int {
	b := 0
	for b+2 < len(w.levels) && w.depth(s.Y) > w.depth(w.levels[b+1]) {
		b++
	}
	return b
}

func (w *serpentine) run() {
	farthest, first := 0, len(w.floor.Aisles)
	for _, s := range w.stops {
		farthest, first = max(farthest, w.block(s)), min(first, s.Aisle-1)
	}
	if farthest > 0 {
		w.pass(first, 0)
		for b := range farthest {
			w.collect(w.open(b, first), true)
		}
		w.pass(first, farthest)
	}
	for b := farthest; b >= 0; b-- {
		w.sweep(b, b == farthest)
	}
}

// sweep walks one block and ends on its depot side. The farthest block is entered from that side, all
// others from the far side, where the block before was left.
func (w *serpentine) sweep(b int, fromFront bool) {
	aisles := w.aisles(b)
	if len(aisles) == 0 {
		return
	}
	if !fromFront && w.wayTo(aisles[len(aisles)-1], b+1) < w.wayTo(aisles[0], b+1) {
		slices.Reverse(aisles)
	}
	inFront := fromFront
	for i, a := range aisles {
		turnIn := inFront && (i == len(aisles)-1 || len(w.levels) == 1)
		entry, exit := b, b+1
		if !inFront {
			entry, exit = b+1, b
		}
		if turnIn {
			exit = b
		}
		w.pass(a, entry)
		w.collect(w.open(b, a), inFront)
		w.pass(a, exit)
		inFront = exit == b
	}
}

// aisles lists those with open stops in block b, from the left.
func (w *serpentine) aisles(b int) []int {
	var found []int
	for i, s := range w.stops {
		if !w.done[i] && w.block(s) == b {
			found = append(found, s.Aisle-1)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// open lists the stops not yet visited in one aisle of block b, going away from the depot.
func (w *serpentine) open(b, aisle int) []int {
	var found []int
	for i, s := range w.stops {
		if !w.done[i] && s.Aisle-1 == aisle && w.block(s) == b {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(i, j int) int {
		return cmp.Compare(w.depth(w.stops[i].Y), w.depth(w.stops[j].Y))
	})
	return found
}

func (w *serpentine) collect(stops []int, away bool) {
	if !away {
		slices.Reverse(stops)
	}
	for _, i := range stops {
		w.step(w.floor.standBy(w.stops[i]))
		w.done[i] = true
		w.order = append(w.order, i)
	}
}

// pass walks to where an aisle meets a level.
func (w *serpentine) pass(aisle, level int) {
	w.step(w.floor.standIn(aisle, w.levels[level]))
}

func (w *serpentine) wayTo(aisle, level int) int {
	return w.floor.walk(w.at, w.floor.standIn(aisle, w.levels[level]))
}

func (w *serpentine) step(to place) {
	w.length += w.floor.walk(w.at, to)
	w.at = to
}
