package route

import (
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// Rule is a plain rule by which pickers walk without a computer: what a planned tour is compared with.
type Rule string

// The rules. In one block all of them are those of Hall (1993) and Petersen (1997). Over several blocks the walk goes up
// the first aisle to the farthest block and then block by block back towards the depot, as Roodbergen and de Koster
// (2001) describe it for the S-shape; Midpoint and LargestGap are for one block only.
const (
	SShape     Rule = "s-shape"     // every aisle with stops from end to end; the last is turned in where that is nearer
	Return     Rule = "return"      // in and out at the same end of every aisle
	Midpoint   Rule = "midpoint"    // the near halves from the front, the far halves from the back
	LargestGap Rule = "largest-gap" // in from both ends, leaving out the widest gap of every aisle
	Combined   Rule = "combined"    // every aisle through or in and out, whichever makes the walk from left to right shortest
)

// Rules lists the plain rules that serve a floor.
func (f Floor) Rules() []Rule {
	if len(f.CrossAisles) == 2 {
		return []Rule{SShape, Return, Midpoint, LargestGap, Combined}
	}
	return []Rule{SShape, Return, Combined}
}

// Walk is the walk of a plain rule: the order of the stops, and its length in millimetres from the depot to the nearest
// drop. On a floor with one-way aisles the order is the rule's, walked along the shortest permitted way. Faults:
// route.rule where the floor has too many blocks for it, route.order_not_walkable where one-way aisles forbid the
// order, and those of Floor.Validate.
func Walk(f Floor, stops []Stop, rule Rule) (order []int, length int, err error) {
	if err := f.Validate(stops); err != nil {
		return nil, 0, err
	}
	if !slices.Contains(f.Rules(), rule) {
		return nil, 0, fault.Invalidf("rule", "route.rule", "there is no rule %q for a floor of %d cross aisles", string(rule), len(f.CrossAisles)).
			With("rule", string(rule))
	}
	if len(stops) == 0 {
		return []int{}, 0, nil
	}
	order, length = f.follow(stops, rule)
	if length >= far {
		return nil, 0, notWalkable()
	}
	return order, length, nil
}

func notWalkable() error {
	return fault.Invalidf("order", "route.order_not_walkable", "the one-way aisles do not allow this order; plan the tour instead")
}

// follow walks by a rule; the length is at least far when one-way aisles forbid it.
func (f Floor) follow(stops []Stop, rule Rule) (order []int, length int) {
	w := newWalker(f, stops)
	w.run(rule)
	if !f.twoWay() {
		return w.order, f.along(stops, w.order)
	}
	return w.order, w.length + slices.Min(f.walks(w.at, f.ends()))
}

// along is the length of a walk past the stops in an order, or at least far when there is none.
func (f Floor) along(stops []Stop, order []int) int {
	at, total := f.standAt(f.Depot), 0
	for _, i := range order {
		to := f.standBy(stops[i])
		total += f.walk(at, to)
		at = to
	}
	return total + slices.Min(f.walks(at, f.ends()))
}

// run goes to the farthest block and sweeps block by block back to the depot.
func (w *walker) run(rule Rule) {
	farthest := w.racks[len(w.racks)-1].block
	if farthest > 0 {
		leftmost := slices.MinFunc(w.racks, func(a, b rack) int { return a.aisle - b.aisle }).aisle
		w.pass(leftmost, 0)
		for i := range w.racks {
			if w.racks[i].aisle == leftmost && w.racks[i].block < farthest {
				w.collect(&w.racks[i], true)
			}
		}
		w.pass(leftmost, farthest)
	}
	for b := farthest; b >= 0; b-- {
		w.block(rule, b, b == farthest)
	}
}

// block walks one block and ends on its depot side. The farthest block is entered from that side, all others from the
// far side, where the block before was left.
func (w *walker) block(rule Rule, b int, fromFront bool) {
	racks := w.open(b)
	if len(racks) == 0 {
		return
	}
	if !fromFront && w.wayTo(racks[len(racks)-1].aisle, b+1) < w.wayTo(racks[0].aisle, b+1) {
		slices.Reverse(racks)
	}
	switch rule {
	case Return:
		w.inAndOut(racks, b, fromFront)
	case Combined:
		w.cheapest(racks, b, fromFront)
	case Midpoint, LargestGap:
		w.aroundTheBlock(racks, rule)
	default:
		w.serpentine(racks, b, fromFront)
	}
}

// serpentine walks through every aisle; who already stands in front of the last one turns in it.
func (w *walker) serpentine(racks []*rack, b int, inFront bool) {
	for i, r := range racks {
		through := !inFront || (i < len(racks)-1 && len(w.levels) > 1)
		w.visit(r, b, inFront, through)
		inFront = inFront != through
	}
}

// inAndOut turns in every aisle, and walks through the last one where the block is to be left on the other side.
func (w *walker) inAndOut(racks []*rack, b int, inFront bool) {
	for i, r := range racks {
		w.visit(r, b, inFront, !inFront && i == len(racks)-1)
	}
}

// aroundTheBlock goes through the first aisle to the back, along the back into the far ends of the aisles between, back
// through the last aisle, and along the front into the near ends.
func (w *walker) aroundTheBlock(racks []*rack, rule Rule) {
	last := len(racks) - 1
	if last == 0 {
		w.visit(racks[0], 0, true, false)
		return
	}
	w.visit(racks[0], 0, true, true)
	for _, r := range racks[1:last] {
		n := w.split(r, rule)
		beyond := rack{aisle: r.aisle, stops: r.stops[n:]}
		r.stops = r.stops[:n]
		w.visit(&beyond, 0, false, false)
	}
	w.visit(racks[last], 0, false, true)
	for i := last - 1; i > 0; i-- {
		w.visit(racks[i], 0, true, false)
	}
}

// split is how many stops of an aisle are visited from the front.
func (w *walker) split(r *rack, rule Rule) int {
	high := w.depth(w.levels[1])
	if rule == Midpoint {
		n := 0
		for n < len(r.stops) && 2*w.depth(w.stops[r.stops[n]].Y) <= high {
			n++
		}
		return n
	}
	at, widest, before := 0, -1, 0
	for i := 0; i <= len(r.stops); i++ {
		here := high
		if i < len(r.stops) {
			here = w.depth(w.stops[r.stops[i]].Y)
		}
		if here-before > widest {
			at, widest = i, here-before
		}
		before = here
	}
	return at
}
