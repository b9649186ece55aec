package batching

import (
	"cmp"
	"slices"
)

// near is how many good companions of every order are remembered.
const near = 24

// companions lists for every order those with whom a common walk saves most, best first. Of very many orders only
// so many are looked at as keeps the pairs below most, and none once stop says so.
func companions(m *meter, most int, stop func() bool) [][]int32 {
	n := len(m.own)
	single := make([]int, n)
	for i := range n {
		single[i] = m.measure([]int32{int32(i)})
	}
	step := max(1, n*n/most)
	out := make([][]int32, n)
	type saving struct {
		with  int32
		saved int
	}
	found := make([]saving, 0, n)
	for i := range n {
		if stop() {
			break
		}
		found = found[:0]
		for j := (i*7 + 1) % step; j < n; j += step {
			if j != i && m.own[i].plus(m.own[j]).within(m.limit) && m.problem.Orders[i].Zone == m.problem.Orders[j].Zone {
				found = append(found, saving{int32(j), single[i] + single[j] - m.measure([]int32{int32(i), int32(j)})})
			}
		}
		slices.SortFunc(found, func(a, b saving) int { return cmp.Or(cmp.Compare(b.saved, a.saved), cmp.Compare(a.with, b.with)) })
		for _, s := range found[:min(near, len(found))] {
			out[i] = append(out[i], s.with)
		}
	}
	return out
}

// The most pairs of orders that are measured: on one block, and on other floors.
const (
	pairsTried      = 2_000_000
	pairsTriedFloor = 20_000
)

// savings builds batches by joining, again and again, the two batches whose common walk saves most against two
// walks; the savings are worked out again after every join (C&W(ii)).
func savings(m *meter, friends [][]int32) [][]int32 {
	d := newDivision(m, singles(len(m.own)))
	var e exchange
	e.zoned = true
	queue := joins{}
	for i, list := range friends {
		for _, j := range list {
			queue.offer(d, &e, int32(i), j)
		}
	}
	for len(queue) > 0 {
		j := queue.pop()
		a, b := d.of[j.i], d.of[j.k]
		if a == b {
			continue
		}
		e.a, e.b, e.out, e.in = a, b, append([]int32(nil), d.batches[a].orders...), nil
		if !d.weigh(&e) || -e.dLength <= 0 {
			continue
		}
		if -e.dLength < j.saved {
			queue.push(join{j.i, j.k, -e.dLength})
			continue
		}
		e.tardy = d.tardy
		d.take(&e)
	}
	return d.sets()
}

func singles(n int) [][]int32 {
	out := make([][]int32, n)
	for i := range out {
		out[i] = []int32{int32(i)}
	}
	return out
}

// join is a pair of orders whose batches may be joined, and what that saved when it was last looked at.
type join struct {
	i, k  int32
	saved int
}

// joins is a heap, largest saving first.
type joins []join

func (q *joins) offer(d *division, e *exchange, i, k int32) {
	e.a, e.b, e.out, e.in = d.of[i], d.of[k], d.batches[d.of[i]].orders, nil
	if i < k && d.weigh(e) && e.dLength < 0 {
		q.push(join{i, k, -e.dLength})
	}
}

func (a join) before(b join) bool {
	return a.saved > b.saved || a.saved == b.saved && (a.i < b.i || a.i == b.i && a.k < b.k)
}

func (q *joins) push(j join) {
	*q = append(*q, j)
	h := *q
	for i := len(h) - 1; i > 0 && h[i].before(h[(i-1)/2]); i = (i - 1) / 2 {
		h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
	}
}

func (q *joins) pop() join {
	h := *q
	top, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	for i := 0; ; {
		best := i
		for _, c := range [2]int{2*i + 1, 2*i + 2} {
			if c < last && h[c].before(h[best]) {
				best = c
			}
		}
		if best == i {
			break
		}
		h[i], h[best] = h[best], h[i]
		i = best
	}
	*q = h
	return top
}
