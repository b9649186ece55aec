package route

import "slices"

// swept reports whether the sweep finds the shortest tour on this floor: aisles walked both ways, and few enough cross
// aisles.
func (f Floor) swept() bool {
	return f.twoWay() && len(f.CrossAisles) <= maxRows
}

// oneBlock reports a floor of two cross aisles and two-way aisles, on which a walk begins and ends at one place on a
// cross aisle.
func (f Floor) oneBlock() bool {
	return len(f.CrossAisles) == 2 && f.twoWay() && f.round() && f.aisleAt(f.Depot) == outside
}

// round reports a walk that ends where it began.
func (f Floor) round() bool {
	return !slices.ContainsFunc(f.Drops, func(p Point) bool { return p != f.Depot })
}

// exact sweeps for every place where the walk may end and keeps the shortest. ok is false where that would take too
// much memory, or where the walk begins or ends in the middle of an aisle and is no round.
func (p *planner) exact(f Floor, stops []Stop) (t Tour, ok bool) {
	if a := f.aisleAt(f.Depot); a != outside && f.round() {
		return p.fromTheMiddle(f, stops, a)
	}
	inAisle := func(p Point) bool { return f.aisleAt(p) != outside }
	if inAisle(f.Depot) || slices.ContainsFunc(f.Drops, inAisle) {
		return t, false
	}
	depot := f.gateOf(f.Depot)
	t.Length = far
	for _, drop := range f.endGates() {
		walks, ends := &closedWalks, []gate{depot}
		if drop.x != depot.x || drop.row != depot.row {
			walks, ends = &openWalks, []gate{depot, drop}
		}
		length, ok := p.sweep(walks[len(f.CrossAisles)](), f, stops, ends)
		if !ok {
			return t, false
		}
		length += depot.stub + drop.stub
		if length >= t.Length {
			continue
		}
		start := slices.IndexFunc(p.cols, func(c column) bool { return c.at(depot) })
		t.Order = append(t.Order[:0], p.walk(f, stops, start*len(f.CrossAisles)+depot.row)...)
		t.Length = length
	}
	t.Optimal, t.Method, t.LowerBound = true, Sweep, t.Length
	if f.oneBlock() {
		t.Method = RatliffRosenthal
	}
	return t, true
}

// fromTheMiddle plans a round from a depot in an aisle: a round past one more stop, begun there.
func (p *planner) fromTheMiddle(f Floor, stops []Stop, aisle int) (t Tour, ok bool) {
	if !slices.ContainsFunc(stops, func(s Stop) bool { return s.Aisle-1 != aisle }) {
		return f.upAndDown(stops), true
	}
	stops = append(slices.Clone(stops), Stop{Aisle: aisle + 1, Y: f.Depot.Y})
	table := closedWalks[len(f.CrossAisles)]()
	if t.Length, ok = p.sweep(table, f, stops, nil); !ok {
		return t, false
	}
	walk := p.walk(f, stops, len(f.CrossAisles)*len(p.cols)+len(stops)-1)
	t.Order = slices.DeleteFunc(slices.Clone(walk), func(i int) bool { return i == len(stops)-1 })
	t.Optimal, t.Method, t.LowerBound = true, Sweep, t.Length
	return t, true
}

// upAndDown is the round past stops in the depot's own aisle: up to the last of them, and down to the first.
func (f Floor) upAndDown(stops []Stop) Tour {
	t := Tour{Optimal: true, Method: Sweep}
	for i := range stops {
		t.Order = append(t.Order, i)
	}
	place := func(i int) int { // those above in ascending order, then those below in descending order
		if y := stops[i].Y; y < f.Depot.Y {
			return 2*mostMM - y
		}
		return stops[i].Y
	}
	slices.SortStableFunc(t.Order, func(i, j int) int { return place(i) - place(j) })
	low, high := f.Depot.Y, f.Depot.Y
	for _, s := range stops {
		low, high = min(low, s.Y), max(high, s.Y)
	}
	t.Length = 2 * (high - low)
	t.LowerBound = t.Length
	return t
}

// endGates lists where the walk may end, each place once, from the shortest way behind it.
func (f Floor) endGates() []gate {
	if len(f.Drops) == 0 {
		return []gate{f.gateOf(f.Depot)}
	}
	var gates []gate
	for _, p := range f.Drops {
		g := f.gateOf(p)
		i := slices.IndexFunc(gates, func(o gate) bool { return o.x == g.x && o.row == g.row })
		if i < 0 {
			gates = append(gates, g)
		} else {
			gates[i].stub = min(gates[i].stub, g.stub)
		}
	}
	return gates
}
