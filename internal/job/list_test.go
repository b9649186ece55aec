package job_test

import (
	"context"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
)

func listed(t *testing.T, d *db.DB, view string) (out []job.Standing) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) error {
		for after, first := (job.Place{}), true; first || after != (job.Place{}); first = false {
			page, next, err := job.List(tx, view, "", after, 1)
			if err != nil {
				return err
			}
			out, after = append(out, page...), next
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func retry(t *testing.T, d *db.DB, key int64) error {
	t.Helper()
	return d.Update(t.Context(), func(tx *db.Tx) error { return job.Retry(tx, key, "user:anna") })
}

func TestEveryJobIsListedAsItStandsAndOneThatWasGivenUpIsTriedAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		down := true
		w := job.NewWorker(d, 1, map[string]job.Handler{"call": func(_ context.Context, j job.Job) error {
			if list := listed(t, d, "due"); len(list) != 1 || list[0].State != job.Running || list[0].Attempts != j.Attempt {
				t.Errorf("while it runs: %+v", list)
			}
			if err := retry(t, d, j.ID); fault.Code(err) != "job.running" {
				t.Errorf("a job that runs is tried again: %v", err)
			}
			if down {
				return fault.New(fault.Unavailable, "carrier.unreachable", "the line is dead")
			}
			if j.Attempt < 2 {
				t.Error("it does not know that an earlier attempt may have acted")
			}
			return nil
		}})
		add(t, d, job.Job{Kind: "call", Key: "a"}, job.Job{Kind: "other", Key: "b", RunAt: d.Clock().Now().Add(1000 * time.Hour).UnixMicro()})
		if list := listed(t, d, ""); len(list) != 2 || list[0].State != job.Waiting || list[1].State != job.Later {
			t.Fatalf("%+v", list)
		}
		for range job.Attempts {
			step(t, w)
			d.Clock().Advance(time.Hour)
		}
		failed := listed(t, d, job.Failed)
		if len(failed) != 1 || failed[0].Code != "carrier.unreachable" || failed[0].RunAt != 0 || failed[0].Attempts != job.Attempts {
			t.Fatalf("%+v", failed)
		}
		down = false
		if err := retry(t, d, failed[0].ID); err != nil {
			t.Fatal(err)
		}
		if step(t, w) != 1 || len(listed(t, d, job.Failed)) != 0 || len(listed(t, d, "")) != 1 {
			t.Errorf("left: %+v", listed(t, d, ""))
		}
		if err := retry(t, d, failed[0].ID); fault.Code(err) != "job.not_found" {
			t.Errorf("a job that is done: %v", err)
		}
	})
}
