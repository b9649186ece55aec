package shape

import (
	"fmt"
	"slices"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/pick/route"
	"pgregory.net/rapid"
)

// hall is one block of ten aisles, 30 m deep, the depot at the front of the first.
func hall() route.Floor {
	f := route.Floor{CrossAisles: []int{0, 30_000}}
	for i := range 10 {
		f.Aisles = append(f.Aisles, i*3000)
	}
	return f
}

// wants is an order of one unit of each SKU; SKU n stands at a place of its own.
func wants(skus ...int64) Order {
	var o Order
	for _, s := range skus {
		o.Lines = append(o.Lines, Line{SKU: s, Quantity: 1, At: route.Stop{Aisle: int(s%10) + 1, Y: int(s * 7919 % 30_000)}})
		o.ML += 500
	}
	return o
}

func TestEveryOrderHasTheFirstShapeThatFits(t *testing.T) {
	urgent, heavy, large := wants(1), wants(2), wants(3)
	urgent.Timed, urgent.Minutes = true, 10
	urgent.ML = 1_000_000
	heavy.G = 20_000
	large.ML = 51_000
	twoOfOne := wants(5)
	twoOfOne.Lines[0].Quantity = 2
	later := wants(6)
	later.Timed, later.Minutes = true, 31
	pool := []Order{urgent, heavy, large, wants(4), wants(4, 5), twoOfOne, later}
	for range 8 {
		pool = append(pool, wants(8, 9), wants(7))
	}
	pool = append(pool, wants(9, 8))
	got := Split(pool, Usual())
	want := []Shape{Urgent, Bulky, Bulky, Single, MultiLine, MultiLine, Single}
	if !slices.Equal(got[:7], want) || slices.ContainsFunc(got[7:], func(s Shape) bool { return s != HotSKU }) {
		t.Errorf("%v", got)
	}
}

func TestTheMethodFollowsTheShape(t *testing.T) {
	var pool []Order
	for i := range int64(20) {
		pool = append(pool, wants(3), wants(10+i), wants(40+i, 60+i, 80+i))
	}
	bulky := wants(1)
	bulky.G = 99_000
	pool = append(pool, bulky)
	plan, err := Decide(hall(), pool, Usual(), Steady())
	if err != nil {
		t.Fatal(err)
	}
	want := map[Shape]Method{Bulky: Discrete, HotSKU: Bulk, Single: Bulk, MultiLine: PutWall}
	for _, p := range plan.Parts {
		if want[p.Shape] != p.Method {
			t.Errorf("%s is picked by %s", p.Shape, p.Method)
		}
	}
	if len(plan.Parts) != len(want) || plan.Cost.MM*3 > plan.Plain.MM {
		t.Errorf("%+v beside %+v", plan.Cost, plan.Plain)
	}
	slow := Steady()
	slow.Sort = 60
	plan, err = Decide(hall(), pool, Usual(), slow)
	if i := slices.IndexFunc(plan.Parts, func(p Part) bool { return p.Shape == MultiLine }); err != nil || plan.Parts[i].Method != Cluster {
		t.Errorf("with a slow wall: %+v (%v)", plan.Parts, err)
	}
}

func TestEveryOrderIsInOneTourAndNothingTakesLongerThanOrderByOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var pool []Order
		for range rapid.IntRange(0, 60).Draw(t, "orders") {
			o := wants(rapid.SliceOfN(rapid.Int64Range(1, 30), 1, 4).Draw(t, "skus")...)
			o.ML = rapid.IntRange(0, 60_000).Draw(t, "ml")
			o.Timed, o.Minutes = rapid.Bool().Draw(t, "timed"), rapid.IntRange(-5, 90).Draw(t, "minutes")
			pool = append(pool, o)
		}
		f := hall()
		if rapid.Bool().Draw(t, "two blocks") {
			f.CrossAisles = []int{0, 15_000, 30_000}
		}
		l := Limits{HotOrders: rapid.IntRange(0, 4).Draw(t, "hot"), CartBoxes: rapid.IntRange(0, 5).Draw(t, "boxes"), CartML: 70_000,
			WallSlots: rapid.IntRange(0, 20).Draw(t, "slots"), BoxML: 50_000, UrgentMinutes: 10}
		plan, err := Decide(f, pool, l, Steady())
		if err != nil {
			t.Fatal(err)
		}
		seen := make([]int, len(pool))
		for _, p := range plan.Parts {
			for _, tour := range p.Tours {
				for _, i := range tour {
					seen[i]++
				}
			}
			if p.Cost.Seconds > p.Plain.Seconds || p.Plain.Tours != len(p.Orders) {
				t.Fatalf("%+v", p)
			}
		}
		if slices.ContainsFunc(seen, func(n int) bool { return n != 1 }) {
			t.Fatalf("walked for so many times: %v", seen)
		}
	})
}

func TestAnOrderThatCannotBePickedIsRefused(t *testing.T) {
	none, nowhere := wants(1), wants(1)
	none.Lines[0].Quantity = 0
	nowhere.Lines[0].At.Aisle = 11
	for code, o := range map[string]Order{"shape.lines": {}, "shape.quantity": none, "route.no_such_aisle": nowhere} {
		if _, err := Decide(hall(), []Order{o}, Usual(), Steady()); fault.Code(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
}

func ExampleDecide() {
	pool := []Order{wants(41, 62, 83), wants(42, 63, 84)}
	for range 30 {
		pool = append(pool, wants(7))
	}
	plan, err := Decide(hall(), pool, Usual(), Steady())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range plan.Parts {
		fmt.Printf("%s by %s: %d orders in %d tours, %d m instead of %d m\n",
			p.Shape, p.Method, len(p.Orders), p.Cost.Tours, p.Cost.MM/1000, p.Plain.MM/1000)
	}
	// Output:
	// hot_sku by bulk_to_pack: 30 orders in 1 tours, 92 m instead of 2785 m
	// multi_line by cluster: 2 orders in 1 tours, 111 m instead of 160 m
}

func BenchmarkDecide(b *testing.B) {
	var pool []Order
	for i := range int64(500) {
		pool = append(pool, wants(i%7), wants(i*31%900, i*17%900, i*13%900))
	}
	for b.Loop() {
		_, _ = Decide(hall(), pool, Usual(), Steady())
	}
}
