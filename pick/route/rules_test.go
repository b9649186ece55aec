package route

import (
	"slices"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"pgregory.net/rapid"
)

func TestEveryRulePassesEveryStopAndIsNoShorterThanTheTour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, stops := drawFloor(t, rapid.IntRange(1, 4).Draw(t, "cross aisles"), false)
		tour, err := Plan(f, stops, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, rule := range f.Rules() {
			order, length, err := Walk(f, stops, rule)
			if err != nil {
				t.Fatal(err)
			}
			shortest, err := Measure(f, stops, order)
			if err != nil || shortest > length || tour.LowerBound > length {
				t.Fatalf("%s walks %d past %v; along the shortest ways that is %d (%v), and the tour is %d", rule, length, order, shortest, err, tour.Length)
			}
		}
	})
}

func TestTheRulesWalkAsTheTextbookDraws(t *testing.T) {
	f := Floor{Aisles: []int{0, 2, 4}, CrossAisles: []int{0, 10}}
	stops := []Stop{{Aisle: 1, Y: 3}, {Aisle: 2, Y: 2}, {Aisle: 2, Y: 7}, {Aisle: 3, Y: 4}}
	for rule, want := range map[Rule]struct {
		length int
		order  []int
	}{
		SShape:     {2*10 + 8 + 2*4, []int{0, 2, 1, 3}},
		Return:     {2*(3+7+4) + 8, []int{0, 1, 2, 3}},
		Midpoint:   {10 + 2*3 + 10 + 2*2 + 8, []int{0, 2, 3, 1}},
		LargestGap: {10 + 2*3 + 10 + 2*2 + 8, []int{0, 2, 3, 1}},
		Combined:   {2*3 + 10 + 10 + 8, []int{0, 1, 2, 3}},
	} {
		order, length, err := Walk(f, stops, rule)
		if err != nil || length != want.length || !slices.Equal(order, want.order) {
			t.Errorf("%s: %v of %d (%v), want %v of %d", rule, order, length, err, want.order, want.length)
		}
	}
}

func TestARuleForOneBlockIsRefusedOnSeveral(t *testing.T) {
	f := Floor{Aisles: []int{0}, CrossAisles: []int{0, 5, 10}}
	if _, _, err := Walk(f, []Stop{{Aisle: 1, Y: 1}}, Midpoint); fault.Code(err) != "route.rule" {
		t.Error(err)
	}
}
