package flow

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
)

// Rerouted answers a re-route: where the order stands after it.
type Rerouted struct {
	Order      string `json:"order"`
	Fulfilment string `json:"fulfilment"` // axis of the order: allocated, backordered, …
}

// Reject takes a fulfilment from a node that cannot do it and lets allocation choose among the others. Its
// reason is kept; the node is not asked again for this order. Faults: fulfilment.not_found, fulfilment.state.
func (s *Service) Reject(ctx context.Context, once *db.Once, fulfilment int64, actor, reason string) (Rerouted, error) {
	if reason == "" {
		return Rerouted{}, fault.Invalidf("reason", "required", "say why the warehouse cannot do it")
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Rerouted, error) {
		w, f, err := openFulfilment(tx, fulfilment)
		if err != nil {
			return Rerouted{}, err
		}
		if err := s.stop(tx, []*order.Fulfilment{f}, ending{order.RejectedBy, order.StopRerouted, actor}); err != nil {
			return Rerouted{}, err
		}
		tx.Emit(db.Event{Kind: "fulfilment.rejected.v1", Order: w.ID, Subject: f.ID, Actor: actor, Params: map[string]any{"reason": reason, "node": f.NodeID}})
		return s.placeAgain(tx, w)
	})
}

func (s *Service) placeAgain(tx *db.Tx, w *work) (Rerouted, error) {
	if err := s.allocation.Place(tx, []*order.Order{w.Order}); err != nil {
		return Rerouted{}, err
	}
	return Rerouted{id.Show(order.Prefix, w.ID), w.Fulfilment}, nil
}

// Short says what a picker did not find.
type Short struct {
	Task   int64
	Line   int64 // of the task
	Picked int64 // found, earlier scans included
	Picker string
	Reason string // pick.ShortReasons; empty = not said
}

// ShortPicked answers a short pick.
type ShortPicked struct {
	Rerouted
	Missing int64  `json:"missing"`
	Count   string `json:"count"` // the count that was opened
}

// ShortPick books what was found, blocks what was not, opens a count of the bin, and lets allocation find the
// missing goods elsewhere; what nobody has becomes a back-order. Faults: those of pick.MarkShort.
func (s *Service) ShortPick(ctx context.Context, once *db.Once, in Short) (ShortPicked, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (ShortPicked, error) {
		line, err := pick.LineShort(tx, in.Task, in.Line)
		if err != nil {
			return ShortPicked{}, err
		}
		w, f, err := openFulfilment(tx, line.FulfilmentID)
		if err != nil {
			return ShortPicked{}, err
		}
		missing, err := s.pick.MarkShort(tx, pick.ShortIn{Fulfilment: f, Seq: line.Seq, Picked: in.Picked, Picker: in.Picker, Reason: in.Reason})
		if err != nil {
			return ShortPicked{}, err
		}
		if missing.Nothing {
			if err := s.stop(tx, []*order.Fulfilment{f}, ending{to: order.RejectedBy, actor: in.Picker}); err != nil {
				return ShortPicked{}, err
			}
			tx.Emit(db.Event{Kind: "fulfilment.rejected.v1", Order: w.ID, Subject: f.ID, Actor: in.Picker, Params: map[string]any{"reason": "short_pick", "node": f.NodeID}})
		}
		if err := order.Part(tx, []int64{f.ID}, order.PartShort, in.Picker); err != nil {
			return ShortPicked{}, err
		}
		out := ShortPicked{Missing: missing.Quantity, Count: id.Show("cnt", missing.CountID)}
		out.Rerouted, err = s.placeAgain(tx, w)
		return out, err
	})
}
