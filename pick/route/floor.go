package route

import (
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// Point is a place on the floor plan, in millimetres.
type Point struct {
	X, Y int
}

// Direction says how an aisle may be walked.
type Direction int8

// Down leads towards smaller y, Up towards larger y.
const (
	Down    Direction = -1
	TwoWay  Direction = 0
	Up      Direction = 1
	outside           = -1 // an aisle index that is no aisle: the point lies on a cross aisle
)

// Floor is a zone of parallel aisles (along y) joined by cross aisles (along x). All lengths are
// millimetres.
//
// The depot and the drops stand in an aisle where they lie on one, else at, or straight above or below, the cross aisle
// nearest to them.
// An aisle may run on beyond the outermost cross aisles; that part is a dead end.
type Floor struct {
	Aisles      []int       // x of every aisle, not descending; aisle 1 is the first
	CrossAisles []int       // y of every cross aisle, strictly ascending; two of them make one block
	OneWay      []Direction // per aisle; empty when every aisle is walked both ways
	Depot       Point       // where the walk starts
	Drops       []Point     // where it may end; none: it ends at the depot
}

// Stop is one place to pick from.
type Stop struct {
	Location string // code of the location, for people and to break ties
	Aisle    int    // number of the aisle, from 1
	Y        int    // millimetres along the aisle, on the scale of Floor.CrossAisles
	Z        int    // millimetres above the ground, for shelves that are climbed or driven up to
	G        int    // grams picked here
	Seq      int    // pick_seq of the location, used by BySequence
}

// Bounds of a floor. They keep every sum of lengths far from overflow; what is larger is a slip of units.
const (
	mostAisles = 10_000
	mostMM     = 20_000_000 // of any coordinate, in millimetres: twenty kilometres
)

// mostMistakes is how many misplaced stops are told at once.
const mostMistakes = 20

// Validate reports the mistakes in the floor and in the stops on it (the first twenty of them), as one fault.
func (f Floor) Validate(stops []Stop) error {
	causes := f.mistakes()
	if len(causes) == 0 {
		for i := 0; i < len(stops) && len(causes) < mostMistakes; i++ {
			if wrong := f.misplaced(i, stops[i]); wrong != nil {
				causes = append(causes, wrong)
			}
		}
	}
	if joined := fault.Join(causes...); joined != nil {
		return joined
	}
	return nil
}

func (f Floor) mistakes() []*fault.Fault {
	if f.tooLarge() {
		return []*fault.Fault{fault.Invalidf("floor", "route.too_large",
			"a floor has at most %d aisles and cross aisles and lies within %d km; are the lengths in millimetres?", mostAisles, mostMM/1_000_000).
			With("aisles", mostAisles).With("km", mostMM/1_000_000)}
	}
	var causes []*fault.Fault
	if len(f.Aisles) == 0 || !slices.IsSorted(f.Aisles) {
		causes = append(causes, fault.Invalidf("aisles", "route.aisles",
			"give the x of at least one aisle, in ascending order"))
	}
	if len(f.CrossAisles) == 0 || !ascending(f.CrossAisles) {
		causes = append(causes, fault.Invalidf("cross_aisles", "route.cross_aisles",
			"give the y of at least one cross aisle, each larger than the one before"))
	}
	if len(f.OneWay) != 0 && len(f.OneWay) != len(f.Aisles) {
		causes = append(causes, fault.Invalidf("one_way", "route.one_way",
			"give one direction per aisle (%d), or none at all; %d were given", len(f.Aisles), len(f.OneWay)).
			With("aisles", len(f.Aisles)).With("given", len(f.OneWay)))
	}
	for i, d := range f.OneWay {
		if d < Down || d > Up {
			causes = append(causes, fault.Invalidf(fmt.Sprintf("one_way[%d]", i), "route.direction",
				"a direction is 1 (up), -1 (down) or 0 (both ways), not %d", d).With("given", int(d)))
		}
	}
	return causes
}

func (f Floor) tooLarge() bool {
	outside := func(v int) bool { return v < -mostMM || v > mostMM }
	point := func(p Point) bool { return outside(p.X) || outside(p.Y) }
	return len(f.Aisles) > mostAisles || len(f.CrossAisles) > mostAisles ||
		slices.ContainsFunc(f.Aisles, outside) || slices.ContainsFunc(f.CrossAisles, outside) ||
		point(f.Depot) || slices.ContainsFunc(f.Drops, point)
}

// misplaced reports a stop that is not on the floor. A one-way aisle has no dead end: who walks in
// could not walk out.
func (f Floor) misplaced(i int, s Stop) *fault.Fault {
	if s.Aisle < 1 || s.Aisle > len(f.Aisles) {
		return fault.Invalidf(fmt.Sprintf("picks[%d].aisle", i), "route.no_such_aisle",
			"location %q is in aisle %d, but the floor has aisles 1 to %d", s.Location, s.Aisle, len(f.Aisles)).
			With("location", s.Location).With("aisle", s.Aisle).With("aisles", len(f.Aisles))
	}
	if s.Y < -mostMM || s.Y > mostMM || s.Z < 0 || s.Z > mostMM {
		return fault.Invalidf(fmt.Sprintf("picks[%d].y", i), "route.too_far",
			"location %q lies %d km away or below the ground; are the lengths in millimetres?", s.Location, s.Y/1_000_000).
			With("location", s.Location).With("km", s.Y/1_000_000)
	}
	deadEnd := s.Y < f.CrossAisles[0] || s.Y > f.CrossAisles[len(f.CrossAisles)-1]
	if deadEnd && f.direction(s.Aisle-1) != TwoWay {
		return fault.Invalidf(fmt.Sprintf("picks[%d].y", i), "route.one_way_dead_end",
			"location %q lies beyond the last cross aisle of one-way aisle %d; make the aisle two-way or move the location",
			s.Location, s.Aisle).With("location", s.Location).With("aisle", s.Aisle)
	}
	return nil
}

func (f Floor) direction(aisle int) Direction {
	if len(f.OneWay) == 0 {
		return TwoWay
	}
	return f.OneWay[aisle]
}

func (f Floor) twoWay() bool {
	return !slices.ContainsFunc(f.OneWay, func(d Direction) bool { return d != TwoWay })
}

// gate returns the index of the cross aisle that serves p and the straight way to it.
func (f Floor) gate(p Point) (cross, stub int) {
	stub = abs(p.Y - f.CrossAisles[0])
	for c, y := range f.CrossAisles {
		if d := abs(p.Y - y); d < stub {
			cross, stub = c, d
		}
	}
	return cross, stub
}

func ascending(v []int) bool {
	for i := 1; i < len(v); i++ {
		if v[i] <= v[i-1] {
			return false
		}
	}
	return true
}

func abs(v int) int {
	return max(v, -v)
}
