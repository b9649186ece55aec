package flow

import (
	"context"
	"errors"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

// Detoured is what became of everything that could not go the way it was meant to.
type Detoured struct {
	Looked   int        `json:"looked"`   // fulfilments that are in work and have not left
	Relabel  []Relabel  `json:"relabel"`  // labelled: the waybill was voided, another carrier is asked
	Rerouted []Rerouted `json:"rerouted"` // allocated: another warehouse was looked for, from which a carrier goes there
	Printed  []string   `json:"printed"`  // fulfilments whose label is on paper: left alone, for a person to decide
	Stuck    []string   `json:"stuck"`    // fulfilments that nobody can take; they wait until the suspension ends
}

// Relabel is a fulfilment that goes with another carrier.
type Relabel struct {
	Fulfilment string `json:"fulfilment"`
	From       string `json:"from"`
	To         string `json:"to"`
}

// Printed says which of some shipments have their label on paper.
type Printed func(tx *db.Tx, shipments []int64) (map[int64]bool, error)

// pageOfWork is how many fulfilments one look reads; each is decided over in a transaction of its own.
const pageOfWork = 256

// Detour takes everything that has not left round the areas that carriers do not serve now (停发), in bulk: labelled parcels
// get the waybill of another carrier unless their label is printed, and what is only allocated goes to a warehouse from
// which somebody goes there. printed may be nil where nothing is printed here. It may be run again at any time.
func (s *Service) Detour(ctx context.Context, actor string, printed Printed) (out Detoured, err error) {
	out = Detoured{Relabel: []Relabel{}, Rerouted: []Rerouted{}, Printed: []string{}, Stuck: []string{}}
	var nodes []warehouse.Node
	if err := s.db.View(ctx, func(tx *db.Tx) (err error) { nodes, err = warehouse.Nodes(tx); return err }); err != nil {
		return out, err
	}
	for _, n := range nodes {
		for _, status := range []string{order.Allocated, order.Packed} {
			err = errors.Join(err, s.detourAll(ctx, &out, n.ID, status, actor, printed))
		}
	}
	return out, err
}

func (s *Service) detourAll(ctx context.Context, out *Detoured, node int64, status, actor string, printed Printed) (failed error) {
	for after := (order.Place{}); ; {
		var page []order.Place
		var touched []int64
		err := s.db.View(ctx, func(tx *db.Tx) (err error) {
			if page, err = order.InWork(tx, []int64{node}, []string{status}, order.ByDeadline, after, pageOfWork); err != nil || len(page) == 0 {
				return err
			}
			touched, err = s.touched(tx, page)
			return err
		})
		if err != nil || len(page) == 0 {
			return errors.Join(failed, err)
		}
		out.Looked += len(page)
		after = page[len(page)-1]
		for _, key := range touched {
			d, err := db.Command(ctx, s.db, nil, func(tx *db.Tx) (Detoured, error) { return s.detourOne(tx, key, status, actor, printed) })
			if _, refused := fault.As(err); err != nil && !refused { // somebody was quicker, or it is held: nothing to do here
				failed = errors.Join(failed, err)
			}
			out.Relabel, out.Rerouted = append(out.Relabel, d.Relabel...), append(out.Rerouted, d.Rerouted...)
			out.Printed, out.Stuck = append(out.Printed, d.Printed...), append(out.Stuck, d.Stuck...)
		}
	}
}

// touched keeps the fulfilments that go to an area which some service does not serve now: few of many.
func (s *Service) touched(tx *db.Tx, page []order.Place) (ids []int64, err error) {
	keys := make([]int64, len(page))
	for i, p := range page {
		keys[i] = p.ID
	}
	fs, err := order.Fulfilments(tx, keys)
	if err != nil {
		return nil, err
	}
	var orders []int64
	for _, f := range fs {
		orders = append(orders, f.OrderID)
	}
	heads, err := order.ByIDs(tx, orders)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		f := fs[key]
		if f == nil || heads[f.OrderID] == nil {
			continue
		}
		is, err := s.ship.Suspended(tx, f.NodeID, heads[f.OrderID].Recipient)
		if err != nil {
			return nil, err
		}
		if is {
			ids = append(ids, key)
		}
	}
	return ids, nil
}

func (s *Service) detourOne(tx *db.Tx, key int64, status, actor string, printed Printed) (out Detoured, err error) {
	w, f, err := openFulfilment(tx, key)
	if err != nil || f.Status != status {
		return out, err
	}
	if status == order.Allocated {
		return s.reallocate(tx, w, f, actor)
	}
	if printed != nil {
		if onPaper, err := w.onPaper(tx, f, printed); err != nil || onPaper {
			return Detoured{Printed: []string{id.Show(order.FulfilmentPrefix, f.ID)}}, err
		}
	}
	d, err := s.ship.Detour(tx, f.ID, actor)
	switch {
	case err != nil || d.From == "":
		return out, err
	case d.To == "":
		return Detoured{Stuck: []string{id.Show(order.FulfilmentPrefix, f.ID)}}, nil
	}
	return Detoured{Relabel: []Relabel{{id.Show(order.FulfilmentPrefix, f.ID), d.From, d.To}}}, nil
}

// onPaper reports whether a live label of the fulfilment is printed.
func (w *work) onPaper(tx *db.Tx, f *order.Fulfilment, printed Printed) (bool, error) {
	found, err := ship.ShipmentsOf(tx, []int64{w.ID})
	if err != nil {
		return false, err
	}
	var ids []int64
	for _, sh := range found[w.ID] {
		if sh.FulfilmentID == f.ID && sh.Live() {
			ids = append(ids, sh.ID)
		}
	}
	if len(ids) == 0 {
		return false, nil
	}
	is, err := printed(tx, ids)
	for _, x := range ids {
		if is[x] {
			return true, err
		}
	}
	return false, err
}

// reallocate gives what its node cannot send any more to another. Where none can, it stays: the goods are promised, and
// areas open again.
func (s *Service) reallocate(tx *db.Tx, w *work, f *order.Fulfilment, actor string) (out Detoured, err error) {
	reaches, err := s.ship.Reaches(tx, f.NodeID, w.Recipient)
	if err != nil || reaches {
		return out, err
	}
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return out, err
	}
	for _, n := range nodes {
		other, err := s.ship.Reaches(tx, n.ID, w.Recipient)
		if err != nil {
			return out, err
		}
		if !other || !n.Open || n.ID == f.NodeID {
			continue
		}
		if err := s.stop(tx, []*order.Fulfilment{f}, ending{order.RejectedBy, order.StopRerouted, actor}); err != nil {
			return out, err
		}
		tx.Emit(db.Event{Kind: "fulfilment.rejected.v1", Order: w.ID, Subject: f.ID, Actor: actor, Params: map[string]any{"reason": "suspended", "node": f.NodeID}})
		r, err := s.placeAgain(tx, w)
		return Detoured{Rerouted: []Rerouted{r}}, err
	}
	return Detoured{Stuck: []string{id.Show(order.FulfilmentPrefix, f.ID)}}, nil
}
