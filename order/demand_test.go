package order_test

import (
	"fmt"
	"testing"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
)

var insBackorder = db.NewSQL(`INSERT INTO order_backorder (order_id, line_no, sku_id, quantity, reason, since) VALUES ($1, 1, $2, $3, 'x', 0)`)

func TestWhatOrdersWillTakeIsCountedUntilTheyHoldAPromise(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		place := func(n int, review, fulfilment string, quantity, cancelled int64) {
			t.Helper()
			err := d.Update(t.Context(), func(tx *db.Tx) error {
				o := &order.Order{Channel: "c", ExternalNo: fmt.Sprint(n), Kind: "normal", Currency: "CNY", PlacedAt: tx.Micros(),
					Axes:  order.Axes{Payment: order.Paid, Review: review, Fulfilment: fulfilment, Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone},
					Lines: []order.Line{{No: 1, SKUID: 7, SKU: "A", Quantity: quantity, Cancelled: cancelled}, {No: 2, SKU: "unknown", Quantity: 5}}}
				if err := order.Create(tx, o); err != nil {
					return err
				}
				if fulfilment == order.FulfilmentBackordered {
					_, err := tx.Exec(insBackorder, o.ID, int64(7), quantity)
					return err
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for i, c := range []struct {
			review, fulfilment  string
			quantity, cancelled int64
		}{
			{order.ReviewPending, order.FulfilmentNone, 1, 0}, {order.ReviewHeld, order.FulfilmentNone, 20, 10}, {order.ReviewPassed, order.FulfilmentWaiting, 100, 0},
			{order.ReviewHeld, order.FulfilmentWaiting, 1000, 0}, {order.ReviewHeld, order.FulfilmentNone, 3, 3},
			{order.ReviewPassed, order.FulfilmentAllocated, 7, 0}, {order.ReviewPassed, order.FulfilmentShipped, 7, 0}, {order.ReviewRejected, order.FulfilmentNone, 7, 0},
			{order.ReviewCancelled, order.FulfilmentCancelled, 7, 0}, {order.ReviewHeld, order.FulfilmentBackordered, 30000, 0}, {order.ReviewPassed, order.FulfilmentBackordered, 20000, 0},
		} {
			place(i, c.review, c.fulfilment, c.quantity, c.cancelled)
		}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			open, err := order.Unpromised(tx)
			if fmt.Sprint(open) != "[{7 1111}]" {
				t.Errorf("unpromised %v", open)
			}
			if err != nil {
				return err
			}
			owed, err := order.OwedOf(tx, []int64{7, 8})
			if fmt.Sprint(owed) != "[{7 50000}]" {
				t.Errorf("owed %v", owed)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkUnpromisedOfTwentyThousandInReview(b *testing.B) {
	d := dbtest.Open(b, dbtest.SQLite(b), clock.Fixed(dbtest.Noon))
	for part := range 20 {
		err := d.Update(b.Context(), func(tx *db.Tx) error {
			for n := range 1000 {
				o := &order.Order{Channel: "c", ExternalNo: fmt.Sprint(part*1000 + n), Kind: "normal", Currency: "CNY", PlacedAt: tx.Micros(),
					Axes: order.Axes{Payment: order.Paid, Review: order.ReviewHeld, Fulfilment: order.FulfilmentNone, Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone}}
				for no := range 2 {
					o.Lines = append(o.Lines, order.Line{No: int64(no + 1), SKUID: int64(1 + (n*7+no)%500), SKU: "A", Quantity: 1})
				}
				if err := order.Create(tx, o); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if err := d.View(b.Context(), func(tx *db.Tx) error { _, err := order.Unpromised(tx); return err }); err != nil {
			b.Fatal(err)
		}
	}
}
