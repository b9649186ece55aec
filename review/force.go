package review

import (
	"context"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// Force lets an order go whatever stops it: every hold is lifted, whoever placed it, with the reason on the timeline. No word of
// anybody makes goods of a SKU that nobody knows. Faults: order.not_found, required, review.over, review.unmapped, and order.state
// where nothing stops the order.
func (s *Service) Force(ctx context.Context, once *db.Once, orderID int64, actor, reason string) (Outcome, error) {
	if strings.TrimSpace(reason) == "" {
		return Outcome{}, fault.Invalidf("reason", "required", "say why the order goes on all the same")
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Outcome, error) {
		d, err := open(tx, orderID)
		if err != nil {
			return Outcome{}, err
		}
		if err := d.over(); err != nil {
			return Outcome{}, err
		}
		if skus := d.unmapped(); len(skus) > 0 {
			return Outcome{}, unmappedFault(skus)
		}
		live := d.live()
		if len(live) == 0 && d.Passed() {
			return Outcome{}, stands(d.Order, order.ReviewApproved)
		}
		for _, h := range live {
			if err := order.ReleaseHold(tx, h, actor, reason); err != nil {
				return Outcome{}, err
			}
		}
		if !d.Passed() {
			if err := d.move(tx, order.ReviewApproved); err != nil {
				return Outcome{}, err
			}
		}
		tx.Emit(db.Event{Kind: "review.approved.v1", Order: d.ID, Actor: actor, Params: map[string]any{"note": reason, "holds": 0}})
		return d.outcome(), nil
	})
}
