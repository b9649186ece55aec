package catalog_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/sheet"
)

func table(t testing.TB, text string) *sheet.Reader {
	t.Helper()
	r, err := sheet.Open("test.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func skus(t testing.TB, s *catalog.Service, text string, dry bool) sheet.Answer {
	t.Helper()
	a, err := s.ImportSKUs(context.Background(), table(t, text), dry, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func bundles(t testing.TB, s *catalog.Service, text string) sheet.Answer {
	t.Helper()
	a, err := s.ImportBundles(context.Background(), table(t, text), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// tell writes an answer as "created/updated/unchanged row:code …".
func tell(a sheet.Answer) string {
	s := fmt.Sprintf("%d/%d/%d", a.Created, a.Updated, a.Unchanged)
	for _, r := range a.Rejected {
		s += fmt.Sprintf(" %d:%s", r.Row, r.Code)
	}
	return s
}

func want(t *testing.T, a sheet.Answer, expected string) {
	t.Helper()
	if got := tell(a); got != expected {
		t.Errorf("answer %s, want %s (%+v)", got, expected, a.Rejected)
	}
}

func all(t *testing.T, s *catalog.Service) []catalog.Entry {
	t.Helper()
	list, _, err := s.List(context.Background(), catalog.Filter{}, catalog.Place{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func scan(t *testing.T, d *db.DB, code string) (b catalog.Barcode, found bool) {
	t.Helper()
	err := d.View(context.Background(), func(tx *db.Tx) (err error) { b, found, err = catalog.ByBarcode(tx, code); return err })
	if err != nil {
		t.Fatal(err)
	}
	return b, found
}

const goods = `SKU,Title,Barcode,weight_g,length_mm,width_mm,height_mm,fragile,this_side_up,liquid,battery,owner,cost,price,shelf_life_days,colour
A,陶瓷汤碗,6901234567892|16901234567899*12,780,210,210,90,1,是,0,no,,12.5,39.90,,red
B,"Bowl, large",,0,,,,,,,,acme,,0,30,
C,,C-1,1,1,1,1,,,,1,self,1,2,0,
`

func TestASecondImportOfTheSameCatalogueChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := catalog.New(d, "")
		want(t, skus(t, s, goods, true), "3/0/0")
		if len(all(t, s)) != 0 {
			t.Error("a dry run wrote")
		}
		want(t, skus(t, s, goods, false), "3/0/0")
		before := events(t, d)
		want(t, skus(t, s, goods, false), "0/0/3")
		if after := events(t, d); after != before || before != 1 {
			t.Errorf("%d events after the first import and %d after the second; want 1 and 1", before, after)
		}
		a := all(t, s)[0]
		a.SKU.ID = 0
		wanted := catalog.SKU{Owner: "self", Code: "A", Title: "陶瓷汤碗", WeightG: 780, LengthMM: 210, WidthMM: 210, HeightMM: 90,
			Fragile: true, ThisSideUp: true, Cost: 1250, Price: 3990}
		if a.SKU != wanted || catalog.FormatBarcodes(a.Barcodes) != "6901234567892|16901234567899*12" {
			t.Errorf("stored %+v", a)
		}
	})
}

func events(t *testing.T, d *db.DB) int { return len(dbtest.Facts(t, d)) }

func TestOnlyWhatTheFileSpeaksOfChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := catalog.New(d, "CNY")
		skus(t, s, goods, false)
		want(t, skus(t, s, "sku,price\nA,40\nC,2\n", false), "0/1/1")
		a := all(t, s)[0]
		if a.SKU.Price != 4000 || a.SKU.Title != "陶瓷汤碗" || len(a.Barcodes) != 2 || a.SKU.WeightG != 780 {
			t.Errorf("a file of prices changed more than the price: %+v", a)
		}
		want(t, skus(t, s, "sku,barcodes\nA,\n", false), "0/1/0")
		if a := all(t, s)[0]; len(a.Barcodes) != 0 || a.SKU.Price != 4000 {
			t.Errorf("an empty cell of bar codes left %+v", a)
		}
	})
}

// row is one line of a table of cases: what is imported and what the answer to it is.
type row struct{ name, file, answer string }

var emptied = []*db.SQL{db.NewSQL(`DELETE FROM catalog_sku`), db.NewSQL(`DELETE FROM catalog_barcode`), db.NewSQL(`DELETE FROM catalog_bundle`)}

// eachCase runs cases on both engines, each on an empty catalogue.
func eachCase(t *testing.T, cases []row, run func(*testing.T, row, *catalog.Service)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				run(t, c, catalog.New(d, "CNY"))
				for _, sql := range emptied {
					err := d.Update(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(sql); return err })
					if err != nil {
						t.Fatal(err)
					}
				}
			})
		}
	})
}

func TestRowsThatCannotBeTakenAreListedAndTheOthersGoIn(t *testing.T) {
	cases := []row{
		{"no sku", "sku,title\n,x\nB,y\n", "1/0/0 2:sheet.required"},
		{"weight in words", "sku,weight_g\nA,heavy\n", "0/0/0 2:sheet.not_integer"},
		{"negative weight", "sku,weight_g\nA,-1\n", "0/0/0 2:sheet.out_of_range"},
		{"three decimals", "sku,price\nA,1.001\nB,1.000\n", "1/0/0 2:sheet.amount"},
		{"negative price", "sku,price\nA,-1\n", "0/0/0 2:sheet.amount"},
		{"factor of nothing", "sku,barcodes\nA,6901234567892*0\n", "0/0/0 2:catalog.barcode_factor"},
		{"factor in words", "sku,barcodes\nA,6901234567892*dozen\n", "0/0/0 2:catalog.barcode_factor"},
		{"one code, two factors", "sku,barcodes\nA,x|x*2\n", "0/0/0 2:catalog.barcode_twice"},
		{"the same row twice", "sku,title\nA,x\nA,x\n", "1/0/1"},
		{"two rows that differ", "sku,title\nA,x\nA,y\n", "1/0/0 3:catalog.duplicate"},
		{"one code of two owners", "sku,owner\nA,\nA,acme\n", "2/0/0"},
		{"one bar code for two SKUs", "sku,barcodes\nA,x\nB,x\n", "1/0/0 3:barcode_taken"},
		{"one number in two spellings", "sku,barcodes\nA,6901234567892\nB,06901234567892\n", "1/0/0 3:barcode_taken"},
		{"all mistakes of a row", "sku,weight_g,price\nA,x,y\n", "0/0/0 2:sheet.not_integer 2:sheet.not_decimal"},
		{"the repeat of a refused row", "sku,barcodes\nA,x\nB,x\nB,x\n", "1/0/0 3:barcode_taken 4:catalog.duplicate"},
	}
	eachCase(t, cases, func(t *testing.T, c row, s *catalog.Service) {
		want(t, skus(t, s, c.file, true), c.answer)
		want(t, skus(t, s, c.file, false), c.answer)
	})
}

func TestABarcodeMovesWhenItsHolderGivesItUpInTheSameFile(t *testing.T) {
	filler := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "F%d,\n", i)
		}
		return b.String()
	}
	cases := []row{
		{"swap", "sku,barcodes\nA,y\nB,x\n", "0/2/0"},
		{"taker first", "sku,barcodes\nB,x|y\nA,\n", "0/2/0"},
		{"taker in an earlier chunk", "sku,barcodes\nB,x|y\n" + filler(600) + "A,\n", "600/2/0"},
		{"swap over chunks", "sku,barcodes\nA,y\n" + filler(600) + "B,x\n", "600/2/0"},
		{"not given up", "sku,barcodes\nB,x|y\n", "0/0/0 2:barcode_taken"},
		{"given up by a row that is refused itself", "sku,barcodes\nC,x\nA,y\n", "0/0/0 2:barcode_taken 3:barcode_taken"},
	}
	eachCase(t, cases, func(t *testing.T, c row, s *catalog.Service) {
		want(t, skus(t, s, "sku,barcodes\nA,x\nB,y\n", false), "2/0/0")
		want(t, skus(t, s, c.file, true), c.answer)
		first := skus(t, s, c.file, false)
		want(t, first, c.answer)
		if again := skus(t, s, c.file, false); again.Created+again.Updated != 0 || len(again.Rejected) != len(first.Rejected) {
			t.Errorf("the second import said %s", tell(again))
		}
	})
}

func TestAnExportReadsBackUnchanged(t *testing.T) {
	for _, ending := range []string{"x.csv", "x.xlsx"} {
		t.Run(ending, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				ctx := context.Background()
				s := catalog.New(d, "CNY")
				skus(t, s, goods, false)
				bundles(t, s, "bundle_sku,component_sku,quantity,valid_from,valid_to\nC,A,2,,2026-01-01T00:00:00+08:00\nC,A,3,2026-01-01T00:00:00+08:00,\nC,B,1,,\n")
				for _, kind := range []struct {
					rows   int
					export func(context.Context, *sheet.Writer) error
					read   func(context.Context, *sheet.Reader, bool, func(int)) (sheet.Answer, error)
				}{{3, s.ExportSKUs, s.ImportSKUs}, {3, s.ExportBundles, s.ImportBundles}} {
					var out bytes.Buffer
					w, err := sheet.NewWriter(&out, ending)
					if err != nil {
						t.Fatal(err)
					}
					if err := kind.export(ctx, w); err != nil {
						t.Fatal(err)
					}
					if err := w.Close(); err != nil {
						t.Fatal(err)
					}
					r, err := sheet.Open(ending, bytes.NewReader(out.Bytes()), int64(out.Len()), sheet.DefaultLimits())
					if err != nil {
						t.Fatal(err)
					}
					a, err := kind.read(ctx, r, false, nil)
					if err != nil {
						t.Fatal(err)
					}
					want(t, a, fmt.Sprintf("0/0/%d", kind.rows))
					r.Close()
				}
			})
		})
	}
}
