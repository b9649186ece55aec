package check

import (
	"math"

	"github.com/packhorse/packhorse/order"
)

// ranked compares the ranks of what waits with its deadlines, its priority and the fines. A rank is of the moment at which it
// was weighed: it holds until weigh_at, and one that is to be weighed no more has nothing left to save. While all
// that waits is being weighed anew, the ranks say nothing.
func (d *dossier) ranked(f *findings, q queueing) {
	for _, w := range d.fulfilments {
		if w.Live() && w.Rank != d.Rank {
			f.add(queueRank, "order_fulfilment", key(w.ID), "its ranks are %+v, those of its order %+v", w.Rank, d.Rank)
		}
	}
	if !d.Waits() || q.changing {
		return
	}
	until := int64(math.MaxInt64)
	if d.weighAt > 0 {
		until = d.weighAt
	}
	u := q.fines.UrgencyOf(d.Channel, d.ShipBy, d.CollectBy, d.Priority, until-1)
	want := u.Rank()
	switch {
	case d.Rank.Due != want.Due:
		f.add(queueRank, "order_head", d.key(), "it stands at deadline rank %d, its deadlines and priority say %d", d.Rank.Due, want.Due)
	case d.Rank.Fine != want.Fine || d.weighAt > 0 && u.Next != d.weighAt:
		f.add(queueRank, "order_head", d.key(), "it stands at fine rank %d until %d, its deadlines and the fines say %d until %d", d.Rank.Fine, d.weighAt, want.Fine, u.Next)
	}
}

// queueing is how the company sorts what waits.
type queueing struct {
	fines    order.Fines
	changing bool // what waits is being weighed anew
}

func (r *reader) queueing() (out queueing) {
	if r.err != nil {
		return out
	}
	q, err := order.ReadQueueing(r.tx)
	if r.err = err; err == nil {
		out.fines = q.Fines
		out.changing, r.err = order.Weighing(r.tx)
	}
	return out
}
