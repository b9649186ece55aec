package check_test

import (
	"context"
	"testing"

	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

func TestTmpSeeds(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(40) {
		d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
		c := found(t, d, seed+100)
		for range 25 {
			c.receive()
		}
		for n := range 500 {
			c.step(n)
			if n%10 != 9 {
				continue
			}
			report, err := check.Run(context.Background(), d, check.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range report.Findings {
				if seen[f.Class]++; seen[f.Class] < 4 {
					t.Errorf("seed %d after %d: %+v", seed, n+1, f)
				}
			}
			if !report.Clean {
				break
			}
		}
		if seed == 3 { t.Log(c.done) }
	}
	t.Log(seen)
}
