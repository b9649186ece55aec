package catalog_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/sheet"
)

func TestTwoImportsAtOnceMakeNoCircle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := catalog.New(d, "CNY")
		const pairs, rounds = 20, 4
		for round := range rounds {
			list := "sku\n"
			there, back := "bundle_sku,component_sku,quantity\n", "bundle_sku,component_sku,quantity\n"
			for i := range pairs {
				a, b := fmt.Sprintf("A%d-%d", round, i), fmt.Sprintf("B%d-%d", round, i)
				list += a + "\n" + b + "\n"
				there += a + "," + b + ",1\n"
				back += b + "," + a + ",1\n"
			}
			skus(t, s, list, false)
			answers := make([]sheet.Answer, 2)
			var wg sync.WaitGroup
			for i, file := range []string{there, back} {
				r := table(t, file)
				wg.Go(func() {
					a, err := s.ImportBundles(context.Background(), r, false, nil)
					if err != nil {
						t.Error(err)
					}
					answers[i] = a
				})
			}
			wg.Wait()
			created, circles := 0, 0
			for _, a := range answers {
				created += a.Created
				circles += strings.Count(tell(a), ":catalog.bundle_circle")
			}
			if created != pairs || circles != pairs {
				t.Fatalf("round %d: %d lines went in and %d were refused, want %d each: %s | %s", round, created, circles, pairs, tell(answers[0]), tell(answers[1]))
			}
		}
	})
}
