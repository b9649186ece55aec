package batching

import (
	"cmp"
	"slices"
	"sync"

	"github.com/packhorse/packhorse/pick/route"
)

// Options says how much may be done.
type Options struct {
	// Work is how many steps the search tries; 0: as StepsOfFew, StepsPerOrder and StepsBeyond say. A proof that nothing is
	// better is not tried where it would be more work than that.
	Work int
	// Elapsed tells which share of the time is over, from 0; at 1 the search ends. nil: only Work ends it.
	// It is called from every thread.
	Elapsed func() float64
	Seed    uint64
	Threads int // searches side by side, each with all of the work; 0 counts as one
}

// The search's own measure: so many steps for every order where there are few, else for each of the first hundred, and for every
// other. A hundred orders take about a second, a thousand less than five: of very many orders each has fewer steps that better it.
const (
	StepsOfFew    = 60_000
	StepsPerOrder = 100_000
	StepsBeyond   = 22_000
)

func usualWork(orders int) int {
	if orders <= roundsUntil {
		return StepsOfFew * orders
	}
	return StepsPerOrder*min(orders, 100) + StepsBeyond*max(0, orders-100)
}

// beforeProof is how many steps an order is worth before a proof is tried.
const beforeProof = 4_000

// Answer is a division of all orders. Lengths are in units of the floor.
type Answer struct {
	Batches    []Batch // in the order in which they should begin where orders have due times
	Length     int     // of all walks
	Tardiness  int     // seconds, over all orders
	LowerBound int     // no division is shorter, whatever its tardiness
	Optimal    bool    // proven: nothing is late and no division is shorter
}

// Batch is what is picked in one walk.
type Batch struct {
	Orders   []int        // positions in the problem, ascending
	Stops    []route.Stop // every place once, in the order of the walk
	Length   int
	Finish   int  // seconds until it is handed over; 0 where no order has a due time
	TooLarge bool // one order that is larger than the cart, alone
}

// Solve divides the orders. Less tardiness comes first, then shorter walks. It fails where Validate does, and where a
// stop cannot be reached.
func Solve(p Problem, o Options) (Answer, error) {
	if err := p.Validate(); err != nil {
		return Answer{}, err
	}
	m := newMeter(p)
	if err := m.reachable(); err != nil {
		return Answer{}, err
	}
	s := newSearch(m, o)
	if len(p.Orders) > 1 {
		s.run()
	}
	return s.answer()
}

// search is one problem on its way to an answer.
type search struct {
	*meter
	options Options
	friends [][]int32
	sets    [][]int32 // the best so far
	by      [2]int    // its tardiness and length
	bound   int
}

func newSearch(m *meter, o Options) *search {
	pairs := pairsTried
	if m.places == nil {
		pairs = pairsTriedFloor
	}
	if o.Work > 0 {
		pairs = min(pairs, o.Work)
	}
	s := &search{meter: m, options: o, bound: m.simpleBound()}
	s.friends = companions(m, pairs, func() bool { return s.elapsed() >= 0.3 })
	s.offer(narrow(FirstCome(m.problem)))
	s.offer(savings(m, s.friends))
	return s
}

// offer keeps a division that is better than the best so far.
func (s *search) offer(sets [][]int32) {
	d := newDivision(s.meter, sets)
	if by := [2]int{d.tardy, d.length}; s.sets == nil || slices.Compare(by[:], s.by[:]) < 0 {
		s.sets, s.by = sets, by
	}
}

func (s *search) elapsed() float64 {
	if s.options.Elapsed == nil {
		return 0
	}
	return s.options.Elapsed()
}

// run searches for as long as it may. Where all batches can be written down, a short search is followed by a proof,
// and if that does not come to an end by half of the time, by the rest of the search.
func (s *search) run() {
	n := len(s.own)
	work := cmp.Or(s.options.Work, usualWork(n))
	halfOver := func() bool { return s.elapsed() >= 0.5 }
	every, ok := (*columns)(nil), newSchedule(s.problem) == nil // a late batch may be worth a longer walk
	if ok {
		every, ok = everyBatch(s.meter, work, halfOver)
	}
	if ok {
		s.anneal(s.sets, min(work, beforeProof*n), 0, 1, s.options.Seed)
		p := prove(s.meter, every, s.by[1], work, halfOver)
		s.bound = max(s.bound, p.bound)
		if p.sets != nil {
			s.offer(p.sets)
		}
	}
	s.rounds(work)
}

// Few orders in full carts leave a search little room to move, so it begins several times.
const (
	manyRounds  = 8
	roundsUntil = 40 // orders
)

// rounds spends the work and the time that is left; after the first, every round begins with the orders shuffled.
func (s *search) rounds(work int) {
	n, from, c := 1, s.sets, chance(s.options.Seed)
	if len(s.own) <= roundsUntil {
		n = manyRounds
	}
	for i := 0; i < n && s.by != [2]int{0, s.bound}; i++ {
		if i > 0 {
			from = narrow(firstCome(s.problem, c.shuffled(len(s.own))))
		}
		begin := min(s.elapsed(), 0.99)
		s.anneal(from, work/n, begin, begin+(1-begin)/float64(n-i), s.options.Seed+1+uint64(i))
	}
}

const maxThreads = 64

// anneal tries so many steps in every thread, or fewer where time ends it: it has that between two shares.
func (s *search) anneal(from [][]int32, work int, begin, end float64, seed uint64) {
	found := make([][][]int32, min(max(s.options.Threads, 1), maxThreads))
	var all sync.WaitGroup
	for i := range found {
		own := s.meter.another()
		all.Go(func() {
			a := newAnnealing(newDivision(own, from), s.friends, seed+uint64(i)<<32)
			a.run(func(tried int) float64 {
				return max(float64(tried)/float64(max(work, 1)), (s.elapsed()-begin)/(end-begin))
			})
			found[i] = a.found()
		})
	}
	all.Wait()
	for _, sets := range found {
		s.offer(sets)
	}
}

// answer plans the walks of the batches and puts them in the order in which they begin.
func (s *search) answer() (Answer, error) {
	m, d := s.meter, newDivision(s.meter, s.sets)
	a := Answer{Length: d.length, Tardiness: d.tardy, LowerBound: s.bound, Optimal: d.tardy == 0 && d.length == s.bound}
	finish := make([]int, len(d.batches))
	if d.clock != nil {
		finish = d.clock.finishes(d.batches)
	}
	for i, b := range d.batches {
		slices.Sort(b.orders)
		out := Batch{Orders: wide(b.orders), Length: b.length, Finish: finish[i], TooLarge: !b.load.within(m.limit)}
		tour, err := m.tour(out.Orders)
		if err != nil {
			return a, err
		}
		stops := m.problem.stopsOf(out.Orders)
		for _, k := range tour.Order {
			out.Stops = append(out.Stops, stops[k])
		}
		a.Batches = append(a.Batches, out)
	}
	slices.SortStableFunc(a.Batches, func(b, c Batch) int {
		return cmp.Or(cmp.Compare(b.Finish, c.Finish), cmp.Compare(b.Orders[0], c.Orders[0]))
	})
	return a, nil
}
