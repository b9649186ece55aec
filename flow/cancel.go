package flow

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// Cancelled answers a cancel.
type Cancelled struct {
	Order   string `json:"order"`
	Whole   bool   `json:"whole"`             // nothing of it had left
	Stage   string `json:"stage"`             // how far the work had come
	Pending bool   `json:"pending,omitempty"` // its carriers are asked first whether they have collected it; nothing is cancelled yet
}

// refundedReason is the reason of a cancel that follows from money given back before anything left.
const refundedReason = "refunded"

// Cancel calls an order off, at whatever stage it is. What has left cannot be called back: a shipped order is
// refused with cancel.shipped, one shipped in part keeps what has left. Of labelled parcels the carriers are asked first
// (Pending): the event order.cancelled.v1 or order.too_late.v1 says what came of it. Faults: order.not_found,
// cancel.shipped, cancel.already, cancel.bundle.
func (s *Service) Cancel(ctx context.Context, once *db.Once, orderID int64, actor, reason string) (Cancelled, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Cancelled, error) {
		w, err := open(tx, orderID)
		if err != nil {
			return Cancelled{}, err
		}
		return s.cancel(tx, w, actor, reason)
	})
}

// cancel calls the order off, or has its carriers asked first.
func (s *Service) cancel(tx *db.Tx, w *work, actor, reason string) (Cancelled, error) {
	if asked, err := s.ask(tx, w, actor, reason); err != nil || asked {
		return Cancelled{Order: id.Show(order.Prefix, w.ID), Stage: w.furthest(), Pending: true}, err
	}
	return s.callOff(tx, w, actor, reason)
}

func (s *Service) callOff(tx *db.Tx, w *work, actor, reason string) (Cancelled, error) {
	out := Cancelled{Order: id.Show(order.Prefix, w.ID), Stage: w.furthest()}
	switch w.Fulfilment {
	case order.FulfilmentCancelled:
		return out, fault.New(fault.Conflict, "cancel.already", "the order was cancelled already")
	case order.FulfilmentShipped:
		return out, fault.New(fault.Conflict, "cancel.shipped", "the parcel has left; refuse it at the door or return it")
	}
	gone, err := w.left(tx)
	if err != nil {
		return out, err
	}
	why := order.StopCancelled
	if reason == refundedReason {
		why = order.StopRefunded
	}
	if err := s.stop(tx, w.live(), ending{order.Cancelled, why, actor}); err != nil {
		return out, err
	}
	out.Whole = true
	for i := range w.Lines {
		l := &w.Lines[i]
		if gone[l.No] > 0 {
			out.Whole = false
		}
		if cancelled := l.Quantity - gone[l.No]; cancelled != l.Cancelled {
			l.Cancelled = cancelled
			order.SaveLine(tx, *l)
		}
	}
	w.settleDebts(tx)
	if err := w.stand(tx); err != nil {
		return out, err
	}
	if err := w.liftHolds(tx, actor); err != nil {
		return out, err
	}
	tx.Emit(db.Event{Kind: "order.cancelled.v1", Order: w.ID, Actor: actor,
		Params: map[string]any{"stage": out.Stage, "reason": reason, "whole": out.Whole, "channel": w.Channel}})
	return out, nil
}

// left counts, in units of each order line, what has gone to the customer. A bundle of which only a part has
// gone cannot be counted, and its order not be cancelled by itself.
func (w *work) left(tx *db.Tx) (map[int64]int64, error) {
	gone := map[piece]int64{}
	for _, f := range w.fulfilments {
		if f.Status == order.Shipped {
			for _, l := range f.Lines {
				gone[piece{l.LineNo, l.SKUID}] += l.Quantity
			}
		}
	}
	out := map[int64]int64{}
	if len(gone) == 0 {
		return out, nil
	}
	var skus []int64
	for _, l := range w.Lines {
		skus = append(skus, l.SKUID)
	}
	recipes, err := catalog.Bundles(tx, skus, time.UnixMicro(w.PlacedAt))
	if err != nil {
		return nil, err
	}
	for _, l := range w.Lines {
		parts, bundle := recipes[l.SKUID]
		if !bundle {
			out[l.No] = gone[piece{l.No, l.SKUID}]
			continue
		}
		for i, c := range parts {
			units := gone[piece{l.No, c.SKU}] / c.Quantity
			if gone[piece{l.No, c.SKU}]%c.Quantity != 0 || (i > 0 && units != out[l.No]) {
				return nil, fault.New(fault.Conflict, "cancel.bundle", "a part of bundle %s has left; decide by hand what becomes of the rest", l.SKU).With("sku", l.SKU)
			}
			out[l.No] = units
		}
	}
	return out, nil
}
