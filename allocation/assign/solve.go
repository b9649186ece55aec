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
	// there is enough. With PairPrices they prove Bound.
	StockPrices []float64
	NodePrices  []float64
	PairPrices  []PairPrice
}

// PairPrice is the price of a rule: units are whole, so that a row of Problem.Stock of s units holds no more than ⌊(s + len(Odd)) / 2⌋
// pairs, where an order that takes u units of it takes ⌊u/2⌋ pairs, or ⌊(u+1)/2⌋ if it is in Odd. For each pair above half of its units an order
// pays Price, on top of StockPrices (for each below it gets as much), and what the rule allows above s/2 is worth as much.
type PairPrice struct {
	Stock int // index in Problem.Stock
	Odd   []int
	Price float64
}

const (
	climbRounds   = 60 // and more where they cost little
	triesPerOrder = 20
	// climbUntil is the share of the time that must be left for improving when the bound is good enough.
	climbUntil = 0.5
	// proveUntil is the share that must be left for a last proof to be exact.
	proveUntil = 0.2
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
	v.climb(climbRounds+5_000/(len(p.Orders)+10), float64(plain), until(climbUntil), until(proveUntil))
	if float64(plain) > v.bound && !until(0)() {
		if found := dive(v, until(climbUntil/2), until(climbUntil/3)); found.total < best.total {
			best = found
		}
		newSearch(v, best, e.Seed).run(e.Tries, e.remaining(0.02))
		polish(best, d, until(0))
	}
	return m.answer(best, v, plain)
}

// remaining tells how much is left of the time from now until a share of all is left, from 1 to 0.
func (e *Effort) remaining(share float64) func() float64 {
	if e.Left == nil {
		return func() float64 { return 1 }
	}
	all := e.Left() - share
	return func() float64 {
		if all <= 0 {
			return 0
		}
		return (e.Left() - share) / all
	}
}

func newDesk(m *model) *desk { return &desk{m: m, slot: make([]int32, len(m.p.Nodes))} }

func (m *model) answer(s *state, v *dual, plain int64) Answer {
	a := Answer{Cost: s.total, Greedy: plain, Bound: min(s.total, v.proven())}
	a.StockPrices, a.NodePrices = make([]float64, len(m.p.Stock)), make([]float64, len(m.p.Nodes))
	worth := v.marginal()
	for i := range m.p.Stock {
		row := m.rowOf[i]
		if row < 0 {
			continue
		}
		a.StockPrices[i] = worth[row]
		for _, c := range v.pool.cuts.of[row] {
			if price := v.price[len(m.supply)+int(c)]; price > 0 {
				a.PairPrices = append(a.PairPrices, PairPrice{Stock: i, Odd: v.pool.cuts.list[c].orders(), Price: price})
			}
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
