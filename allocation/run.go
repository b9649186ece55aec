package allocation

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
)

// Ran is what came of deciding over all that waits.
type Ran struct {
	Decided int  // orders that waited for a node
	Served  int  // orders that were owed goods and got something
	More    bool // some still wait: there were too many for one call
}

// mostSteps bounds how many steps one call of Run makes.
const mostSteps = 40

// Run decides at once over everything that waits for a node or is owed goods, as the worker does by itself sooner or later.
// Doing it twice does no harm; once keeps the first answer.
func (s *Service) Run(ctx context.Context, once *db.Once) (Ran, error) {
	r := Ran{More: true}
	for range mostSteps {
		n, err := s.Step(ctx)
		if err != nil {
			return r, err
		}
		if r.Decided += n; n == 0 {
			r.More = false
			break
		}
	}
	var err error
	if r.Served, err = s.StepBackorders(ctx); err != nil {
		return r, err
	}
	return db.Command(ctx, s.db, once, func(*db.Tx) (Ran, error) { return r, nil })
}
