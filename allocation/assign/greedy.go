package assign

// greedy serves the orders in the given order from what is left: the cheapest plan that ships everything if there is one,
// else the cheapest. It is the plain rule that the answer is measured against.
func greedy(m *model, d *desk) *state {
	s := newState(m)
	var p placed
	for i := range m.p.Orders {
		d.quote(i, &terms{left: s.left, complete: !m.p.Orders[i].Whole, work: greedyWork})
		if d.best >= unheard {
			d.quote(i, &terms{left: s.left, work: greedyWork})
		}
		d.result(i, &p)
		s.put(i, &p)
	}
	return s
}

const greedyWork = 20_000
