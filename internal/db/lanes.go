package db

import (
	"context"
	"sync"
	"time"
)

// lanes lets only a few batches at a time onto PostgreSQL. A statement costs the server about as much for one row as
// for ten, so commands that wait a moment and then go together are cheaper for all: the lane that becomes free is
// given to the batch whose commands have waited longest in sum. So the batch that has gathered most goes next, and one
// that has gathered little does not starve.
type lanes struct {
	mu      sync.Mutex
	free    int
	waiting []*rider
}

type rider struct {
	waited func(now time.Time) time.Duration // by all its commands together
	going  chan struct{}
}

// laneCount is two: while PostgreSQL works for one batch or makes it durable, this process decides over the other. More
// only make the batches smaller; it was measured.
const laneCount = 2

// gathered is for how many commands a step counts that takes whatever waits: it cannot know before it looks.
const gathered = 16

// enter waits for a lane. waited is asked whenever one is given away. On SQLite there is nothing to wait for: the
// committer takes whatever has come.
func (l *lanes) enter(ctx context.Context, waited func(now time.Time) time.Duration) error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	if l.free > 0 {
		l.free--
		l.mu.Unlock()
		return nil
	}
	r := &rider{waited: waited, going: make(chan struct{})}
	l.waiting = append(l.waiting, r)
	l.mu.Unlock()
	select {
	case <-r.going:
		return nil
	case <-ctx.Done():
		l.withdraw(r)
		return ctx.Err()
	}
}

// withdraw takes back a rider who gave up; had a lane come at that very moment, it is passed on.
func (l *lanes) withdraw(r *rider) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, w := range l.waiting {
		if w == r {
			l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
			return
		}
	}
	l.pass()
}

func (l *lanes) leave() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pass()
}

// pass gives a lane to who waited most. Called with mu held.
func (l *lanes) pass() {
	if len(l.waiting) == 0 {
		l.free++
		return
	}
	now, most, best := time.Now(), time.Duration(-1), 0
	for i, r := range l.waiting {
		if w := r.waited(now); w > most {
			most, best = w, i
		}
	}
	r := l.waiting[best]
	l.waiting = append(l.waiting[:best], l.waiting[best+1:]...)
	close(r.going)
}
