package assign

import "slices"

// state is a complete answer that can be changed order by order.
type state struct {
	m     *model
	left  []int64   // of every resource
	plans []placed  // of every order
	users [][]int32 // orders that use a resource
	total int64
}

// placed is the plan of an order by the resources it uses.
type placed struct {
	nodes []int32
	uses  []use
	cost  int64
}

// use is units of a want that come from a row of stock.
type use struct {
	row, want int32
	units     int64
}

// newState is the answer in which nothing ships.
func newState(m *model) *state {
	s := &state{m: m, left: slices.Clone(m.supply), plans: make([]placed, len(m.p.Orders)), users: make([][]int32, len(m.supply))}
	for i := range s.plans {
		s.plans[i].cost = m.p.Orders[i].UnfilledCost * m.wanted[i]
		s.total += s.plans[i].cost
	}
	return s
}

// remove takes an order's plan out: it ships nothing until it is placed again.
func (s *state) remove(i int) {
	p := &s.plans[i]
	for _, n := range p.nodes {
		s.free(s.m.capacity(n), 1, i)
	}
	for _, u := range p.uses {
		s.free(int(u.row), u.units, i)
	}
	p.nodes, p.uses = p.nodes[:0], p.uses[:0]
	s.setCost(i, s.m.p.Orders[i].UnfilledCost*s.m.wanted[i])
}

func (s *state) free(r int, units int64, i int) {
	s.left[r] += units
	if at := slices.Index(s.users[r], int32(i)); at >= 0 {
		last := len(s.users[r]) - 1
		s.users[r][at] = s.users[r][last]
		s.users[r] = s.users[r][:last]
	}
}

func (s *state) setCost(i int, cost int64) {
	s.total += cost - s.plans[i].cost
	s.plans[i].cost = cost
}

// put gives an order that ships nothing a plan that fits into what is left.
func (s *state) put(i int, p *placed) {
	to := &s.plans[i]
	to.nodes, to.uses = append(to.nodes[:0], p.nodes...), append(to.uses[:0], p.uses...)
	s.setCost(i, p.cost)
	for _, n := range p.nodes {
		s.take(s.m.capacity(n), 1, i)
	}
	for _, u := range p.uses {
		s.take(int(u.row), u.units, i)
	}
}

func (s *state) take(r int, units int64, i int) {
	s.left[r] -= units
	s.users[r] = append(s.users[r], int32(i))
}

// copyFrom makes p the same plan as q.
func (p *placed) copyFrom(q *placed) {
	p.nodes, p.uses, p.cost = append(p.nodes[:0], q.nodes...), append(p.uses[:0], q.uses...), q.cost
}

// fits reports whether there is enough left for a plan.
func (s *state) fits(p *placed) bool {
	for _, n := range p.nodes {
		if s.left[s.m.capacity(n)] < 1 {
			return false
		}
	}
	for k, u := range p.uses {
		need := u.units
		for _, before := range p.uses[:k] {
			if before.row == u.row { // the same SKU at another weight
				need += before.units
			}
		}
		if s.left[u.row] < need {
			return false
		}
	}
	return true
}

// result writes the desk's best plan into p, with its cost to the last unit.
func (d *desk) result(i int, p *placed) {
	p.nodes, p.uses = p.nodes[:0], p.uses[:0]
	width := len(d.wants)
	for k, at := range d.nodes {
		of := &d.offers[at]
		p.nodes = append(p.nodes, of.node)
		for l, n := range d.units[k*width : (k+1)*width] {
			if n > 0 {
				p.uses = append(p.uses, use{row: d.row[int(of.at)+l], want: int32(l), units: n})
			}
		}
	}
	p.cost = d.m.cost(i, p)
}

// cost is what a plan costs, as Order and Rate define it.
func (m *model) cost(i int, p *placed) int64 {
	o := &m.p.Orders[i]
	wants := m.wants[m.first[i]:m.first[i+1]]
	short := m.wanted[i]
	var cost, days int64
	at := 0
	for k, node := range p.nodes {
		rate, g := m.rate(o, node), int64(0)
		for ; at < len(p.uses) && m.nodeOf[p.uses[at].row] == node; at++ {
			g += p.uses[at].units * wants[p.uses[at].want].grams
			short -= p.uses[at].units
		}
		cost += rate.Freight(g) + m.p.Nodes[node].Handling
		if k > 0 {
			cost += o.SplitCost
		}
		arrives := rate.Days
		if m.p.Nodes[node].CutoffPassed {
			arrives++
		}
		days = max(days, arrives)
	}
	if len(p.nodes) > 0 {
		cost += o.LatePerDay * max(0, days-o.PromisedDays)
	}
	return cost + o.UnfilledCost*short
}
