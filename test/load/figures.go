package load

import (
	"slices"
	"sync"
	"time"
)

// Percentiles are two figures of a distribution of durations, in milliseconds.
type Percentiles struct {
	P50 float64 `json:"p50"`
	P99 float64 `json:"p99"`
}

// Watch gathers durations from many goroutines.
type Watch struct {
	mu  sync.Mutex
	all []time.Duration
}

// Add notes one duration.
func (w *Watch) Add(d time.Duration) {
	w.mu.Lock()
	w.all = append(w.all, d)
	w.mu.Unlock()
}

// Milliseconds gives the percentiles of what was noted.
func (w *Watch) Milliseconds() Percentiles {
	return Percentiles{P50: w.at(50), P99: w.at(99)}
}

func (w *Watch) at(percent int) float64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.all) == 0 {
		return 0
	}
	slices.Sort(w.all)
	i := min(len(w.all)-1, len(w.all)*percent/100)
	return float64(w.all[i].Microseconds()) / 1000
}
