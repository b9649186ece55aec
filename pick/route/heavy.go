package route

import "slices"

// heavyStops is up to how many stops heavyFirst looks at every exchange.
const heavyStops = 300

// heavyFirst looks for an order of the same length that meets heavy stops earlier: it turns stretches round and moves
// single stops as long as that helps and costs nothing.
func (f Floor) heavyFirst(order []int, stops []Stop) []int {
	if len(order) > heavyStops {
		return order
	}
	h := heavy{m: f.measure(stops), order: order, stops: stops}
	h.length, h.late = h.m.length(order), lateness(order, stops)
	for steps := len(order); steps > 0 && (h.turn() || h.move()); steps-- {
	}
	return h.order
}

type heavy struct {
	m            matrix
	order, spare []int
	stops        []Stop
	length, late int
}

// turn tries every stretch from its other end.
func (h *heavy) turn() bool {
	for i := range h.order {
		for j := len(h.order) - 1; j > i; j-- {
			if h.m.symmetric && h.m.hop(h.order, i-1, j)+h.m.hop(h.order, i, j+1) > h.m.hop(h.order, i-1, i)+h.m.hop(h.order, j, j+1) {
				continue
			}
			h.spare = append(h.spare[:0], h.order...)
			slices.Reverse(h.spare[i : j+1])
			if h.take() {
				return true
			}
		}
	}
	return false
}

// move tries to bring every stop forward.
func (h *heavy) move() bool {
	for j := range h.order {
		for i := range j {
			if h.stops[h.order[j]].G <= h.stops[h.order[i]].G {
				continue
			}
			h.spare = append(h.spare[:0], h.order...)
			rotate(h.spare[i:j+1], j-i)
			if h.take() {
				return true
			}
		}
	}
	return false
}

// take keeps the spare order when it is lighter on the goods and no longer.
func (h *heavy) take() bool {
	late := lateness(h.spare, h.stops)
	if late >= h.late || h.m.length(h.spare) > h.length {
		return false
	}
	h.order, h.spare = h.spare, h.order
	h.late, h.length = late, h.m.length(h.order)
	return true
}

// lateness sums grams times position: small when heavy stops come first.
func lateness(order []int, stops []Stop) int {
	total := 0
	for at, i := range order {
		total += at * stops[i].G
	}
	return total
}
