package review

import (
	"cmp"
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// LapseHolds lifts holds whose time is over and returns how many. An order that waited for the last of them is
// reviewed again: time passing is not a person's word. So is one that such a hold had kept from its review.
func (s *Service) LapseHolds(ctx context.Context) (n int, err error) {
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		n = 0
		lapsed, err := order.LapsedHolds(tx, tx.Micros(), StepSize)
		if err != nil || len(lapsed) == 0 {
			return err
		}
		ids := make([]int64, len(lapsed))
		for i, h := range lapsed {
			ids[i] = h.OrderID
		}
		all, err := lock(tx, ids)
		if err != nil {
			return err
		}
		for i := range all {
			lifted, err := all[i].lapse(tx)
			if err != nil {
				return err
			}
			n += lifted
		}
		return nil
	})
	return n, err
}

func (d *docket) lapse(tx *db.Tx) (lifted int, err error) {
	again := false
	for _, h := range d.live() {
		if h.Until == 0 || h.Until > tx.Micros() {
			continue
		}
		if err := order.ReleaseHold(tx, h, "system", ""); err != nil {
			return 0, err
		}
		owes, err := owesReview(tx, h)
		if err != nil {
			return 0, err
		}
		again = again || owes
		lifted++
	}
	if d.Review != order.ReviewHeld || len(d.live()) > 0 && !again {
		return lifted, nil
	}
	return lifted, d.move(tx, order.ReviewPending)
}

// lock locks orders and reads what belongs to them, in order of id.
func lock(tx *db.Tx, ids []int64) ([]docket, error) {
	found, err := order.Lock(tx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]*order.Order, 0, len(found))
	for _, o := range found {
		list = append(list, o)
	}
	slices.SortFunc(list, func(a, b *order.Order) int { return cmp.Compare(a.ID, b.ID) })
	return dockets(tx, list)
}

// selHeld reads a page of held orders.
var selHeld = db.NewSQL(`SELECT id FROM order_head WHERE review = 'held' AND review IN ('pending', 'held') AND id > $1 ORDER BY id LIMIT $2`)

// Recheck sends held orders back to the rules whose hold a fact may have settled: the payment came, the paid
// amount is right, the SKU is in the catalogue now. It returns how many.
func (s *Service) Recheck(ctx context.Context) (int, error) {
	moved := 0
	for after := int64(0); ; {
		var page, ready []int64
		err := s.db.View(ctx, func(tx *db.Tx) (err error) {
			page, err = db.All(tx.Query(selHeld, after, StepSize), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
			if err != nil || len(page) == 0 {
				return err
			}
			ready, err = settled(tx, page)
			return err
		})
		if err != nil {
			return moved, err
		}
		n, err := s.reopen(ctx, ready)
		if moved += n; err != nil || len(page) < StepSize {
			return moved, err
		}
		after = page[len(page)-1]
	}
}

// settled lists which of the held orders have a hold that a fact has settled.
func settled(tx *db.Tx, ids []int64) ([]int64, error) {
	orders, err := order.ByIDs(tx, ids)
	if err != nil {
		return nil, err
	}
	holds, err := order.Holds(tx, ids)
	if err != nil {
		return nil, err
	}
	known, err := goodsOf(tx, orders)
	if err != nil {
		return nil, err
	}
	var ready []int64
	for _, id := range ids {
		if o := orders[id]; o != nil && slices.ContainsFunc(holds[id], func(h *order.Hold) bool { return h.Live() && gone(h.Reason, o, known) }) {
			ready = append(ready, id)
		}
	}
	return ready, nil
}

// gone reports whether the reason of a hold no longer is one.
func gone(reason string, o *order.Order, known goods) bool {
	switch reason {
	case "review.unpaid":
		return o.Payment == order.Paid || o.Payment == order.Refunded
	case "review.presale_balance":
		return o.Payment == order.Refunded || o.Payment == order.Paid && o.PaidAmount >= o.Total
	case "review.paid_differs":
		return o.Payment == order.Refunded || o.PaidAmount == o.Total
	case CodeUnmapped:
		return !slices.ContainsFunc(o.Lines, func(l order.Line) bool {
			return l.SKUID == 0 && l.Wanted() > 0 && known.sku(o, l) == 0
		})
	}
	return false
}

// reopen maps what can be mapped now and puts the orders back into the queue.
func (s *Service) reopen(ctx context.Context, ids []int64) (n int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		n = 0
		all, err := lock(tx, ids)
		if err != nil {
			return err
		}
		orders := make(map[int64]*order.Order, len(all))
		for _, d := range all {
			orders[d.ID] = d.Order
		}
		known, err := goodsOf(tx, orders)
		if err != nil {
			return err
		}
		for i := range all {
			if all[i].Review != order.ReviewHeld {
				continue
			}
			n++
			known.mapLines(tx, all[i].Order)
			if err := all[i].move(tx, order.ReviewPending); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}
