package route

import "slices"

// improveSteps bounds the tried moves, so that a hundred stops stay within some milliseconds.
const improveSteps = 400_000

// nearestNeighbour always walks to the closest stop not yet visited.
func (m matrix) nearestNeighbour() []int {
	order := make([]int, 0, m.visits())
	seen := make([]bool, len(m.d))
	for at := 0; len(order) < m.visits(); {
		next := 0
		for i := 1; i < len(m.d); i++ {
			if !seen[i] && (next == 0 || m.d[at][i] < m.d[at][next]) {
				next = i
			}
		}
		seen[next] = true
		order = append(order, next-1)
		at = next
	}
	return order
}

// improve repeats 2-opt (turn a stretch round) and Or-opt (move up to three stops elsewhere) until
// neither helps. With one-way aisles nothing is turned round, because the way back is another one.
func (m matrix) improve(order []int) []int {
	order = slices.Clone(order)
	steps := improveSteps
	for steps > 0 {
		if m.symmetric && m.twoOpt(order, &steps) {
			continue
		}
		if !m.orOpt(order, &steps) {
			break
		}
	}
	return order
}

// hop is the way between two positions of the order; position -1 is the depot and len(order) the drop.
func (m matrix) hop(order []int, a, b int) int {
	from := 0
	if a >= 0 {
		from = order[a] + 1
	}
	if b == len(order) {
		return m.end[from]
	}
	return m.d[from][order[b]+1]
}

func (m matrix) twoOpt(order []int, steps *int) bool {
	for i := 0; i < len(order)-1; i++ {
		for j := i + 1; j < len(order); j++ {
			*steps--
			old := m.hop(order, i-1, i) + m.hop(order, j, j+1)
			if m.hop(order, i-1, j)+m.hop(order, i, j+1) < old {
				slices.Reverse(order[i : j+1])
				return true
			}
		}
	}
	return false
}

// orOpt moves a stretch of one to three stops to the place where it costs least, without turning it.
func (m matrix) orOpt(order []int, steps *int) bool {
	for size := 1; size <= 3; size++ {
		for i := 0; i+size <= len(order); i++ {
			j := i + size // the stretch is [i, j)
			gain := m.hop(order, i-1, i) + m.hop(order, j-1, j) - m.hop(order, i-1, j)
			for k := 0; k <= len(order); k++ { // in front of position k
				if k >= i && k <= j {
					continue
				}
				*steps--
				if m.hop(order, k-1, i)+m.hop(order, j-1, k)-m.hop(order, k-1, k) < gain {
					moveStretch(order, i, j, k)
					return true
				}
			}
		}
	}
	return false
}

// moveStretch puts order[i:j] in front of what is at position k, outside the stretch.
func moveStretch(order []int, i, j, k int) {
	if k < i {
		rotate(order[k:j], i-k)
		return
	}
	rotate(order[i:k], j-i)
}

// rotate brings v[n:] to the front.
func rotate(v []int, n int) {
	slices.Reverse(v[:n])
	slices.Reverse(v[n:])
	slices.Reverse(v)
}
