package route

import (
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
)

func TestAFloorThatCannotBeWalkedIsRefusedWithItsReason(t *testing.T) {
	block := []int{0, 10}
	cases := []struct {
		name  string
		floor Floor
		stop  Stop
		code  string
	}{
		{"no aisle", Floor{CrossAisles: block}, Stop{Aisle: 1}, "route.aisles"},
		{"aisles out of order", Floor{Aisles: []int{5, 0}, CrossAisles: block}, Stop{Aisle: 1}, "route.aisles"},
		{"no cross aisle", Floor{Aisles: []int{0}}, Stop{Aisle: 1}, "route.cross_aisles"},
		{"two cross aisles at one place", Floor{Aisles: []int{0}, CrossAisles: []int{3, 3}}, Stop{Aisle: 1}, "route.cross_aisles"},
		{"directions for some aisles", Floor{Aisles: []int{0, 1}, CrossAisles: block, OneWay: []Direction{Up}}, Stop{Aisle: 1}, "route.one_way"},
		{"no such direction", Floor{Aisles: []int{0}, CrossAisles: block, OneWay: []Direction{2}}, Stop{Aisle: 1}, "route.direction"},
		{"no such aisle", Floor{Aisles: []int{0}, CrossAisles: block}, Stop{Aisle: 2}, "route.no_such_aisle"},
		{"one-way dead end", Floor{Aisles: []int{0}, CrossAisles: block, OneWay: []Direction{Up}}, Stop{Aisle: 1, Y: 11}, "route.one_way_dead_end"},
		{"up and never down", Floor{Aisles: []int{0, 1}, CrossAisles: block, OneWay: []Direction{Up, Up}}, Stop{Aisle: 1, Y: 5}, "route.unreachable"},
	}
	for _, c := range cases {
		_, err := Plan(c.floor, []Stop{c.stop}, Options{})
		if fault.Code(err) != c.code {
			t.Errorf("%s: %v, want %s", c.name, err, c.code)
		}
	}
}

func TestMeasureRefusesAnOrderThatForgetsAStop(t *testing.T) {
	f := Floor{Aisles: []int{0}, CrossAisles: []int{0, 10}}
	stops := []Stop{{Aisle: 1, Y: 1}, {Aisle: 1, Y: 2}}
	for _, order := range [][]int{{0}, {0, 0}, {0, 2}, {0, 1, 0}} {
		if _, err := Measure(f, stops, order); fault.Code(err) != "route.order" {
			t.Errorf("%v: %v", order, err)
		}
	}
}

func TestNothingToPickIsNoWalk(t *testing.T) {
	tour, err := Plan(Floor{Aisles: []int{0}, CrossAisles: []int{0}}, nil, Options{})
	if err != nil || tour.Length != 0 || !tour.Optimal {
		t.Errorf("%+v (%v)", tour, err)
	}
}
