package route

// choice is how a partial tour came to its class.
type choice struct {
	cost   int
	leg    leg
	bridge int // between the column before and this one
	before class
}

// ratliffRosenthal is the exact dynamic programme over the columns, followed by the walk through the
// edges it chose.
func (f Floor) ratliffRosenthal(stops []Stop) []int {
	cols := f.columns(stops)
	table := make([][classes]choice, len(cols))
	var arrived [classes]choice
	for s := range arrived {
		arrived[s].cost = far
	}
	arrived[none].cost = 0
	for j, col := range cols {
		if j > 0 {
			arrived = crossOver(table[j-1], col.x-cols[j-1].x)
		}
		table[j] = walkInside(arrived, col)
	}
	best := closed
	for _, s := range [...]class{evenZero, zeroEven, even1} {
		if table[len(table)-1][s].cost < table[len(table)-1][best].cost {
			best = s
		}
	}
	return trace(cols, table, best).order()
}

func crossOver(last [classes]choice, dx int) [classes]choice {
	var next [classes]choice
	for s := range next {
		next[s].cost = far
	}
	for b, br := range bridges {
		for s := range class(classes) {
			to := afterBridge[b][s]
			if to == never || last[s].cost >= far {
				continue
			}
			if cost := last[s].cost + (br.front+br.back)*dx; cost < next[to].cost {
				next[to] = choice{cost: cost, bridge: b, before: s}
			}
		}
	}
	return next
}

func walkInside(arrived [classes]choice, col column) [classes]choice {
	var next [classes]choice
	for s := range next {
		next[s].cost = far
	}
	for l := range leg(legs) {
		walked, ok := col.times(l)
		if !ok {
			continue
		}
		cost := col.cost(walked)
		for s := range class(classes) {
			to := afterLeg[l][s]
			if to == never || arrived[s].cost >= far || arrived[s].cost+cost >= next[to].cost {
				continue
			}
			next[to] = arrived[s]
			next[to].cost += cost
			next[to].leg = l
		}
	}
	return next
}

// trace goes back through the table and lays down the chosen edges.
func trace(cols []column, table [][classes]choice, last class) *tracks {
	t := newTracks(cols)
	for j := len(cols) - 1; j >= 0; j-- {
		c := table[j][last]
		walked, _ := cols[j].times(c.leg)
		for i, n := range walked {
			t.lay(t.first[j]+i, t.first[j]+i+1, n)
		}
		if j > 0 {
			br := bridges[c.bridge]
			t.lay(t.first[j-1], t.first[j], br.front)
			t.lay(t.back(j-1), t.back(j), br.back)
		}
		last = c.before
	}
	return t
}

// tracks is the tour as edges: every column is a chain of nodes front, stops, back.
type tracks struct {
	cols  []column
	first []int // node of each column's front
	stop  []int // stop of each node, -1 at the ends
	edges [][2]int
	touch [][]int // edges of each node
	depot int
}

func newTracks(cols []column) *tracks {
	t := &tracks{cols: cols}
	for j, c := range cols {
		t.first = append(t.first, len(t.stop))
		t.stop = append(t.stop, -1)
		t.stop = append(t.stop, c.stops...)
		t.stop = append(t.stop, -1)
		if c.depot && c.depotTop {
			t.depot = t.back(j)
		} else if c.depot {
			t.depot = t.first[j]
		}
	}
	t.touch = make([][]int, len(t.stop))
	return t
}

func (t *tracks) back(j int) int {
	return t.first[j] + len(t.cols[j].ys) - 1
}

func (t *tracks) lay(a, b, times int) {
	for range times {
		t.touch[a] = append(t.touch[a], len(t.edges))
		t.touch[b] = append(t.touch[b], len(t.edges))
		t.edges = append(t.edges, [2]int{a, b})
	}
}

// order walks every edge once (Hierholzer 1873) and notes the stops as they are first met.
func (t *tracks) order() []int {
	used := make([]bool, len(t.edges))
	met := make([]bool, len(t.stop))
	var order []int
	path := []int{t.depot}
	for len(path) > 0 {
		at := path[len(path)-1]
		if next, ok := t.leave(at, used); ok {
			path = append(path, next)
			continue
		}
		path = path[:len(path)-1]
		if !met[at] && t.stop[at] >= 0 {
			order = append(order, t.stop[at])
		}
		met[at] = true
	}
	return order
}

// leave takes an unused edge out of a node.
func (t *tracks) leave(at int, used []bool) (int, bool) {
	for len(t.touch[at]) > 0 {
		e := t.touch[at][0]
		t.touch[at] = t.touch[at][1:]
		if used[e] {
			continue
		}
		used[e] = true
		return t.edges[e][0] + t.edges[e][1] - at, true
	}
	return 0, false
}
