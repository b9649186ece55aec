package seed

import (
	"encoding/csv"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/money"
	"pgregory.net/rapid"
)

var morning = time.Date(2026, 3, 2, 0, 0, 0, 0, china)

// sheets is everything the company can say, as one text.
func sheets(t testing.TB, c *Company, n int) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	orders := c.Orders(n, morning)
	for _, table := range [][][]string{
		Table(c.Warehouses()), Table(c.Locations()), Table(c.Catalog()), Table(c.Bundles()),
		Table(c.Stock(morning, 20_000)), Table(c.Rates()), OrderTable(orders),
	} {
		if err := w.WriteAll(table); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range orders {
		text, err := json.Marshal(c.Events(o))
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
	}
	return b.String()
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	one, two, other := sheets(t, New(7), 400), sheets(t, New(7), 400), sheets(t, New(8), 400)
	if one != two {
		t.Error("two companies of one seed differ")
	}
	if one == other {
		t.Error("two seeds give the same company")
	}
}

func TestSheetsHaveTheColumnsOfTheImports(t *testing.T) {
	c := New(1)
	tests := []struct {
		name, columns string
		table         [][]string
	}{
		{"warehouses", "code, name, timezone, country, province, city, district, address, lat, lng, capacity_orders_day, handling_cost, cutoffs", Table(c.Warehouses())},
		{"catalogue", "sku, title, barcodes, weight_g, length_mm, width_mm, height_mm, fragile, this_side_up, liquid, battery, owner, cost, price, shelf_life_days", Table(c.Catalog())},
		{"bundles", "bundle_sku, component_sku, quantity, valid_from, valid_to", Table(c.Bundles())},
		{"locations", "warehouse, zone, location, kind, aisle, bay, level, x_m, y_m, pick_seq", Table(c.Locations())},
		{"stock", "warehouse, location, sku, quality, lot, expires_on, quantity", Table(c.Stock(morning, 1000))},
		{"rates", "carrier, service, from_region, to_region, first_g, first_price, step_g, step_price, volumetric_divisor, days_p50, days_p90, currency", Table(c.Rates())},
		{"orders", "order_no, placed_at, order_kind, payment_status, paid_at, paid_amount, payment_method, currency, buyer_id, buyer_ip, buyer_token, " +
			"recipient_name, phone, email, country, province, city, district, address, postcode, shipping_fee, order_discount, ship_by, collect_by, " +
			"promised_by, may_split, buyer_note, seller_note, line_no, sku, title, quantity, unit_price, line_discount", OrderTable(c.Orders(50, morning))},
	}
	for _, tt := range tests {
		if got := strings.Join(tt.table[0], ", "); got != tt.columns {
			t.Errorf("%s: columns are %s", tt.name, got)
		}
		if len(tt.table) < 3 {
			t.Errorf("%s: only %d rows", tt.name, len(tt.table))
		}
		for i, record := range tt.table {
			if len(record) != len(tt.table[0]) {
				t.Fatalf("%s: row %d has %d fields", tt.name, i, len(record))
			}
		}
	}
}

func TestOrderAsJSONIsFlat(t *testing.T) {
	text, err := json.Marshal(New(1).Orders(1, morning)[0])
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	for _, column := range []string{"order_no", "recipient_name", "paid_amount", "lines"} {
		if _, ok := got[column]; !ok {
			t.Errorf("%s is missing in %s", column, text)
		}
	}
	line := got["lines"].([]any)[0].(map[string]any)
	if _, err := money.Parse(line["unit_price"].(string), "CNY"); err != nil {
		t.Error(err)
	}
}

// validEAN13 is written apart from the generator: digits in odd places from the right, without the check digit, weigh 3.
func validEAN13(code string) bool {
	if len(code) != 13 || strings.Trim(code, "0123456789") != "" {
		return false
	}
	sum, weight := 0, 1
	for _, d := range slices.Backward([]byte(code)) {
		sum += int(d-'0') * weight
		weight = 4 - weight
	}
	return sum%10 == 0
}

func TestBarcodesHaveRightCheckDigitsAndNameOneSKU(t *testing.T) {
	if !validEAN13("4006381333931") || ean13(0)[:3] != "290" || checkDigit("400638133393") != 1 {
		t.Fatal("a known good number is refused")
	}
	seen, second := map[string]string{}, 0
	for _, g := range New(3).Catalog()[:skuCount] {
		for i, code := range strings.Split(g.Barcodes, "|") {
			code, factor, packed := strings.Cut(code, "*")
			if n, err := strconv.Atoi(factor); packed != (i > 0) || packed && (err != nil || n < 2) {
				t.Errorf("%s: barcodes %q", g.SKU, g.Barcodes)
			}
			if !validEAN13(code) || seen[code] != "" {
				t.Errorf("%s: barcode %s is wrong or that of %s", g.SKU, code, seen[code])
			}
			seen[code], second = g.SKU, second+i
		}
	}
	if second < 200 || second > 450 {
		t.Errorf("%d SKUs have a second barcode, want about 320", second)
	}
}

func TestEverySKUIsBelievableAndFitsTheLargestBox(t *testing.T) {
	c := New(4)
	boxes := c.Cartons()
	box := boxes[len(boxes)-1]
	titles, skus := map[string]bool{}, map[string]bool{}
	for _, g := range c.Catalog()[:skuCount] {
		mm := []int{g.LengthMM, g.WidthMM, g.HeightMM}
		slices.Sort(mm)
		inner := slices.Sorted(slices.Values(box.InnerMM[:]))
		fits := mm[0] > 0 && mm[0] <= inner[0] && mm[1] <= inner[1] && mm[2] <= inner[2] && g.WeightG > 0 && g.WeightG <= box.MaxG
		cost, err1 := money.Parse(g.Cost, "CNY")
		price, err2 := money.Parse(g.Price, "CNY")
		if !fits || err1 != nil || err2 != nil || cost <= 0 || cost >= price || titles[g.Title] || skus[g.SKU] {
			t.Errorf("%+v", g)
		}
		titles[g.Title], skus[g.SKU] = true, true
	}
	if len(c.Catalog()) != skuCount+bundleCount {
		t.Errorf("%d entries", len(c.Catalog()))
	}
}

func TestBundlesAreMadeOfKnownSKUs(t *testing.T) {
	c := New(5)
	known, bundles := map[string]bool{}, map[string]bool{}
	for _, g := range c.Catalog() {
		known[g.SKU] = true
	}
	for _, p := range c.Bundles() {
		bundles[p.Bundle] = true
		if !known[p.Bundle] || !known[p.Component] || p.Bundle == p.Component || p.Quantity < 1 {
			t.Errorf("%+v", p)
		}
	}
	if len(bundles) != bundleCount {
		t.Errorf("%d bundles", len(bundles))
	}
}

func TestFateDependsOnTheOrderNumberAlone(t *testing.T) {
	b := New(6).Behaviour()
	count := map[string]int{}
	for i := range 20_000 {
		no := strconv.Itoa(i)
		f := b.Fate(no)
		if f != b.Fate(no) || f.Lost && f.Late || f.Lost && f.Returned || f.Late && f.Returned {
			t.Fatalf("order %s: %+v", no, f)
		}
		v := reflect.ValueOf(f)
		for j := range v.NumField() {
			if v.Field(j).Bool() {
				count[v.Type().Field(j).Name]++
			}
		}
	}
	for name, share := range map[string]int{"ShortPick": b.ShortPick, "Returned": b.Returned, "Late": b.Late, "Lost": b.Lost} {
		if got := count[name]; got < share*20*7/10 || got > share*20*13/10 {
			t.Errorf("%s befell %d of 20,000; want about %d", name, got, share*20)
		}
	}
}

func TestChooserDrawsOnlyWhatHasWeight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Int64Range(0, 50), 1, 20).Draw(t, "weights")
		weights[0]++
		c := newChooser(weights)
		if i := c.draw((&Company{seed: rapid.Int64().Draw(t, "seed")}).stream("test")); weights[i] == 0 || c.weight(i) != weights[i] {
			t.Fatalf("drew %d of %v", i, weights)
		}
	})
}
