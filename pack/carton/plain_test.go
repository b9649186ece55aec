package carton

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestThePlainRuleTakesTheSmallestCartonByVolume(t *testing.T) {
	tall := Carton{ID: "T", Kind: Box, Inner: [3]int{50, 50, 300}, Cost: 500} // smaller than S, and dearer
	for _, c := range []struct {
		name  string
		items []Item
		want  []string
	}{
		{"whatever it costs", []Item{{SKU: "a", Quantity: 1, MM: [3]int{50, 50, 50}, G: 10}}, []string{"T"}},
		{"into which it goes", []Item{{SKU: "a", Quantity: 1, MM: [3]int{60, 60, 60}, G: 10}}, []string{"S"}},
		{"two that do not stand beside each other in it", []Item{{SKU: "a", Quantity: 2, MM: [3]int{100, 90, 60}, G: 10}}, []string{"L"}},
		{"the largest is filled first", []Item{{SKU: "a", Quantity: 3, MM: [3]int{100, 100, 100}, G: 10}}, []string{"L", "S"}},
		{"groups travel apart", []Item{{SKU: "a", Quantity: 1, MM: [3]int{90, 90, 90}, Group: "x"}, {SKU: "b", Quantity: 1, MM: [3]int{90, 90, 90}, Group: "y"}}, []string{"S", "S"}},
	} {
		p := Problem{Cartons: []Carton{large, tall, small}, Items: c.items, Freight: Freight{FirstG: 1000, First: 300}}
		a := Plain(p)
		var got []string
		for _, k := range a.Parcels {
			got = append(got, k.Carton)
		}
		if err := Verify(p, a); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v (%v)", c.name, got, c.want, err)
		}
	}
}

func TestWhatThePlainRulePacksCanBePackedSoAndIsNotCheaperThanTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, 6, rapid.SampledFrom([]int{3, 40}).Draw(t, "most of one"))
		plain := Plain(p)
		if err := Verify(p, plain); err != nil {
			t.Fatalf("%v\n%+v", err, plain)
		}
		if a := Choose(p, Options{Effort: 20_000}); a.LowerBound > plain.Cost {
			t.Fatalf("the bound is %d, the plain rule costs %d", a.LowerBound, plain.Cost)
		}
	})
}
