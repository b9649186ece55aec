package job

import (
	"encoding/json"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// Prefix of the id of a job, as people see it.
const Prefix = "job"

// How a job stands.
const (
	Waiting = "waiting" // its time has come, nobody has taken it yet
	Running = "running" // a worker has it
	Later   = "later"   // it waits for its time; with attempts, because it failed before
	Failed  = "failed"  // given up for good
)

// Views are what a list of jobs can be narrowed to. What is due is waiting or running.
var Views = []string{"due", Later, Failed}

// Standing is a job as it is looked at from outside.
type Standing struct {
	ID        int64
	Kind, Key string
	Payload   json.RawMessage
	State     string
	RunAt     int64  // when it will be tried, UTC microseconds; 0 = it has failed for good
	Attempts  int64  // until now
	Code      string // of its failure; empty for one from before codes were kept
	Failure   string
	Trace     string // where it was asked for
}

// Place is where a list of jobs goes on: behind this moment and id.
type Place struct{ RunAt, ID int64 }

var selJobs = db.NewSQL(`SELECT id, kind, key, payload, run_at, attempt, lease_until, code, failure, trace FROM job
  WHERE (run_at > $1 OR run_at = $1 AND id > $2) AND run_at >= $3 AND run_at < $4 AND ($5 = '' OR kind = $5) ORDER BY run_at, id LIMIT $6`)

// List gives up to limit jobs of a view (of Views; empty: every job), the earliest first, and the place to go on from: the zero
// Place after the last.
func List(tx *db.Tx, view, kind string, after Place, limit int) ([]Standing, Place, error) {
	from, to := int64(0), never+1
	switch view {
	case "due":
		to = tx.Micros() + 1
	case Later:
		from, to = tx.Micros()+1, never
	case Failed:
		from = never
	}
	list, err := db.All(tx.Query(selJobs, after.RunAt, after.ID, from, to, kind, limit), func(r *db.Rows) (s Standing) {
		var payload string
		var lease int64
		r.Scan(&s.ID, &s.Kind, &s.Key, &payload, &s.RunAt, &s.Attempts, &lease, &s.Code, &s.Failure, &s.Trace)
		s.Payload, s.State = json.RawMessage(payload), stateOf(s.RunAt, lease, tx.Micros())
		return s
	})
	if err != nil || len(list) < limit {
		return shown(list), Place{}, err
	}
	last := list[len(list)-1]
	return shown(list), Place{last.RunAt, last.ID}, nil
}

func stateOf(runAt, lease, now int64) string {
	switch {
	case runAt >= never:
		return Failed
	case lease > now:
		return Running
	case runAt > now:
		return Later
	}
	return Waiting
}

// shown leaves out the moment of those that will not be tried any more.
func shown(list []Standing) []Standing {
	for i := range list {
		if list[i].State == Failed {
			list[i].RunAt = 0
		}
	}
	return list
}

var (
	selOne = db.NewSQL(`SELECT kind, key, lease_until FROM job WHERE id = $1 FOR UPDATE`)
	// One that was tried stays one that may have acted.
	nowJob = db.Change("job", "id bigint, run_at bigint", 1, "run_at = x.run_at, attempt = CASE WHEN t.attempt > 1 THEN 1 ELSE t.attempt END", "t.id = x.id")
)

// Retry lets a job be tried at once; one that had failed for good begins to count anew. Faults: job.not_found (it may be done since),
// job.running.
func Retry(tx *db.Tx, key int64, actor string) error {
	var kind, name string
	var lease int64
	found, err := tx.Query(selOne, key).One(&kind, &name, &lease)
	switch {
	case err != nil:
		return err
	case !found:
		return fault.New(fault.NotFound, "job.not_found", "there is no job %s any more; it may be done", id.Show(Prefix, key)).With("job", id.Show(Prefix, key))
	case lease > tx.Micros():
		return fault.New(fault.Conflict, "job.running", "the job is on its way; wait for what comes of it")
	}
	tx.Put(nowJob, key, tx.Micros())
	tx.Emit(db.Event{Kind: "job.retried.v1", Subject: key, Actor: actor, Params: map[string]any{"kind": kind, "key": name}})
	tx.Wake(Due)
	return nil
}
