package review_test

import (
	"context"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

func TestFiveHundredOrdersReviewedByFourWorkersAreDecidedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		var orders []*order.Order
		for i := range 500 {
			orders = append(orders, k.good(i))
		}
		k.add(orders...)
		var wg sync.WaitGroup
		var mu sync.Mutex
		total := 0
		for range 4 {
			wg.Go(func() {
				for {
					n, err := k.svc.Step(context.Background())
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					total += n
					mu.Unlock()
					if n == 0 {
						return
					}
				}
			})
		}
		wg.Wait()
		if total != 500 {
			t.Errorf("%d decisions over 500 orders", total)
		}
		for _, o := range orders {
			k.want(o, order.ReviewPassed, order.FulfilmentWaiting)
		}
	})
}

func BenchmarkStep(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchStep(b, dbtest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { benchStep(b, dbtest.Postgres(b)) })
}

func benchStep(b *testing.B, o db.Options) {
	d := dbtest.Open(b, o, clock.Real())
	k := &desk{db: d, svc: review.New(d, review.Settings{})}
	saved, err := catalog.New(d, "CNY").Save(b.Context(), nil, "user:ann", catalog.Entry{SKU: catalog.SKU{Code: "TEA", WeightG: 200, Cost: 1000}})
	if err != nil {
		b.Fatal(err)
	}
	k.sku = saved.SKU.ID
	serial := 0
	for b.Loop() {
		b.StopTimer()
		err := d.Update(b.Context(), func(tx *db.Tx) error {
			for range 256 {
				serial++
				o := k.good(serial)
				o.Lines = append(o.Lines, order.Line{No: 2, SKUID: k.sku, SKU: "TEA", Quantity: 1, UnitPrice: 1500})
				order.Create(tx, o)
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if n, err := k.svc.Step(b.Context()); n != 256 || err != nil {
			b.Fatal(n, err)
		}
	}
}
