package assign

import (
	"math"
	"slices"
)

// dive makes an answer of the relaxation's averages: it places the orders whose plan is clearest, prices the others anew for
// what is left, and so on. On stop prices are not adjusted any more, on quit all orders are placed at those that there are.
func dive(v *dual, stop, quit func() bool) *state {
	m := v.m
	s := newState(m)
	w := newDual(m, v.desk, v.pool.clone())
	w.extend()
	copy(w.center, v.price)
	copy(w.flow, v.flow)
	w.scale = v.scale
	for len(w.active) > 0 {
		most := max(1, len(w.active)/6, len(m.p.Orders)/25)
		if quit() {
			most = len(w.active)
		}
		w.settle(s, most)
		if len(w.active) == 0 {
			break
		}
		w.trim()
		w.bound = 0
		w.prove(w.center, searchWork, stop)
		value := w.evaluate(w.center, w.trialFlow)
		copy(w.flow, w.trialFlow)
		w.scale, w.f, w.alpha = 1, 0.1, 0.1
		w.step(diveSteps, value+math.Abs(value)+1e5, stop)
	}
	return s
}

// diveSteps is how long prices are adjusted after some orders have been placed.
const diveSteps = 80

// settle places the clearest orders and takes them off the list.
func (v *dual) settle(s *state, most int) {
	type pick struct {
		weight        float64
		order, column int32
	}
	picks := make([]pick, 0, len(v.active))
	for _, i := range v.active {
		p := pick{-1, i, 0}
		for k := range v.pool.columns[i] {
			if c := &v.pool.columns[i][k]; c.weight > p.weight {
				p.weight, p.column = c.weight, int32(k)
			}
		}
		picks = append(picks, p)
	}
	slices.SortStableFunc(picks, func(a, b pick) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	var fresh placed
	for n, p := range picks {
		if n >= most && p.weight*v.scale < 0.95 {
			break
		}
		plan := &v.pool.plans[v.pool.columns[p.order][p.column].uses]
		if p.weight == 0 || !s.fits(plan) {
			v.desk.quote(int(p.order), &terms{left: s.left, price: v.center, cuts: v.pool.cuts, share: 1, work: searchWork})
			v.desk.result(int(p.order), &fresh)
			plan = &fresh
		}
		s.put(int(p.order), plan)
		v.spend(p.order, plan)
		v.chosen[p.order] = -1
	}
	v.active = slices.DeleteFunc(v.active, func(i int32) bool { return v.chosen[i] < 0 })
	copy(v.supply[:len(s.left)], s.left)
}

// spend takes what a plan uses of the cuts from what they allow.
func (v *dual) spend(i int32, plan *placed) {
	for _, u := range plan.uses {
		if v.m.twins[i] {
			return
		}
		for _, at := range v.pool.cuts.of[u.row] {
			v.supply[len(v.m.supply)+int(at)] -= v.pool.cuts.list[at].takes(i, u.units)
		}
	}
}

// trim forgets the plans that no longer fit.
func (v *dual) trim() {
	for _, i := range v.active {
		v.pool.columns[i] = slices.DeleteFunc(v.pool.columns[i], func(c column) bool {
			for _, t := range v.pool.parts[c.from:c.to] {
				if int64(t.units) > v.supply[t.resource] {
					return true
				}
			}
			return false
		})
		for k := range v.pool.columns[i] {
			v.pool.columns[i][k].weight = 0
		}
	}
}

func (c *pool) clone() *pool {
	d := &pool{columns: make([][]column, len(c.columns)), parts: slices.Clip(c.parts), plans: slices.Clip(c.plans), scarce: c.scarce, cuts: c.cuts}
	for i := range c.columns {
		d.columns[i] = slices.Clone(c.columns[i])
	}
	return d
}
