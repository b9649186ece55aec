package batching

import (
	"math"
	"slices"
)

// annealing changes a division step by step: an order goes to the batch of a good companion, or one or
// two are swapped for one or two of it. A longer walk is accepted the less readily the more of the work is done.
type annealing struct {
	*division
	friends [][]int32
	chance  chance
	step    exchange
	best    []int32 // which batch each order was in
	bestBy  [2]int  // tardiness, length
}

// The temperatures of annealing, as parts of the mean length of a batch: of few orders, where a step changes much, and of
// more.
const (
	hotFew, coldFew = 0.030, 0.0020
	hot, cold       = 0.015, 0.0010
)

// stride is how many steps are tried between two looks at the time.
const stride = 256

func newAnnealing(d *division, friends [][]int32, seed uint64) *annealing {
	a := &annealing{division: d, friends: friends, chance: chance(seed)}
	for _, o := range d.meter.problem.Orders {
		a.step.zoned = a.step.zoned || o.Zone != d.meter.problem.Orders[0].Zone
	}
	a.keep()
	return a
}

// run tries steps until done says that all of the time is over; it is asked for the share.
func (a *annealing) run(done func(tried int) float64) {
	mean := float64(a.length) / float64(max(1, len(a.sets())))
	for tried := 0; ; tried += stride {
		share := done(tried)
		if share >= 1 {
			return
		}
		t := mean * heat(share, len(a.of))
		for range stride {
			a.once(t)
		}
	}
}

func (a *annealing) once(t float64) {
	if !a.propose() || !a.weigh(&a.step) {
		return
	}
	if bar := int(t * a.chance.patience()); !a.try(&a.step, bar) {
		return
	}
	a.take(&a.step)
	if now := [2]int{a.tardy, a.length}; now[0] < a.bestBy[0] || now[0] == a.bestBy[0] && now[1] < a.bestBy[1] {
		a.keep()
	}
}

func (a *annealing) keep() {
	a.bestBy = [2]int{a.tardy, a.length}
	a.best = append(a.best[:0], a.of...)
}

// found are the batches of the best division met.
func (a *annealing) found() [][]int32 {
	sets := make([][]int32, len(a.batches))
	for o, b := range a.best {
		sets[b] = append(sets[b], int32(o))
	}
	return slices.DeleteFunc(sets, func(s []int32) bool { return len(s) == 0 })
}

// propose chooses a step at random; false where there is none.
func (a *annealing) propose() bool {
	e, c := &a.step, &a.chance
	i := int32(c.below(len(a.of)))
	e.a = a.of[i]
	kind := c.below(100)
	e.out, e.in = append(e.bufOut[:0], i), e.bufIn[:0]
	if kind == 0 && len(a.batches[e.a].orders) > 1 {
		e.b = a.empty()
		return true
	}
	e.b = a.of[a.partner(i)]
	if e.a == e.b {
		return false
	}
	b := a.batches[e.b].orders
	if kind >= 35 {
		e.in = append(e.in, b[c.below(len(b))])
	}
	if own := a.batches[e.a].orders; kind >= 80 && len(own) > 1 {
		k := own[c.below(len(own))]
		if k == i {
			return false
		}
		e.out = append(e.out, k)
	}
	if kind >= 88 && len(b) > 1 {
		k := b[c.below(len(b))]
		if k == e.in[0] {
			return false
		}
		e.in = append(e.in, k)
	}
	return true
}

// partner is mostly a good companion of an order, otherwise any.
func (a *annealing) partner(i int32) int32 {
	if f := a.friends[i]; len(f) > 0 && a.chance.below(4) > 0 {
		return f[a.chance.below(len(f))]
	}
	return int32(a.chance.below(len(a.of)))
}

// heat is the temperature after a share of the work.
func heat(share float64, orders int) float64 {
	if orders <= roundsUntil {
		return hotFew * math.Pow(coldFew/hotFew, share)
	}
	return hot * math.Pow(cold/hot, share)
}
