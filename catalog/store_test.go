package catalog_test

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

func TestAScanIsFoundHoweverManyDigitsItHas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := catalog.New(d, "CNY")
		want(t, skus(t, s, "sku,barcodes\nEAN,6901234567892|16901234567899*12\nUPC,036000291452\nEATEN,36000291469\nOWN,000123\n6901234567892,\n", false), "5/0/0")
		cases := []struct {
			scan   string
			sku    string
			factor int64
		}{
			{"6901234567892", "EAN", 1}, {"06901234567892", "EAN", 1}, {"16901234567899", "EAN", 12},
			{"036000291452", "UPC", 1}, {"0036000291452", "UPC", 1}, {"00036000291452", "UPC", 1}, {"36000291452", "UPC", 1},
			{"036000291469", "EATEN", 1}, {"000123", "OWN", 1}, {"UPC", "UPC", 1},
			{"123", "", 0}, {"6901234567893", "", 0}, {"", "", 0},
		}
		for _, c := range cases {
			b, found := scan(t, d, c.scan)
			if found != (c.sku != "") || b.Factor != c.factor {
				t.Errorf("%q: found %v, %+v", c.scan, found, b)
			}
			if found && code(t, s, b.SKU) != c.sku {
				t.Errorf("%q is %s, want %s", c.scan, code(t, s, b.SKU), c.sku)
			}
		}
	})
}

func code(t *testing.T, s *catalog.Service, id int64) string {
	t.Helper()
	e, err := s.Get(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return e.SKU.Code
}

func TestACodeOfSeveralOwnersIsNotGuessed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := catalog.New(d, "CNY")
		skus(t, s, "sku,owner\nboth,self\nboth,acme\nonly,acme\nunclear,acme\nunclear,zeta\n", false)
		var found map[string]catalog.SKU
		err := d.View(context.Background(), func(tx *db.Tx) (err error) {
			found, err = catalog.ByCodes(tx, []string{"both", "only", "unclear", "nobody"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != 2 || found["both"].Owner != "self" || found["only"].Owner != "acme" {
			t.Errorf("found %+v", found)
		}
	})
}

func TestSavingOneEntry(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		s := catalog.New(d, "CNY")
		bowl := catalog.Entry{SKU: catalog.SKU{Code: "A", Title: "Bowl"}, Barcodes: []catalog.Barcode{{Code: "x", Factor: 1}}}
		once := &db.Once{Key: "k", Hash: "h"}
		first, err := s.Save(ctx, once, "user:1", bowl)
		if err != nil || first.SKU.ID == 0 || first.SKU.Owner != "self" || first.Barcodes[0].SKU != first.SKU.ID {
			t.Fatalf("%+v, %v", first, err)
		}
		if again, err := s.Save(ctx, once, "user:1", bowl); err != nil || !once.Replayed || again.SKU != first.SKU {
			t.Errorf("repeated: %+v, %v", again, err)
		}
		bowl.SKU.Title, bowl.Barcodes = "Soup bowl", []catalog.Barcode{{Code: "y", Factor: 1}, {Code: "x", Factor: 6}}
		changed, err := s.Save(ctx, nil, "user:1", bowl)
		if err != nil || changed.SKU.ID != first.SKU.ID {
			t.Errorf("changed: %+v, %v", changed, err)
		}
		stored, err := s.Get(ctx, first.SKU.ID)
		if err != nil || !reflect.DeepEqual(stored, changed) || catalog.FormatBarcodes(stored.Barcodes) != "y|x*6" {
			t.Errorf("stored %+v, answered %+v, %v", stored, changed, err)
		}
		if same, err := s.Save(ctx, nil, "user:1", bowl); err != nil || !reflect.DeepEqual(same, stored) {
			t.Errorf("saving the same: %+v, %v", same, err)
		}
		if n := events(t, d); n != 2 {
			t.Errorf("%d events, want 2: created and changed", n)
		}
		cup := catalog.Entry{SKU: catalog.SKU{Code: "B"}, Barcodes: []catalog.Barcode{{Code: "y", Factor: 1}}}
		if _, err := s.Save(ctx, nil, "user:1", cup); fault.Code(err) != "barcode_taken" {
			t.Errorf("a foreign bar code: %v", err)
		}
		bad := catalog.Entry{SKU: catalog.SKU{Code: " B", WeightG: -1, Price: -1}}
		f, ok := fault.As(must(s.Save(ctx, nil, "user:1", bad)))
		if !ok || len(f.Causes) != 3 {
			t.Errorf("three mistakes: %v", f)
		}
		if _, err := s.Get(ctx, 1); fault.Code(err) != "catalog.not_found" {
			t.Errorf("an id of nobody: %v", err)
		}
	})
}

func must(_ catalog.Entry, err error) error {
	if err == nil {
		return errors.New("no error")
	}
	return err
}

func TestTheListPagesThroughAPrefix(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := catalog.New(d, "CNY")
		skus(t, s, "sku,owner\nK1,self\nK1,acme\nK2,self\nL1,self\nK,self\n饭碗-1,self\n饭碗-2,self\n", false)
		for _, c := range []struct {
			filter catalog.Filter
			want   []string
		}{
			{catalog.Filter{}, []string{"K/self", "K1/acme", "K1/self", "K2/self", "L1/self", "饭碗-1/self", "饭碗-2/self"}},
			{catalog.Filter{Query: "K"}, []string{"K/self", "K1/acme", "K1/self", "K2/self"}},
			{catalog.Filter{Query: "K1", Owner: "acme"}, []string{"K1/acme"}},
			{catalog.Filter{Query: "饭"}, []string{"饭碗-1/self", "饭碗-2/self"}},
			{catalog.Filter{Query: "%"}, nil},
		} {
			var got []string
			for at := (catalog.Place{}); ; {
				page, next, err := s.List(context.Background(), c.filter, at, 2)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range page {
					got = append(got, e.SKU.Code+"/"+e.SKU.Owner)
				}
				if at = next; at == (catalog.Place{}) {
					break
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%+v: %v, want %v", c.filter, got, c.want)
			}
		}
	})
}

// parts takes bundles apart and names the components: "A:2 B:1".
func parts(t *testing.T, d *db.DB, at time.Time, codes ...string) map[string]map[string]int64 {
	t.Helper()
	out := map[string]map[string]int64{}
	err := d.View(context.Background(), func(tx *db.Tx) error {
		named, err := catalog.ByCodes(tx, codes)
		if err != nil {
			return err
		}
		var ids []int64
		for _, s := range named {
			ids = append(ids, s.ID)
		}
		taken, err := catalog.Bundles(tx, ids, at)
		if err != nil {
			return err
		}
		for _, bundle := range named {
			var inside []int64
			for _, c := range taken[bundle.ID] {
				inside = append(inside, c.SKU)
			}
			skus, err := catalog.ByIDs(tx, inside)
			if err != nil {
				return err
			}
			for _, c := range taken[bundle.ID] {
				if out[bundle.Code] == nil {
					out[bundle.Code] = map[string]int64{}
				}
				out[bundle.Code][skus[c.SKU].Code] += c.Quantity
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestBundlesAreTakenApartByTheRecipeOfTheDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := catalog.New(d, "CNY")
		skus(t, s, "sku\nSET\nBOX\nCUP\nPLATE\nSPOON\n", false)
		// The line that ends stands behind the one that follows it: order must not matter.
		const file = `bundle_sku,component_sku,quantity,valid_from,valid_to
SET,BOX,2,,
BOX,CUP,4,2026-03-01T00:00:00+08:00,
BOX,CUP,3,,2026-03-01T00:00:00+08:00
BOX,PLATE,1,,
SET,CUP,1,,
`
		want(t, bundles(t, s, file), "5/0/0")
		want(t, bundles(t, s, file), "0/0/5")
		change := time.Date(2026, 2, 28, 16, 0, 0, 0, time.UTC)
		for at, expected := range map[time.Time]map[string]int64{
			change.Add(-time.Microsecond): {"CUP": 7, "PLATE": 2},
			change:                        {"CUP": 9, "PLATE": 2},
		} {
			got := parts(t, d, at, "SET", "CUP")
			if !maps.Equal(got["SET"], expected) || got["CUP"] != nil {
				t.Errorf("at %s: %v, want %v", at, got, expected)
			}
		}
		want(t, bundles(t, s, "bundle_sku,component_sku,quantity,valid_to\nBOX,PLATE,1,2026-03-02T00:00:00Z\n"), "0/1/0")
		if got := parts(t, d, dbtest.Noon, "SET"); !maps.Equal(got["SET"], map[string]int64{"CUP": 9}) {
			t.Errorf("after the plate left: %v", got)
		}
	})
}

func TestRecipesThatCannotStandAreRefused(t *testing.T) {
	const head = "bundle_sku,component_sku,quantity,valid_from,valid_to\n"
	cases := []row{
		{"itself", "A,A,1,,\n", "0/0/0 2:catalog.bundle_circle"},
		{"a circle of two", "A,B,1,,\nB,A,1,,\n", "1/0/0 3:catalog.bundle_circle"},
		{"a circle of three", "A,B,1,,\nB,C,1,,\nC,A,1,,\n", "2/0/0 4:catalog.bundle_circle"},
		{"a circle over dates", "A,B,1,,2026-01-01T00:00:00Z\nB,A,1,2026-01-01T00:00:00Z,\n", "1/0/0 3:catalog.bundle_circle"},
		{"three deep", "A,B,1,,\nB,C,1,,\nC,D,1,,\n", "3/0/0"},
		{"four deep", "A,B,1,,\nB,C,1,,\nC,D,1,,\nD,E,1,,\n", "3/0/0 5:catalog.bundle_depth"},
		{"four deep, joined in the middle", "A,B,1,,\nB,C,1,,\nD,E,1,,\nC,D,1,,\n", "3/0/0 5:catalog.bundle_depth"},
		{"a diamond", "A,B,1,,\nA,C,1,,\nB,D,1,,\nC,D,1,,\n", "4/0/0"},
		{"two at one time", "A,B,1,,\nA,B,2,2026-01-01T00:00:00Z,\n", "1/0/0 3:catalog.recipe_overlap"},
		{"one after the other", "A,B,1,,2026-01-01T00:00:00Z\nA,B,2,2026-01-01T00:00:00Z,\n", "2/0/0"},
		{"ends before it begins", "A,B,1,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z\n", "0/0/0 2:catalog.valid_to"},
		{"ended before all times", "A,B,1,,1970-01-01T00:00:00Z\n", "0/0/0 2:catalog.valid_to"},
		{"nobody's SKU", "A,X,1,,\nY,B,1,,\n", "0/0/0 2:catalog.sku_unknown 3:catalog.sku_unknown"},
		{"nothing of it", "A,B,0,,\n", "0/0/0 2:sheet.out_of_range"},
		{"twice the same", "A,B,1,,\nA,B,1,,\n", "1/0/1"},
		{"twice, otherwise", "A,B,1,,\nA,B,2,,\n", "1/0/0 3:catalog.duplicate_recipe"},
		{"two owners", "A,SHARED,1,,\n", "0/0/0 2:catalog.sku_ambiguous"},
	}
	eachCase(t, cases, func(t *testing.T, c row, s *catalog.Service) {
		skus(t, s, "sku,owner\nA,\nB,\nC,\nD,\nE,\nSHARED,acme\nSHARED,zeta\n", false)
		want(t, bundles(t, s, head+c.file), c.answer)
	})
}
