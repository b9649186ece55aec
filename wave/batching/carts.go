package batching

import "slices"

// over is how many carts a load fills at least.
func (l load) over(cart load) int {
	return max(filled(l.places, cart.places), filled(l.weight, cart.weight), filled(l.volume, cart.volume))
}

func filled(n, cart int) int { return (n + cart - 1) / cart }

// total is what all orders that fit a cart take.
func (m *meter) total() (sum load) {
	for _, l := range m.own {
		if l.within(m.limit) {
			sum = sum.plus(l)
		}
	}
	return sum
}

// leastBatches is a number of batches no division can do without.
func (m *meter) leastBatches() int {
	zones := map[string][]load{}
	sum := 0
	for i, l := range m.own {
		if !l.within(m.limit) {
			sum++ // alone
			continue
		}
		zone := m.problem.Orders[i].Zone
		zones[zone] = append(zones[zone], l)
	}
	for _, loads := range zones {
		need := 0
		for _, size := range [...]struct {
			cart int
			of   func(load) int
		}{
			{m.limit.places, func(l load) int { return l.places }},
			{m.limit.weight, func(l load) int { return l.weight }},
			{m.limit.volume, func(l load) int { return l.volume }},
		} {
			sizes := make([]int, len(loads))
			for i, l := range loads {
				sizes[i] = size.of(l)
			}
			need = max(need, bins(sizes, size.cart))
		}
		sum += max(need, 1)
	}
	return sum
}

// bins is the bound L2 of S. Martello and P. Toth (1990) on the number of bins for some sizes: for every small size k,
// what is larger than half a bin has one to itself, and of the rest that is at least k only so much fits beside those.
// Of very many sizes only some are tried as k.
func bins(sizes []int, bin int) int {
	slices.Sort(sizes)
	best := 0
	for at := 0; at < len(sizes); at += 1 + len(sizes)/sizesTried {
		k := sizes[at]
		if k > bin/2 {
			break
		}
		if at > 0 && sizes[at-1] == k {
			continue
		}
		large, beside, rest := 0, 0, 0
		for _, s := range sizes[at:] {
			switch {
			case s > bin-k:
				large++
			case 2*s > bin:
				large++
				beside += bin - s
			default:
				rest += s
			}
		}
		best = max(best, large+filled(max(0, rest-beside), bin))
	}
	return max(best, sizesAbove(sizes, bin/2))
}

const sizesTried = 500

func sizesAbove(sizes []int, half int) (n int) {
	for _, s := range sizes {
		if s > half {
			n++
		}
	}
	return n
}
