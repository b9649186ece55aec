package seed

import (
	"math/rand/v2"
	"slices"
)

// chooser draws an index in proportion to its weight.
type chooser struct{ upTo []int64 }

func newChooser(weights []int64) chooser {
	c := chooser{upTo: make([]int64, len(weights))}
	var sum int64
	for i, w := range weights {
		sum += w
		c.upTo[i] = sum
	}
	return c
}

func (c chooser) draw(r *rand.Rand) int {
	x := r.Int64N(c.upTo[len(c.upTo)-1])
	i, _ := slices.BinarySearch(c.upTo, x+1)
	return i
}

// weight is what was given for index i.
func (c chooser) weight(i int) int64 {
	if i == 0 {
		return c.upTo[0]
	}
	return c.upTo[i] - c.upTo[i-1]
}

// total is the sum of all weights.
func (c chooser) total() int64 { return c.upTo[len(c.upTo)-1] }
