package flow

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// A reminder is worth half of what an order gets that is to be sent within a day; many reminders do not put an order
// before everything else.
const (
	reminderWorth = 5
	mostUrgent    = 50
)

// Reminded answers a reminder.
type Reminded struct {
	Order    string `json:"order"`
	Priority int64  `json:"priority"`
	Stage    string `json:"stage"` // how far the work has come
}

// Remind is a customer who asks where the goods are (催单): the order goes before others of its queue. What has left cannot
// be hurried. once may be nil. Faults: order.not_found, remind.shipped, remind.cancelled.
func (s *Service) Remind(ctx context.Context, once *db.Once, orderID int64, actor string) (Reminded, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Reminded, error) {
		w, err := open(tx, orderID)
		if err != nil {
			return Reminded{}, err
		}
		switch w.Fulfilment {
		case order.FulfilmentShipped:
			return Reminded{}, fault.New(fault.Conflict, "remind.shipped", "every parcel of the order has left; look where they are, and ask the carrier")
		case order.FulfilmentCancelled:
			return Reminded{}, fault.New(fault.Conflict, "remind.cancelled", "the order was cancelled; there is nothing to hurry")
		}
		if w.Priority < mostUrgent {
			w.Priority = min(w.Priority+reminderWorth, mostUrgent)
			if err := order.SaveContent(tx, w.Order); err != nil {
				return Reminded{}, err
			}
		}
		out := Reminded{id.Show(order.Prefix, w.ID), w.Priority, w.furthest()}
		tx.Emit(db.Event{Kind: "order.reminded.v1", Order: w.ID, Actor: actor, Params: map[string]any{"priority": w.Priority, "stage": out.Stage}})
		return out, nil
	})
}
