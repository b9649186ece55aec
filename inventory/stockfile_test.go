package inventory_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/sheet"
)

// Rows that stand already lock each other out by themselves; here they are all new.
func TestTwoImportsOfTheSameNewStockAddItOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		const rounds, lots = 8, 40
		for round := range rounds {
			var file strings.Builder
			file.WriteString("warehouse,location,sku,lot,quantity\n")
			for i := range lots {
				fmt.Fprintf(&file, "N1,A%d,S%d,R%dL%d,%d\n", 1+i%2, 1+i%3, round, i, i+1)
			}
			answers := make([]sheet.Answer, 2)
			var wg sync.WaitGroup
			for i := range answers {
				r := table(t, file.String())
				wg.Go(func() {
					a, err := w.s.ImportStock(ctx, r, false, nil)
					if err != nil {
						t.Error(err)
					}
					answers[i] = a
				})
			}
			wg.Wait()
			if created, same := answers[0].Created+answers[1].Created, answers[0].Unchanged+answers[1].Unchanged; created != lots || same != lots {
				t.Fatalf("round %d: %d rows created and %d unchanged, want %d each: %+v", round, created, same, lots, answers)
			}
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}
