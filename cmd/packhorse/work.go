package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/seal"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/ship"
)

// step is one sort of work that goes on by itself. State is the queue: do takes what waits and returns how much it was.
type step struct {
	name  string
	wakes []string      // event kinds after which there may be something to do
	every time.Duration // business time after which to look anyway; 0 = only when woken
	do    func(context.Context) (int, error)
	page  int // how many do takes at most: after fewer, nothing more waits; 0 = only 0 says so
}

// longest and shortest bound, in wall time, how long a step sleeps whatever the clock.
const (
	shortestSleep = 20 * time.Millisecond
	longestSleep  = time.Minute
	// missedWake is how soon a step looks again in case another process wrote: events wake only their own.
	missedWake = time.Second
)

// keepKeys is how long idempotency keys are kept.
const keepKeys = 7 * 24 * time.Hour

// work lists the steps in the order in which an order meets them.
func (a *App) work() []step {
	sampler := check.NewSampler(a.DB, uint64(a.DB.NewID()))
	steps := []step{
		{"recheck", []string{"order.amended.v1", "catalog.imported.v1", "catalog.saved.v1", "intake.mapped.v1"}, time.Minute, a.Review.Recheck, 0},
		{"lapse-holds", nil, time.Minute, a.Review.LapseHolds, 0},
		{"review", []string{intake.Waits, "order.amended.v1", "order.hold_released.v1", "review.edited.v1"}, missedWake, a.Review.Step, review.StepSize},
		{"allocate", []string{review.Waits, "review.approved.v1", "order.hold_released.v1"}, missedWake, a.Allocation.Step, allocation.StepSize},
		{"weigh", []string{"order.queueing_saved.v1"}, time.Minute, a.weigh, 0},
		{"back-orders", []string{"stock.received.v1", "stock.adjusted.v1", "stock.counted.v1", "stock.imported.v1"}, 5 * time.Minute, a.Allocation.StepBackorders, 0},
		{"release-waves", []string{"allocation.allocated.v1"}, time.Minute, a.releaseDue, 0},
		{"jobs", []string{job.Due}, missedWake, a.jobs.Step, 0},
		{"track", nil, time.Minute, a.Track.Poll, 0},
		{"late", nil, 10 * time.Minute, a.Track.Late, 0},
		{"carrier-logins", []string{ship.LoginSaved}, time.Minute, a.called(a.Logins.Refresh), 0},
		{"carrier-accounts", nil, 10 * time.Minute, a.called(a.Ship.LookAtAccounts), 0},
		{"carrier-areas", nil, time.Hour, a.called(a.Ship.LearnAreas), 0},
	}
	steps = append(steps, step{"labels-scanned", []string{"ship.handed_over.v1"}, time.Minute, a.Printing.ConfirmScanned, 0})
	steps = append(steps, a.tellingSteps()...)
	steps = append(steps, a.shopSteps()...)
	steps = append(steps, a.afterSalesSteps()...)
	return append(steps, []step{
		{"search", nil, missedWake, a.index, 0},
		{"forget-keys", nil, time.Hour, a.forgetKeys, 0},
		{"sample", nil, time.Minute, a.sample(sampler), 0},
	}...)
}

// called is a step that calls carriers by what people typed: one that does not answer, or whose log-in is wrong, is told in the log and
// stops nothing.
func (a *App) called(do func(context.Context) (int, error)) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		n, err := do(ctx)
		for _, theirs := range []error{ship.ErrUnreachable, ship.ErrUncertain, ship.ErrBusy, ship.ErrCredentials, seal.ErrMissing, seal.ErrWrong} {
			if errors.Is(err, theirs) {
				a.Installation.Log.WarnContext(ctx, "a carrier cannot be asked", "company", a.Company.Name, "error", err)
				return n, nil
			}
		}
		return n, err
	}
}

// besideLife are the last steps, from which nothing follows in the life of an order. How far the index of the search gets in
// one pass depends on who else works on the same PostgreSQL server, and sampling is never done.
const besideLife = 3

// settleSteps are those that Settle runs: they are done when nothing waits.
func (a *App) settleSteps() []step { return a.steps[:len(a.steps)-besideLife] }

// Settle runs every step, in order, until a whole pass finds nothing to do. With a clock that stands still and one caller
// it is the same every time: what follows from what is in the database does not depend on who was quicker.
func (a *App) Settle(ctx context.Context) error {
	for {
		done := 0
		for _, s := range a.settleSteps() {
			n, err := s.do(ctx)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			done += n
		}
		if done == 0 {
			return nil
		}
	}
}

// Work runs every step beside the others until ctx ends. A step that fails is logged and tried again; it stops none
// of the others.
func (a *App) Work(ctx context.Context) {
	var running sync.WaitGroup
	for _, s := range a.steps {
		running.Go(func() { a.keepAt(ctx, s) })
	}
	running.Go(func() { a.Printing.Work(ctx) })
	running.Wait()
}

func (a *App) keepAt(ctx context.Context, s step) {
	waiter := a.DB.Wait(s.wakes...)
	defer waiter.Stop()
	for failures := 0; ; {
		ended := a.pulses[s.name].begin()
		n, err := s.do(ctx)
		ended(err)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			failures++
			err = a.Installation.explain(err)
			a.Installation.Log.Error("step failed", "company", a.Company.Name, "step", s.name, "error", err)
		default:
			failures = 0
		}
		if n > 0 && n >= s.page && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-waiter.C:
		case <-time.After(a.sleep(s, failures)):
		}
	}
}

// sleep is how long a step waits when nothing wakes it; after failures longer.
func (a *App) sleep(s step, failures int) time.Duration {
	wall := missedWake
	if s.every > missedWake {
		wall = max(a.DB.Clock().Wall(s.every), shortestSleep)
	}
	wall = min(wall, longestSleep)
	return max(wall, time.Duration(min(failures, 10))*missedWake)
}

// weigh brings the queues up to date with the clock and the fines.
func (a *App) weigh(ctx context.Context) (n int, err error) {
	err = a.DB.Update(ctx, func(tx *db.Tx) (err error) { n, err = order.Weigh(tx); return err })
	return n, err
}

// releaseDue releases what templates say, and re-routes what a node promised and does not have.
func (a *App) releaseDue(ctx context.Context) (int, error) {
	waves, err := a.Pick.ReleaseDue(ctx)
	done := 0
	for _, w := range waves {
		done += len(w.Released)
		for _, r := range w.Refused {
			if r.Code != "release.short" {
				continue
			}
			if _, e := a.Flow.Reject(ctx, nil, r.FulfilmentID, "system", r.Code); e != nil {
				err = errors.Join(err, e)
			}
		}
	}
	return done, err
}

func (a *App) forgetKeys(ctx context.Context) (int, error) {
	return 0, a.DB.ForgetKeys(ctx, a.DB.Clock().Now().Add(-keepKeys).UnixMicro())
}

// sample proves a few rows and tells the log what is wrong with them.
func (a *App) sample(s *check.Sampler) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		found, err := s.Step(ctx)
		for _, f := range found {
			a.Installation.Log.Error("the books do not agree", "company", a.Company.Name, "class", f.Class, "table", f.Table, "id", f.ID, "message", f.Message)
		}
		return 0, err
	}
}
