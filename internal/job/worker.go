package job

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/telemetry"
)

// Handler does the work of one kind, outside any transaction. It must be able to run again after it has
// acted. An error is retried later; one of kind fault.TooMany says in its parameter "seconds" when, and does
// not count as an attempt.
type Handler func(ctx context.Context, j Job) error

// The lease outlives the longest run of a handler, so that no job is run by two workers at once.
// Both are wall time: a carrier does not answer faster because our clock does.
const (
	runTime   = 90 * time.Second
	leaseTime = 2 * time.Minute
)

// perLane is how many jobs are leased for each one that runs at a time: enough that the two commits of a page weigh
// little, few enough that another worker finds something to do.
const perLane = 8

// errLeft is what came of a job that was leased and not begun.
var errLeft = errors.New("job: not begun")

// Worker leases due jobs and runs their handlers. Any number of workers may share a database.
type Worker struct {
	db       *db.DB
	handlers map[string]Handler
	kinds    []string
	parallel int

	beginWithin time.Duration // wall time after the lease: a job that begins later might outlive it
}

// NewWorker makes a worker for the kinds it has handlers for. parallel is how many jobs run side by side; 1
// runs them in order, which makes a run with a fixed clock repeatable.
func NewWorker(d *db.DB, parallel int, handlers map[string]Handler) *Worker {
	w := &Worker{db: d, handlers: handlers, parallel: max(parallel, 1), beginWithin: (leaseTime - runTime) / 2}
	for kind := range handlers {
		w.kinds = append(w.kinds, kind)
	}
	slices.Sort(w.kinds)
	return w
}

// Step leases a page of due jobs, works through it and writes what came of it. It returns how many it ran; 0 means that
// nothing is due. Jobs that it could not begin, because ctx ended or the page took too long, go back as they were.
func (w *Worker) Step(ctx context.Context) (int, error) {
	lease := strconv.FormatInt(w.db.NewID(), 36)
	jobs, err := w.claim(ctx, lease)
	if err != nil || len(jobs) == 0 {
		return 0, err
	}
	results := w.runAll(ctx, jobs)
	ran := 0
	for _, err := range results {
		if !errors.Is(err, errLeft) {
			ran++
		}
	}
	// What was done is written even when the caller has given up: the call has been made.
	return ran, w.finish(context.WithoutCancel(ctx), lease, jobs, results)
}

// runAll runs the jobs in their order, as many side by side as the worker may.
func (w *Worker) runAll(ctx context.Context, jobs []Job) []error {
	begin, stop := context.WithTimeout(ctx, w.beginWithin)
	defer stop()
	results := make([]error, len(jobs))
	var begun atomic.Int64
	var running sync.WaitGroup
	for range min(w.parallel, len(jobs)) {
		running.Go(func() {
			for i := begun.Add(1) - 1; i < int64(len(jobs)); i = begun.Add(1) - 1 {
				if results[i] = errLeft; begin.Err() == nil {
					results[i] = w.run(ctx, jobs[i])
				}
			}
		})
	}
	running.Wait()
	return results
}

var (
	selDue = db.NewSQL(`SELECT id, kind, key, payload, run_at, attempt, code, failure, trace FROM job
	  WHERE run_at <= $1 AND lease_until <= $1 AND kind = ANY($2) ORDER BY run_at, id LIMIT $3 FOR UPDATE SKIP LOCKED`)
	anyDue   = db.NewSQL(`SELECT id FROM job WHERE run_at <= $1 AND lease_until <= $1 AND kind = ANY($2) ORDER BY run_at, id LIMIT 1`)
	leaseJob = db.Change("job", "id bigint, lease text, until bigint", 1,
		"lease = x.lease, lease_until = x.until, attempt = t.attempt + 1", "t.id = x.id")
	selMine  = db.NewSQL(`SELECT id FROM job WHERE lease = $1 ORDER BY id FOR UPDATE`)
	doneJob  = db.Remove("job", "id bigint, lease text", "t.id = x.id AND t.lease = x.lease")
	laterJob = db.Change("job", "id bigint, lease text, run_at bigint, attempt bigint, code text, failure text", 1,
		"lease = '', lease_until = 0, run_at = x.run_at, attempt = x.attempt, code = x.code, failure = x.failure", "t.id = x.id AND t.lease = x.lease")
)

// claim takes due jobs under a lease. The attempt is counted here, so that one whose worker dies in the middle counts too.
func (w *Worker) claim(ctx context.Context, lease string) (jobs []Job, err error) {
	// Most looks find nothing; they must not cost a write transaction.
	var due bool
	err = w.db.View(ctx, func(tx *db.Tx) (err error) {
		var id int64
		due, err = tx.Query(anyDue, tx.Micros(), w.kinds).One(&id)
		return err
	})
	if err != nil || !due {
		return nil, err
	}
	err = w.db.Update(ctx, func(tx *db.Tx) (err error) {
		if jobs, err = w.due(tx, perLane*w.parallel); err != nil {
			return err
		}
		until := tx.Now().Add(w.business(leaseTime)).UnixMicro()
		for i := range jobs {
			jobs[i].Attempt++
			tx.Put(leaseJob, jobs[i].ID, lease, until)
		}
		return nil
	})
	return jobs, err
}

func (w *Worker) due(tx *db.Tx, limit int) ([]Job, error) {
	return db.All(tx.Query(selDue, tx.Micros(), w.kinds, limit), func(r *db.Rows) (j Job) {
		var payload string
		r.Scan(&j.ID, &j.Kind, &j.Key, &payload, &j.RunAt, &j.Attempt, &j.code, &j.Failure, &j.trace)
		j.Payload = json.RawMessage(payload)
		return j
	})
}

func (w *Worker) run(ctx context.Context, j Job) (err error) {
	ctx, span := telemetry.Begin(ctx, "job", j.trace)
	if span.On() {
		span.Rename("job " + j.Kind)
		span.Text("packhorse.job", id.Show("job", j.ID))
		span.Number("packhorse.attempt", j.Attempt)
		defer func() { span.End(err) }()
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the handler of %s panicked: %v\n%s", j.Kind, p, debug.Stack())
		}
	}()
	ctx, stop := context.WithTimeout(ctx, runTime)
	defer stop()
	return w.handlers[j.Kind](ctx, j)
}

// finish writes the outcomes of jobs whose lease is still ours; the others belong to somebody else by now.
func (w *Worker) finish(ctx context.Context, lease string, jobs []Job, results []error) error {
	return w.db.Update(ctx, func(tx *db.Tx) error {
		mine, err := db.All(tx.Query(selMine, lease), func(r *db.Rows) (id int64) { r.Scan(&id); return id })
		if err != nil {
			return err
		}
		for i, j := range jobs {
			switch {
			case !slices.Contains(mine, j.ID):
			case results[i] == nil:
				tx.Put(doneJob, j.ID, lease)
			case errors.Is(results[i], errLeft):
				tx.Put(laterJob, j.ID, lease, j.RunAt, j.Attempt-1, j.code, j.Failure)
			default:
				w.postpone(tx, lease, j, results[i])
			}
		}
		return nil
	})
}

func (w *Worker) postpone(tx *db.Tx, lease string, j Job, failure error) {
	text := cut(failure.Error(), 500)
	wait, busy := retryAfter(failure)
	switch {
	case busy:
		// A queue at the carrier's counter is no failure of the job.
		tx.Put(laterJob, j.ID, lease, tx.Now().Add(w.business(wait)).UnixMicro(), j.Attempt-1, fault.Code(failure), text)
	case j.Attempt >= Attempts:
		tx.Put(laterJob, j.ID, lease, never, j.Attempt, fault.Code(failure), text)
		tx.Emit(db.Event{Kind: "job.failed.v1", Params: map[string]any{
			"kind": j.Kind, "key": j.Key, "attempts": j.Attempt, "code": fault.Code(failure), "failure": text}})
	default:
		tx.Put(laterJob, j.ID, lease, tx.Now().Add(pause(j.Attempt)).UnixMicro(), j.Attempt, fault.Code(failure), text)
	}
}

// retryAfter is how long somebody who limits our rate asks us to wait, in wall time.
func retryAfter(err error) (time.Duration, bool) {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.TooMany {
		return 0, false
	}
	s, ok := f.Params["seconds"].(int64)
	return time.Duration(cmp.Or(s, 1)) * time.Second, ok
}

// business turns a span of wall time into business time. Under a clock that stands still they are the same.
func (w *Worker) business(wall time.Duration) time.Duration {
	hour := w.db.Clock().Wall(time.Hour)
	if hour <= 0 {
		return wall
	}
	return time.Duration(float64(wall) * float64(time.Hour) / float64(hour))
}

// cut shortens a text without breaking a character.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
