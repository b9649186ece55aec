package route

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// Method names how a tour was found.
type Method string

// The methods, from exact to plain.
const (
	RatliffRosenthal Method = "ratliff-rosenthal" // exact, one block, back to the depot
	Sweep            Method = "sweep"             // exact, up to five blocks, any drop
	HeldKarp         Method = "held-karp"         // exact, any floor, few stops
	LocalSearch      Method = "local-search"      // S-shape or nearest neighbour, improved
)

// Options chooses between tours.
type Options struct {
	// HeavyFirst prefers, among the tours of the length that was found, one which meets the heavy stops earlier, so
	// that they lie at the bottom of the tote: it turns the tour or stretches of it, and on stretches that are walked
	// there and back it picks heavy stops on the way in. It never makes the tour longer.
	HeavyFirst bool

	// Stop is asked now and then where a tour is improved step by step (floors that are not solved exactly); once it
	// says true the best tour so far is the answer. Nil: a fixed measure of work, the same answer every time.
	// Where it is given, local search goes on until it says true or the bound is reached.
	Stop func() bool
}

// Tour is the answer: in which order to walk, and how far it is. Lengths are millimetres.
type Tour struct {
	Order      []int  // positions in the given stops, each exactly once
	Length     int    // depot, stops in this order, nearest drop; the shortest way between each two
	End        Point  // where the walk ends: the drop that was chosen, or the depot
	Climb      int    // up and down again at every place, to the highest of its stops; the same for every order of places
	SShape     int    // length of the S-shape walk over the same stops, for comparison; 0 when one-way aisles forbid it
	LowerBound int    // no tour is shorter; equal to Length when Optimal
	Optimal    bool   // proven shortest
	Method     Method // how it was found
}

// Plan finds a short tour over all stops. It fails when the floor or a stop is not valid
// (Floor.Validate), or when one-way aisles leave a stop that cannot be reached and left again.
// The same arguments always give the same tour.
func Plan(f Floor, stops []Stop, o Options) (Tour, error) {
	var p Planner
	return p.Plan(f, stops, o)
}

// Planner plans tours one after the other with the same working memory. Its zero value is ready; it must not be used by
// two goroutines at once.
type Planner struct {
	planner planner
}

// Plan is the function Plan.
func (p *Planner) Plan(f Floor, stops []Stop, o Options) (Tour, error) {
	if err := f.Validate(stops); err != nil {
		return Tour{}, err
	}
	if len(stops) == 0 {
		return Tour{Order: []int{}, End: f.Depot, Optimal: true, Method: HeldKarp}, nil
	}
	t, err := p.solve(f, stops, o)
	if err != nil {
		return Tour{}, err
	}
	if o.HeavyFirst {
		t.Order = f.heavyFirst(t.Order, stops)
		t.Length = min(t.Length, f.along(stops, t.Order)) // a tour that was not optimal may have become shorter
	}
	t.Climb = climb(stops, t.Order)
	t.End = f.endOf(stops[t.Order[len(t.Order)-1]])
	return t, nil
}

func (p *Planner) solve(f Floor, stops []Stop, o Options) (Tour, error) {
	if f.swept() {
		if t, ok := p.planner.exact(f, stops); ok {
			_, t.SShape = f.follow(stops, SShape)
			return t, nil
		}
	}
	t, err := f.search(stops, o)
	if err == nil && !t.Optimal && !f.twoWay() {
		p.prove(f, stops, o, &t)
	}
	return t, err
}

// prove makes a tour on a floor with one-way aisles the shortest, where the sweep comes to an end.
func (p *Planner) prove(f Floor, stops []Stop, o Options, t *Tour) {
	shorter, ok := p.planner.directed(f, stops, t.Length, o.Stop)
	if !ok {
		return
	}
	if shorter != nil {
		t.Order, t.Length = shorter, f.along(stops, shorter)
	}
	t.Optimal, t.LowerBound, t.Method = true, t.Length, Sweep
}

// endOf is the drop nearest to the last stop.
func (f Floor) endOf(last Stop) Point {
	if len(f.Drops) == 0 {
		return f.Depot
	}
	ways := f.walks(f.standBy(last), f.ends())
	return f.Drops[slices.Index(ways, slices.Min(ways))]
}

// climb is the way up and down at the places of an order: once for all stops at one place that follow each other.
func climb(stops []Stop, order []int) (total int) {
	highest := 0
	for at, i := range order {
		if at > 0 && (stops[i].Aisle != stops[order[at-1]].Aisle || stops[i].Y != stops[order[at-1]].Y) {
			total, highest = total+2*highest, 0
		}
		highest = max(highest, stops[i].Z)
	}
	return total + 2*highest
}

// Measure is the length in millimetres of the walk from the depot past the stops in the given order to
// the nearest drop. It fails where Plan fails, and when order is not a permutation of the stops.
func Measure(f Floor, stops []Stop, order []int) (int, error) {
	if err := f.Validate(stops); err != nil {
		return 0, err
	}
	if !permutation(order, len(stops)) {
		return 0, fault.Invalidf("order", "route.order", "the order must name each of the %d stops exactly once", len(stops)).
			With("stops", len(stops))
	}
	m := f.measure(stops)
	if err := m.reachable(stops, f.single(stops)); err != nil {
		return 0, err
	}
	length := m.length(order)
	if length >= far {
		return 0, notWalkable()
	}
	return length, nil
}

// BySequence is the plain rule of most warehouses: ascending pick_seq, then location code. It knows
// nothing of the floor and needs none.
func BySequence(stops []Stop) []int {
	order := make([]int, len(stops))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(stops[a].Seq, stops[b].Seq), cmp.Compare(stops[a].Location, stops[b].Location))
	})
	return order
}

func permutation(order []int, n int) bool {
	seen := make([]bool, n)
	for _, i := range order {
		if i < 0 || i >= n || seen[i] {
			return false
		}
		seen[i] = true
	}
	return len(order) == n
}
