package route

// heldKarpStops bounds the exact search over subsets: 2^13 · 13² steps stay within some milliseconds.
const heldKarpStops = 13

// heldKarp is the exact dynamic programme of Held and Karp (1962): the shortest walk from the depot
// through a set of visits that ends at a given one, for growing sets. It knows nothing of aisles, so
// one-way aisles and any drop are served.
func (m matrix) heldKarp() []int {
	n := m.visits()
	best := make([]int, n<<n) // by set and last visit
	for set := 1; set < 1<<n; set++ {
		for last := range n {
			best[set*n+last] = m.cheapestInto(best, set, last)
		}
	}
	order := make([]int, n)
	set, next := 1<<n-1, -1
	for at := n - 1; at >= 0; at-- {
		next = m.cheapestOut(best[set*n:set*n+n], set, next)
		order[at] = next
		set &^= 1 << next
	}
	return order
}

func (m matrix) cheapestInto(best []int, set, last int) int {
	rest := set &^ (1 << last)
	if rest == set {
		return far
	}
	if rest == 0 {
		return m.d[0][last+1]
	}
	into, n := far, m.visits()
	for prev, v := range best[rest*n : rest*n+n] {
		if rest&(1<<prev) != 0 {
			into = min(into, v+m.d[prev+1][last+1])
		}
	}
	return into
}

// cheapestOut picks the visit of the set that is left for next (or for the drop when next is negative).
func (m matrix) cheapestOut(into []int, set, next int) int {
	pick, least := -1, 0
	for last, v := range into {
		if set&(1<<last) == 0 {
			continue
		}
		if next < 0 {
			v += m.end[last+1]
		} else {
			v += m.d[last+1][next+1]
		}
		if pick < 0 || v < least {
			pick, least = last, v
		}
	}
	return pick
}
