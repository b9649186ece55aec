package route

import "slices"

// lowerBound is the largest of three bounds that no walk goes below: out to the worst visit and on to a drop; the
// cheapest choice of one successor for every visit (the assignment problem, strong with one-way aisles); and where all
// aisles are walked both ways, the trees of Held and Karp (1970).
func (m matrix) lowerBound() int {
	best := 0
	for i := 1; i < len(m.d); i++ {
		best = max(best, m.d[0][i]+m.end[i])
	}
	best = max(best, m.assignment())
	if m.symmetric {
		best = max(best, m.trees(best))
	}
	return best
}

// next is the way from node i to node j, where node 0 is left at the depot and entered at a drop.
func (m matrix) next(i, j int) int {
	if j == 0 {
		return m.end[i]
	}
	return m.d[i][j]
}

// assignment is the Hungarian method with potentials (Kuhn 1955, Munkres 1957) on ways between different nodes.
func (m matrix) assignment() int {
	n := len(m.d)
	rows, cols := make([]int, n+1), make([]int, n+1) // potentials, from 1
	owner, before := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		owner[0] = i
		least, used := make([]int, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = 4 * far
		}
		at := 0
		for owner[at] != 0 {
			used[at] = true
			row, step, to := owner[at], 4*far, 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				cost := 2 * far
				if row != j {
					cost = min(cost, m.next(row-1, j-1))
				}
				if c := cost - rows[row] - cols[j]; c < least[j] {
					least[j], before[j] = c, at
				}
				if least[j] < step {
					step, to = least[j], j
				}
			}
			for j := range used {
				if used[j] {
					rows[owner[j]] += step
					cols[j] -= step
				} else {
					least[j] -= step
				}
			}
			at = to
		}
		for at != 0 {
			owner[at] = owner[before[at]]
			at = before[at]
		}
	}
	total := 0
	for j := 1; j <= n; j++ {
		if owner[j] != j {
			total += m.next(owner[j]-1, j-1)
		}
	}
	return total
}

// ascents is how many trees are tried.
const ascents = 120

// trees is the ascent of Held and Karp (1970): the shortest tree over all visits and the drop, with one way from the
// depot, where visits with more than two neighbours are made dearer and those with one cheaper. The depot and the drop
// are joined by a way of length 0, so the walk is a tour. Weights are kept in sixteenths of a millimetre.
func (m matrix) trees(known int) int {
	const unit = 16
	n := m.visits()
	weight := make([]int, n+1) // of the visits, from 1; 0 stands for the drop, whose degree in the tree is 1
	best := known
	span := max(1, unit*known/(4*(n+1)))
	for round := range ascents {
		degree := make([]int, n+1)
		total := m.tree(weight, unit, degree)
		for _, w := range weight[1:] {
			total -= 2 * w
		}
		total -= weight[0] // one way into the drop, one from the depot: see tree
		best = max(best, (total+unit-1)/unit)
		step := span * (ascents - round) / ascents
		flat := true
		for i := range degree {
			want := 2
			if i == 0 {
				want = 1
			}
			flat = flat && degree[i] == want
			weight[i] += step * (degree[i] - want)
		}
		if flat {
			break
		}
	}
	return best
}

// tree is Prim's algorithm over the drop (node 0) and all visits, plus the cheapest way from the depot to a visit; it
// counts the neighbours of each.
func (m matrix) tree(weight []int, unit int, degree []int) int {
	n := len(weight)
	way := func(i, j int) int { // undirected: the drop is entered only
		if i == 0 || j == 0 {
			return unit*m.end[i+j] + weight[0] + weight[i+j]
		}
		return unit*m.d[i][j] + weight[i] + weight[j]
	}
	dist, from := make([]int, n), make([]int, n)
	in := make([]bool, n)
	in[0] = true
	for i := 1; i < n; i++ {
		dist[i] = way(0, i)
	}
	total := 0
	for range n - 1 {
		next := 0
		for i := 1; i < n; i++ {
			if !in[i] && (next == 0 || dist[i] < dist[next]) {
				next = i
			}
		}
		in[next] = true
		total += dist[next]
		degree[next]++
		degree[from[next]]++
		for i := 1; i < n; i++ {
			if w := way(next, i); !in[i] && w < dist[i] {
				dist[i], from[i] = w, next
			}
		}
	}
	out := slices.MinFunc(m.indices(), func(i, j int) int {
		return unit*m.d[0][i] + weight[i] - unit*m.d[0][j] - weight[j]
	})
	degree[out]++
	return total + unit*m.d[0][out] + weight[out]
}

// indices lists the nodes of the visits.
func (m matrix) indices() []int {
	list := make([]int, m.visits())
	for i := range list {
		list[i] = i + 1
	}
	return list
}
