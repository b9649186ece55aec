package batching

import (
	"cmp"
	"slices"
)

// schedule says who walks which batch when, and how late orders become by it: batches begin in the order of their
// earliest due time, each with the picker who is free first.
type schedule struct {
	problem Problem
	stops   []int // places of each order
	queue   []slot
	free    []int
}

// slot is a batch that waits for a picker.
type slot struct {
	due, takes int
	batch      int // position, or -1 and -2 for the two changed by a step
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

func (s *schedule) add(b batch, at int) {
	if len(b.orders) > 0 {
		s.queue = append(s.queue, slot{s.due(b), s.takes(b), at})
	}
}

// tardiness of a division.
func (s *schedule) tardiness(batches []batch) int {
	s.line(batches)
	return s.late(func(i int) batch { return batches[i] }, nil)
}

// finishes gives for every batch when it is handed over.
func (s *schedule) finishes(batches []batch) []int {
	s.line(batches)
	out := make([]int, len(batches))
	s.late(func(i int) batch { return batches[i] }, out)
	return out
}

func (s *schedule) line(batches []batch) {
	s.queue = s.queue[:0]
	for i, b := range batches {
		s.add(b, i)
	}
}

// with is the tardiness after a step.
func (s *schedule) with(batches []batch, e *exchange) int {
	s.queue = s.queue[:0]
	for i, b := range batches {
		if i != int(e.a) && i != int(e.b) {
			s.add(b, i)
		}
	}
	s.add(e.newA, int(e.a))
	s.add(e.newB, int(e.b))
	return s.late(func(i int) batch {
		switch i {
		case int(e.a):
			return e.newA
		case int(e.b):
			return e.newB
		}
		return batches[i]
	}, nil)
}

func (s *schedule) late(batchAt func(int) batch, finish []int) (total int) {
	slices.SortFunc(s.queue, func(a, b slot) int {
		return cmp.Or(cmp.Compare(a.due, b.due), cmp.Compare(a.takes, b.takes), cmp.Compare(a.batch, b.batch))
	})
	clear(s.free)
	for _, q := range s.queue {
		first := 0
		for i, at := range s.free {
			if at < s.free[first] {
				first = i
			}
		}
		s.free[first] += q.takes
		if finish != nil {
			finish[q.batch] = s.free[first]
		}
		if q.due < s.free[first] {
			for _, o := range batchAt(q.batch).orders {
				if d := s.problem.Orders[o].Due; d != 0 {
					total += max(0, s.free[first]-d)
				}
			}
		}
	}
	return total
}
