package api

import (
	"net/http"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
)

func TestJobsAreListedCountedAndTriedAgain(t *testing.T) {
	w := newWorld(t)
	err := w.services.DB.Update(t.Context(), func(tx *db.Tx) error {
		for _, key := range []string{"a", "b", "c"} {
			job.Add(tx, job.Job{Kind: "ship.label", Key: key})
		}
		job.Add(tx, job.Job{Kind: "notify.send", Key: "d", RunAt: tx.Micros() + 1e9})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var page JobPage
	seen := map[string]bool{}
	for cursor, first := "", true; first || cursor != ""; first = false {
		decodeInto(t, w.want(http.StatusOK, "GET", "/v1/jobs?limit=1&cursor="+cursor, ""), &page)
		for _, j := range page.Jobs {
			seen[j.Key+" "+j.State] = true
		}
		cursor = page.NextCursor
		page = JobPage{}
	}
	if len(seen) != 4 || !seen["a waiting"] || !seen["d later"] {
		t.Errorf("%v", seen)
	}
	var counts JobCounts
	decodeInto(t, w.want(http.StatusOK, "GET", "/v1/jobs/counts", ""), &counts)
	if len(counts.Kinds) != 2 || counts.Kinds[1].Due != 3 || counts.Kinds[0].Later != 1 {
		t.Errorf("%+v", counts)
	}
	decodeInto(t, w.want(http.StatusOK, "GET", "/v1/jobs?view=later&kind=notify.send", ""), &page)
	w.want(http.StatusOK, "POST", "/v1/jobs/"+page.Jobs[0].ID+"/retry", "{}")
	decodeInto(t, w.want(http.StatusOK, "GET", "/v1/jobs?view=due&kind=notify.send", ""), &page)
	if len(page.Jobs) != 1 || page.Jobs[0].State != job.Waiting {
		t.Errorf("%+v", page)
	}
	if r := w.do("GET", "/v1/jobs?cursor=x", ""); r.code() != "http.cursor" {
		t.Errorf("%s", r.raw)
	}
}
