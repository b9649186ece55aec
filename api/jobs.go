package api

import (
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
)

// Job is work that leaves the house: a call to a carrier, a channel, a mail server.
type Job struct {
	ID       string `json:"id"`
	Kind     string `json:"kind" doc:"ship.label, notify.send and others"`
	Key      string `json:"key" doc:"which one of its kind: most often the id of the thing it is about"`
	State    string `json:"state" enum:"waiting,running,later,failed"`
	RunAt    string `json:"run_at,omitempty" doc:"when it is tried; empty: it was given up"`
	Attempts int64  `json:"attempts" doc:"until now, the one under way with them"`
	Code     string `json:"code,omitempty" doc:"of what went wrong last"`
	Failure  string `json:"failure,omitempty" doc:"what went wrong last"`
	Trace    string `json:"trace,omitempty" doc:"of the request that asked for it, where traces are on"`
}

// JobPage is a page of jobs, those first that are tried first.
type JobPage struct {
	Jobs       []Job  `json:"jobs"`
	NextCursor string `json:"next_cursor,omitempty"`
}

// JobCount is how much of one kind of work there is.
type JobCount struct {
	Kind   string `json:"kind"`
	Due    int64  `json:"due" doc:"could run now, or runs"`
	Later  int64  `json:"later" doc:"waits for its time"`
	Failed int64  `json:"failed" doc:"given up"`
	Since  string `json:"since,omitempty" doc:"the oldest that is due"`
}

// JobCounts are all kinds of which there is any work.
type JobCounts struct {
	Kinds []JobCount `json:"kinds"`
}

func (s *Server) jobs() {
	views := make([]any, len(job.Views))
	for i, v := range job.Views {
		views[i] = v
	}
	query(s, route{path: "/v1/jobs", tag: "jobs", id: "list-jobs", scope: access.OrdersRead, summary: "Work that leaves the house, what is tried first before the rest",
		about:  "A job that is done is no longer here. Jobs are not cancelled: the thing they are about waits for their outcome; cancel that. Problems: http.limit, http.cursor.",
		params: append(paging(), text("view", "every job without it", views...), text("kind", "only of this kind"))}, (*call).listJobs)
	query(s, route{path: "/v1/jobs/counts", tag: "jobs", id: "count-jobs", scope: access.OrdersRead, summary: "How much work of each kind waits, repeats or was given up", params: []*huma.Param{}},
		(*call).countJobs)
	command(s, route{path: "/v1/jobs/{id}/retry", tag: "jobs", id: "retry-job", scope: access.OrdersWrite, summary: "Try a job at once",
		about: "Also one that was given up. Problems: job.not_found (it may be done), job.running."}, on(job.Prefix, (*call).retryJob))
}

func (c *call) listJobs() (out JobPage, err error) {
	out.Jobs = []Job{}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	after, err := c.jobCursor()
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, next, err := job.List(tx, c.query("view"), c.query("kind"), after, limit)
		for _, j := range list {
			out.Jobs = append(out.Jobs, Job{ID: id.Show(job.Prefix, j.ID), Kind: j.Kind, Key: j.Key, State: j.State, RunAt: at(j.RunAt), Attempts: j.Attempts,
				Code: j.Code, Failure: c.free(j.Failure), Trace: j.Trace})
		}
		if next != (job.Place{}) {
			out.NextCursor = strconv.FormatInt(next.RunAt, 36) + "." + strconv.FormatInt(next.ID, 36)
		}
		return err
	})
	return out, err
}

func (c *call) jobCursor() (p job.Place, err error) {
	text := c.query("cursor")
	if text == "" {
		return p, nil
	}
	first, second, ok := strings.Cut(text, ".")
	p.RunAt, err = strconv.ParseInt(first, 36, 64)
	if ok && err == nil {
		p.ID, err = strconv.ParseInt(second, 36, 64)
	}
	if !ok || err != nil || p.RunAt < 0 || p.ID < 0 {
		return p, badCursor()
	}
	return p, nil
}

func (c *call) countJobs() (out JobCounts, err error) {
	out.Kinds = []JobCount{}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := job.Backlogs(tx)
		for _, b := range list {
			out.Kinds = append(out.Kinds, JobCount{Kind: b.Kind, Due: b.Due, Later: b.Later, Failed: b.Failed, Since: at(b.First)})
		}
		return err
	})
	return out, err
}

func (c *call) retryJob(key int64, _ Empty) (Done, error) {
	return db.Command(c.ctx, c.DB, c.once, func(tx *db.Tx) (Done, error) { return Done{Status: "done"}, job.Retry(tx, key, c.actor()) })
}
