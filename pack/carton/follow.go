package carton

import (
	"cmp"
	"slices"
)

// mostFollowed bounds the number of units for which every pair is compared; more of them come by their height alone.
const mostFollowed = 500

func layers(blocks []block) []block {
	sorted := slices.Clone(blocks)
	slices.SortStableFunc(sorted, func(a, b block) int {
		return cmp.Or(cmp.Compare(a.at[2], b.at[2]), cmp.Compare(a.at[1], b.at[1]), cmp.Compare(a.at[0], b.at[0]))
	})
	return sorted
}

// follow sorts placed units into an order a packer can follow: nothing is put down below or behind what is there already.
// The back of a carton is where y is 0. Among those that may come next, the lowest is first, then the one farthest back.
func follow(blocks []block) []block {
	if len(blocks) > mostFollowed {
		return layers(blocks)
	}
	sorted := make([]block, 0, len(blocks))
	waits := make([]int, len(blocks)) // for so many others
	for i := range blocks {
		for j := range blocks {
			if before(&blocks[j], &blocks[i]) {
				waits[i]++
			}
		}
	}
	for len(sorted) < len(blocks) {
		next := -1
		for i := range blocks {
			if waits[i] >= 0 && (next < 0 || sooner(blocks, waits, i, next)) {
				next = i
			}
		}
		sorted = append(sorted, blocks[next])
		waits[next] = -1
		for i := range blocks {
			if waits[i] > 0 && before(&blocks[next], &blocks[i]) {
				waits[i]--
			}
		}
	}
	return sorted
}

func sooner(blocks []block, waits []int, i, j int) bool {
	a, b := blocks[i].at, blocks[j].at
	return cmp.Or(cmp.Compare(waits[i], waits[j]), cmp.Compare(a[2], b[2]), cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0])) < 0
}

// before reports whether a lies below b or behind it.
func before(a, b *block) bool {
	if a == b || overlap(a.at[0], a.end(0), b.at[0], b.end(0)) == 0 {
		return false
	}
	y := overlap(a.at[1], a.end(1), b.at[1], b.end(1)) > 0
	z := overlap(a.at[2], a.end(2), b.at[2], b.end(2)) > 0
	return y && a.end(2) <= b.at[2] || z && a.end(1) <= b.at[1]
}
