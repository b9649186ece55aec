package assign_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/allocation/assign"
)

func TestAProblemThatMakesNoSenseIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(p *assign.Problem){
		"node of stock": func(p *assign.Problem) { p.Stock[0].Node = 1 },
		"SKU of stock":  func(p *assign.Problem) { p.Stock[0].SKU = -1 },
		"stock":         func(p *assign.Problem) { p.Stock[0].Quantity = -1 },
		"stock twice":   func(p *assign.Problem) { p.Stock = append(p.Stock, p.Stock[0]) },
		"zone of rate":  func(p *assign.Problem) { p.Rates[0].Zone = 1 },
		"rate twice":    func(p *assign.Problem) { p.Rates = append(p.Rates, p.Rates[0]) },
		"rate":          func(p *assign.Problem) { p.Rates[0].StepCost = -1 },
		"handling":      func(p *assign.Problem) { p.Nodes[0].Handling = -1 },
		"zone":          func(p *assign.Problem) { p.Orders[0].Zone = 1 },
		"cost":          func(p *assign.Problem) { p.Orders[0].UnfilledCost = -1 },
		"parcels":       func(p *assign.Problem) { p.Orders[0].MaxParcels = -1 },
		"barred":        func(p *assign.Problem) { p.Orders[0].Barred = []int{1} },
		"SKU":           func(p *assign.Problem) { p.Orders[0].Lines[0].SKU = 1 },
		"quantity":      func(p *assign.Problem) { p.Orders[0].Lines[0].Quantity = -1 },
		"weight":        func(p *assign.Problem) { p.Orders[0].Lines[0].G = -1 },
	} {
		p := &assign.Problem{SKUs: 1, Zones: 1, Nodes: []assign.Node{{}}, Stock: []assign.Stock{{Quantity: 1}}, Rates: []assign.Rate{{}},
			Orders: []assign.Order{{Lines: []assign.Line{{Quantity: 1}}}}}
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		if spoil(p); p.Validate() == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
}

func TestABarredNodeShipsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t, small)
		for i := range p.Orders {
			p.Orders[i].Barred = []int{i % len(p.Nodes)}
		}
		a := assign.Solve(p, assign.Effort{Tries: 20, Seed: 1})
		if err := verify(p, &a); err != nil {
			t.Fatal(err)
		}
		for i := range a.Plans {
			for _, parcel := range a.Plans[i].Parcels {
				if parcel.Node == i%len(p.Nodes) {
					t.Fatalf("order %d ships from %d, which is barred", i, parcel.Node)
				}
			}
		}
	})
}
