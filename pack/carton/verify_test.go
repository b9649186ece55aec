package carton

import (
	"slices"
	"testing"
)

func TestVerifyFindsEveryKindOfBreach(t *testing.T) {
	item := func(sku string) Item { return Item{SKU: sku, Quantity: 1, MM: [3]int{50, 40, 30}, G: 100} }
	cases := []struct {
		name  string
		spoil func(*Problem, *Answer)
	}{
		{"overlap", func(_ *Problem, a *Answer) {
			a.Parcels[0].Items[1] = a.Parcels[0].Items[0]
			a.Parcels[0].Items[1].SKU = "b"
		}},
		{"outside", func(_ *Problem, a *Answer) { a.Parcels[0].Items[0].X = 70 }},
		{"in the air", func(_ *Problem, a *Answer) { a.Parcels[0].Items[0].Z = 60 }},
		{"lost unit", func(_ *Problem, a *Answer) { a.Parcels[0].Items = a.Parcels[0].Items[:1]; a.Parcels[0].WeightG = 100 }},
		{"shrunk unit", func(_ *Problem, a *Answer) { a.Parcels[0].Items[0].DX-- }},
		{"too heavy", func(p *Problem, _ *Answer) { p.Cartons[0].MaxG = 199 }},
		{"wrong weight", func(_ *Problem, a *Answer) { a.Parcels[0].WeightG++ }},
		{"wrong cost", func(_ *Problem, a *Answer) { a.Parcels[0].Cost++; a.Cost++ }},
		{"wrong sum", func(_ *Problem, a *Answer) { a.Cost++ }},
		{"bound above the cost", func(_ *Problem, a *Answer) { a.LowerBound = a.Cost + 1 }},
		{"unknown carton", func(_ *Problem, a *Answer) { a.Parcels[0].Carton = "?" }},
		{"groups together", func(p *Problem, _ *Answer) { p.Items[0].Group, p.Items[1].Group = "x", "y" }},
		{"hard in a mailer", func(p *Problem, _ *Answer) { p.Cartons[0].Kind = Mailer }},
		{"lying though this side up", func(p *Problem, a *Answer) {
			p.Items[0].ThisSideUp = true
			u := &a.Parcels[0].Items[0]
			u.DX, u.DZ = u.DZ, u.DX
		}},
		{"above a fragile unit", func(p *Problem, a *Answer) { p.Items[0].Fragile = true; stack(a) }},
		{"above a unit that does not stack", func(p *Problem, a *Answer) { p.Items[0].Stackable = &no; stack(a) }},
		{"below a unit that does not stack", func(p *Problem, a *Answer) { p.Items[1].Stackable = &no; stack(a) }},
		{"unmeasured not named", func(p *Problem, a *Answer) { p.Items[0].MM[0] = 0; a.Parcels[0].Items[0].DX = 0 }},
	}
	for _, c := range cases {
		p := Problem{Cartons: []Carton{small}, Items: []Item{item("a"), item("b")}}
		a := Answer{Cost: 50, LowerBound: 50, Optimal: true, Parcels: []Parcel{{Carton: "S", WeightG: 200, Cost: 50,
			Items: []Placement{{"a", 0, 0, 0, 50, 40, 30}, {"b", 50, 0, 0, 50, 40, 30}}}}}
		if err := Verify(p, a); err != nil {
			t.Fatalf("a sound answer was refused: %v", err)
		}
		c.spoil(&p, &a)
		if Verify(p, a) == nil {
			t.Errorf("%s: not found", c.name)
		}
	}
	p := Problem{Cartons: []Carton{small}, Items: []Item{item("a"), item("b")}}
	stacked := Choose(p, Options{})
	stacked.Parcels = slices.Clone(stacked.Parcels)
	stack(&stacked)
	if err := Verify(p, stacked); err != nil {
		t.Errorf("a sound stack was refused: %v", err)
	}
}

// stack puts the second unit on top of the first.
func stack(a *Answer) {
	a.Parcels[0].Items = []Placement{{"a", 0, 0, 0, 50, 40, 30}, {"b", 0, 0, 30, 50, 40, 30}}
}
