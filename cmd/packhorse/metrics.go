package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// companyGauges tells, when somebody asks, how many orders stand in each queue, and what was written.
type companyGauges struct{ apps map[string]*App }

var queueDesc = prometheus.NewDesc("packhorse_orders", "Orders in a queue, counted to 1000.", []string{"company", "queue"}, nil)

var (
	rowsDesc    = prometheus.NewDesc("packhorse_rows_written_total", "Rows written by this process.", []string{"company"}, nil)
	commitsDesc = prometheus.NewDesc("packhorse_commits_total", "Transactions made durable by this process.", []string{"company"}, nil)
)

// Describe is of prometheus.Collector.
func (g *companyGauges) Describe(out chan<- *prometheus.Desc) {
	out <- queueDesc
	out <- rowsDesc
	out <- commitsDesc
}

// Collect is of prometheus.Collector.
func (g *companyGauges) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	for name, a := range g.apps {
		stats := a.DB.Stats()
		out <- prometheus.MustNewConstMetric(rowsDesc, prometheus.CounterValue, float64(stats.Rows), name)
		out <- prometheus.MustNewConstMetric(commitsDesc, prometheus.CounterValue, float64(stats.Commits), name)
		var v order.Views
		if err := a.DB.View(ctx, func(tx *db.Tx) (err error) { v, err = order.Counts(tx); return err }); err != nil {
			out <- prometheus.NewInvalidMetric(queueDesc, err)
			continue
		}
		for queue, c := range map[string]order.Count{"pending": v.Pending, "held": v.Held, "waiting": v.Waiting, "backordered": v.Backordered,
			"allocated": v.Allocated, "partial": v.Partial} {
			out <- prometheus.MustNewConstMetric(queueDesc, prometheus.GaugeValue, float64(c.N), name, queue)
		}
	}
}
