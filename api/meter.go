package api

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// meter counts requests by route, method and class of status. The counters of a route are found once, when
// the route is made: a look-up by label on every request costs more than the counting.
type meter struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	none     *gauges // requests that reached no route
}

type gauges struct {
	classes [6]prometheus.Counter
	seconds prometheus.Observer
}

func newMeter(r *prometheus.Registry) *meter {
	m := &meter{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "packhorse_http_requests_total", Help: "Requests answered."},
			[]string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "packhorse_http_request_seconds", Help: "Time to answer a request.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"method", "route"}),
	}
	if r != nil {
		r.MustRegister(m.requests, m.seconds)
	}
	m.none = m.of("", "none")
	return m
}

func (m *meter) of(method, path string) *gauges {
	g := &gauges{seconds: m.seconds.WithLabelValues(method, path)}
	for class := range g.classes {
		g.classes[class] = m.requests.WithLabelValues(method, path, strconv.Itoa(class)+"xx")
	}
	return g
}

func (m *meter) count(r *route, status int, took time.Duration) {
	g := m.none
	if r != nil {
		g = r.gauges
	}
	g.classes[min(status/100, len(g.classes)-1)].Inc()
	g.seconds.Observe(took.Seconds())
}
