package allocation_test

import (
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
)

func TestALineThatNobodyKnowsSendsTheOrderBackToReviewAndOwesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 1, 0)
		y.stock(nodeHZ, 0, 10)
		o := y.order(true, ask{0, 1})
		o.Lines = append(o.Lines, order.Line{No: 2, SKU: "COFFEE", Quantity: 3})
		y.add(o)
		y.step()
		y.want(o, "none")
		y.wantReview(o, order.ReviewPending)
		if n := y.step(); n != 0 {
			t.Errorf("%d orders still wait for a node", n)
		}
		gone := y.order(true, ask{0, 1})
		gone.Lines = append(gone.Lines, order.Line{No: 2, SKU: "COFFEE", Quantity: 3, Cancelled: 3})
		y.add(gone)
		y.step()
		y.want(gone, "allocated 1:1×1") // nobody wants it any more
	})
}

func (y *yard) wantReview(o *order.Order, want string) {
	y.t.Helper()
	y.update(func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, []int64{o.ID})
		if got := found[o.ID].Review; err == nil && got != want {
			y.t.Fatalf("the review of the order is %s, want %s", got, want)
		}
		return err
	})
}
