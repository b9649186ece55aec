package pick

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/wave"
)

// ReleaseIn asks for one fulfilment to be released by itself.
type ReleaseIn struct {
	FulfilmentID int64
	Actor        string // who asks, as in events
}

// Released is a fulfilment whose goods are bound and whose task is ready.
type Released struct {
	FulfilmentID int64
	TaskID       int64
	Lines        []ReleasedLine // in order of the walk
}

// ReleasedLine is one visit of the walk.
type ReleasedLine struct {
	Seq      int64 // of the task's line
	SKU      string
	Location string
	Lot      string
	Quantity int64
}

// Release binds the goods of a fulfilment to locations and makes its pick task. once may be nil. Faults:
// pick.no_fulfilment, release.not_allocated, order.on_hold, release.nothing, and release.short when the node lacks
// goods that it promised: the caller re-routes the fulfilment.
func (s *Service) Release(ctx context.Context, once *db.Once, in ReleaseIn) (Released, error) {
	return s.release.Do(ctx, once, in)
}

// ReleaseAll is Release for many at once; the answers are in order of ins.
func (s *Service) ReleaseAll(ctx context.Context, ins []ReleaseIn) []db.Result[Released] {
	return s.release.All(ctx, ins)
}

// ReleaseOnce is ReleaseAll under a key, see db.Bulk.
func (s *Service) ReleaseOnce(ctx context.Context, once *db.Once, ins []ReleaseIn) ([]db.Result[Released], error) {
	return s.release.AllOnce(ctx, once, ins, s.release.Do)
}

func (s *Service) releaseMany(tx *db.Tx, ins []ReleaseIn) []db.Result[Released] {
	out := make([]db.Result[Released], len(ins))
	ids := make([]int64, len(ins))
	for i, in := range ins {
		ids[i] = in.FulfilmentID
	}
	l, err := s.load(tx, ids, nil)
	if err != nil {
		return db.FailAll(out, err)
	}
	if err := l.bind(tx); err != nil {
		return db.FailAll(out, err)
	}
	for i, in := range ins {
		if err := l.refused[in.FulfilmentID]; err != nil {
			out[i].Err = err
			continue
		}
		f := l.fulfilments[in.FulfilmentID]
		if err := releasable(f); err != nil { // asked for twice in this batch
			out[i].Err = err
			continue
		}
		t, err := l.task(tx, trip{node: f.NodeID, group: wave.Group{Method: wave.Discrete, Fulfilments: []int64{f.ID}}, actor: in.Actor})
		if err != nil {
			panic(err) // ruled out above; the goods are bound already, and only a panic takes the transaction back
		}
		out[i].Out = l.released(t, f.ID)
	}
	return out
}

// releasable is the fault for a fulfilment that cannot be released as it stands.
func releasable(f *order.Fulfilment) error {
	if f.Status != order.Allocated {
		return fault.New(fault.Conflict, "release.not_allocated", "the fulfilment is %q; only what is allocated can be released", f.Status).
			With("fulfilment", id.Show(order.FulfilmentPrefix, f.ID)).With("status", f.Status)
	}
	return order.Stopped(f.Holds)
}

// released is what a caller is told of one fulfilment in a new task.
func (l *load) released(t *Task, key int64) Released {
	out := Released{FulfilmentID: key, TaskID: t.ID, Lines: make([]ReleasedLine, 0, len(t.lines))}
	for _, line := range t.lines {
		if line.FulfilmentID == key {
			out.Lines = append(out.Lines, ReleasedLine{Seq: line.Seq, SKU: l.skus[line.SKUID].Code,
				Location: l.bound.Locations[line.LocationID].Code, Lot: line.Lot, Quantity: line.Quantity})
		}
	}
	return out
}

// candidate says where the goods of a fulfilment were bound and what they are, for wave to group.
func (l *load) candidate(tx *db.Tx, key int64) wave.Candidate {
	c := wave.Candidate{Fulfilment: key, Order: l.shapeOf(key, tx.Micros())}
	for _, r := range l.hard[key] {
		at := l.bound.Locations[r.Location]
		if !slices.Contains(c.Zones, at.Zone) {
			c.Zones = append(c.Zones, at.Zone)
		}
		if c.Place == 0 || at.PickSeq < c.Place {
			c.Place = at.PickSeq
		}
	}
	return c
}
