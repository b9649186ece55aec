package db

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

func waitedFor(d time.Duration) func(time.Time) time.Duration {
	return func(time.Time) time.Duration { return d }
}

func TestALaneGoesToWhoWaitedMost(t *testing.T) {
	l := &lanes{free: 1}
	if err := l.enter(t.Context(), waitedFor(0)); err != nil {
		t.Fatal(err)
	}
	var order []time.Duration
	var all sync.WaitGroup
	for _, d := range []time.Duration{3, 9, 1, 7} {
		all.Go(func() {
			if err := l.enter(t.Context(), waitedFor(d)); err != nil {
				t.Error(err)
			}
			order = append(order, d) // one lane: nobody else is here
			l.leave()
		})
	}
	for queued := 0; queued < 4; time.Sleep(time.Millisecond) {
		l.mu.Lock()
		queued = len(l.waiting)
		l.mu.Unlock()
	}
	l.leave()
	all.Wait()
	for i, want := range []time.Duration{9, 7, 3, 1} {
		if order[i] != want {
			t.Fatalf("went in the order %v", order)
		}
	}
	if l.free != 1 || len(l.waiting) != 0 {
		t.Errorf("%d lanes are free and %d wait at the end", l.free, len(l.waiting))
	}
}

func TestWhoGivesUpLosesNoLane(t *testing.T) {
	l := &lanes{free: 2}
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i%7)*100*time.Microsecond)
			defer cancel()
			err := l.enter(ctx, waitedFor(time.Duration(i)))
			if err != nil && !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
			if err == nil {
				time.Sleep(50 * time.Microsecond)
				l.leave()
			}
		})
	}
	all.Wait()
	if l.free != 2 || len(l.waiting) != 0 {
		t.Errorf("%d lanes are free and %d wait at the end", l.free, len(l.waiting))
	}
}

func TestWithoutLanesNobodyWaits(t *testing.T) {
	var l *lanes
	if err := l.enter(t.Context(), waitedFor(0)); err != nil {
		t.Fatal(err)
	}
	l.leave()
}
