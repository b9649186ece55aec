package notify

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

const (
	// mostReplayed is how many deliveries one request may replay.
	mostReplayed = 1000
	// keepSent is how long deliveries that were taken are kept, for looking and replaying.
	keepSent = 30 * 24 * time.Hour
)

var (
	selReplay = db.NewSQL(`SELECT ` + deliveryColumns + ` FROM notify_delivery WHERE endpoint_id = $1 AND event_at >= $2 AND event_at < $3 AND state <> 'queued'
	  ORDER BY event_at, id LIMIT $4`)
	selByIDs    = db.NewSQL(`SELECT ` + deliveryColumns + ` FROM notify_delivery WHERE id = ANY($1) FOR UPDATE`)
	selLedger   = db.NewSQL(`SELECT ` + deliveryColumns + ` FROM notify_delivery WHERE endpoint_id = $1 AND (event_at < $2 OR event_at = $2 AND id < $3) ORDER BY event_at DESC, id DESC LIMIT $4`)
	purgeSent   = db.NewSQL(`DELETE FROM notify_delivery WHERE state = 'sent' AND sent_at < $1`)
	selOneByKey = db.NewSQL(`SELECT event_at FROM notify_delivery WHERE id = $1`)
)

// Replay says what is sent again: the deliveries with these ids, or those of events from From up to, not including, To.
type Replay struct {
	Deliveries []int64
	From, To   int64 // UTC microseconds
	FailedOnly bool  // leave out those that were taken
}

// Replayed is how many deliveries were queued again. More tells that there were more than one request takes: ask for
// the rest from Next on.
type Replayed struct {
	Count int
	More  bool
	Next  int64 // UTC microseconds
}

// Replay sends deliveries again, under the same webhook-id and signed anew, each order in the order of its events. What
// waits anyway is left alone. Faults: notify.no_endpoint, notify.replay_what, notify.replay_size, notify.disabled.
func (s *Service) Replay(ctx context.Context, once *db.Once, actor string, key int64, r Replay) (Replayed, error) {
	if (len(r.Deliveries) == 0) == (r.From == 0 && r.To == 0) || r.From > r.To {
		return Replayed{}, fault.Invalidf("deliveries", "notify.replay_what", "say which deliveries, or from when to when")
	}
	if len(r.Deliveries) > mostReplayed {
		return Replayed{}, fault.Invalidf("deliveries", "notify.replay_size", "at most %d deliveries at once", mostReplayed).With("max", mostReplayed)
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (out Replayed, err error) {
		e, err := lockedEndpoint(tx, key)
		if err != nil {
			return out, err
		}
		if e.State != Active {
			return out, fault.New(fault.Conflict, "notify.disabled", "the endpoint is disabled; enable it first")
		}
		list, err := r.read(tx, key)
		if err != nil {
			return out, err
		}
		if len(list) > mostReplayed {
			out.More, out.Next = true, list[mostReplayed].EventAt
			list = list[:mostReplayed]
		}
		for _, d := range list {
			if d.Endpoint != key || d.State == Queued || r.FailedOnly && d.State != Failed {
				continue
			}
			if err := move(deliveryStates, &d.State, Queued); err != nil {
				return out, err
			}
			d.Reason, d.Status, d.SentAt, d.Attempts = "", 0, 0, 0
			d.save(tx)
			out.Count++
		}
		tx.Emit(db.Event{Kind: "notify.replayed.v1", Actor: actor, Params: map[string]any{"endpoint": id.Show(EndpointPrefix, key), "count": out.Count}})
		return out, resume(tx, key)
	})
}

func (r Replay) read(tx *db.Tx, endpoint int64) ([]*Delivery, error) {
	if len(r.Deliveries) > 0 {
		return db.All(tx.Query(selByIDs, r.Deliveries), scanDelivery)
	}
	return db.All(tx.Query(selReplay, endpoint, r.From, r.To, mostReplayed+1), scanDelivery)
}

// Deliveries lists those of an endpoint, the newest event first; before is the id of the delivery the page begins behind.
func (s *Service) Deliveries(ctx context.Context, endpoint, before int64, limit int) (list []*Delivery, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		at, from := last, last
		if before != 0 {
			found, err := tx.Query(selOneByKey, before).One(&at)
			if err != nil {
				return err
			}
			if from = before; !found {
				return fault.Invalidf("cursor", "http.cursor", "this is not a cursor that this list gave")
			}
		}
		list, err = db.All(tx.Query(selLedger, endpoint, at, from, limit), scanDelivery)
		return err
	})
	return list, err
}

// Forget removes deliveries that were taken thirty days ago. Failed ones stay until they are replayed.
func (s *Service) Forget(ctx context.Context) (int, error) {
	return 0, s.db.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(purgeSent, tx.Now().Add(-keepSent).UnixMicro())
		return err
	})
}
