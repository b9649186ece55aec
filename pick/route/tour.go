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
	HeldKarp         Method = "held-karp"         // exact, any floor, few stops
	LocalSearch      Method = "local-search"      // S-shape or nearest neighbour, improved
)

// Options chooses between tours.
type Options struct {
	// HeavyFirst walks the tour in that of its two directions which meets the heavy stops earlier, so
	// that they lie at the bottom of the tote. It never makes the tour longer: where the way back has
	// another length (one-way aisles, a drop elsewhere) the direction stays.
	HeavyFirst bool
}

// Tour is the answer: in which order to walk, and how far it is. Lengths are millimetres.
type Tour struct {
	Order      []int  // positions in the given stops, each exactly once
	Length     int    // depot, stops in this order, nearest drop; the shortest way between each two
	SShape     int    // length of the S-shape walk over the same stops, for comparison; 0 when one-way aisles forbid it
	LowerBound int    // no tour is shorter; equal to Length when Optimal
	Optimal    bool   // proven shortest
	Method     Method // how it was found
}

// Plan finds a short tour over all stops. It fails when the floor or a stop is not valid
// (Floor.Validate), or when one-way aisles leave a stop that cannot be reached and left again.
// The same arguments always give the same tour.
func Plan(f Floor, stops []Stop, o Options) (Tour, error) {
	if err := f.Validate(stops); err != nil {
		return Tour{}, err
	}
	if len(stops) == 0 {
		return Tour{Order: []int{}, Optimal: true, Method: HeldKarp}, nil
	}
	m := f.measure(stops)
	if err := m.reachable(stops); err != nil {
		return Tour{}, err
	}
	sOrder, sLength := f.sShape(stops, m)
	t := f.solve(stops, m, sOrder)
	t.Length = m.length(t.Order)
	if t.Length >= far {
		return Tour{}, fault.Invalidf("one_way", "route.no_way_through",
			"the one-way aisles leave no walk past all %d stops; check their directions", len(stops)).With("stops", len(stops))
	}
	if sLength < far {
		t.SShape = sLength
	}
	t.LowerBound = t.Length
	if !t.Optimal {
		t.LowerBound = m.lowerBound()
		t.Optimal = t.LowerBound == t.Length
	}
	if o.HeavyFirst {
		t.Order = m.heavyFirst(t.Order, stops)
	}
	return t, nil
}

func (f Floor) solve(stops []Stop, m matrix, sOrder []int) Tour {
	if f.singleBlock(stops) {
		return Tour{Order: f.ratliffRosenthal(stops), Optimal: true, Method: RatliffRosenthal}
	}
	if len(stops) <= heldKarpStops {
		return Tour{Order: m.heldKarp(), Optimal: true, Method: HeldKarp}
	}
	best := m.improve(sOrder)
	if other := m.improve(m.nearestNeighbour()); m.length(other) < m.length(best) {
		best = other
	}
	return Tour{Order: best, Method: LocalSearch}
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
	if err := m.reachable(stops); err != nil {
		return 0, err
	}
	length := m.length(order)
	if length >= far {
		return 0, fault.Invalidf("order", "route.order_not_walkable",
			"the one-way aisles do not allow this order; plan the tour instead")
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
