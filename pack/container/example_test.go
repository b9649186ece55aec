package container_test

import (
	"fmt"

	"github.com/packhorse/packhorse/pack/container"
)

func ExampleLoad() {
	any := [3]bool{true, true, true}
	a := container.Load(container.Problem{Container: [3]int{40, 20, 20}, Supported: true, Boxes: []container.Box{
		{Type: 1, Size: [3]int{20, 20, 10}, Upright: any, Quantity: 3},
		{Type: 2, Size: [3]int{20, 10, 10}, Upright: any, Quantity: 5},
	}}, container.Options{Nodes: 100})
	fmt.Println(a.Packed, "of", a.Bound, "in", len(a.Placements), "boxes")
	// Output: 16000 of 16000 in 5 boxes
}
