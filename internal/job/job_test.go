package job_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/words"
)

var (
	countJobs = db.NewSQL(`SELECT count(*) FROM job`)
	selJob    = db.NewSQL(`SELECT attempt, run_at, failure FROM job WHERE kind = $1 AND key = $2`)
	selEvents = db.NewSQL(`SELECT count(*) FROM event WHERE kind = 'job.failed.v1'`)
)

func add(t *testing.T, d *db.DB, jobs ...job.Job) {
	t.Helper()
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		for _, j := range jobs {
			job.Add(tx, j)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, d *db.DB, s *db.SQL) (n int64) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) error { _, err := tx.Query(s).One(&n); return err })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

type row struct {
	attempt, runAt int64
	failure        string
}

func stored(t *testing.T, d *db.DB, key string) (r row, found bool) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		found, err = tx.Query(selJob, "call", key).One(&r.attempt, &r.runAt, &r.failure)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r, found
}

func step(t *testing.T, w *job.Worker) int {
	t.Helper()
	n, err := w.Step(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSixteenWorkersRunEveryJobExactlyOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const jobs = 400
		var list []job.Job
		for i := range jobs {
			list = append(list, job.Job{Kind: "call", Key: fmt.Sprint(i), Payload: i})
		}
		add(t, d, list...)
		var mu sync.Mutex
		runs := map[int]int{}
		handler := func(_ context.Context, j job.Job) error {
			var i int
			if err := j.Read(&i); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			runs[i]++
			return nil
		}
		var wg sync.WaitGroup
		for range 16 {
			w := job.NewWorker(d, 4, map[string]job.Handler{"call": handler})
			wg.Go(func() {
				for {
					n, err := w.Step(context.Background())
					if err != nil {
						t.Error(err)
						return
					}
					if n == 0 && count(t, d, countJobs) == 0 {
						return
					}
				}
			})
		}
		wg.Wait()
		if len(runs) != jobs {
			t.Errorf("%d of %d jobs ran", len(runs), jobs)
		}
		for i, n := range runs {
			if n != 1 {
				t.Errorf("job %d ran %d times", i, n)
			}
		}
	})
}

func TestTheFirstJobOfAKeyIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		add(t, d, job.Job{Kind: "call", Key: "a", Payload: "first"}, job.Job{Kind: "call", Key: "a", Payload: "second"})
		add(t, d, job.Job{Kind: "call", Key: "a", Payload: "third"}, job.Job{Kind: "other", Key: "a"})
		var got []string
		w := job.NewWorker(d, 1, map[string]job.Handler{"call": func(_ context.Context, j job.Job) error {
			var s string
			err := j.Read(&s)
			got = append(got, s)
			return err
		}})
		for step(t, w) > 0 {
		}
		if fmt.Sprint(got) != "[first]" {
			t.Errorf("ran %v, want the first only", got)
		}
		if n := count(t, d, countJobs); n != 1 {
			t.Errorf("%d jobs are left, want the one that nobody here can do", n)
		}
	})
}

func TestAJobIsNotRunBeforeItsTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ran := 0
		w := job.NewWorker(d, 1, map[string]job.Handler{"call": func(context.Context, job.Job) error { ran++; return nil }})
		add(t, d, job.Job{Kind: "call", Key: "later", RunAt: d.Clock().Now().Add(time.Hour).UnixMicro()})
		if step(t, w) != 0 || ran != 0 {
			t.Fatal("a job ran an hour early")
		}
		d.Clock().Advance(time.Hour)
		if step(t, w) != 1 || ran != 1 {
			t.Fatal("a due job did not run")
		}
	})
}

func TestAFailingJobIsTriedLaterAndLaterAndThenKeptWithItsFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var attempts []int64
		down := fault.New(fault.Unavailable, "carrier.unreachable", "the line is dead")
		w := job.NewWorker(d, 1, map[string]job.Handler{"call": func(_ context.Context, j job.Job) error {
			attempts = append(attempts, j.Attempt)
			return down
		}})
		add(t, d, job.Job{Kind: "call", Key: "a"})
		before := time.Duration(0)
		for n := 1; n < job.Attempts; n++ {
			if step(t, w) != 1 {
				t.Fatalf("attempt %d did not happen", n)
			}
			r, _ := stored(t, d, "a")
			wait := time.UnixMicro(r.runAt).Sub(d.Clock().Now())
			if wait < before || wait > time.Hour || wait < 30*time.Second || !strings.Contains(r.failure, "dead") {
				t.Fatalf("after attempt %d: %+v, waits %s after %s", n, r, wait, before)
			}
			if step(t, w) != 0 {
				t.Fatal("it was tried again at once")
			}
			before = wait
			d.Clock().Advance(wait)
		}
		step(t, w)
		d.Clock().Advance(1000 * time.Hour)
		if step(t, w) != 0 || len(attempts) != job.Attempts || attempts[job.Attempts-1] != job.Attempts {
			t.Errorf("attempts %v", attempts)
		}
		if r, found := stored(t, d, "a"); !found || r.failure == "" || count(t, d, selEvents) != 1 {
			t.Errorf("kept %v %+v, %d events", found, r, count(t, d, selEvents))
		}
		add(t, d, job.Job{Kind: "call", Key: "a"})
		if r, _ := stored(t, d, "a"); r.attempt != 0 || step(t, w) != 1 {
			t.Errorf("asked for again it does not begin again: %+v", r)
		}
	})
}

func TestABusyCarrierIsGivenTheTimeItAsksFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := job.NewWorker(d, 1, map[string]job.Handler{"call": func(context.Context, job.Job) error {
			return fmt.Errorf("book: %w", fault.New(fault.TooMany, "carrier.busy", "slow down").With("seconds", int64(7)))
		}})
		add(t, d, job.Job{Kind: "call", Key: "a"})
		for range 2 * job.Attempts {
			step(t, w)
			r, _ := stored(t, d, "a")
			if wait := time.UnixMicro(r.runAt).Sub(d.Clock().Now()); wait != 7*time.Second || r.attempt != 0 {
				t.Fatalf("waits %s after %d attempts, want the 7 s it was asked for and no attempt counted", wait, r.attempt)
			}
			d.Clock().Advance(7 * time.Second)
		}
	})
}

func TestTheJobOfADeadWorkerIsRunAgainAndItsLateAnswerCountsForNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var again *job.Worker
		var attempts []int64
		slow := job.NewWorker(d, 1, map[string]job.Handler{"call": func(_ context.Context, j job.Job) error {
			attempts = append(attempts, j.Attempt)
			if n := step(t, again); n != 0 {
				t.Error("a leased job was taken")
			}
			d.Clock().Advance(time.Hour) // the lease runs out while the carrier thinks
			step(t, again)
			return errors.New("too late")
		}})
		again = job.NewWorker(d, 1, map[string]job.Handler{"call": func(_ context.Context, j job.Job) error {
			attempts = append(attempts, j.Attempt)
			return errors.New("down")
		}})
		add(t, d, job.Job{Kind: "call", Key: "a"})
		step(t, slow)
		r, found := stored(t, d, "a")
		if !found || r.failure != "down" || fmt.Sprint(attempts) != "[1 2]" {
			t.Errorf("found %v %+v, attempts %v", found, r, attempts)
		}
	})
}

func TestAPanicIsAFailureOfTheJobOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := job.NewWorker(d, 2, map[string]job.Handler{"call": func(_ context.Context, j job.Job) error {
			if j.Key == "bad" {
				panic("no")
			}
			return nil
		}})
		add(t, d, job.Job{Kind: "call", Key: "bad"}, job.Job{Kind: "call", Key: "good"})
		step(t, w)
		r, found := stored(t, d, "bad")
		_, good := stored(t, d, "good")
		if !found || !strings.Contains(r.failure, "panicked") || good {
			t.Errorf("bad: %v %+v; good is left: %v", found, r, good)
		}
	})
}

func TestALeaseLastsForWallTimeUnderAFastClock(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Accelerated(dbtest.Noon, 100_000))
	running, release := make(chan struct{}), make(chan struct{})
	runs := 0
	handler := func(context.Context, job.Job) error {
		runs++
		close(running)
		<-release
		return nil
	}
	add(t, d, job.Job{Kind: "call", Key: "a"})
	first := job.NewWorker(d, 1, map[string]job.Handler{"call": handler})
	done := make(chan struct{})
	go func() { defer close(done); step(t, first) }()
	<-running
	time.Sleep(20 * time.Millisecond) // half an hour of business time
	second := job.NewWorker(d, 1, map[string]job.Handler{"call": handler})
	if n := step(t, second); n != 0 {
		t.Error("the job was taken from a worker that is alive")
	}
	close(release)
	<-done
	if runs != 1 || count(t, d, countJobs) != 0 {
		t.Errorf("ran %d times, %d left", runs, count(t, d, countJobs))
	}
}

func TestTheEventHasASentenceInEveryLanguage(t *testing.T) {
	for _, lang := range words.Languages {
		if !words.Has(lang, "event.job.failed.v1") {
			t.Errorf("no sentence in %s", lang)
		}
	}
}
