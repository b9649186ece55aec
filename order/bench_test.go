package order

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

const benchWaiting = 100_000

// BenchmarkQueue tells how long a page of what waits takes among 100,000 orders, anywhere in the queue: median and slowest in
// a hundred.
func BenchmarkQueue(b *testing.B) {
	for name, options := range map[string]func(testing.TB) db.Options{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) { benchQueue(b, dbtest.Open(b, options(b), clock.Real())) })
	}
}

var analyze = db.NewSQL(`ANALYZE order_head, order_fulfilment`)

func benchQueue(b *testing.B, d *db.DB) {
	r := rand.New(rand.NewPCG(1, 2))
	var places []Place
	fill := func(tx *db.Tx) error {
		for range 1000 {
			o := &Order{Channel: []string{"dear", "cheap"}[r.IntN(2)], ExternalNo: fmt.Sprint(len(places)), Kind: "normal", Axes: at("fulfilment", FulfilmentAllocated),
				ShipBy: tx.Micros() + int64(r.IntN(40)-10)*hour, CollectBy: tx.Micros() + int64(r.IntN(80))*hour, Lines: []Line{{No: 1, SKUID: 1, Quantity: 1}}}
			if err := Create(tx, o); err != nil {
				return err
			}
			AddFulfilment(tx, &Fulfilment{OrderID: o.ID, NodeID: 1, Status: Allocated, Rank: o.Rank})
			places = append(places, Place{o.Rank, o.ID})
		}
		return nil
	}
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	must(d.Update(context.Background(), func(tx *db.Tx) error {
		return Queueing{Sort: ByFine, Fines: Fines{"dear": {ShipBy: 900, CollectBy: 50}, "cheap": {ShipBy: 100}}}.Save(tx, "user:ann")
	}))
	for len(places) < benchWaiting {
		must(d.Update(context.Background(), fill))
	}
	if d.Postgres() { // as autovacuum does within a minute
		must(d.Update(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(analyze); return err }))
	}
	for _, sort := range []string{ByDeadline, ByFine} {
		for what, ask := range map[string]func(*db.Tx, Place) error{
			"orders": func(tx *db.Tx, p Place) error { _, err := Urgent(tx, Filter{OpenOnly: true}, sort, p, 50); return err },
			"rare": func(tx *db.Tx, p Place) error {
				_, err := Urgent(tx, Filter{OpenOnly: true, Shop: "none"}, sort, p, 50)
				return err
			},
			"work": func(tx *db.Tx, p Place) error { _, err := InWork(tx, []int64{1}, Work, sort, p, 50); return err },
			"wave": func(tx *db.Tx, p Place) error { _, err := Ready(tx, 1, 50); return err },
		} {
			b.Run(sort+"/"+what, func(b *testing.B) {
				var took []time.Duration
				for b.Loop() {
					p, begin := places[r.IntN(len(places))], time.Now()
					must(d.View(context.Background(), func(tx *db.Tx) error { return ask(tx, p) }))
					took = append(took, time.Since(begin))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50_us")
				b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99_us")
			})
		}
	}
}
