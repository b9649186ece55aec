package catalog_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/sheet"
)

func TestTwoImportsOfOneFileAtTheSameMomentMakeOneCatalogue(t *testing.T) {
	var file strings.Builder
	file.WriteString("sku,barcodes\n")
	for i := range 1200 {
		fmt.Fprintf(&file, "S%04d,C%04d\n", i, i)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := catalog.New(d, "CNY")
		readers := []*sheet.Reader{table(t, file.String()), table(t, file.String()), table(t, file.String())}
		answers := make([]sheet.Answer, len(readers))
		errs := make([]error, len(readers))
		var all sync.WaitGroup
		for i, r := range readers {
			all.Go(func() { answers[i], errs[i] = s.ImportSKUs(context.Background(), r, false, nil) })
		}
		all.Wait()
		created := 0
		for i, a := range answers {
			created += a.Created
			if errs[i] != nil || a.Created+a.Unchanged != 1200 {
				t.Errorf("%s, %v", tell(a), errs[i])
			}
		}
		if created != 1200 {
			t.Errorf("%d SKUs were made of 1200", created)
		}
	})
}

func TestACatalogueOfThirtyThousandGoesInWithinSeconds(t *testing.T) {
	const path = "../../shared/data/orders/olist_catalog.csv"
	if _, err := os.Stat(path); err != nil {
		t.Skip("the measured catalogue is not here: " + path)
	}
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	s := catalog.New(d, "CNY")
	for _, expected := range []string{"32949/0/0", "0/0/32949"} {
		r, err := sheet.OpenFile(path, sheet.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		var reports []int
		start := time.Now()
		a, err := s.ImportSKUs(context.Background(), r, false, func(done int) { reports = append(reports, done) })
		if err != nil {
			t.Fatal(err)
		}
		took := time.Since(start)
		t.Logf("%s in %s", tell(a), took.Round(time.Millisecond))
		want(t, a, expected)
		if a.Rows != 32949 || !slices.IsSorted(reports) || reports[len(reports)-1] != a.Rows {
			t.Errorf("%d rows, progress ended at %v", a.Rows, reports[len(reports)-1])
		}
		if took > 20*time.Second { // the promise is 5 s; a busy machine must not fail the build
			t.Errorf("took %s", took)
		}
		r.Close()
	}
}
