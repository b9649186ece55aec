package batching

import (
	"cmp"
	"math"
	"slices"
)

// partition searches, depth first, for a choice of columns that holds every order once and is shorter than the best
// known one. Prices say what is still to be paid at least, so that most columns and most branches need no look.
type partition struct {
	cols    *columns
	meter   *meter
	lists   [][]priced // for every order the columns with it that may matter, least reduced cost first
	turn    []int32    // orders, those with few columns first
	covered []bool
	chosen  []int
	best    []int
	length  int     // of the best known
	floor   float64 // what the prices say all orders cost at least
	fee     float64 // of a batch, paid for least of them in floor
	least   int
	step    int // lengths are multiples of it
	nodes   int // how many more branches may be looked at
	stop    func() bool
}

// proof is the outcome of partitioning.
type proof struct {
	sets  [][]int32 // shorter than what was known; nil where nothing is
	bound int       // nothing is shorter
}

// partitionNodes bounds the search, nodesPerStep against the work that was allowed; patrol is how many lie between two
// looks at the time.
const (
	partitionNodes = 5_000_000
	nodesPerStep   = 4
	patrol         = 4_096
)

// prove looks for a division shorter than known among the columns, and says below which length there is none. Where
// the columns are all batches, bound holds for the problem. work and stop end the search before it is through.
func prove(m *meter, cols *columns, known, work int, stop func() bool) proof {
	n := len(m.own)
	alone := make([]int, n)
	for i := range cols.count() {
		if s := cols.of(i); len(s) == 1 {
			alone[s[0]] = i
		}
	}
	p := &partition{cols: cols, meter: m, lists: make([][]priced, n), covered: make([]bool, n), length: known,
		step: cols.step(), nodes: min(partitionNodes, nodesPerStep*work), least: m.leastBatches(), stop: stop}
	y := relax(cols, alone, p.least, work, stop)
	p.settle(y)
	out := proof{bound: min(p.up(p.floor), known)}
	p.list(y)
	if p.dive(0, m.total()); p.nodes > 0 {
		out.bound = p.length
	}
	for _, i := range p.best {
		out.sets = append(out.sets, slices.Clone(cols.of(i)))
	}
	return out
}

// settle lowers the prices until no column costs less than its own: then they are a bound, however they were found.
func (p *partition) settle(y []float64) {
	last := len(y) - 1
	y[last] = max(y[last], 0)
	lacking := 0.0
	for i := range p.cols.count() {
		lacking = min(lacking, reduced(p.cols, y, i))
	}
	for o := range last {
		y[o] += lacking
		p.floor += y[o]
	}
	p.fee = y[last]
	p.floor += p.fee * float64(p.least)
}

// step is the greatest common divisor of all lengths.
func (c *columns) step() int {
	g := 0
	for _, l := range c.length {
		for a := l; a != 0; {
			g, a = a, g%a
		}
		if g == 1 {
			break
		}
	}
	return max(g, 1)
}

// up rounds to the next length that there can be.
func (p *partition) up(v float64) int {
	return int(math.Ceil((v-1e-5)/float64(p.step))) * p.step
}

// slack is by how much the prices may be overpaid in a division that is shorter than the best known.
func (p *partition) slack() float64 { return float64(p.length-p.step) - p.floor + 1e-5 }

func (p *partition) list(y []float64) {
	for i := range p.cols.count() {
		if r := reduced(p.cols, y, i); r <= p.slack() {
			for _, o := range p.cols.of(i) {
				p.lists[o] = append(p.lists[o], priced{i, max(r, 0)})
			}
		}
	}
	for o := range p.lists {
		slices.SortFunc(p.lists[o], byCost)
		p.turn = append(p.turn, int32(o))
	}
	slices.SortStableFunc(p.turn, func(a, b int32) int { return cmp.Compare(len(p.lists[a]), len(p.lists[b])) })
}

// dive covers what is left, which takes rest of carts.
func (p *partition) dive(overpaid float64, rest load) {
	next := int32(-1)
	for _, o := range p.turn {
		if !p.covered[o] {
			next = o
			break
		}
	}
	if next < 0 {
		p.finish()
		return
	}
	beyond := max(0, len(p.chosen)+rest.over(p.meter.limit)-p.least)
	for _, c := range p.lists[next] {
		if overpaid+c.cost+float64(beyond)*p.fee > p.slack() {
			return
		}
		if p.nodes--; p.nodes%patrol == 0 && p.stop() {
			p.nodes = 0
		}
		if p.nodes <= 0 {
			return
		}
		if p.free(c.column) {
			left := rest
			for _, o := range p.cols.of(c.column) {
				left = left.minus(p.meter.own[o])
				p.covered[o] = true
			}
			p.chosen = append(p.chosen, c.column)
			p.dive(overpaid+c.cost, left)
			p.chosen = p.chosen[:len(p.chosen)-1]
			for _, o := range p.cols.of(c.column) {
				p.covered[o] = false
			}
		}
	}
}

func (p *partition) finish() {
	length := 0
	for _, i := range p.chosen {
		length += p.cols.length[i]
	}
	if length < p.length {
		p.length, p.best = length, slices.Clone(p.chosen)
	}
}

func (p *partition) free(column int) bool {
	for _, o := range p.cols.of(column) {
		if p.covered[o] {
			return false
		}
	}
	return true
}
