package wave_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/pick/route"
	"github.com/packhorse/packhorse/wave"
	"github.com/packhorse/packhorse/wave/shape"
)

func TestNeighboursOfOneZoneAreWalkedTogether(t *testing.T) {
	list := []wave.Candidate{
		{Fulfilment: 1, Zones: []string{"B"}, Place: 9}, {Fulfilment: 2, Zones: []string{"A"}, Place: 5},
		{Fulfilment: 3, Zones: []string{"B", "A", "B"}, Place: 1}, {Fulfilment: 4, Zones: []string{"A"}, Place: 2},
		{Fulfilment: 5, Zones: []string{"A", "B"}, Place: 3},
	}
	got := wave.Plan(wave.Batch, list)
	want := []wave.Group{{Method: wave.Batch, Zone: "A", Fulfilments: []int64{4, 2}}, {Method: wave.Batch, Fulfilments: []int64{3, 5}},
		{Method: wave.Batch, Zone: "B", Fulfilments: []int64{1}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got = wave.Plan(wave.Discrete, list); len(got) != 5 || got[0].Fulfilments[0] != 1 || got[4].Fulfilments[0] != 5 {
		t.Errorf("%+v", got)
	}
}

func TestEveryFulfilmentIsWalkedOnceWhateverTheOrderOfAsking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []wave.Candidate
		for i := range rapid.IntRange(0, 60).Draw(t, "candidates") {
			list = append(list, wave.Candidate{Fulfilment: int64(i + 1), Place: rapid.Int64Range(0, 5).Draw(t, "place"),
				Zones: rapid.SliceOfN(rapid.SampledFrom([]string{"A", "B"}), 1, 3).Draw(t, "zones")})
		}
		groups := wave.Plan(wave.Batch, list)
		seen := map[int64]bool{}
		for _, g := range groups {
			if len(g.Fulfilments) == 0 || len(g.Fulfilments) > wave.MaxGroup {
				t.Fatalf("%d in a walk", len(g.Fulfilments))
			}
			for _, f := range g.Fulfilments {
				if seen[f] {
					t.Fatalf("%d is walked twice", f)
				}
				seen[f] = true
				elsewhere := func(z string) bool { return g.Zone != "" && z != g.Zone }
				if slices.ContainsFunc(list[f-1].Zones, elsewhere) {
					t.Fatalf("%d has goods outside zone %s", f, g.Zone)
				}
			}
		}
		if len(seen) != len(list) {
			t.Fatalf("%d of %d are walked", len(seen), len(list))
		}
		if again := wave.Plan(wave.Batch, rapid.Permutation(list).Draw(t, "shuffled")); !reflect.DeepEqual(groups, again) {
			t.Fatalf("%v, but %v", groups, again)
		}
	})
}

func TestEveryShapeIsWalkedItsOwnWay(t *testing.T) {
	of := func(key int64, skus ...int64) wave.Candidate {
		c := wave.Candidate{Fulfilment: key, Zones: []string{"A"}, Place: 100 - key}
		for _, s := range skus {
			c.Order.Lines = append(c.Order.Lines, shape.Line{SKU: s, Quantity: 1})
		}
		return c
	}
	urgent, bulky := of(9, 1, 2), of(8, 1, 2)
	urgent.Order.Timed = true
	bulky.Order.G = 90_000
	list := []wave.Candidate{of(1, 3, 4), of(2, 5), bulky, of(3, 6), of(4, 6, 7), urgent}
	for key := int64(20); key < 29; key++ {
		list = append(list, of(key, 42))
	}
	want := []wave.Group{
		{Method: wave.Discrete, Zone: "A", Fulfilments: []int64{9}},
		{Method: wave.Discrete, Zone: "A", Fulfilments: []int64{8}},
		{Method: wave.Batch, Zone: "A", Fulfilments: []int64{4, 1}},
		{Method: wave.Bulk, Zone: "A", Fulfilments: []int64{28, 27, 26, 25, 24, 23, 22, 21, 20, 3, 2}},
	}
	if got := wave.Plan(wave.ByShape, list); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestSingleItemsAreWalkedAsTotalsAndEverythingOnce(t *testing.T) {
	bulk := 0
	rapid.Check(t, func(t *rapid.T) {
		trolley := wave.UsualTrolley(1)
		trolley.Rule = rapid.SampledFrom([]string{wave.Shortest, wave.FirstCome}).Draw(t, "rule")
		g := wave.Ground{Trolley: trolley, Walking: wave.UsualWalking(1)}
		if rapid.Bool().Draw(t, "floor") {
			g.Floor = floor()
		}
		var list []wave.Candidate
		singles := map[int64]bool{}
		for i := range rapid.IntRange(0, 150).Draw(t, "candidates") {
			c := wave.Candidate{Fulfilment: int64(i + 1), Zones: []string{rapid.SampledFrom([]string{"A", "B"}).Draw(t, "zone")},
				Stops: []route.Stop{{Aisle: rapid.IntRange(1, 6).Draw(t, "aisle"), Y: rapid.IntRange(0, 20).Draw(t, "y") * 1000}}}
			c.Order.Lines = []shape.Line{{SKU: rapid.Int64Range(1, 4).Draw(t, "sku"), Quantity: rapid.IntRange(1, 2).Draw(t, "quantity")}}
			singles[c.Fulfilment] = c.Single()
			list = append(list, c)
		}
		seen := map[int64]bool{}
		groups, told := g.Plan(wave.ByShape, list)
		for _, group := range groups {
			most := map[string]int{wave.Discrete: 1, wave.Batch: wave.MaxGroup, wave.Bulk: wave.MaxBulk}[group.Method]
			if len(group.Fulfilments) > most {
				t.Fatalf("%d on one %s walk", len(group.Fulfilments), group.Method)
			}
			for _, f := range group.Fulfilments {
				if seen[f] || group.Method == wave.Bulk && (!singles[f] || trolley.Rule == wave.FirstCome) {
					t.Fatalf("%d on a %s walk", f, group.Method)
				}
				seen[f] = true
			}
			if group.Method == wave.Bulk {
				bulk++
			}
		}
		if len(seen) != len(list) || told.Millimetres > told.FirstCome {
			t.Fatalf("%d of %d are walked, %+v", len(seen), len(list), told)
		}
	})
	if !t.Failed() && bulk == 0 {
		t.Error("no walk of totals: the test proves nothing")
	}
}
