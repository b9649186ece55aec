package intake

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Hinted is what db.DB.Wait is asked for by whoever runs Step: it wakes when a shop told us to look at an order.
const Hinted = "channel.hinted"

const (
	// mostPages is how many pages of one shop are taken before the others have their turn.
	mostPages = 20
	// mostHints is how many orders are fetched in one call.
	mostHints = 100

	firstRest   = 30 * time.Second // after a failure, doubled each time, in business time
	longestRest = time.Hour
)

var (
	pageTurn = db.Change("intake_channel", "id bigint, lease text, until bigint, place text, lag bigint, at bigint", 1,
		"lease_until = x.until, place = x.place, lag_us = x.lag, last_pull_at = x.at, last_ok_at = x.at, last_error = '', failures = 0", "t.id = x.id AND t.lease = x.lease")
	doneTurn = db.Change("intake_channel", "id bigint, lease text, next_at bigint, hint_at bigint", 1,
		"lease = '', lease_until = 0, next_pull_at = x.next_at, hint_at = x.hint_at", "t.id = x.id AND t.lease = x.lease")
	failTurn = db.Change("intake_channel", "id bigint, lease text, next_at bigint, hint_at bigint, at bigint, code text", 1,
		"lease = '', lease_until = 0, next_pull_at = x.next_at, hint_at = x.hint_at, last_pull_at = x.at, last_error = x.code, failures = t.failures + 1", "t.id = x.id AND t.lease = x.lease")

	selHints = db.NewSQL(`SELECT external_id, at FROM intake_hint WHERE channel_id = $1 ORDER BY external_id LIMIT $2`)
	delHint  = db.NewSQL(`DELETE FROM intake_hint WHERE channel_id = $1 AND external_id = $2 AND at <= $3`)
	anyHint  = db.NewSQL(`SELECT external_id FROM intake_hint WHERE channel_id = $1 LIMIT 1`)
)

// Step gives every account its turn whose time has come: hinted orders are fetched, pages are pulled into the inbox,
// hours are proved. The shops have their turns side by side. Step returns how many documents said something new. A shop that
// fails rests for a while, and stands with its error in the account; it stops none of the others.
func (s *Channels) Step(ctx context.Context) (int, error) {
	list, err := s.claim(ctx)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	var mu sync.Mutex
	var running sync.WaitGroup
	changed, errs := 0, []error{}
	turn := func(a *Account) {
		n, err := s.held(ctx, a)
		mu.Lock()
		defer mu.Unlock()
		changed, errs = changed+n, append(errs, err)
	}
	for _, a := range list {
		if s.db.Clock().Standing() {
			turn(a) // a run with a fixed clock is the same every time
			continue
		}
		running.Go(func() { turn(a) })
	}
	running.Wait()
	return changed, errors.Join(errs...)
}

// turn is all that is done for one account at a time. What the shop answers badly is noted and no error of the step.
func (s *Channels) turn(ctx context.Context, a *Account) (changed int, err error) {
	more := false
	c, wrong := s.Connector(a)
	if wrong == nil && a.hintAt > 0 {
		changed, wrong = s.fetch(ctx, a, c)
	}
	if wrong == nil && a.NextPullAt <= s.db.Clock().Now().UnixMicro() {
		var n int
		n, more, wrong = s.pull(ctx, a, c)
		changed += n
	}
	if counter, ok := c.(Counter); ok && wrong == nil && !more {
		wrong = s.prove(ctx, a, counter)
	}
	switch {
	case errors.Is(wrong, db.ErrGuard):
		return changed, nil // the lease ran out, and is another's by now
	case ctx.Err() != nil: // the process ends: the next one need not wait for the lease
		return changed, errors.Join(ctx.Err(), s.done(context.WithoutCancel(ctx), a, true))
	}
	if wrong != nil {
		return changed, s.fail(ctx, a, wrong)
	}
	return changed, s.done(ctx, a, more)
}

// pull takes page after page. The cursor is kept after the documents of its page are in the inbox, never before: whoever dies
// between the two is given the page again.
func (s *Channels) pull(ctx context.Context, a *Account, c Channel) (changed int, more bool, err error) {
	_, counts := c.(Counter)
	more = true
	for range mostPages {
		page, err := call(ctx, func(ctx context.Context) (Page, error) { return c.Pull(ctx, a.cursor) })
		if err != nil {
			return changed, false, err
		}
		b, err := s.bring(ctx, a, SourcePoll, page.Documents)
		if err != nil {
			return changed, false, err
		}
		changed += b.changed
		a.cursor, more = page.Cursor, page.More
		err = s.db.Update(ctx, func(tx *db.Tx) error {
			lag := int64(0)
			if page.More && b.newest > 0 {
				lag = max(0, tx.Micros()-b.newest)
			}
			b.note(tx, a, counts)
			if a.Failures > 0 {
				tx.Emit(db.Event{Kind: "channel.recovered.v1", Subject: a.ID, Actor: a.Actor(), Params: map[string]any{"channel": a.Name}})
			}
			tx.Put(pageTurn, a.ID, a.lease, s.leaseEnd(tx), page.Cursor, lag, tx.Micros())
			return nil
		})
		if err != nil || !more {
			return changed, more, err
		}
		a.Failures = 0
	}
	return changed, more, nil
}

// call makes one call to a shop, which must answer in time.
func call[Out any](ctx context.Context, do func(context.Context) (Out, error)) (Out, error) {
	ctx, stop := context.WithTimeout(ctx, callTime)
	defer stop()
	return do(ctx)
}

// fetch reads the orders that the shop hinted at. A hint goes when its order is in the inbox, or the shop does not know it.
func (s *Channels) fetch(ctx context.Context, a *Account, c Channel) (int, error) {
	type hint struct {
		number string
		at     int64
	}
	var hints []hint
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		hints, err = db.All(tx.Query(selHints, a.ID, mostHints), func(r *db.Rows) (h hint) { r.Scan(&h.number, &h.at); return h })
		return err
	})
	if err != nil || len(hints) == 0 {
		return 0, err
	}
	f, can := c.(Fetcher)
	if !can {
		a.NextPullAt = 0 // all that can be done is to pull at once
	}
	var b brought
	if can {
		numbers := make([]string, len(hints))
		for i, h := range hints {
			numbers[i] = h.number
		}
		list, err := call(ctx, func(ctx context.Context) ([]Pulled, error) { return f.Fetch(ctx, numbers) })
		if err != nil {
			return 0, err
		}
		if b, err = s.bring(ctx, a, SourceWebhook, list); err != nil {
			return 0, err
		}
	}
	_, counts := c.(Counter)
	return b.changed, s.db.Update(ctx, func(tx *db.Tx) error {
		for _, h := range hints {
			if _, err := tx.Exec(delHint, a.ID, h.number, h.at); err != nil {
				return err
			}
		}
		b.note(tx, a, counts)
		return nil
	})
}

func (s *Channels) done(ctx context.Context, a *Account, more bool) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		next := tx.Now().Add(time.Duration(a.EveryS) * time.Second).UnixMicro()
		if more || a.NextPullAt > tx.Micros() { // there is more at once, or only hints were due
			next = max(a.NextPullAt, tx.Micros())
		}
		hint, err := hintDue(tx, a.ID, tx.Micros())
		tx.Put(doneTurn, a.ID, a.lease, next, hint)
		return err
	})
}

// hintDue is at where hints of an account wait, and 0 where none do.
func hintDue(tx *db.Tx, account, at int64) (int64, error) {
	var number string
	waits, err := tx.Query(anyHint, account).One(&number)
	if !waits {
		at = 0
	}
	return at, err
}

// fail notes why a turn went wrong, and lets the account rest. The first failure in a row is told.
func (s *Channels) fail(ctx context.Context, a *Account, why error) error {
	code, message := fault.Code(why), why.Error()
	if _, ours := fault.As(why); !ours {
		code = ErrUnreachable.Code
	}
	return s.db.Update(ctx, func(tx *db.Tx) error {
		next := tx.Now().Add(s.rest(a.Failures, why)).UnixMicro()
		hint, err := hintDue(tx, a.ID, next)
		tx.Put(failTurn, a.ID, a.lease, next, hint, tx.Micros(), code)
		if a.Failures == 0 {
			tx.Emit(db.Event{Kind: "channel.failing.v1", Subject: a.ID, Actor: a.Actor(), Params: map[string]any{"channel": a.Name, "code": code, "message": message}})
		}
		return err
	})
}

// rest is how long an account is left alone after so many failures before this one. A shop that names the seconds is believed.
func (s *Channels) rest(failures int64, why error) time.Duration {
	if f, ok := fault.As(why); ok && f.Kind == fault.TooMany {
		if seconds, said := f.Params["seconds"].(int64); said {
			return s.business(time.Duration(seconds) * time.Second)
		}
	}
	d := firstRest
	for ; failures > 0 && d < longestRest; failures-- {
		d *= 2
	}
	return min(d, longestRest)
}
