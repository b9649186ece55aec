package batching

import (
	"cmp"
	"slices"
)

// schedule says who walks which batch when, and how late orders become by it: batches begin in the order of their
// earliest due time, each with the picker who is free first.
type schedule struct {
	problem Problem
	stops   []int  // places of each order
	line    []slot // the batches of the division, in the order in which they begin
	free    []int
	changed [2]slot // the batches of a step
}

// slot is a batch that waits for a picker.
type slot struct {
	due, takes int
	batch      int // its position
}

func (a slot) compare(b slot) int {
	return cmp.Or(cmp.Compare(a.due, b.due), cmp.Compare(a.takes, b.takes), cmp.Compare(a.batch, b.batch))
}

// newSchedule is nil where no order has a due time.
func newSchedule(p Problem) *schedule {
	if !slices.ContainsFunc(p.Orders, func(o Order) bool { return o.Due != 0 }) {
		return nil
	}
	s := &schedule{problem: p, free: make([]int, max(p.Pace.Pickers, 1))}
	for i := range p.Orders {
		s.stops = append(s.stops, len(p.stopsOf([]int{i})))
	}
	return s
}

// takes is how many seconds a batch is walked. Places that two orders share are stopped at for each.
func (s *schedule) takes(b batch) int {
	pace := s.problem.Pace
	seconds := pace.PerBatch
	if pace.Speed > 0 {
		seconds += (b.length + pace.Speed - 1) / pace.Speed
	}
	for _, o := range b.orders {
		seconds += pace.PerStop * s.stops[o]
	}
	return seconds
}

const undated = 1 << 50

func (s *schedule) due(b batch) int {
	due := undated
	for _, o := range b.orders {
		if d := s.problem.Orders[o].Due; d != 0 {
			due = min(due, d)
		}
	}
	return due
}

func (s *schedule) slot(b batch, at int) slot { return slot{s.due(b), s.takes(b), at} }

// begin puts the batches of a division in line.
func (s *schedule) begin(batches []batch) {
	s.line = s.line[:0]
	for i, b := range batches {
		if len(b.orders) > 0 {
			s.line = append(s.line, s.slot(b, i))
		}
	}
	slices.SortFunc(s.line, slot.compare)
}

// tardiness of a division.
func (s *schedule) tardiness(batches []batch) (total int) {
	s.begin(batches)
	clear(s.free)
	for _, q := range s.line {
		total += s.late(q, batches[q.batch].orders, s.next(q.takes))
	}
	return total
}

// finishes gives for every batch when it is handed over.
func (s *schedule) finishes(batches []batch) []int {
	s.begin(batches)
	out := make([]int, len(batches))
	clear(s.free)
	for _, q := range s.line {
		out[q.batch] = s.next(q.takes)
	}
	return out
}

// step lists the batches that a step leaves behind, in the order in which they begin.
func (s *schedule) step(e *exchange) []slot {
	n := 0
	for _, b := range [...]struct {
		batch
		at int32
	}{{e.newA, e.a}, {e.newB, e.b}} {
		if len(b.orders) > 0 {
			s.changed[n] = s.slot(b.batch, int(b.at))
			n++
		}
	}
	if n == 2 && s.changed[1].compare(s.changed[0]) < 0 {
		s.changed[0], s.changed[1] = s.changed[1], s.changed[0]
	}
	return s.changed[:n]
}

// with is the tardiness after a step on the division in line.
func (s *schedule) with(batches []batch, e *exchange) (total int) {
	ahead := s.step(e)
	clear(s.free)
	for _, q := range s.line {
		if q.batch == int(e.a) || q.batch == int(e.b) {
			continue
		}
		for len(ahead) > 0 && ahead[0].compare(q) < 0 {
			total += s.changedLate(ahead[0], e)
			ahead = ahead[1:]
		}
		if q.due == undated {
			return total // and so is everything behind it
		}
		total += s.late(q, batches[q.batch].orders, s.next(q.takes))
	}
	for _, q := range ahead {
		total += s.changedLate(q, e)
	}
	return total
}

func (s *schedule) changedLate(q slot, e *exchange) int {
	orders := e.newA.orders
	if q.batch == int(e.b) {
		orders = e.newB.orders
	}
	return s.late(q, orders, s.next(q.takes))
}

// take puts the batches of a step in line, in place of what they were.
func (s *schedule) take(e *exchange) {
	s.line = slices.DeleteFunc(s.line, func(q slot) bool { return q.batch == int(e.a) || q.batch == int(e.b) })
	for _, q := range s.step(e) {
		at, _ := slices.BinarySearchFunc(s.line, q, slot.compare)
		s.line = slices.Insert(s.line, at, q)
	}
}

// next gives a batch to the picker who is free first, and says when it is handed over.
func (s *schedule) next(takes int) (finish int) {
	first := 0
	for i, at := range s.free {
		if at < s.free[first] {
			first = i
		}
	}
	s.free[first] += takes
	return s.free[first]
}

// late is by how much the orders of a batch are late together.
func (s *schedule) late(q slot, orders []int32, finish int) (total int) {
	if q.due >= finish {
		return 0
	}
	for _, o := range orders {
		if d := s.problem.Orders[o].Due; d != 0 {
			total += max(0, finish-d)
		}
	}
	return total
}
