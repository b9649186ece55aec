package batching_test

import (
	"fmt"

	"github.com/packhorse/packhorse/pick/route"
	"github.com/packhorse/packhorse/wave/batching"
)

// Four orders, two a cart: the two of the left aisles are walked together, and the two of the right ones.
func ExampleSolve() {
	p := batching.Problem{
		Floor: route.Floor{Aisles: []int{0, 5_000, 10_000, 15_000}, CrossAisles: []int{0, 20_000}},
		Cart:  batching.Cart{Places: 2},
		Orders: []batching.Order{
			{Stops: []route.Stop{{Aisle: 1, Y: 15_000}}},
			{Stops: []route.Stop{{Aisle: 4, Y: 18_000}}},
			{Stops: []route.Stop{{Aisle: 2, Y: 9_000}, {Aisle: 1, Y: 2_000}}},
			{Stops: []route.Stop{{Aisle: 3, Y: 6_000}, {Aisle: 4, Y: 3_000}}},
		},
	}
	plain, _ := batching.FirstComeSShape(p)
	a, err := batching.Solve(p, batching.Options{Seed: 1})
	if err != nil {
		panic(err)
	}
	for _, b := range a.Batches {
		fmt.Println(b.Orders, b.Length)
	}
	fmt.Println("first come", plain, "now", a.Length, "proven", a.Optimal)
	// Output:
	// [0 2] 50000
	// [1 3] 70000
	// first come 180000 now 120000 proven true
}

// A late order goes into the walk that it lengthens least.
func ExampleJoin() {
	p := batching.Problem{
		Floor: route.Floor{Aisles: []int{0, 5_000, 10_000}, CrossAisles: []int{0, 20_000}},
		Orders: []batching.Order{
			{Stops: []route.Stop{{Aisle: 1, Y: 15_000}}},
			{Stops: []route.Stop{{Aisle: 3, Y: 9_000}}},
			{Stops: []route.Stop{{Aisle: 3, Y: 7_000}}}, // the late one
		},
	}
	at, err := batching.Join(p, [][]int{{0}, {1}}, 2)
	if err != nil {
		panic(err)
	}
	fmt.Printf("batch %d, %d longer; alone %d\n", at.Batch, at.Extra, at.Alone)
	// Output: batch 1, 0 longer; alone 34000
}
