package route

import (
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"pgregory.net/rapid"
)

func TestTheLengthOfABlockIsThatOfTheBestOfAllOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, stops := drawFloor(t, 2, false)
		f.Drops, f.Depot.Y = nil, f.Depot.Y/5*99
		for i := range stops {
			stops[i].Y += rapid.SampledFrom([]int{0, 0, 0, -13, 13}).Draw(t, "dead end")
		}
		b, err := NewBlock(f)
		if err != nil {
			t.Fatal(err)
		}
		best := shortest(f.measure(stops))
		if got := b.Length(stops); got != best {
			t.Fatalf("%d, the best order walks %d", got, best)
		}
		p := b.Places(stops)
		half := len(stops) / 2
		set, rest := p.NewSet(stops[:half]), p.NewSet(stops[half:])
		if got := p.LengthOfBoth(set, rest, p.NewSet(nil)); got != best {
			t.Fatalf("%d as a union of sets, the best order walks %d", got, best)
		}
		set.Add(rest)
		if got := b.Clone().Length(stops); p.Length(set) != best || got != best {
			t.Fatalf("%d as a set and %d in a clone, the best order walks %d", p.Length(set), got, best)
		}
	})
}

func TestABlockIsOneBlock(t *testing.T) {
	for _, f := range []Floor{
		{Aisles: []int{0}, CrossAisles: []int{0}},
		{Aisles: []int{0}, CrossAisles: []int{0, 5, 9}},
		{Aisles: []int{0}, CrossAisles: []int{0, 5}, OneWay: []Direction{Up}},
		{Aisles: []int{0}, CrossAisles: []int{0, 5}, Drops: []Point{{3, 0}}},
	} {
		if _, err := NewBlock(f); fault.Code(err) != "route.no_single_block" {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func TestMeasuringABlockDoesNotAllocate(t *testing.T) {
	f, stops := spread(2, 40)
	b, err := NewBlock(f)
	if err != nil {
		t.Fatal(err)
	}
	p := b.Places(stops)
	set := p.NewSet(stops)
	if n := testing.AllocsPerRun(100, func() { b.Length(stops); p.Length(set) }); n != 0 {
		t.Errorf("%v allocations a call", n)
	}
}

func BenchmarkBlockLength(b *testing.B) {
	f, stops := wide(20, 30)
	block, _ := NewBlock(f)
	places := block.Places(stops)
	set, none, scratch := places.NewSet(stops), places.NewSet(nil), places.NewSet(nil)
	b.Run("stops", func(b *testing.B) {
		for b.Loop() {
			block.Length(stops)
		}
	})
	b.Run("sets", func(b *testing.B) {
		for b.Loop() {
			places.LengthOfBoth(set, none, scratch)
		}
	})
}

// wide is one block with stops scattered over many aisles.
func wide(aisles, stops int) (Floor, []Stop) {
	f := Floor{CrossAisles: []int{0, 15000}}
	for i := range aisles {
		f.Aisles = append(f.Aisles, i*2000)
	}
	picks := make([]Stop, stops)
	for i := range picks {
		picks[i] = Stop{Aisle: i*13%aisles + 1, Y: i * 7919 % 15000}
	}
	return f, picks
}
