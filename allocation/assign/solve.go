package assign

import "math"

// Effort bounds what Solve spends. Its zero value is a measured amount of work, the same answer every time.
type Effort struct {
	Tries int    // improvements to try; 0 = 20 for each order and 1000
	Seed  uint64 // another seed tries others
	// Left tells how much of the caller's time is left, from 1 at the beginning to 0; nil = any. It is asked now and then: an
	// answer takes at least as long as the plain rule and one proof.
	Left func() float64
}

// Answer is what Solve found.
type Answer struct {
	Plans  []Plan // one for each order, in the order given
	Cost   int64
	Bound  int64 // no answer costs less
	Greedy int64 // cost of the plain rule: order by order, the cheapest complete plan first; never below Cost

	// What one more unit of a row of Problem.Stock, or one more parcel of a node, would save, by the relaxation: 0 where
	// there is enough. They prove Bound.
	StockPrices []float64
	NodePrices  []float64
}

const (
	climbRounds   = 40 // and more where they cost little
	triesPerOrder = 20
	// climbUntil is the share of the time that must be left for improving when the bound is good enough.
	climbUntil = 0.5
)

// Solve assigns the orders to nodes at a cost as low as the effort allows. The problem must be valid (Validate). For the same
// problem, tries and seed the answer is the same as long as Left does not end the work.
func Solve(p *Problem, e Effort) Answer {
	if e.Tries == 0 {
		e.Tries = 1000 + triesPerOrder*len(p.Orders)
	}
	until := func(share float64) func() bool {
		return func() bool { return e.Left != nil && e.Left() <= share }
	}
	m := newModel(p)
	d := newDesk(m)
	best := greedy(m, d)
	plain := best.total
	v := newDual(m, d, newPool(m))
	v.climb(climbRounds+5_000/(len(p.Orders)+10), float64(plain), until(climbUntil))
	if float64(plain) > v.bound && !until(0)() {
		if found := dive(v, until(climbUntil/2)); found.total < best.total {
			best = found
		}
		newSearch(v, best, e.Seed).run(e.Tries, until(0.02))
		polish(best, d)
	}
	return m.answer(best, v, plain)
}

func newDesk(m *model) *desk { return &desk{m: m, slot: make([]int32, len(m.p.Nodes))} }

func (m *model) answer(s *state, v *dual, plain int64) Answer {
	a := Answer{Cost: s.total, Greedy: plain, Bound: min(s.total, v.proven())}
	a.StockPrices, a.NodePrices = make([]float64, len(m.p.Stock)), make([]float64, len(m.p.Nodes))
	for i := range m.p.Stock {
		if row := m.rowOf[i]; row >= 0 {
			a.StockPrices[i] = v.price[row]
		}
	}
	for n := range m.p.Nodes {
		a.NodePrices[n] = v.price[m.capacity(int32(n))]
	}
	for i := range m.p.Orders {
		a.Plans = append(a.Plans, m.plan(i, &s.plans[i]))
	}
	return a
}

// proven is the bound in whole units, less what adding up in floating point may have put on.
func (v *dual) proven() int64 {
	size := float64(len(v.floors)) + v.worth(v.price)
	for _, f := range v.floors {
		size += math.Abs(f)
	}
	return int64(max(0, math.Ceil(v.bound-1e-6-4e-9*size)))
}

// plan turns units of wants back into lines: the first line that asks for a SKU is served first.
func (m *model) plan(i int, p *placed) Plan {
	lines := m.p.Orders[i].Lines
	out := Plan{Cost: p.cost, Unfilled: make([]int64, len(lines))}
	for l := range lines {
		out.Unfilled[l] = max(0, lines[l].Quantity)
	}
	wants := m.wants[m.first[i]:m.first[i+1]]
	at := 0
	for _, node := range p.nodes {
		parcel := Parcel{Node: int(node), Units: make([]int64, len(lines))}
		for ; at < len(p.uses) && m.nodeOf[p.uses[at].row] == node; at++ {
			w, left := &wants[p.uses[at].want], p.uses[at].units
			for l := range lines {
				if lines[l].SKU == int(w.sku) && lines[l].G == w.grams {
					n := min(left, out.Unfilled[l])
					parcel.Units[l] += n
					out.Unfilled[l] -= n
					left -= n
				}
			}
		}
		out.Parcels = append(out.Parcels, parcel)
	}
	return out
}
