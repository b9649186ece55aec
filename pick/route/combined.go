package route

// cheapest is the combined rule of Roodbergen and de Koster (2001): from the first aisle to the last, each through or
// in and out, by a dynamic programme over the side on which the picker stands behind each aisle.
func (w *walker) cheapest(racks []*rack, b int, inFront bool) {
	if len(w.levels) == 1 {
		w.inAndOut(racks, b, true)
		return
	}
	const front, back = 0, 1
	through := make([][2]bool, len(racks)) // by the side behind the aisle
	cost := [2]int{far, far}
	if inFront {
		cost[front] = 0
	} else {
		cost[back] = 0
	}
	low, high := w.depth(w.levels[b]), w.depth(w.levels[b+1])
	for i, r := range racks {
		first, last := w.depth(w.stops[r.stops[0]].Y), w.depth(w.stops[r.stops[len(r.stops)-1]].Y)
		turn := [2]int{2 * (last - low), 2 * (high - first)}
		next := [2]int{cost[front] + turn[front], cost[back] + turn[back]}
		for side := range next {
			if c := cost[1-side] + high - low; c < next[side] {
				next[side], through[i][side] = c, true
			}
		}
		cost = next
	}
	w.followChoices(racks, b, inFront, through)
}

// followChoices walks what the programme chose, so that the block is left on its depot side.
func (w *walker) followChoices(racks []*rack, b int, inFront bool, through [][2]bool) {
	walk := make([]bool, len(racks))
	side := 0
	for i := len(racks) - 1; i >= 0; i-- {
		walk[i] = through[i][side]
		if walk[i] {
			side = 1 - side
		}
	}
	for i, r := range racks {
		w.visit(r, b, inFront, walk[i])
		inFront = inFront != walk[i]
	}
}
