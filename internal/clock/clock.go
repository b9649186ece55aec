// Package clock is the one clock of the business: it gives transactions their
// moment, ids their order, jobs and rule windows their due time. It can stand
// still (tests, deterministic runs) or run faster than the wall (demo).
//
// Sessions, TLS, HTTP time-outs and the age of signatures stay on the wall clock:
// they protect against people, and people do not accelerate.
package clock

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Clock tells business time. Make one with Real, Fixed or Accelerated.
type Clock struct {
	mu     sync.Mutex
	start  time.Time // business time at the moment the clock was made
	wall   time.Time // wall time at that moment
	factor float64   // business seconds per wall second; 0 stands still
}

// Real runs with the wall clock.
func Real() *Clock { n := time.Now(); return &Clock{start: n, wall: n, factor: 1} }

// Fixed stands at t until Set or Advance moves it.
func Fixed(t time.Time) *Clock { return &Clock{start: t, wall: time.Now(), factor: 0} }

// Accelerated begins at start and runs factor times as fast as the wall clock.
func Accelerated(start time.Time, factor float64) *Clock {
	return &Clock{start: start, wall: time.Now(), factor: factor}
}

// Parse reads the setting "real", "fixed:2026-01-02T15:04:05Z" or "x60".
func Parse(s string) (*Clock, error) {
	switch {
	case s == "" || s == "real":
		return Real(), nil
	case strings.HasPrefix(s, "fixed:"):
		t, err := time.Parse(time.RFC3339, s[len("fixed:"):])
		if err != nil {
			return nil, fmt.Errorf("clock %q: the time must look like 2026-01-02T15:04:05Z", s)
		}
		return Fixed(t), nil
	case strings.HasPrefix(s, "x"):
		f, err := strconv.ParseFloat(s[1:], 64)
		if err != nil || !(f > 0) || f > 1e6 {
			return nil, fmt.Errorf("clock %q: the factor must be a number above 0 and up to 1000000, like x60", s)
		}
		return Accelerated(time.Now(), f), nil
	}
	return nil, fmt.Errorf("clock %q: want real, fixed:TIME or xN", s)
}

// Now is the business time, in UTC and whole microseconds, as it is stored.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now().UTC().Truncate(time.Microsecond)
}

func (c *Clock) now() time.Time {
	if c.factor == 0 {
		return c.start
	}
	return c.start.Add(time.Duration(float64(time.Since(c.wall)) * c.factor))
}

// Advance moves the clock forward by d.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.start = c.start.Add(d)
}

// Standing reports whether time moves only by Advance.
func (c *Clock) Standing() bool { return c.factor == 0 }

// Wall converts a span of business time into the wall time to wait for it.
// A clock that stands still gives 0: nothing is worth waiting for.
func (c *Clock) Wall(d time.Duration) time.Duration {
	if c.factor == 0 {
		return 0
	}
	return time.Duration(float64(d) / c.factor)
}
