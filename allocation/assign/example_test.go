package assign_test

import (
	"fmt"

	"github.com/packhorse/packhorse/allocation/assign"
)

// Two orders want the last unit in the near node; the one that can go without it at least cost does.
func ExampleSolve() {
	p := &assign.Problem{
		SKUs: 1, Zones: 2,
		Nodes: []assign.Node{{Capacity: -1, Handling: 100}, {Capacity: -1, Handling: 100}},
		Stock: []assign.Stock{{Node: 0, SKU: 0, Quantity: 1}, {Node: 1, SKU: 0, Quantity: 5}},
		Rates: []assign.Rate{
			{Node: 0, Zone: 0, FirstG: 1000, FirstCost: 500}, {Node: 1, Zone: 0, FirstG: 1000, FirstCost: 600},
			{Node: 0, Zone: 1, FirstG: 1000, FirstCost: 500}, {Node: 1, Zone: 1, FirstG: 1000, FirstCost: 1500},
		},
		Orders: []assign.Order{
			{Zone: 0, MaxParcels: 1, UnfilledCost: 9000, Lines: []assign.Line{{SKU: 0, Quantity: 1, G: 300}}},
			{Zone: 1, MaxParcels: 1, UnfilledCost: 9000, Lines: []assign.Line{{SKU: 0, Quantity: 1, G: 300}}},
		},
	}
	a := assign.Solve(p, assign.Effort{Seed: 1})
	for i, plan := range a.Plans {
		fmt.Printf("order %d from node %d at %d\n", i, plan.Parcels[0].Node, plan.Cost)
	}
	fmt.Printf("%d instead of %d\n", a.Cost, a.Greedy)
	// Output:
	// order 0 from node 1 at 700
	// order 1 from node 0 at 600
	// 1300 instead of 2200
}
