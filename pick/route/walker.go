package route

import "slices"

// walker is a picker who follows a rule. Levels are the cross aisles counted from the depot's side; block b lies between
// the levels b and b+1.
type walker struct {
	floor  Floor
	stops  []Stop
	levels []int // y of each level
	racks  []rack
	at     place
	order  []int
	length int
}

// rack holds the stops of one aisle in one block, going away from the depot.
type rack struct {
	block, aisle int
	stops        []int
}

func newWalker(f Floor, stops []Stop) *walker {
	w := &walker{floor: f, stops: stops, at: f.standAt(f.Depot), levels: f.CrossAisles, order: make([]int, 0, len(stops))}
	if c, _ := f.gate(f.Depot); 2*c > len(w.levels)-1 {
		w.levels = slices.Clone(w.levels)
		slices.Reverse(w.levels)
	}
	w.fill()
	return w
}

// fill puts the stops into their racks: by block, then from the left.
func (w *walker) fill() {
	keys := make([]keyed, len(w.stops))
	for i, s := range w.stops {
		keys[i] = keyed{key: (w.blockOf(s)*mostAisles+s.Aisle)<<heightBits + w.depth(s.Y) + w.offset(), stop: i}
	}
	sorted := inOrder(make([]int, 0, len(keys)), keys)
	for i, s := range sorted {
		block, aisle := w.blockOf(w.stops[s]), w.stops[s].Aisle-1
		if n := len(w.racks); n == 0 || w.racks[n-1].block != block || w.racks[n-1].aisle != aisle {
			w.racks = append(w.racks, rack{block: block, aisle: aisle, stops: sorted[i:i]})
		}
		r := &w.racks[len(w.racks)-1]
		r.stops = r.stops[:len(r.stops)+1]
	}
}

// offset lifts every depth above zero.
func (w *walker) offset() int { return mostMM + abs(w.levels[0]) }

// depth is the way from the first level towards the last.
func (w *walker) depth(y int) int {
	if w.levels[0] > w.levels[len(w.levels)-1] {
		return w.levels[0] - y
	}
	return y - w.levels[0]
}

func (w *walker) blockOf(s Stop) int {
	b := 0
	for b+2 < len(w.levels) && w.depth(s.Y) > w.depth(w.levels[b+1]) {
		b++
	}
	return b
}

// open lists the racks of a block that hold stops not yet visited, from the left.
func (w *walker) open(b int) []*rack {
	var found []*rack
	for i := range w.racks {
		if w.racks[i].block == b && len(w.racks[i].stops) > 0 {
			found = append(found, &w.racks[i])
		}
	}
	return found
}

// visit goes to a rack from the depot's side of its block (or the other), past its stops, and out: through it, or back.
// A rack without stops is not visited.
func (w *walker) visit(r *rack, b int, inFront, through bool) {
	if len(r.stops) == 0 {
		return
	}
	entry, exit := b, b+1
	if !inFront {
		entry, exit = b+1, b
	}
	if !through {
		exit = entry
	}
	w.pass(r.aisle, entry)
	w.collect(r, inFront)
	w.pass(r.aisle, exit)
}

func (w *walker) collect(r *rack, away bool) {
	if !away {
		slices.Reverse(r.stops)
	}
	for _, i := range r.stops {
		w.step(w.floor.standBy(w.stops[i]))
		w.order = append(w.order, i)
	}
	r.stops = nil
}

// pass walks to where an aisle meets a level.
func (w *walker) pass(aisle, level int) {
	w.step(w.floor.standIn(aisle, w.levels[level]))
}

func (w *walker) wayTo(aisle, level int) int {
	return w.floor.walk(w.at, w.floor.standIn(aisle, w.levels[level]))
}

func (w *walker) step(to place) {
	w.length += w.floor.walk(w.at, to)
	w.at = to
}
