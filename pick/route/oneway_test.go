package route

import (
	"testing"

	"pgregory.net/rapid"
)

// TestTheSweepOfOneWayAislesFindsTheShortestTourAndNothingShorter compares it with the programme over subsets: asked
// for less than a little more than the shortest it finds the shortest, asked for less than that it finds nothing.
func TestTheSweepOfOneWayAislesFindsTheShortestTourAndNothingShorter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, stops := drawFloor(t, rapid.IntRange(1, 5).Draw(t, "cross aisles"), true)
		last := f.CrossAisles[len(f.CrossAisles)-1]
		for range rapid.IntRange(0, 4).Draw(t, "more stops") {
			stops = append(stops, Stop{Aisle: rapid.IntRange(1, len(f.Aisles)).Draw(t, "aisle"), Y: rapid.IntRange(0, last).Draw(t, "y")})
		}
		if f.Validate(stops) != nil || f.measure(stops).reachable(stops, f.single(stops)) != nil {
			t.Skip("no walk on this floor")
		}
		m := f.measure(stops)
		best := m.length(m.heldKarp())
		if best >= far {
			t.Skip("no walk on this floor")
		}
		p := new(planner)
		order, ok := p.directed(f, stops, best+rapid.IntRange(1, 20).Draw(t, "more"), nil)
		if !ok {
			t.Skip("begins or ends in an aisle")
		}
		if !permutation(order, len(stops)) || m.length(order) != best {
			t.Fatalf("%v walks %d, the shortest is %d", order, m.length(order), best)
		}
		if order, ok := p.directed(f, stops, best, nil); order != nil || !ok {
			t.Fatalf("found %v of %d below the shortest, %d", order, m.length(order), best)
		}
	})
}

func TestATourThroughManyOneWayAislesIsProvenShortest(t *testing.T) {
	f, stops := spread(4, 40)
	for i := range f.Aisles {
		f.OneWay = append(f.OneWay, Direction(1-i%2*2))
	}
	tour, err := Plan(f, stops, Options{})
	if err != nil || !tour.Optimal || tour.Method != Sweep {
		t.Fatalf("%+v (%v)", tour, err)
	}
	if length, err := Measure(f, stops, tour.Order); err != nil || length != tour.Length {
		t.Errorf("measured %d (%v), reported %d", length, err, tour.Length)
	}
}
