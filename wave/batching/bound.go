package batching

import (
	"cmp"
	"slices"
)

// simpleBound is a length that no division goes below, found from how many batches must go how far: the orders whose
// own walk is longer than t fill so many carts at least, and each of those walks is longer than t. The carts are
// summed over all t.
func (m *meter) simpleBound() int {
	type walk struct {
		length int
		load   load
	}
	walks := make([]walk, len(m.own))
	for i, l := range m.own {
		if !l.within(m.limit) {
			l = load{} // alone, at least the cart it is in
		}
		walks[i] = walk{m.measure([]int32{int32(i)}), l}
	}
	slices.SortFunc(walks, func(a, b walk) int { return cmp.Compare(b.length, a.length) })
	sum, bound := load{}, 0
	for i, w := range walks {
		sum = sum.plus(w.load)
		next := 0
		if i+1 < len(walks) {
			next = walks[i+1].length
		}
		bound += max(1, sum.over(m.limit)) * (w.length - next)
	}
	return bound
}
