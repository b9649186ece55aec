package route

import (
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// matrix holds every distance a tour can be made of. Node 0 is the depot, node i+1 is stop i.
type matrix struct {
	d         [][]int
	end       []int // from each node to the nearest drop
	symmetric bool  // between stops, the way back is as long as the way there
}

func (f Floor) measure(stops []Stop) matrix {
	nodes := make([]place, 0, len(stops)+1)
	nodes = append(nodes, f.standAt(f.Depot))
	for _, s := range stops {
		nodes = append(nodes, f.standBy(s))
	}
	drops := f.ends()
	m := matrix{d: make([][]int, len(nodes)), end: make([]int, len(nodes)), symmetric: f.twoWay()}
	for i, a := range nodes {
		m.d[i] = f.walks(a, nodes)
		m.end[i] = slices.Min(f.walks(a, drops))
	}
	return m
}

// ends lists where the walk may end.
func (f Floor) ends() []place {
	if len(f.Drops) == 0 {
		return []place{f.standAt(f.Depot)}
	}
	places := make([]place, len(f.Drops))
	for i, p := range f.Drops {
		places[i] = f.standAt(p)
	}
	return places
}

// reachable reports the stops that one-way aisles cut off.
func (m matrix) reachable(stops []Stop) error {
	var causes []*fault.Fault
	for i, s := range stops {
		if m.d[0][i+1] >= far || m.end[i+1] >= far {
			causes = append(causes, fault.Invalidf("one_way", "route.unreachable",
				"location %q cannot be reached from the depot and left again; check the directions of the one-way aisles",
				s.Location).With("location", s.Location))
		}
	}
	if joined := fault.Join(causes...); joined != nil {
		return joined
	}
	return nil
}

func (m matrix) stops() int {
	return len(m.d) - 1
}

func (m matrix) length(order []int) int {
	total, at := 0, 0
	for _, i := range order {
		total += m.d[at][i+1]
		at = i + 1
	}
	if at == 0 {
		return 0
	}
	return total + m.end[at]
}

// lowerBound is the larger of two simple bounds: out to the worst stop and on to a drop; and the
// shortest tree that joins the depot and all stops, closed over the cheapest way to a drop.
func (m matrix) lowerBound() int {
	best, closing := 0, far
	for i := 1; i < len(m.d); i++ {
		best = max(best, m.d[0][i]+m.end[i])
		closing = min(closing, m.end[i])
	}
	return max(best, m.tree()+closing)
}

// tree is Prim's algorithm, each pair at the shorter of its two directions.
func (m matrix) tree() int {
	dist := make([]int, len(m.d))
	for i := range dist {
		dist[i] = far
	}
	total, at := 0, 0
	for range m.stops() {
		dist[at] = -1
		next := -1
		for i := range dist {
			if dist[i] < 0 {
				continue
			}
			dist[i] = min(dist[i], m.d[at][i], m.d[i][at])
			if next < 0 || dist[i] < dist[next] {
				next = i
			}
		}
		total += dist[next]
		at = next
	}
	return total
}

// heavyFirst turns the tour round when the heavy stops then come earlier and the length stays.
func (m matrix) heavyFirst(order []int, stops []Stop) []int {
	back := slices.Clone(order)
	slices.Reverse(back)
	if m.length(back) != m.length(order) || lateness(back, stops) >= lateness(order, stops) {
		return order
	}
	return back
}

// lateness sums grams times position: small when heavy stops come first.
func lateness(order []int, stops []Stop) int {
	total := 0
	for at, i := range order {
		total += at * stops[i].G
	}
	return total
}
