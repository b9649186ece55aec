package main

import (
	"sync/atomic"
	"time"
)

// pulse is how a step of the worker fares.
type pulse struct {
	since  atomic.Int64 // wall time in nanoseconds since when it runs; 0 = it does not
	runs   atomic.Int64
	failed atomic.Int64 // runs that ended with an error
	took   atomic.Int64 // nanoseconds of all runs
}

// begin notes that the step runs, until the function it returns is called.
func (p *pulse) begin() (ended func(error)) {
	start := time.Now()
	p.since.Store(start.UnixNano())
	return func(err error) {
		p.since.Store(0)
		p.runs.Add(1)
		p.took.Add(int64(time.Since(start)))
		if err != nil {
			p.failed.Add(1)
		}
	}
}

// pulses are those of all steps, by name.
type pulses map[string]*pulse

func newPulses(steps []step) pulses {
	all := pulses{}
	for _, s := range steps {
		all[s.name] = &pulse{}
	}
	return all
}

// tooLong is the wall time after which a step that has not come back is stuck: longer than any call to the outside
// world may take, and than any page of work does.
const tooLong = 5 * time.Minute

// stuck names a step that has not come back for too long, and for how long. Empty = all are well.
func (p pulses) stuck() (name string, still time.Duration) {
	for step, one := range p {
		if since := one.since.Load(); since != 0 {
			if d := time.Since(time.Unix(0, since)); d > tooLong && d > still {
				name, still = step, d
			}
		}
	}
	return name, still
}
