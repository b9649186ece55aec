package intake_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/internal/words"
)

const header = "order_no,placed_at,sku,quantity,unit_price,currency,recipient_name,address,line_no,shipping_fee,may_split,line_discount,Gift Wrap\n"

func read(t testing.TB, text string) (docs []intake.Document, rows int, rejected []string, err error) {
	t.Helper()
	r, err := sheet.Open("orders.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		return nil, 0, nil, err
	}
	docs, rows, list, err := intake.ReadFile(r, "web", "main")
	for _, x := range list {
		for _, lang := range words.Languages {
			if s := words.Render(lang, x.Code, x.Params); strings.Contains(s, "{") || !words.Has(lang, x.Code) {
				t.Errorf("%s in %s: %s", x.Code, lang, s)
			}
		}
		rejected = append(rejected, fmt.Sprint(x.Row, " ", x.Field, " ", x.Code))
	}
	return docs, rows, rejected, err
}

const at = "2026-03-01T09:30:00+08:00"

func row(order, sku, quantity, price, rest string) string {
	return order + "," + at + "," + sku + "," + quantity + "," + price + ",CNY,Li," + "1 Road," + rest + "\n"
}

func TestRowsOfOneOrderBelongTogetherWhereverTheyStand(t *testing.T) {
	docs, rows, rejected, err := read(t, header+row("A", "x", "1", "2.50", ",5,1,,red")+row("B", "y", "2", "1", "")+
		"A,2026-03-01T01:30:00Z,z,3,1,cny,,,,5.00,1,,\n")
	if err != nil || rows != 3 || len(docs) != 2 || len(rejected) != 0 {
		t.Fatalf("%d %v %v %v", rows, docs, rejected, err)
	}
	a := docs[0]
	total, err := a.Amounts()
	if a.OrderNo != "A" || a.Channel != "web" || a.Shop != "main" || len(a.Lines) != 2 || a.Lines[1].LineNo != 2 || !*a.MaySplit ||
		string(a.Lines[0].Extra["Gift Wrap"]) != `"red"` || a.Lines[1].Extra != nil || total.Total != 250+300+500 || err != nil {
		t.Errorf("%+v %+v %v", a, total, err)
	}
}

func TestOneBadRowKeepsItsOrderOutAndNoOther(t *testing.T) {
	good := row("B", "y", "2", "1", "")
	tests := map[string]struct {
		text string
		want []string
	}{
		"quantity":           {row("A", "x", "1", "1", "") + good + row("A", "x", "0", "1", ""), []string{"2 order_no intake.order_incomplete", "4 quantity intake.quantity"}},
		"quantity empty":     {row("A", "x", "", "1", "") + good, []string{"2 quantity intake.required"}},
		"quantity no number": {row("A", "x", "two", "1", "") + good, []string{"2 quantity sheet.not_integer"}},
		"price empty":        {row("A", "x", "1", "", "") + good, []string{"2 unit_price intake.required"}},
		"price decimals":     {row("A", "x", "1", "1.001", "") + good, []string{"2 unit_price intake.amount_decimals"}},
		"price no number":    {row("A", "x", "1", "1e3", "") + good, []string{"2 unit_price sheet.not_decimal"}},
		"no SKU":             {good + row("A", "", "1", "1", ""), []string{"3 sku intake.required"}},
		"line number twice":  {row("A", "x", "1", "1", "1") + row("A", "x", "1", "1", "1") + good, []string{"2 order_no intake.order_incomplete", "3 line_no intake.line_duplicate"}},
		"fee differs":        {row("A", "x", "1", "1", ",5") + good + row("A", "x", "1", "1", ",6"), []string{"2 order_no intake.order_incomplete", "4 shipping_fee intake.value_conflict"}},
		"split differs":      {row("A", "x", "1", "1", ",,1") + good + row("A", "x", "1", "1", ",,0"), []string{"2 order_no intake.order_incomplete", "4 may_split intake.value_conflict"}},
		"split is odd":       {row("A", "x", "1", "1", ",,maybe") + good, []string{"2 may_split sheet.not_boolean"}},
		"time on row 4":      {"A,,x,1,1,CNY,Li,R\n" + good + "A,yesterday,x,1,1,CNY,,\n", []string{"2 order_no intake.order_incomplete", "4 placed_at intake.time"}},
		"no address":         {"A," + at + ",x,1,1,CNY,Li,\n" + good + "A," + at + ",x,1,1,CNY,Li,\n", []string{"2 address intake.required", "4 order_no intake.order_incomplete"}},
		"two mistakes":       {row("A", "", "-1", "1", "") + good, []string{"2 sku intake.required", "2 quantity intake.quantity"}},
		"torn row":           {row("A", "x", "1", "1", "") + "A,\"x\"y,1\n" + good, []string{"2 order_no intake.order_incomplete", "3  sheet.quote"}},
		"too many cells":     {row("A", "x", "1", "1", ",,,,,,,,z") + good + row("A", "x", "1", "1", ""), []string{"2  sheet.cells_too_many", "4 order_no intake.order_incomplete"}},
		"broken bytes":       {row("A", "\xff", "1", "1", "") + good, []string{"2 sku sheet.encoding"}},
	}
	for name, tt := range tests {
		docs, rows, rejected, err := read(t, header+tt.text)
		if err != nil || len(docs) != 1 || docs[0].OrderNo != "B" || rows != strings.Count(tt.text, "\n") || !slices.Equal(rejected, tt.want) {
			t.Errorf("%s: %d rows, %d orders, %v\n got %q\nwant %q", name, rows, len(docs), err, rejected, tt.want)
		}
	}
}

func TestARowOfNoOrderIsRefusedAlone(t *testing.T) {
	docs, rows, rejected, err := read(t, header+row("A", "x", "1", "1", "")+row("", "x", "1", "1", "")+row("B", "y", "2", "1", ""))
	if err != nil || len(docs) != 2 || rows != 3 || !slices.Equal(rejected, []string{"3 order_no intake.required"}) {
		t.Errorf("%d orders, %d rows, %q, %v", len(docs), rows, rejected, err)
	}
}

func TestAFileWithoutItsColumnsIsRefusedWhole(t *testing.T) {
	_, _, _, err := read(t, "order_no,sku,price\n")
	f, _ := fault.As(err)
	if fault.Code(err) != "sheet.columns_missing" || fmt.Sprint(f.Params["columns"]) != "[placed_at quantity unit_price currency recipient_name address]" {
		t.Error(err)
	}
}

func TestTheOrderOfRowsDoesNotChangeNumberedOrders(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var lines []string
		for o := range rapid.IntRange(1, 5).Draw(rt, "orders") {
			for l := range rapid.IntRange(1, 4).Draw(rt, "lines") {
				quantity := rapid.IntRange(0, 3).Draw(rt, "quantity")
				lines = append(lines, row(fmt.Sprint("O", o), "x", fmt.Sprint(quantity), "1.5", fmt.Sprint(l+1)))
			}
		}
		first, _, refused, err := read(t, header+strings.Join(lines, ""))
		if err != nil {
			rt.Fatal(err)
		}
		shuffled := rapid.Permutation(lines).Draw(rt, "shuffled")
		second, _, refusedToo, err := read(t, header+strings.Join(shuffled, ""))
		if err != nil || !slices.Equal(hashes(first), hashes(second)) || len(refused) != len(refusedToo) {
			rt.Fatalf("%v\n%v\n%v", refused, refusedToo, err)
		}
		kept := 0
		for _, d := range first {
			kept += len(d.Lines)
		}
		if kept+len(refused) != len(lines) {
			rt.Fatalf("%d lines in orders and %d refused of %d", kept, len(refused), len(lines))
		}
	})
}

func hashes(docs []intake.Document) []string {
	var out []string
	for _, d := range docs {
		out = append(out, d.Hash())
	}
	slices.Sort(out)
	return out
}

func TestTheMarketplaceSampleGoesInWhole(t *testing.T) {
	const path = "../../shared/data/orders/olist_orders.csv"
	if _, err := os.Stat(path); err != nil {
		t.Skip("the order sample lies outside the repository and is not here: " + path)
	}
	docs, rejected := readSample(t, path, 5287)
	if len(docs) != 5120 || rejected != 0 {
		t.Fatalf("%d orders, %d refused", len(docs), rejected)
	}
	copied := filepath.Join(t.TempDir(), "copy.xlsx")
	rewrite(t, path, copied)
	again, _ := readSample(t, copied, 5287)
	if !slices.Equal(hashes(docs), hashes(again)) {
		t.Error("the same orders have another content as XLSX")
	}
}

func readSample(t *testing.T, path string, wantRows int) ([]intake.Document, int) {
	t.Helper()
	r, err := sheet.OpenFile(path, sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	docs, rows, rejected, err := intake.ReadFile(r, "olist", "")
	if err != nil || rows != wantRows {
		t.Fatalf("%d rows, %v", rows, err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return docs, len(rejected)
}

func rewrite(t *testing.T, from, to string) {
	t.Helper()
	r, err := sheet.OpenFile(from, sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	w, err := sheet.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	names := r.Header()
	if err := w.Write(names); err != nil {
		t.Fatal(err)
	}
	for row, err := r.Next(); err == nil; row, err = r.Next() {
		cells := make([]string, len(names))
		for i, n := range names {
			cells[i] = row.Get(n)
		}
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func FuzzReadFile(f *testing.F) {
	f.Add([]byte(header + row("A", "x", "1", "2.50", ",5,1,,red") + row("A", "y", "1", "x", "")))
	f.Add([]byte(header + "A,\"x\"y\n" + row("", "x", "1", "1", "") + row("B", "x", "1", "1", ",5") + row("B", "x", "1", "1", ",6")))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := sheet.Open("fuzz", bytes.NewReader(text), int64(len(text)), sheet.DefaultLimits())
		if err != nil {
			return
		}
		docs, rows, rejected, err := intake.ReadFile(r, "web", "")
		if err != nil {
			return
		}
		listed := map[int]bool{}
		for _, x := range rejected {
			if x.Row < 2 || x.Code == "" || x.Message == "" {
				t.Fatalf("%+v", x)
			}
			listed[x.Row] = true
		}
		kept := 0
		for _, d := range docs {
			if err := d.Validate(); err != nil {
				t.Fatalf("%+v: %v", d, err)
			}
			kept += len(d.Lines)
		}
		if kept+len(listed) != rows {
			t.Fatalf("%d lines kept, %d rows listed, %d rows", kept, len(listed), rows)
		}
	})
}
