package assign

import (
	"math"
	"slices"
)

// dual is the Lagrangian relaxation: every order takes the plan that is cheapest for it when stock and capacity have
// prices; what that sums up to, less the worth of all there is, is below the cost of any answer.
type dual struct {
	m    *model
	desk *desk
	pool *pool

	supply  []int64   // of every resource, then of every cut
	scarce  []int32   // resources that have a price, then the cuts
	dearest []float64 // no price above it proves more
	active  []int32   // the orders that are priced

	price  []float64 // the best found, by resource
	bound  float64   // what they prove
	floors []float64 // per order: its cheapest plan at them

	center    []float64 // where the volume algorithm stands
	trial     []float64
	trialFlow []float64
	flow      []float64 // averaged use of every resource
	over      []float64 // flow less supply
	slope     []float64 // the direction that is taken from it
	lean      *lean
	chosen    []int32 // per order: the column of the last evaluation
	scale     float64 // of the columns' weights
	f, alpha  float64
	red       int
	spare     []float64
	fresh     placed
}

func newDual(m *model, d *desk, pool *pool) *dual {
	n := len(m.supply)
	v := &dual{m: m, desk: d, pool: pool, supply: slices.Clone(m.supply), scarce: slices.Clone(m.scarce), dearest: slices.Clone(m.dearest), active: make([]int32, len(m.p.Orders)), price: make([]float64, n), floors: make([]float64, len(m.p.Orders)), bound: math.Inf(-1),
		center: make([]float64, n), trial: make([]float64, n), trialFlow: make([]float64, n), flow: make([]float64, n), over: make([]float64, n), slope: make([]float64, n), lean: newLean(m),
		chosen: make([]int32, len(m.p.Orders)), scale: 1, f: 0.05, alpha: 0.1, spare: make([]float64, len(m.p.Orders))}
	for i := range v.active {
		v.active[i] = int32(i)
	}
	return v
}

// prove finds what prices prove, by the cheapest plan of every order, which goes into the pool. found is what the plans come to:
// the bound, where the work sufficed to be exact. Once it is told to stop, it proves less with hardly any work.
func (v *dual) prove(price []float64, work int, stop func() bool) (bound, found float64) {
	t := terms{left: v.supply, price: price, cuts: v.pool.cuts, share: 1, work: work}
	for n, i := range v.active {
		if n%64 == 0 && stop() {
			t.work = hastyWork
		}
		_, least := v.ask(int(i), &t)
		v.spare[i] = v.desk.floor
		bound += v.desk.floor
		found += least
	}
	worth := v.worth(price)
	if bound -= worth; bound > v.bound {
		v.bound = bound
		copy(v.price, price)
		v.floors, v.spare = v.spare, v.floors
	}
	return bound, found - worth
}

// ask finds the cheapest plan of an order that is known or can be found, and remembers it.
func (v *dual) ask(i int, t *terms) (column int32, least float64) {
	column, least = v.pool.cheapest(i, t.price)
	t.known = least
	v.desk.quote(i, t)
	if v.desk.best >= least {
		return column, least
	}
	v.desk.result(i, &v.fresh)
	if k := v.pool.add(v.m, i, &v.fresh); k >= 0 {
		column = k
	}
	return column, v.desk.best
}

// worth is the value of all there is.
func (v *dual) worth(price []float64) (sum float64) {
	for _, r := range v.scarce {
		sum += price[r] * float64(v.supply[r])
	}
	return sum
}

// evaluate is prove over the pool alone: above it, and fast.
func (v *dual) evaluate(price, flow []float64) (bound float64) {
	clear(flow)
	for _, i := range v.active {
		k, least := v.pool.cheapest(int(i), price)
		v.chosen[i] = k
		bound += least
		v.pool.use(&v.pool.columns[i][k], flow)
	}
	return bound - v.worth(price)
}

// step is some steps of the volume algorithm over the pool.
func (v *dual) step(steps int, target float64, stop func() bool) (value float64) {
	value = v.evaluate(v.center, v.trialFlow)
	for range steps {
		if stop() {
			return value
		}
		norm := 0.0
		for _, r := range v.scarce {
			v.over[r] = v.flow[r] - float64(v.supply[r])
			if v.over[r] < 0 && v.center[r] == 0 {
				v.over[r] = 0
			}
		}
		v.lean.slope(v, v.over, v.slope, climbTogether)
		for _, r := range v.scarce {
			norm += v.over[r] * v.slope[r]
		}
		if norm == 0 || target-value <= 1e-7*math.Abs(target) {
			return value
		}
		goal := min(target, value+0.05*math.Abs(value)+1)
		size := v.f * (goal - value) / norm
		for _, r := range v.scarce {
			v.trial[r] = min(v.dearest[r], max(0, v.center[r]+size*v.slope[r]))
		}
		trial := v.evaluate(v.trial, v.trialFlow)
		v.average(v.mix())
		agree := 0.0
		for _, r := range v.scarce {
			agree += (v.trialFlow[r] - float64(v.supply[r])) * v.slope[r]
		}
		if trial > value {
			v.center, v.trial, value, v.red = v.trial, v.center, trial, 0
			if agree > 0 {
				v.f = min(v.f*1.3, 2)
			}
		} else if v.red++; v.red >= 5 {
			v.red, v.f = 0, max(v.f*0.7, 1e-5)
		}
	}
	return value
}

// average brings a share of the last evaluation into the averages.
func (v *dual) average(share float64) {
	for _, r := range v.scarce {
		v.flow[r] += share * (v.trialFlow[r] - v.flow[r])
	}
	v.scale *= 1 - share
	for _, i := range v.active {
		k := v.chosen[i]
		v.pool.columns[i][k].weight += share / v.scale
	}
	if v.scale < 1e-100 {
		for _, i := range v.active {
			for k := range v.pool.columns[i] {
				v.pool.columns[i][k].weight *= v.scale
			}
		}
		v.scale = 1
	}
}

// mix is how much of the new use goes into the average: what makes the direction shortest, within bounds.
func (v *dual) mix() float64 {
	var num, den float64
	for _, r := range v.scarce {
		was, diff := v.flow[r]-float64(v.supply[r]), v.trialFlow[r]-v.flow[r]
		num -= was * diff
		den += diff * diff
	}
	if den == 0 {
		return v.alpha
	}
	return max(v.alpha/10, min(v.alpha, num/den))
}

// climb makes rounds: steps over the pool, then new plans at the prices to which they led. Where these come to less than
// at the best prices, the next round starts there again and makes fewer steps. First the plans are those found with little work; once
// the pool knows them, they are exact, and prove a bound; once that hardly rises, cuts are looked for. It ends when rounds prove no more, or on stop; on quit proofs are hasty.
func (v *dual) climb(rounds int, target float64, stop, quit func() bool) {
	best := v.begin(target/float64(v.m.units()), stop)
	at := slices.Clone(v.center)
	v.evaluate(v.center, v.flow)
	steps, idle, work := fewSteps, 0, searchWork
	for range rounds {
		if stop() || idle == mostIdle*max(2, rounds/50) {
			break
		}
		was := v.bound
		value := v.step(steps, target, stop)
		_, here := v.prove(v.center, work, quit)
		gain, apart := here-best, value-here
		switch {
		case gain <= 0:
			steps = max(fewSteps, steps/2)
			clear(v.center[copy(v.center, at):])
			v.f = max(v.f*0.3, 1e-5)
		case apart < 0.2*gain+1e-6*math.Abs(here):
			steps = min(steps*2, manySteps)
		}
		if gain > 0 {
			best, at = here, append(at[:0], v.center...)
		}
		size := math.Abs(here)
		if work < proofWork {
			if apart < 5e-3*size {
				work = proofWork
				_, best = v.prove(at, work, quit)
			}
			continue
		}
		if v.bound-was > 2e-5*size {
			idle = 0
		}
		if gain < 5e-4*size && apart < 5e-4*size && v.separate() > 0 {
			idle = 0
			continue
		}
		if v.bound-was <= 2e-5*size && apart <= 1e-4*size { // the pool knows what matters
			if idle++; idle%mostIdle == 0 {
				v.f = 0.1 // steps have become too short, or the average too old, to get anywhere
				v.evaluate(v.center, v.flow)
			}
		}
	}
	if work < proofWork {
		clear(v.center[copy(v.center, at):])
		v.prove(v.center, proofWork, quit)
	}
}

const (
	// proofWork is what a proof may spend on one order: nearly always enough to be exact.
	proofWork = 20_000
	// searchWork is enough for a good plan.
	searchWork = 400
	// hastyWork is for when there is no time: the first plan and what it costs at least to open any node.
	hastyWork = 1

	fewSteps, manySteps = 5, 100

	// mostIdle is how many rounds may prove nothing new before a longer step is tried.
	mostIdle = 3
)
