package job_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/job"
)

func TestOneWorkerWorksThroughAPageInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const jobs = 5
		var ran []string
		w := job.NewWorker(d, 1, map[string]job.Handler{"call": func(_ context.Context, j job.Job) error {
			ran = append(ran, j.Key)
			if j.Key == "2" {
				return errors.New("down")
			}
			return nil
		}})
		for i := range jobs {
			add(t, d, job.Job{Kind: "call", Key: fmt.Sprint(i)})
		}
		before := d.Stats().Commits
		if n := step(t, w); n != jobs || fmt.Sprint(ran) != "[0 1 2 3 4]" {
			t.Errorf("one pass ran %d: %v", n, ran)
		}
		if n := d.Stats().Commits - before; n != 2 {
			t.Errorf("%d commits, want one to lease them and one for the outcomes", n)
		}
		if r, found := stored(t, d, "2"); !found || r.failure != "down" || count(t, d, countJobs) != 1 {
			t.Errorf("the one that failed: %v %+v; %d are left", found, r, count(t, d, countJobs))
		}
	})
}

func TestWhatAWorkerDoesNotBeginGoesBackAsItWas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, end := context.WithCancel(t.Context())
		ran := 0
		w := job.NewWorker(d, 1, map[string]job.Handler{"call": func(context.Context, job.Job) error { ran++; end(); return nil }})
		for i := range 3 {
			add(t, d, job.Job{Kind: "call", Key: fmt.Sprint(i)})
		}
		if n, err := w.Step(ctx); n != 1 || err != nil || ran != 1 {
			t.Fatalf("ran %d of them, says %d, %v", ran, n, err)
		}
		for _, key := range []string{"1", "2"} {
			if r, found := stored(t, d, key); !found || r.attempt != 0 || r.failure != "" {
				t.Errorf("job %s: %v %+v, want it untouched", key, found, r)
			}
		}
		if n := step(t, w); n != 2 || count(t, d, countJobs) != 0 {
			t.Errorf("the next pass ran %d", n)
		}
	})
}

func TestAPageThatTakesTooLongIsNotBegunToItsEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := job.NewWorker(d, 2, map[string]job.Handler{"call": func(context.Context, job.Job) error { time.Sleep(100 * time.Millisecond); return nil }})
		job.BeginWithin(w, 50*time.Millisecond)
		for i := range 6 {
			add(t, d, job.Job{Kind: "call", Key: fmt.Sprint(i)})
		}
		if n := step(t, w); n != 2 || count(t, d, countJobs) != 4 {
			t.Errorf("%d were begun, %d are left: the lease would end under them", n, count(t, d, countJobs))
		}
	})
}

func TestAJobWakesAWorkerWhenItIsCommittedAndDue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := d.Wait(job.Due)
		defer w.Stop()
		woken := func(within time.Duration) bool {
			select {
			case <-w.C:
				return true
			case <-time.After(within):
				return false
			}
		}
		add(t, d, job.Job{Kind: "call", Key: "now"})
		if !woken(5 * time.Second) {
			t.Error("nobody was told of a job that is due")
		}
		add(t, d, job.Job{Kind: "call", Key: "later", RunAt: d.Clock().Now().Add(time.Hour).UnixMicro()})
		_ = d.Update(t.Context(), func(tx *db.Tx) error {
			job.Add(tx, job.Job{Kind: "call", Key: "never"})
			return errors.New("thought better of it")
		})
		if woken(50 * time.Millisecond) {
			t.Error("woken for nothing")
		}
	})
}
