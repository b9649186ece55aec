package batching

import "slices"

// division is the orders divided into batches, as annealing changes it. Batches may be empty; their places are used
// again.
type division struct {
	meter   *meter
	batches []batch
	of      []int32 // which batch each order is in
	at      []int32 // where in it
	length  int
	clock   *schedule // nil where nothing is due
	tardy   int
}

type batch struct {
	orders []int32
	name   uint64
	load   load
	length int
}

func newDivision(m *meter, sets [][]int32) *division {
	n := len(m.problem.Orders)
	d := &division{meter: m, of: make([]int32, n), at: make([]int32, n)}
	for _, s := range sets {
		b := batch{orders: slices.Clone(s), name: m.nameOf(s)}
		b.length = m.length(b.name, b.orders)
		for _, o := range s {
			b.load = b.load.plus(m.own[o])
		}
		d.length += b.length
		d.batches = append(d.batches, b)
	}
	for b := range d.batches {
		d.renumber(int32(b))
	}
	if d.clock = newSchedule(m.problem); d.clock != nil {
		d.tardy = d.clock.tardiness(d.batches)
	}
	return d
}

func (d *division) renumber(b int32) {
	for i, o := range d.batches[b].orders {
		d.of[o], d.at[o] = b, int32(i)
	}
}

// sets are the batches that are not empty.
func (d *division) sets() (out [][]int32) {
	for _, b := range d.batches {
		if len(b.orders) > 0 {
			s := slices.Clone(b.orders)
			slices.Sort(s)
			out = append(out, s)
		}
	}
	return out
}

// empty is a batch without orders.
func (d *division) empty() int32 {
	i := slices.IndexFunc(d.batches, func(b batch) bool { return len(b.orders) == 0 })
	if i < 0 {
		d.batches = append(d.batches, batch{})
		i = len(d.batches) - 1
	}
	return int32(i)
}

// exchange is a step: some orders of batch a go to batch b and some of b to a.
type exchange struct {
	a, b          int32
	out, in       []int32 // of a to b, of b to a
	zoned         bool    // zones must be looked at
	newA, newB    batch
	dLength       int
	tardy         int
	bufA, bufB    []int32
	bufOut, bufIn [2]int32
}

// weigh works out what the step leads to; false where the cart or a zone forbids it.
func (d *division) weigh(e *exchange) bool {
	a, b, m := &d.batches[e.a], &d.batches[e.b], d.meter
	la, lb, na, nb := a.load, b.load, a.name, b.name
	for _, o := range e.out {
		la, lb, na, nb = la.minus(m.own[o]), lb.plus(m.own[o]), na^m.names[o], nb^m.names[o]
	}
	for _, o := range e.in {
		la, lb, na, nb = la.plus(m.own[o]), lb.minus(m.own[o]), na^m.names[o], nb^m.names[o]
	}
	if !la.within(m.limit) || !lb.within(m.limit) || e.zoned && d.mixes(e) {
		return false
	}
	e.bufA, e.bufB = swapped(e.bufA[:0], a.orders, e.out, e.in), swapped(e.bufB[:0], b.orders, e.in, e.out)
	e.newA = batch{orders: e.bufA, name: na, load: la, length: m.length(na, e.bufA)}
	e.newB = batch{orders: e.bufB, name: nb, load: lb, length: m.length(nb, e.bufB)}
	e.dLength = e.newA.length + e.newB.length - a.length - b.length
	return true
}

// mixes tells whether orders of two zones would meet. Batches are of one zone, so one order speaks for its batch.
func (d *division) mixes(e *exchange) bool {
	orders := d.meter.problem.Orders
	zone := orders[d.batches[e.a].orders[0]].Zone
	b := d.batches[e.b].orders
	return len(b) > 0 && orders[b[0]].Zone != zone
}

func swapped(into, from, out, in []int32) []int32 {
	for _, o := range from {
		if !slices.Contains(out, o) {
			into = append(into, o)
		}
	}
	return append(into, in...)
}

// try tells whether a step that was weighed is taken: never more tardiness, unless patience is left for it; then the
// length decides. bar is how much longer the walks may become.
func (d *division) try(e *exchange, bar int) bool {
	e.tardy = d.tardy
	if d.clock == nil {
		return e.dLength <= bar
	}
	if d.tardy == 0 && e.dLength > bar {
		return false
	}
	e.tardy = d.clock.with(d.batches, e)
	return e.tardy < d.tardy || e.tardy == d.tardy && e.dLength <= bar
}

// take makes the step.
func (d *division) take(e *exchange) {
	if d.clock != nil {
		d.clock.take(e)
	}
	for _, s := range [...]struct {
		at int32
		b  batch
	}{{e.a, e.newA}, {e.b, e.newB}} {
		s.b.orders = append(d.batches[s.at].orders[:0], s.b.orders...)
		d.batches[s.at] = s.b
		d.renumber(s.at)
	}
	d.length += e.dLength
	d.tardy = e.tardy
}
