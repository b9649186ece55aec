package main

import (
	"context"
	"time"
)

// idleShare is how long the index of the search rests after a stretch, in the time that the stretch took: commands of people
// come first, and after a rush the index catches up.
const idleShare = 3

// index brings the index of the search a stretch further, and leaves the database to others for a while.
func (a *App) index(ctx context.Context) (int, error) {
	start := time.Now()
	n, err := a.Search.Step(ctx)
	if n == 0 || err != nil || a.Installation.Clock.Standing() {
		return n, err
	}
	select {
	case <-ctx.Done():
	case <-time.After(min(idleShare*time.Since(start), time.Second)):
	}
	return n, nil
}
