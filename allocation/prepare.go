package allocation

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// prepared is a plan and what making it took.
type prepared struct {
	*Plan
	took time.Duration
}

// planTime is how long a plan may be worked on, wall time. Orders that compete wait so long at most; nobody else does.
const planTime = 300 * time.Millisecond

// prepare makes a plan for the orders that choose names, on a snapshot and outside of any transaction: nobody waits for it
// but those orders. Without a plan they are served one after the other; so they are where they do not compete, or where the
// company wants the plain rule.
func (s *Service) prepare(ctx context.Context, choose func(tx *db.Tx) ([]int64, error)) (prepared, error) {
	var p Problem
	err := s.db.View(ctx, func(tx *db.Tx) error {
		ids, err := choose(tx)
		if err != nil || len(ids) < 2 {
			return err
		}
		policy, err := readPolicy(tx)
		if err != nil || !policy.together() {
			return err
		}
		found, err := order.ByIDs(tx, ids)
		if err != nil {
			return err
		}
		b, err := s.open(tx, waiting(found), inventory.Available)
		p = b.p
		return err
	})
	if err != nil || len(p.Orders) < 2 {
		return prepared{}, err
	}
	elapsed := s.settings.Stopwatch()
	plan := MakePlan(p, func() float64 { return 1 - float64(elapsed())/float64(planTime) })
	return prepared{plan, elapsed()}, nil
}

// waiting are those of some orders that still wait for goods, the oldest first.
func waiting(found map[int64]*order.Order) []*order.Order {
	list := make([]*order.Order, 0, len(found))
	for _, o := range found {
		if o.Fulfilment == order.FulfilmentWaiting || o.Fulfilment == order.FulfilmentBackordered {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b *order.Order) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// these names orders that are known.
func these(ids []int64) func(*db.Tx) ([]int64, error) {
	return func(*db.Tx) ([]int64, error) { return ids, nil }
}

// oldest names those that wait for a node.
func oldest(tx *db.Tx) ([]int64, error) { return order.NextWaiting(tx, StepSize) }
