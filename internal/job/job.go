package job

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/internal/db"
)

// Attempts is how often a job is run before it has failed for good.
const Attempts = 10

// Due is what db.DB.Wait is asked for by whoever runs a Worker: it wakes after a commit that added a job which is due. A job
// that another process added is found by looking.
const Due = "job.due"

// never is the due time of a job that has failed for good: the end of the year 9999.
const never = int64(253402300799000000)

// Job is one piece of work.
type Job struct {
	ID      int64
	Kind    string // who can do it: "ship.label"
	Key     string // which one it is; unique within the kind
	Payload any    // for Add: anything that JSON can hold; for a handler: use Read
	RunAt   int64  // not before, UTC microseconds; 0 is at once
	Attempt int64  // for a handler: 1 the first time. A larger one says that an earlier attempt may have acted
	Failure string // for a handler: why the attempt before failed

	code  string // of that failure
	trace string // where it was asked for
}

// Read decodes the payload that Add was given.
func (j Job) Read(into any) error {
	raw, _ := j.Payload.(json.RawMessage)
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("payload of job %s %s: %w", j.Kind, j.Key, err)
	}
	return nil
}

var putJob = db.Upsert("job", "kind text, key text, id bigint, payload text, run_at bigint, attempt bigint, lease text, lease_until bigint, failure text, trace text", 2,
	fmt.Sprintf(`payload = CASE WHEN t.run_at = %[1]d THEN excluded.payload ELSE t.payload END,
	  trace = CASE WHEN t.run_at = %[1]d THEN excluded.trace ELSE t.trace END,
	  attempt = CASE WHEN t.run_at = %[1]d THEN 0 ELSE t.attempt END,
	  run_at = CASE WHEN t.run_at = %[1]d THEN excluded.run_at ELSE t.run_at END`, never))

// Add asks for a piece of work, in the transaction of whoever wants it. The first with a kind and key is
// kept; one that has failed for good begins again.
func Add(tx *db.Tx, j Job) {
	raw, err := json.Marshal(j.Payload)
	if err != nil {
		panic(fmt.Sprintf("job: payload of %s %s: %v", j.Kind, j.Key, err)) // a mistake of the program
	}
	if j.RunAt == 0 {
		j.RunAt = tx.Micros()
	}
	if j.RunAt <= tx.Micros() {
		tx.Wake(Due)
	}
	tx.Put(putJob, j.Kind, j.Key, tx.NewID(), string(raw), j.RunAt, 0, "", 0, "", tx.Trace())
}

// The pauses between attempts, in business time: half a minute, doubled each time, an hour at most.
const (
	firstPause   = 30 * time.Second
	longestPause = time.Hour
)

func pause(attempt int64) time.Duration {
	p := firstPause
	for n := int64(1); n < attempt && p < longestPause; n++ {
		p *= 2
	}
	return min(p, longestPause)
}
