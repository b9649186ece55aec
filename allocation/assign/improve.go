package assign

import (
	"cmp"
	"math"
	"slices"
)

// search improves an answer by taking a few orders that want the same things out and placing them again: large
// neighbourhood search by ruin and recreate (P. Shaw, CP 1998; G. Schrimpf et al., "Record Breaking Optimization Results Using
// the Ruin and Recreate Principle", Journal of Computational Physics 159, 2000), led by the prices of the relaxation. An answer
// that is worse is gone on from too, the more readily the more work is left (simulated annealing); the best one is kept.
type search struct {
	m      *model
	desk   *desk
	s      *state
	pool   *pool
	price  []float64
	floors []float64
	bound  float64
	dice   dice

	out    []int32  // what is taken out
	kept   []placed // what it had
	fresh  placed
	demand [][]int32 // orders that ask for a SKU

	heat    float64 // how much worse an answer may become, on average
	best    int64   // cost of the best answer seen
	saved   []placed
	changed []int32 // orders whose plan in the best answer is in saved, because it has changed since
	since   []bool  // they, by order
}

func newSearch(v *dual, s *state, seed uint64) *search {
	m := v.m
	w := &search{m: m, desk: v.desk, s: s, pool: v.pool, price: v.marginal(), floors: v.floors, bound: v.bound,
		dice: dice{seed}, demand: make([][]int32, m.p.SKUs), best: s.total, saved: make([]placed, len(m.p.Orders)), since: make([]bool, len(m.p.Orders))}
	for i := range m.p.Orders {
		for _, want := range m.wants[m.first[i]:m.first[i+1]] {
			w.demand[want.sku] = append(w.demand[want.sku], int32(i))
		}
	}
	w.sortPool()
	return w
}

// gap is by how much order i's plan is dearer at prices than its cheapest.
func (w *search) gap(i int) float64 {
	p := &w.s.plans[i]
	v := float64(p.cost) - w.floors[i]
	for _, n := range p.nodes {
		v += w.price[w.m.capacity(n)]
	}
	for _, u := range p.uses {
		v += w.price[u.row] * float64(u.units)
	}
	return v
}

// sortPool puts the columns of every order in the order of what they cost at prices.
func (w *search) sortPool() {
	for i := range w.pool.columns {
		for k := range w.pool.columns[i] {
			c := &w.pool.columns[i][k]
			c.weight = w.pool.value(c, w.price)
		}
		slices.SortStableFunc(w.pool.columns[i], func(a, b column) int { return cmp.Compare(a.weight, b.weight) })
	}
}

// run ruins and recreates until its tries are used up, the bound is reached, or no time is left. It leaves the best answer
// it has seen.
func (w *search) run(tries int, left func() float64) {
	n := len(w.m.p.Orders)
	if n == 0 {
		return
	}
	defer w.restore()
	hot := hottest * math.Abs(w.bound) / float64(n)
	for t := range tries {
		if t%16 == 0 {
			rest := min(left(), 1-float64(t)/float64(tries))
			if rest <= 0 {
				return
			}
			w.heat = hot * math.Pow(coldest, 1-rest)
		}
		if float64(w.best) <= w.bound+1e-6*math.Abs(w.bound) {
			return
		}
		seed := w.dice.below(n)
		most := w.gap(seed)
		for range rivals {
			if j := w.dice.below(n); w.gap(j) > most {
				seed, most = j, w.gap(j)
			}
		}
		w.ruin(seed, 2+w.dice.below(fewOrders))
		w.recreate()
	}
}

const (
	// hottest is how much worse an answer may become on average at the beginning, as a share of what an order costs; coldest is
	// the share of that at the end.
	hottest, coldest = 0.15, 0.01
	// rivals is with how many others the worst placed order is looked for.
	rivals = 5
	// fewOrders bounds how many more than one are taken out at a time.
	fewOrders = 6
)

func (w *search) add(i int32) {
	if !slices.Contains(w.out, i) {
		w.out = append(w.out, i)
	}
}

// ruin chooses what is taken out around an order: who has what it would like to have, who could use what it has.
func (w *search) ruin(seed, most int) {
	w.out = append(w.out[:0], int32(seed))
	for at := 0; at < len(w.out) && len(w.out) < most; at++ {
		i := int(w.out[at])
		columns := w.pool.columns[i]
		plan := &w.pool.plans[columns[min(w.dice.below(len(columns)), w.dice.below(len(columns)), w.dice.below(len(columns)))].uses]
		for _, n := range plan.nodes {
			if room := w.m.capacity(n); w.s.left[room] <= 0 {
				w.addUser(room)
			}
		}
		for _, u := range plan.uses {
			if w.s.left[u.row] < u.units {
				w.addUser(int(u.row))
				w.addUser(int(u.row))
			}
		}
		// somebody who asks for the same
		if wants := w.m.wants[w.m.first[i]:w.m.first[i+1]]; len(wants) > 0 {
			list := w.demand[wants[w.dice.below(len(wants))].sku]
			w.add(list[w.dice.below(len(list))])
		}
	}
}

func (w *search) addUser(r int) {
	if users := w.s.users[r]; len(users) > 0 {
		w.add(users[w.dice.below(len(users))])
	}
}

// shares are how much of the prices counts when orders are placed again: the last ones have nobody to leave anything to.
var shares = [...]float64{1, 1, 0.95, 0.8, 0.5}

// recreate places what is out again and takes that back if it is worse.
func (w *search) recreate() {
	before := w.s.total
	for len(w.kept) < len(w.out) {
		w.kept = append(w.kept, placed{})
	}
	for i := len(w.out) - 1; i > 0; i-- {
		j := w.dice.below(i + 1)
		w.out[i], w.out[j] = w.out[j], w.out[i]
	}
	for k, i := range w.out {
		w.kept[k].copyFrom(&w.s.plans[i])
		w.s.remove(int(i))
	}
	share := shares[w.dice.below(len(shares))]
	for _, i := range w.out {
		w.desk.quote(int(i), &terms{left: w.s.left, price: w.price, share: share, work: searchWork})
		w.desk.result(int(i), &w.fresh)
		w.s.put(int(i), &w.fresh)
	}
	if float64(w.s.total-before) <= -w.heat*math.Log(w.dice.share()) {
		w.accept()
		return
	}
	for _, i := range w.out {
		w.s.remove(int(i))
	}
	for k, i := range w.out {
		w.s.put(int(i), &w.kept[k])
	}
}

// accept goes on from the new answer and remembers the best one.
func (w *search) accept() {
	if w.s.total < w.best {
		w.best = w.s.total
		for _, i := range w.changed {
			w.since[i] = false
		}
		w.changed = w.changed[:0]
		return
	}
	for k, i := range w.out {
		if !w.since[i] {
			w.since[i] = true
			w.changed = append(w.changed, i)
			w.saved[i].copyFrom(&w.kept[k])
		}
	}
}

// restore goes back to the best answer.
func (w *search) restore() {
	for _, i := range w.changed {
		w.s.remove(int(i))
	}
	for _, i := range w.changed {
		w.s.put(int(i), &w.saved[i])
		w.since[i] = false
	}
	w.changed = w.changed[:0]
}

// polish gives every order the cheapest plan that what is left allows, until none can do better or it is told to stop.
func polish(s *state, d *desk, stop func() bool) {
	var old, fresh placed
	for pass, better := 0, true; better && pass < mostPasses; pass++ {
		better = false
		for i := range s.plans {
			if i%64 == 0 && stop() {
				return
			}
			old.copyFrom(&s.plans[i])
			s.remove(i)
			d.quote(i, &terms{left: s.left, work: proofWork})
			if d.result(i, &fresh); fresh.cost >= old.cost {
				s.put(i, &old)
				continue
			}
			s.put(i, &fresh)
			better = true
		}
	}
}

const mostPasses = 10
