package flow

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// CancelLine says what of an order is not wanted any more.
type CancelLine struct {
	Order    int64  `json:"order"`
	Line     int64  `json:"line"`
	Quantity int64  `json:"quantity"` // units of the line; 0 is all that is still wanted
	Reason   string `json:"reason"`
	Actor    string `json:"actor"`
}

// LineCancelled answers a CancelLine.
type LineCancelled struct {
	Order      string `json:"order"`
	Line       int64  `json:"line"`
	Cancelled  int64  `json:"cancelled"`  // units, now
	Stage      string `json:"stage"`      // how far the work had come
	Fulfilment string `json:"fulfilment"` // axis of the order, after it
	Refund     string `json:"refund"`     // what of the money paid is to be given back for these units
	Currency   string `json:"currency"`
	Pending    bool   `json:"pending,omitempty"` // the carrier of its parcel is asked first whether it has collected it; nothing is taken off yet
}

// CancelLine takes a line, or some units of it, off an order, at whatever stage it is, as long as they have not
// left. The rest goes on; picked goods that are too much go to quarantine, and their parcel is stopped at its next
// scan. Of a labelled parcel the carrier is asked first (Pending): order.line_cancelled.v1 or order.too_late.v1 says what came of it. once may be nil. Faults: order.not_found, cancel.already, cancel.shipped, cancel.no_line, cancel.quantity,
// cancel.line_left, ship.on_the_way.
func (s *Service) CancelLine(ctx context.Context, once *db.Once, in CancelLine) (LineCancelled, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (LineCancelled, error) {
		w, err := open(tx, in.Order)
		if err != nil {
			return LineCancelled{}, err
		}
		return s.cancelLine(tx, w, in, false)
	})
}

func (s *Service) cancelLine(tx *db.Tx, w *work, in CancelLine, asked bool) (LineCancelled, error) {
	l, err := w.cancellable(in)
	if err != nil {
		return LineCancelled{}, err
	}
	q := in.Quantity
	if q == 0 {
		q = l.Wanted()
	}
	out := LineCancelled{Order: id.Show(order.Prefix, w.ID), Line: l.No, Cancelled: q, Stage: w.furthest(), Currency: w.Currency,
		Refund: money.Format(w.due(*l, q), w.Currency)}
	again := false
	if w.placed() && !asked {
		cut, err := w.cutBy(tx, map[int64]int64{l.No: q})
		if err != nil {
			return out, err
		}
		if out.Pending, err = s.askFirst(tx, w, cut, recall{Actor: in.Actor, Reason: in.Reason, Line: &in}); err != nil || out.Pending {
			out.Cancelled, out.Refund, out.Fulfilment = 0, money.Format(0, w.Currency), w.Fulfilment
			return out, err
		}
	}
	if w.placed() {
		if again, err = s.reduce(tx, w, map[int64]int64{l.No: q}, in.Actor); err != nil {
			return out, err
		}
	}
	l.Cancelled += q
	order.SaveLine(tx, *l)
	if err := s.goOn(tx, w, again, in.Actor); err != nil {
		return out, err
	}
	out.Fulfilment = w.Fulfilment
	tx.Emit(db.Event{Kind: "order.line_cancelled.v1", Order: w.ID, Actor: in.Actor, Params: map[string]any{"line": l.No, "sku": l.SKU, "units": q,
		"stage": out.Stage, "reason": in.Reason, "refund": out.Refund, "currency": w.Currency}})
	return out, nil
}

// placed reports whether allocation has decided over the order, so that every unit wanted is in a fulfilment or owed.
func (w *work) placed() bool {
	return w.Fulfilment != order.FulfilmentNone && w.Fulfilment != order.FulfilmentWaiting
}

func (w *work) cancellable(in CancelLine) (*order.Line, error) {
	switch w.Fulfilment {
	case order.FulfilmentCancelled:
		return nil, fault.New(fault.Conflict, "cancel.already", "the order was cancelled already")
	case order.FulfilmentShipped:
		return nil, fault.New(fault.Conflict, "cancel.shipped", "the parcel has left; refuse it at the door or return it")
	}
	for i := range w.Lines {
		l := &w.Lines[i]
		if l.No != in.Line {
			continue
		}
		if in.Quantity < 0 || in.Quantity > l.Wanted() || l.Wanted() == 0 {
			return nil, fault.Invalidf("quantity", "cancel.quantity", "of line %d %d units are wanted; %d cannot be taken off", l.No, l.Wanted(), in.Quantity).
				With("line", l.No).With("wanted", l.Wanted()).With("quantity", in.Quantity)
		}
		return l, nil
	}
	return nil, fault.Invalidf("line", "cancel.no_line", "the order has no line %d", in.Line).With("line", in.Line)
}

// due is what of the money paid belongs to units of a line; rounded down, so that no more is given back than was paid.
func (w *work) due(l order.Line, units int64) int64 {
	if w.Payment != order.Paid || l.Quantity == 0 {
		return 0
	}
	return min(l.Amount()*units/l.Quantity, w.PaidAmount)
}
