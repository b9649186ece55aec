package access

import (
	"math"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// Limiter lets each of many callers do so many things a second, with a burst: one bucket of tokens for each. It counts in wall
// time and in this process only. It is safe for concurrent use; nil limits nobody.
type Limiter struct {
	rate, burst float64

	mu      sync.Mutex
	buckets map[string]bucket
	now     func() time.Time
}

type bucket struct {
	tokens float64
	at     time.Time
}

// maxBuckets bounds the memory of a limiter; beyond it, full buckets are dropped.
const maxBuckets = 20_000

// NewLimiter makes a limiter of perSecond things, burst of them at once; nil where perSecond is 0.
func NewLimiter(perSecond, burst int) *Limiter {
	if perSecond <= 0 {
		return nil
	}
	return &Limiter{rate: float64(perSecond), burst: float64(max(burst, 1)), buckets: map[string]bucket{}, now: time.Now}
}

// Take takes a token of a caller's bucket. Fault: access.too_fast, with the seconds to wait.
func (l *Limiter) Take(caller string) error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b, known := l.buckets[caller]
	if !known {
		if len(l.buckets) >= maxBuckets {
			l.sweep(now)
		}
		b = bucket{tokens: l.burst, at: now}
	}
	b.tokens = min(l.burst, b.tokens+now.Sub(b.at).Seconds()*l.rate)
	b.at = now
	if b.tokens < 1 {
		l.buckets[caller] = b
		seconds := max(1, int(math.Ceil((1-b.tokens)/l.rate)))
		return fault.New(fault.TooMany, "access.too_fast", "too many requests; go on in %d seconds, with fewer at once", seconds).With("seconds", seconds)
	}
	b.tokens--
	l.buckets[caller] = b
	return nil
}

// sweep drops the buckets that are full again, and all of them where none is.
func (l *Limiter) sweep(now time.Time) {
	for name, b := range l.buckets {
		if b.tokens+now.Sub(b.at).Seconds()*l.rate >= l.burst {
			delete(l.buckets, name)
		}
	}
	if len(l.buckets) >= maxBuckets {
		clear(l.buckets)
	}
}
