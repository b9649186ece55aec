package notify

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

var (
	selNewest  = db.NewSQL(`SELECT ` + messageColumns + ` FROM notify_message WHERE id < $1 ORDER BY id DESC LIMIT $2`)
	selOfOrder = db.NewSQL(`SELECT ` + messageColumns + ` FROM notify_message WHERE order_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`)
	selOpen    = db.NewSQL(`SELECT ` + messageColumns + ` FROM notify_message WHERE state IN ('queued', 'failed') AND state = $1 AND id < $2 ORDER BY id DESC LIMIT $3`)
)

// last is behind every id.
const last = int64(1)<<62 - 1 + int64(1)<<62

// Filter narrows the ledger. State is "", "queued" or "failed"; it is not asked beside Order.
type Filter struct {
	Order int64 // 0 = all
	State string
}

// Messages lists the ledger, the newest first; before is the id the page begins behind, 0 = at the newest. Fault:
// notify.state for a state that is no queue.
func (s *Service) Messages(ctx context.Context, f Filter, before int64, limit int) (list []*Message, err error) {
	if f.State != "" && f.State != Queued && f.State != Failed {
		return nil, fault.Invalidf("state", "notify.state", "ask for queued or failed messages, not %q", f.State).With("value", f.State)
	}
	if before == 0 {
		before = last
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		var rows *db.Rows
		switch {
		case f.Order != 0:
			rows = tx.Query(selOfOrder, f.Order, before, limit)
		case f.State != "":
			rows = tx.Query(selOpen, f.State, before, limit)
		default:
			rows = tx.Query(selNewest, before, limit)
		}
		list, err = db.All(rows, scanMessage)
		return err
	})
	return list, err
}

// Resend queues a message once more, to the address the order has now. It goes out under the same number, so that a
// receiver who has it already can tell; whoever wants no more of its kind is not written to all the same. Faults:
// notify.not_found, notify.queued for one that is on its way.
func (s *Service) Resend(ctx context.Context, once *db.Once, actor string, key int64) (*Message, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (*Message, error) {
		m, err := lockedMessage(tx, key)
		if err != nil {
			return nil, err
		}
		if m.State == Queued {
			return nil, fault.New(fault.Conflict, "notify.queued", "the message is on its way; wait for what becomes of it")
		}
		if err := m.becomes(Queued, "", ""); err != nil {
			return nil, err
		}
		m.DueAt, m.SentAt = tx.Micros(), 0
		m.Round++
		m.save(tx)
		m.enqueue(tx)
		tx.Emit(db.Event{Kind: "notify.resent.v1", Order: m.OrderID, Actor: actor,
			Params: map[string]any{"message": id.Show(Prefix, m.ID), "notice": m.Notice, "channel": m.Channel}})
		return m, nil
	})
}

// Subscription is what a token in a message stands for.
type Subscription struct {
	Notice  Notice
	Stopped bool // its recipient gets no more of this notice
	All     bool // nor of any other, but for what must be sent (Notice.MustSend)
}

// Look tells what a token stands for, and changes nothing. Fault: notify.token.
func (s *Service) Look(ctx context.Context, token string) (out Subscription, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error { _, out, err = tokenOf(tx, token); return err })
	return out, err
}

// Unsubscribe ends one kind of message to one recipient, or all kinds; twice is once. Messages that wait are suppressed when
// they come to be sent. Fault: notify.token.
func (s *Service) Unsubscribe(ctx context.Context, token string, all bool) (out Subscription, err error) {
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		recipient, found, err := tokenOf(tx, token)
		if err != nil {
			return err
		}
		out = Subscription{Notice: found.Notice, Stopped: true, All: found.All || all}
		switch {
		case all && !found.All:
			tx.Put(insSubscription, recipient, string(everything), newToken(), 0)
			if _, _, err := subscribed(tx, recipient, everything); err != nil { // written before it is changed
				return err
			}
			tx.Put(stopIt, recipient, string(everything), tx.Micros())
		case !all && !found.Stopped:
			tx.Put(stopIt, recipient, string(found.Notice), tx.Micros())
		}
		return nil
	})
	return out, err
}

func tokenOf(tx *db.Tx, token string) (recipient string, out Subscription, err error) {
	var at int64
	var notice string
	found, err := tx.Query(selToken, token).One(&recipient, &notice, &at)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "notify.token", "this link is not known here; use the one in the newest message")
	}
	if err != nil {
		return "", out, err
	}
	_, out.All, err = subscribed(tx, recipient, everything)
	out.Notice, out.Stopped = Notice(notice), at > 0 || out.All
	return recipient, out, err
}
