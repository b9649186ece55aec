package route

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawFloor makes small floors on a coarse grid, so that ties and coincidences are frequent.
func drawFloor(t *rapid.T, crossAisles int, oneWay bool) (Floor, []Stop) {
	f := Floor{Depot: Point{rapid.IntRange(0, 8).Draw(t, "depot x"), rapid.SampledFrom([]int{0, 0, 5}).Draw(t, "depot y")}}
	x := 0
	for range rapid.IntRange(1, 5).Draw(t, "aisles") {
		f.Aisles = append(f.Aisles, x)
		if oneWay {
			f.OneWay = append(f.OneWay, Direction(rapid.IntRange(-1, 1).Draw(t, "direction")))
		}
		x += rapid.IntRange(1, 4).Draw(t, "gap")
	}
	y := 0
	for range crossAisles {
		f.CrossAisles = append(f.CrossAisles, y)
		y += rapid.IntRange(3, 10).Draw(t, "block")
	}
	last := f.CrossAisles[crossAisles-1]
	if rapid.Bool().Draw(t, "depot at the back") {
		f.Depot.Y = last + rapid.IntRange(0, 3).Draw(t, "stub")
	}
	if rapid.IntRange(0, 3).Draw(t, "another drop") == 0 {
		f.Drops = []Point{{rapid.IntRange(0, 9).Draw(t, "drop x"), last - rapid.IntRange(0, 2).Draw(t, "drop y")}, {2, 0}}
	}
	var stops []Stop
	for range rapid.IntRange(1, 6).Draw(t, "stops") {
		stops = append(stops, Stop{
			Aisle: rapid.IntRange(1, len(f.Aisles)).Draw(t, "aisle"),
			Y:     rapid.IntRange(0, last).Draw(t, "y"),
			G:     rapid.IntRange(0, 9).Draw(t, "g"),
		})
	}
	return f, stops
}

// shortest tries every order.
func shortest(m matrix) int {
	order := make([]int, m.visits())
	for i := range order {
		order[i] = i
	}
	best := far
	var permute func(k int)
	permute = func(k int) {
		if k == len(order) {
			best = min(best, m.length(order))
			return
		}
		for i := k; i < len(order); i++ {
			order[k], order[i] = order[i], order[k]
			permute(k + 1)
			order[k], order[i] = order[i], order[k]
		}
	}
	permute(0)
	return best
}

func TestASingleBlockTourIsAsShortAsTheBestOfAllOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, stops := drawFloor(t, 2, false)
		f.Drops = nil
		tour, err := Plan(f, stops, Options{})
		if err != nil {
			t.Fatal(err)
		}
		best := shortest(f.measure(stops))
		if tour.Length != best || (tour.Method == RatliffRosenthal) != f.oneBlock() {
			t.Fatalf("%s walked %d, the best order walks %d", tour.Method, tour.Length, best)
		}
	})
}

func TestAFewStopsOnAnyFloorAreWalkedTheShortestWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, stops := drawFloor(t, rapid.IntRange(1, 6).Draw(t, "cross aisles"), rapid.Bool().Draw(t, "one-way"))
		if f.twoWay() {
			stops[0].Y += rapid.SampledFrom([]int{0, -60, 60}).Draw(t, "dead end")
		}
		tour, err := Plan(f, stops, Options{})
		if err != nil {
			t.Skip("no walk on this floor")
		}
		m := f.measure(stops)
		if best := shortest(m); tour.Length != best {
			t.Fatalf("%s walked %d, the best order walks %d", tour.Method, tour.Length, best)
		}
		if b := m.lowerBound(); b > tour.Length {
			t.Fatalf("lower bound %d above the best tour %d", b, tour.Length)
		}
		if tour.SShape != 0 && tour.SShape < tour.Length {
			t.Fatalf("S-shape %d below the best tour %d", tour.SShape, tour.Length)
		}
	})
}

// TestTheSweepWalksNoFurtherThanTheProgrammeOverSubsets compares two exact methods that share nothing but the distances.
func TestTheSweepWalksNoFurtherThanTheProgrammeOverSubsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, stops := drawFloor(t, rapid.IntRange(2, 6).Draw(t, "cross aisles"), false)
		last := f.CrossAisles[len(f.CrossAisles)-1]
		for range rapid.IntRange(0, 4).Draw(t, "more stops") {
			stops = append(stops, Stop{Aisle: rapid.IntRange(1, len(f.Aisles)).Draw(t, "aisle"), Y: rapid.IntRange(0, last).Draw(t, "y")})
		}
		tour, ok := new(planner).exact(f, stops)
		if !ok {
			t.Skip("begins or ends in an aisle")
		}
		m := f.measure(stops)
		if best := m.length(m.heldKarp()); tour.Length != best || m.length(tour.Order) != best {
			t.Fatalf("swept %d, walked %d, the best is %d", tour.Length, m.length(tour.Order), best)
		}
	})
}

// TestBoundsOfManyStopsHold compares the bounds of local search with tours that are known to be the shortest.
func TestBoundsOfManyStopsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, stops := drawFloor(t, rapid.IntRange(2, 5).Draw(t, "cross aisles"), false)
		last := f.CrossAisles[len(f.CrossAisles)-1]
		for range rapid.IntRange(10, 30).Draw(t, "more stops") {
			stops = append(stops, Stop{Aisle: rapid.IntRange(1, len(f.Aisles)).Draw(t, "aisle"), Y: rapid.IntRange(0, last).Draw(t, "y")})
		}
		tour, err := Plan(f, stops, Options{})
		if err != nil {
			t.Fatal(err)
		}
		searched, err := f.search(stops, Options{})
		if err != nil || tour.Optimal && (searched.Length < tour.Length || searched.LowerBound > tour.Length) {
			t.Fatalf("searched %d with a bound of %d (%v), the best is %d", searched.Length, searched.LowerBound, err, tour.Length)
		}
	})
}

func TestImprovementKeepsEveryStopAndNeverLengthensTheTour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, stops := drawFloor(t, 3, rapid.Bool().Draw(t, "one-way"))
		for range 4 {
			stops = append(stops, stops...)
			if len(stops) > 30 {
				break
			}
		}
		for i := range stops {
			stops[i].Y = (stops[i].Y + 7*i) % (f.CrossAisles[2] + 1)
		}
		tour, err := Plan(f, stops, Options{HeavyFirst: true})
		if err != nil {
			t.Skip("no walk on this floor")
		}
		length, err := Measure(f, stops, tour.Order)
		if err != nil || length != tour.Length {
			t.Fatalf("measured %d (%v), reported %d", length, err, tour.Length)
		}
		if (tour.SShape != 0 && tour.Length > tour.SShape) || tour.LowerBound > tour.Length {
			t.Fatalf("bound %d, length %d, S-shape %d", tour.LowerBound, tour.Length, tour.SShape)
		}
	})
}

// TestWalksOnOneWayCodeAgreeWithTheFormula compares the two ways to measure on floors without one-way aisles.
func TestWalksOnOneWayCodeAgreeWithTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, stops := drawFloor(t, rapid.IntRange(1, 4).Draw(t, "cross aisles"), false)
		last := f.CrossAisles[len(f.CrossAisles)-1]
		places := append(f.ends(), f.standAt(f.Depot), f.standAt(Point{3, last + 2}))
		for _, s := range stops {
			places = append(places, f.standBy(s))
		}
		for _, a := range places {
			for _, b := range places {
				if a == b {
					continue
				}
				if x, y := f.walkFreely(a, b), f.arrive(f.reach(a), a, b); x != y {
					t.Fatalf("%+v to %+v: %d by the formula, %d by the grid", a, b, x, y)
				}
			}
		}
	})
}

func TestTheSShapeIsTheWalkOfTheTextbook(t *testing.T) {
	f := Floor{Aisles: []int{0, 2, 4, 6}, CrossAisles: []int{0, 15}}
	cases := []struct {
		name  string
		stops []Stop
		want  int
	}{
		{"two aisles are both walked through", []Stop{{Aisle: 1, Y: 3}, {Aisle: 3, Y: 4}}, 15 + 4 + 15 + 4},
		{"the last of an odd number is turned in", []Stop{{Aisle: 1, Y: 3}, {Aisle: 2, Y: 4}, {Aisle: 4, Y: 5}}, 15 + 2 + 15 + 4 + 10 + 6},
		{"one aisle is turned in", []Stop{{Aisle: 2, Y: 9}, {Aisle: 2, Y: 1}}, 2 + 18 + 2},
	}
	for _, c := range cases {
		tour, err := Plan(f, c.stops, Options{})
		if err != nil || tour.SShape != c.want {
			t.Errorf("%s: %d (%v), want %d", c.name, tour.SShape, err, c.want)
		}
	}
}

func TestTheSShapeOfTwoBlocksStartsInTheFarOne(t *testing.T) {
	f := Floor{Aisles: []int{0, 5}, CrossAisles: []int{0, 10, 20}}
	stops := []Stop{{Aisle: 2, Y: 4}, {Aisle: 1, Y: 3}, {Aisle: 1, Y: 15}, {Aisle: 2, Y: 12}}
	order, length := f.follow(stops, SShape)
	if want := []int{1, 2, 3, 0}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
	if length != 50 {
		t.Errorf("length %d, want 50: up one side, down the other", length)
	}
}

func TestAnAisleIsNeverWalkedAgainstItsDirection(t *testing.T) {
	f := Floor{Aisles: []int{0, 5}, CrossAisles: []int{0, 10}, OneWay: []Direction{Up, Down}}
	tour, err := Plan(f, []Stop{{Aisle: 1, Y: 2}}, Options{})
	if err != nil || tour.Length != 30 {
		t.Errorf("a round of 30 is the only way, got %d (%v)", tour.Length, err)
	}
}

func TestHeavyStopsComeFirstWhenTheTourCanBeTurned(t *testing.T) {
	f := Floor{Aisles: []int{0, 5, 10}, CrossAisles: []int{0, 10}}
	for _, g := range [][2]int{{10, 9000}, {9000, 10}} {
		stops := []Stop{{Aisle: 1, Y: 9, G: g[0]}, {Aisle: 3, Y: 9, G: g[1]}}
		plain, _ := Plan(f, stops, Options{})
		heavy, err := Plan(f, stops, Options{HeavyFirst: true})
		if err != nil || stops[heavy.Order[0]].G != 9000 || heavy.Length != plain.Length {
			t.Errorf("order %v of %d, plain %d (%v)", heavy.Order, heavy.Length, plain.Length, err)
		}
	}
}

func TestBySequenceFollowsPickSeqThenLocation(t *testing.T) {
	got := BySequence([]Stop{{Location: "B", Seq: 2}, {Location: "C", Seq: 1}, {Location: "A", Seq: 2}})
	if want := []int{1, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
