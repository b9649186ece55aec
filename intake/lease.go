package intake

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/db"
)

// turnLease is how long an account stays held after its process died, in wall time. One that lives renews it three times as
// often, however long a shop takes to answer.
const turnLease = 15 * time.Second

var (
	anyTurn = db.NewSQL(`SELECT id FROM intake_channel WHERE enabled AND lease_until <= $1 AND (next_pull_at <= $1 OR (hint_at > 0 AND hint_at <= $1)) LIMIT 1`)
	selTurn = db.NewSQL(`SELECT ` + accountColumns + ` FROM intake_channel
	  WHERE enabled AND lease_until <= $1 AND (next_pull_at <= $1 OR (hint_at > 0 AND hint_at <= $1)) ORDER BY id FOR UPDATE SKIP LOCKED`)
	leaseTurn = db.Change("intake_channel", "id bigint, lease text, until bigint", 1, "lease = x.lease, lease_until = x.until", "t.id = x.id")
	renewTurn = db.Change("intake_channel", "id bigint, lease text, until bigint", 1, "lease_until = x.until", "t.id = x.id AND t.lease = x.lease")
)

// claim takes the accounts whose turn it is under a lease, so that no other worker pulls them meanwhile.
func (s *Channels) claim(ctx context.Context) (list []*Account, err error) {
	due := false
	err = s.db.View(ctx, func(tx *db.Tx) (err error) {
		var key int64
		due, err = tx.Query(anyTurn, tx.Micros()).One(&key)
		return err
	})
	if err != nil || !due {
		return nil, err
	}
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		if list, err = db.All(tx.Query(selTurn, tx.Micros()), scanAccount); err != nil {
			return err
		}
		for _, a := range list {
			a.lease = strconv.FormatInt(tx.NewID(), 36)
			tx.Put(leaseTurn, a.ID, a.lease, s.leaseEnd(tx))
		}
		return nil
	})
	return list, err
}

// leaseEnd is when a lease that begins now runs out, in business time.
func (s *Channels) leaseEnd(tx *db.Tx) int64 { return tx.Now().Add(s.business(s.lease)).UnixMicro() }

// held gives an account its turn and renews its lease meanwhile. A turn whose lease became another's ends.
func (s *Channels) held(ctx context.Context, a *Account) (int, error) {
	if s.db.Clock().Standing() {
		return s.turn(ctx, a) // no lease runs out while the clock stands
	}
	inner, stop := context.WithCancel(ctx)
	var beating sync.WaitGroup
	beating.Go(func() { s.beat(inner, stop, a) })
	defer beating.Wait()
	defer stop()
	n, err := s.turn(inner, a)
	if inner.Err() != nil && ctx.Err() == nil {
		return n, nil // the lease was lost: whoever has it goes on
	}
	return n, err
}

// beat renews the lease of an account until its turn is over, and ends the turn when the lease is lost.
func (s *Channels) beat(ctx context.Context, lost func(), a *Account) {
	every := time.NewTicker(s.lease / 3)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		err := s.db.Update(ctx, func(tx *db.Tx) error { tx.Put(renewTurn, a.ID, a.lease, s.leaseEnd(tx)); return nil })
		if errors.Is(err, db.ErrGuard) {
			lost()
			return
		}
	}
}

// business turns a span of wall time into business time. Under a clock that stands still they are the same.
func (s *Channels) business(wall time.Duration) time.Duration {
	hour := s.db.Clock().Wall(time.Hour)
	if hour <= 0 {
		return wall
	}
	return time.Duration(float64(wall) * float64(time.Hour) / float64(hour))
}
