package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
)

// companyGauges tells, when somebody asks, what waits where and for how long, and what was written. Nothing of it is
// counted on the way of a command but what the database counts of itself.
type companyGauges struct{ apps map[string]*App }

// figure describes a metric of a company; more are its further labels.
func figure(name, help string, more ...string) *prometheus.Desc {
	return prometheus.NewDesc("packhorse_"+name, help, append([]string{"company"}, more...), nil)
}

var (
	queueDesc   = figure("orders", "Orders in a queue, counted to 1000.", "queue")
	waitingDesc = figure("waiting", "What waits in a state of the work: stage review and order count orders, fulfilment counts fulfilments.", "stage", "state")
	oldestDesc  = figure("oldest_seconds", "Age of the oldest that waits there, since it was made.", "stage", "state")
	jobsDesc    = figure("jobs", "Jobs by kind: due, later (waits for its time), failed (given up).", "kind", "state")
	jobAgeDesc  = figure("job_oldest_seconds", "Since when the oldest job of a kind is due.", "kind")
	lagDesc     = figure("tail_lag_events", "Events that a follower of the log has not read, counted to 1000.", "follower")
	rowsDesc    = figure("rows_written_total", "Rows written by this process.")
	commitsDesc = figure("commits_total", "Transactions made durable by this process.")
	sizesDesc   = figure("commit_rows", "Transactions made durable by this process, by how many rows they wrote.")
	bytesDesc   = figure("database_bytes", "What the database takes on its disk.")
	runsDesc    = figure("step_runs_total", "Runs of a step of the worker.", "step")
	failedDesc  = figure("step_failures_total", "Runs of a step that failed.", "step")
	tookDesc    = figure("step_seconds_total", "Time spent in a step.", "step")
)

// lagTo is how far a lag is counted.
const lagTo = 1000

// Describe is of prometheus.Collector.
func (g *companyGauges) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{queueDesc, waitingDesc, oldestDesc, jobsDesc, jobAgeDesc, lagDesc, rowsDesc, commitsDesc, sizesDesc, bytesDesc, runsDesc, failedDesc, tookDesc} {
		out <- d
	}
}

// Collect is of prometheus.Collector. What cannot be read in two seconds is told as an error of that figure.
func (g *companyGauges) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	for name, a := range g.apps {
		c := collector{out, name}
		c.written(a.DB.Stats())
		c.steps(a.pulses)
		c.queues(ctx, a.DB)
		c.work(ctx, a.DB)
		c.lags(ctx, a.DB)
		bytes, err := a.DB.Size(ctx)
		c.one(bytesDesc, float64(bytes), err)
	}
}

// collector sends the figures of one company.
type collector struct {
	out     chan<- prometheus.Metric
	company string
}

func (c collector) one(d *prometheus.Desc, v float64, err error, labels ...string) {
	c.send(d, prometheus.GaugeValue, v, err, labels)
}

func (c collector) total(d *prometheus.Desc, v float64, labels ...string) {
	c.send(d, prometheus.CounterValue, v, nil, labels)
}

func (c collector) send(d *prometheus.Desc, kind prometheus.ValueType, v float64, err error, labels []string) {
	if err != nil {
		c.out <- prometheus.NewInvalidMetric(d, err)
		return
	}
	c.out <- prometheus.MustNewConstMetric(d, kind, v, append([]string{c.company}, labels...)...)
}

func (c collector) written(s db.Stats) {
	c.total(rowsDesc, float64(s.Rows))
	c.total(commitsDesc, float64(s.Commits))
	up, sum := map[float64]uint64{}, uint64(0)
	for i, most := range db.CommitSizes {
		sum += uint64(s.Sizes[i])
		up[float64(most)] = sum
	}
	sum += uint64(s.Sizes[len(db.CommitSizes)])
	c.out <- prometheus.MustNewConstHistogram(sizesDesc, sum, float64(s.Rows), up, c.company)
}

func (c collector) steps(all pulses) {
	for step, p := range all {
		c.total(runsDesc, float64(p.runs.Load()), step)
		c.total(failedDesc, float64(p.failed.Load()), step)
		c.total(tookDesc, time.Duration(p.took.Load()).Seconds(), step)
	}
}

func (c collector) queues(ctx context.Context, d *db.DB) {
	var v order.Views
	err := d.View(ctx, func(tx *db.Tx) (err error) { v, err = order.Counts(tx); return err })
	for queue, n := range map[string]order.Count{"pending": v.Pending, "held": v.Held, "waiting": v.Waiting, "backordered": v.Backordered,
		"allocated": v.Allocated, "partial": v.Partial} {
		c.one(queueDesc, float64(n.N), err, queue)
		if err != nil {
			return
		}
	}
}

// lags tells of everybody who follows the log.
func (c collector) lags(ctx context.Context, d *db.DB) {
	lags, err := d.Lags(ctx, lagTo)
	if err != nil {
		c.one(lagDesc, 0, err)
		return
	}
	for follower, events := range lags {
		c.one(lagDesc, float64(events), nil, follower)
	}
}

// work tells of the states and the jobs. Ages are business time, as the clock of the company goes.
func (c collector) work(ctx context.Context, d *db.DB) {
	var states []order.Waiting
	var jobs []job.Backlog
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		if states, err = order.Waits(tx); err == nil {
			jobs, err = job.Backlogs(tx)
		}
		return err
	})
	if err != nil {
		c.one(waitingDesc, 0, err)
		return
	}
	now := d.Clock().Now()
	age := func(micros int64) float64 { return max(now.Sub(time.UnixMicro(micros)).Seconds(), 0) }
	for _, s := range states {
		c.one(waitingDesc, float64(s.Count), nil, s.Stage, s.State)
		c.one(oldestDesc, age(id.Micros(s.First)), nil, s.Stage, s.State)
	}
	for _, j := range jobs {
		c.one(jobsDesc, float64(j.Due), nil, j.Kind, "due")
		c.one(jobsDesc, float64(j.Later), nil, j.Kind, "later")
		c.one(jobsDesc, float64(j.Failed), nil, j.Kind, "failed")
		if j.First > 0 {
			c.one(jobAgeDesc, age(j.First), nil, j.Kind)
		}
	}
}
