package route

import (
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// Bounds of the search on floors that are not swept.
const (
	matrixVisits = 1500 // beyond, the ways between all pairs are not held in memory: the answer is the best of the rules
	searchRounds = 60   // how often a tour is shaken when nobody says how long
)

// search is for floors that are not swept: Held and Karp's programme for few visits, local search for many.
func (f Floor) search(stops []Stop, o Options) (t Tour, err error) {
	visits := f.visits(stops)
	var plain []int
	if plain, t.SShape = f.follow(stops, SShape); t.SShape >= far {
		t.SShape = 0
	}
	if len(visits) > matrixVisits {
		return f.tooMany(t, stops)
	}
	m := f.waysBetween(visits)
	if err := m.reachable(stops, visits); err != nil {
		return Tour{}, err
	}
	var order []int
	if len(visits) <= heldKarpStops {
		order, t.Optimal, t.Method = m.heldKarp(), true, HeldKarp
	} else {
		order, t.LowerBound = m.bestOf(m.sequence(visits, plain), o.Stop)
		t.Method = LocalSearch
	}
	inner := 0
	for _, i := range order {
		t.Order = append(t.Order, visits[i].stops...)
		inner += visits[i].inner
	}
	t.Length = m.length(order) + inner
	if t.Length >= far {
		return Tour{}, noWayThrough(len(stops))
	}
	if t.Optimal {
		t.LowerBound = t.Length
	} else {
		t.LowerBound = min(max(t.LowerBound+inner, f.atLeast(stops)), t.Length)
		t.Optimal = t.LowerBound == t.Length
	}
	return t, nil
}

func noWayThrough(stops int) error {
	return fault.Invalidf("one_way", "route.no_way_through",
		"the one-way aisles leave no walk past all %d stops; check their directions", stops).With("stops", stops)
}

// tooMany answers with the best of the rules where there are more places than can be compared pair by pair.
func (f Floor) tooMany(t Tour, stops []Stop) (Tour, error) {
	t.Length, t.Method = far, LocalSearch
	for _, rule := range f.Rules() {
		if order, length := f.follow(stops, rule); length < t.Length {
			t.Order, t.Length = order, length
		}
	}
	if t.Length >= far {
		return Tour{}, noWayThrough(len(stops))
	}
	t.Length = f.along(stops, t.Order)
	t.LowerBound = f.atLeast(stops)
	t.Optimal = t.LowerBound == t.Length
	return t, nil
}

// bestOf improves the given order and that of the nearest neighbour, and shakes the better of them as long as there is
// time: a stretch is taken out and put elsewhere at random, and the tour improved again. It tells its lower bound too.
func (m matrix) bestOf(plain []int, stop func() bool) (best []int, bound int) {
	bound = m.lowerBound()
	best = m.improve(plain)
	if other := m.improve(m.nearestNeighbour()); m.length(other) < m.length(best) {
		best = other
	}
	length := m.length(best)
	var dice chance
	for round := 0; length > bound && length < far; round++ {
		if (stop == nil && round >= searchRounds) || (stop != nil && stop()) {
			break
		}
		next := m.improve(dice.shake(best))
		if l := m.length(next); l <= length {
			best, length = next, l
		}
	}
	return best, bound
}

// chance is a fixed sequence of numbers that look random (Weyl sequence through the mixer of Steele, Lea and Flood 2014).
type chance uint64

func (c *chance) below(n int) int {
	*c += 0x9e3779b97f4a7c15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

// shake exchanges two neighbouring stretches of up to fifty visits (the double bridge of Martin, Otto and Felten 1991).
func (c *chance) shake(order []int) []int {
	next := slices.Clone(order)
	n := len(next)
	i := c.below(n - 1)
	rest := min(n-i, 100)
	j := i + 1 + c.below(rest-1)
	k := j + 1 + c.below(i+rest-j)
	rotate(next[i:k], j-i)
	return next
}
