package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
)

const benchOrders = 100_000

// BenchmarkFind tells how long a question takes among 100,000 orders (median and slowest in a hundred), and what indexing costs.
func BenchmarkFind(b *testing.B) {
	d := dbtest.Open(b, dbtest.SQLite(b), clock.Real())
	s := New(d)
	r := rand.New(rand.NewPCG(1, 2))
	names := []rune("王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗明华伟芳娜敏静丽强磊军洋勇艳杰涛超霞平刚")
	for i := 0; i < benchOrders; i += 500 {
		err := d.Update(b.Context(), func(tx *db.Tx) error {
			for j := i; j < i+500; j++ {
				name := string([]rune{names[r.IntN(20)], names[r.IntN(len(names))], names[r.IntN(len(names))]})
				order.Create(tx, &order.Order{Channel: "shop", ExternalNo: fmt.Sprintf("SO-2026%08d", j), Kind: "normal", Currency: "CNY",
					Recipient: order.Recipient{Name: name, Phone: fmt.Sprintf("138%08d", r.IntN(100_000_000))},
					Axes:      order.Axes{Payment: "paid", Review: "passed", Fulfilment: "shipped", Delivery: "delivered", AfterSale: "none"},
					Lines:     []order.Line{{No: 1, SKU: fmt.Sprintf("SKU-%05d", r.IntN(5000)), Title: "x", Quantity: 1}}})
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	begin := time.Now()
	for n := 1; n > 0; {
		var err error
		if n, err = s.Step(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("indexed %d orders in %s", benchOrders, time.Since(begin).Round(time.Millisecond))
	ask := map[string]func() string{
		"number": func() string { return fmt.Sprintf("SO-2026%08d", r.IntN(benchOrders)) },
		"tail":   func() string { return fmt.Sprintf("%04d", r.IntN(10_000)) },
		"phone":  func() string { return fmt.Sprintf("%06d", r.IntN(1_000_000)) },
		"name":   func() string { return string([]rune{names[r.IntN(20)], names[r.IntN(len(names))]}) },
		"sku":    func() string { return fmt.Sprintf("SKU-%05d", r.IntN(5000)) },
		"both": func() string {
			return string([]rune{names[r.IntN(20)], names[r.IntN(20)]}) + fmt.Sprintf(" %04d", r.IntN(10_000))
		},
		"nothing": func() string { return "zzzz-none" },
	}
	for name, text := range ask {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				at := time.Now()
				if _, err := s.Find(b.Context(), Query{Text: text(), Personal: true, Limit: 20}); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(at))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		})
	}
}
