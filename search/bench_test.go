package search

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
)

// BenchmarkFind tells how long a question takes among 100,000 orders, or as many as PACKHORSE_BENCH_ORDERS says (median and
// slowest in a hundred), and what indexing costs.
func BenchmarkFind(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchFind(b, dbtest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { benchFind(b, dbtest.Postgres(b)) })
}

var benchNames = []rune("王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗明华伟芳娜敏静丽强磊军洋勇艳杰涛超霞平刚")

// benchWorld writes orders of one shop.
func benchWorld(b *testing.B, d *db.DB, r *rand.Rand, orders int) {
	b.Helper()
	for i := 0; i < orders; i += 500 {
		err := d.Update(b.Context(), func(tx *db.Tx) error {
			for j := i; j < i+500; j++ {
				name := string([]rune{benchNames[r.IntN(20)], benchNames[r.IntN(len(benchNames))], benchNames[r.IntN(len(benchNames))]})
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
}

func benchFind(b *testing.B, o db.Options) {
	orders, err := strconv.Atoi(os.Getenv("PACKHORSE_BENCH_ORDERS"))
	if err != nil {
		orders = 100_000
	}
	d := dbtest.Open(b, o, clock.Real())
	s := New(d)
	r := rand.New(rand.NewPCG(1, 2))
	benchWorld(b, d, r, orders)
	before, begin := size(b, d), time.Now()
	for n := 1; n > 0; {
		if n, err = s.Step(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("indexed %d orders in %s, %d bytes each", orders, time.Since(begin).Round(time.Millisecond), (size(b, d)-before)/int64(orders))
	surname := func() rune { return benchNames[r.IntN(20)] }
	for _, q := range []struct {
		name string
		text func() string
	}{
		{"number", func() string { return fmt.Sprintf("SO-2026%08d", r.IntN(orders)) }},
		{"tail", func() string { return fmt.Sprintf("%04d", r.IntN(10_000)) }},
		{"phone", func() string { return fmt.Sprintf("%06d", r.IntN(1_000_000)) }},
		{"two characters", func() string { return string([]rune{surname(), benchNames[r.IntN(len(benchNames))]}) }},
		{"three characters", func() string { return string([]rune{surname(), surname(), surname()}) }},
		{"sku", func() string { return fmt.Sprintf("SKU-%05d", r.IntN(5000)) }},
		{"in all orders", func() string { return "so" }},
		{"name and tail", func() string { return string([]rune{surname(), surname()}) + fmt.Sprintf(" %04d", r.IntN(10_000)) }},
		{"nothing", func() string { return "zzzz-none" }},
	} {
		b.Run(q.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				at := time.Now()
				if _, err := s.Find(b.Context(), Query{Text: q.text(), Personal: true, Limit: 20}); err != nil {
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

func size(b *testing.B, d *db.DB) int64 {
	b.Helper()
	n, err := d.Size(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return n
}
