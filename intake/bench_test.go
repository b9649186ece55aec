package intake_test

import (
	"fmt"
	"testing"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

func BenchmarkNewOrdersInBulk(b *testing.B) {
	d := dbtest.Open(b, dbtest.SQLite(b), clock.Fixed(dbtest.Noon))
	inbox := intake.New(d, nil)
	const bulk = 256
	ins := make([]intake.Input, bulk)
	n := 0
	for b.Loop() {
		for i := range ins {
			n++
			ins[i] = sold(fmt.Sprint("S-", n))
		}
		for _, r := range inbox.ReceiveAll(ctx, ins) {
			if r.Err != nil {
				b.Fatal(r.Err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/order")
}
