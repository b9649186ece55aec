package carton

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/fault"
)

func drawProblem(t *rapid.T, lines, quantity int) Problem {
	p := Problem{Freight: Freight{
		Divisor: rapid.SampledFrom([]int{0, 5000, 8000}).Draw(t, "divisor"),
		FirstG:  rapid.IntRange(0, 1000).Draw(t, "first g"), First: int64(rapid.IntRange(0, 900).Draw(t, "first")),
		StepG: rapid.SampledFrom([]int{0, 100, 1000}).Draw(t, "step g"), Step: int64(rapid.IntRange(0, 300).Draw(t, "step")),
	}}
	for i := range rapid.IntRange(1, 5).Draw(t, "cartons") {
		p.Cartons = append(p.Cartons, Carton{
			ID: string(rune('A' + i)), Kind: rapid.SampledFrom([]Kind{Box, Box, Mailer}).Draw(t, "kind"), Inner: drawSize(t, 30, 400),
			MaxG:  rapid.SampledFrom([]int{0, 800, 3000, 20000}).Draw(t, "max g"),
			TareG: rapid.IntRange(0, 300).Draw(t, "tare"), Cost: int64(rapid.IntRange(0, 200).Draw(t, "cost")),
		})
	}
	for i := range rapid.IntRange(1, lines).Draw(t, "lines") {
		stacks := rapid.IntRange(0, 4).Draw(t, "stacks") > 0
		it := Item{
			SKU: string(rune('a' + i)), Quantity: rapid.IntRange(1, quantity).Draw(t, "quantity"), MM: drawSize(t, 10, 200),
			G: rapid.IntRange(0, 900).Draw(t, "g"), ThisSideUp: rapid.Bool().Draw(t, "this side up"), Stackable: &stacks,
			Fragile: rapid.IntRange(0, 4).Draw(t, "fragile") == 0, Soft: rapid.Bool().Draw(t, "soft"),
			Group: rapid.SampledFrom([]string{"", "", "", "x", "y"}).Draw(t, "group"),
		}
		if rapid.IntRange(0, 7).Draw(t, "unmeasured") == 0 {
			it.MM[rapid.IntRange(0, 2).Draw(t, "unknown side")] = 0
		}
		p.Items = append(p.Items, it)
	}
	return p
}

// drawSize prefers round sizes, so that units meet edge to edge.
func drawSize(t *rapid.T, least, most int) [3]int {
	var mm [3]int
	for i := range mm {
		mm[i] = rapid.IntRange(least/10, most/10).Draw(t, "side") * 10
	}
	return mm
}

func TestEveryAnswerCanBePackedAsItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, 6, 5)
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		a := Choose(p, Options{})
		if err := Verify(p, a); err != nil {
			t.Fatalf("%v\n%+v", err, a)
		}
		if again := Choose(p, Options{}); !reflect.DeepEqual(a, again) {
			t.Fatal("the same order was packed differently")
		}
	})
}

func TestWithLittleEffortTheAnswerIsStillSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, 6, 8)
		if err := Verify(p, Choose(p, Options{Effort: rapid.IntRange(1, 200).Draw(t, "effort")})); err != nil {
			t.Fatal(err)
		}
	})
}

func TestOnlyUnitsThatFitNoCartonAreLeftOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, 4, 3)
		for _, l := range Choose(p, Options{}).Unpackable {
			i := slices.IndexFunc(p.Items, func(it Item) bool { return it.SKU == l.SKU })
			alone := p
			alone.Items = []Item{p.Items[i]}
			alone.Items[0].Quantity = 1
			if a := Choose(alone, Options{}); len(a.Parcels) > 0 {
				t.Fatalf("%q was left out but fits into %q", l.SKU, a.Parcels[0].Carton)
			}
		}
	})
}

var (
	small = Carton{ID: "S", Kind: Box, Inner: [3]int{100, 100, 100}, MaxG: 5000, Cost: 50}
	large = Carton{ID: "L", Kind: Box, Inner: [3]int{200, 100, 100}, MaxG: 9000, Cost: 80}
	bag   = Carton{ID: "M", Kind: Mailer, Inner: [3]int{200, 150, 20}, MaxG: 1000, Cost: 10}
	no    = false
)

func TestTheRulesOfTheTradeDecideTheCarton(t *testing.T) {
	flat := [3]int{100, 100, 50}
	cases := []struct {
		name  string
		items []Item
		want  []string
	}{
		{"two flat units are stacked", []Item{{SKU: "a", Quantity: 2, MM: flat, G: 10}}, []string{"S"}},
		{"fragile units are not stacked but stood on edge", []Item{{SKU: "a", Quantity: 2, MM: flat, G: 10, Fragile: true}}, []string{"S"}},
		{"fragile units this side up lie side by side", []Item{{SKU: "a", Quantity: 2, MM: flat, G: 10, Fragile: true, ThisSideUp: true}}, []string{"L"}},
		{"a fragile unit stands on another one", []Item{{SKU: "a", Quantity: 1, MM: flat, G: 10, Fragile: true, ThisSideUp: true}, {SKU: "b", Quantity: 1, MM: flat, G: 10, ThisSideUp: true}}, []string{"S"}},
		{"what does not stack stands on nothing", []Item{{SKU: "a", Quantity: 1, MM: flat, G: 10, Stackable: &no, ThisSideUp: true}, {SKU: "b", Quantity: 1, MM: flat, G: 10, ThisSideUp: true}}, []string{"L"}},
		{"groups travel apart", []Item{{SKU: "a", Quantity: 1, MM: flat, G: 10, Group: "x"}, {SKU: "b", Quantity: 1, MM: flat, G: 10, Group: "y"}}, []string{"S", "S"}},
		{"soft goods go into the mailer", []Item{{SKU: "a", Quantity: 2, MM: [3]int{250, 100, 10}, G: 10, Soft: true}}, []string{"M"}},
		{"hard goods do not", []Item{{SKU: "a", Quantity: 1, MM: [3]int{90, 90, 10}, G: 10}}, []string{"S"}},
		{"weight asks for the stronger carton", []Item{{SKU: "a", Quantity: 2, MM: flat, G: 3000}}, []string{"L"}},
		{"unknown size: the smallest that carries it", []Item{{SKU: "a", Quantity: 1, G: 6000}}, []string{"L"}},
	}
	for _, c := range cases {
		p := Problem{Cartons: []Carton{large, small, bag}, Items: c.items, Freight: Freight{FirstG: 1000, First: 300}}
		a := Choose(p, Options{})
		var got []string
		for _, k := range a.Parcels {
			got = append(got, k.Carton)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if err := Verify(p, a); err != nil || !a.Optimal && len(got) == 1 && got[0] != "L" {
			t.Errorf("%s: %v, optimal %t", c.name, err, a.Optimal)
		}
	}
}

func TestTwoSmallParcelsAreChosenWhenTheyAreCheaperThanALargeOne(t *testing.T) {
	huge := Carton{ID: "H", Kind: Box, Inner: [3]int{300, 300, 300}, Cost: 500}
	p := Problem{Cartons: []Carton{huge, small}, Items: []Item{{SKU: "a", Quantity: 2, MM: [3]int{100, 100, 100}, G: 10}}, Freight: Freight{First: 100}}
	a := Choose(p, Options{})
	if len(a.Parcels) != 2 || a.Cost != 300 || !a.Optimal {
		t.Errorf("%d parcels for %d, optimal %t", len(a.Parcels), a.Cost, a.Optimal)
	}
}

func TestFreightIsChargedOnTheLargerWeight(t *testing.T) {
	f := Freight{Divisor: 5000, FirstG: 100, First: 300, StepG: 50, Step: 7}
	cases := []struct {
		gross int
		want  int64
	}{{1, 300 + 2*7}, {200, 300 + 2*7}, {201, 300 + 3*7}}
	for _, c := range cases { // 1,000,000 mm³ / 5000 = 200 g
		if got := f.Price(small, c.gross); got != c.want {
			t.Errorf("%d g: %d, want %d", c.gross, got, c.want)
		}
	}
}

func TestAnInvalidProblemNamesItsFields(t *testing.T) {
	good := Problem{Cartons: []Carton{small}, Items: []Item{{SKU: "a", Quantity: 1}}}
	cases := map[string]func(*Problem){
		"carton.kind":           func(p *Problem) { p.Cartons[0].Kind = "crate" },
		"carton.size":           func(p *Problem) { p.Cartons[0].Inner[1] = 0 },
		"carton.negative":       func(p *Problem) { p.Cartons[0].Cost = -1 },
		"carton.id_twice":       func(p *Problem) { p.Cartons = append(p.Cartons, p.Cartons[0]) },
		"carton.no_sku":         func(p *Problem) { p.Items[0].SKU = "" },
		"carton.quantity":       func(p *Problem) { p.Items[0].Quantity = 0 },
		"carton.item_size":      func(p *Problem) { p.Items[0].MM[2] = -1 },
		"carton.item_weight":    func(p *Problem) { p.Items[0].G = -1 },
		"carton.sku_twice":      func(p *Problem) { p.Items = append(p.Items, Item{SKU: "a", Quantity: 1, G: 5}) },
		"carton.too_many_units": func(p *Problem) { p.Items[0].Quantity = MaxUnits + 1 },
		"carton.freight":        func(p *Problem) { p.Freight.Step = -1 },
	}
	for code, spoil := range cases {
		p := Problem{Cartons: slices.Clone(good.Cartons), Items: slices.Clone(good.Items)}
		spoil(&p)
		if err := p.Validate(); fault.Code(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
}
