package allocation

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// retrySize is how many orders that are owed the same goods one arrival is offered to.
const retrySize = 1024

// Retry offers goods that came in to the orders that are owed them, the oldest first, and returns how many got
// something. What is under way for an order stays; only what it is still owed is decided over again.
func (s *Service) Retry(ctx context.Context, skus []int64) (served int, err error) {
	var ids []int64
	err = s.db.View(ctx, func(tx *db.Tx) (err error) {
		if ids, err = order.WaitingFor(tx, skus, retrySize); err != nil || len(ids) == 0 {
			return err
		}
		ids, err = hopeful(tx, ids)
		return err
	})
	if err != nil {
		return 0, err
	}
	for part := range slices.Chunk(ids, StepSize) {
		n, err := s.serve(ctx, part)
		if served += n; err != nil {
			return served, err
		}
	}
	return served, nil
}

// StepBackorders offers what is there to every order that is owed something, the oldest first, and returns how
// many got something. It also finds what Retry cannot: capacity of a new day, a node that opened, a new rate.
func (s *Service) StepBackorders(ctx context.Context) (served int, err error) {
	for after := int64(0); ; {
		var page, ids []int64
		err := s.db.View(ctx, func(tx *db.Tx) (err error) {
			if page, err = order.Owed(tx, after, StepSize); err != nil || len(page) == 0 {
				return err
			}
			ids, err = hopeful(tx, page)
			return err
		})
		if err != nil || len(page) == 0 {
			return served, err
		}
		if len(ids) > 0 {
			n, err := s.serve(ctx, ids)
			if served += n; err != nil {
				return served, err
			}
		}
		after = page[len(page)-1]
	}
}

// hopeful keeps the orders for which some node has a unit of what they are owed.
func hopeful(tx *db.Tx, ids []int64) ([]int64, error) {
	owed, err := order.BackOrders(tx, ids)
	if err != nil {
		return nil, err
	}
	var skus []int64
	for _, list := range owed {
		for _, b := range list {
			skus = append(skus, b.SKUID)
		}
	}
	slices.Sort(skus)
	free, err := inventory.Available(tx, slices.Compact(skus))
	if err != nil {
		return nil, err
	}
	there := map[int64]bool{}
	for k, n := range free {
		there[k.SKU] = there[k.SKU] || n > 0
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool {
		return !slices.ContainsFunc(owed[id], func(b order.BackOrder) bool { return there[b.SKUID] })
	}), nil
}
