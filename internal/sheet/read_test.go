package sheet_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

func open(t *testing.T, body string) *sheet.Reader {
	t.Helper()
	r, err := sheet.Open("test.csv", strings.NewReader(body), int64(len(body)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func refused(t *testing.T, body string, limits sheet.Limits) error {
	t.Helper()
	r, err := sheet.Open("test.csv", strings.NewReader(body), int64(len(body)), limits)
	for err == nil {
		_, err = r.Next()
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func rows(t *testing.T, r *sheet.Reader) []sheet.Row {
	t.Helper()
	var out []sheet.Row
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
}

func gb(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheSameTableInEverySpelling(t *testing.T) {
	const text = "SKU,名称,Quantity\nA1,手机壳,3\n"
	for name, body := range map[string]string{
		"plain": text, "byte order mark": "\ufeff" + text, "GB18030": gb(t, text), "GB18030 with mark": gb(t, "\ufeff"+text),
		"semicolons": strings.ReplaceAll(text, ",", ";"), "tabs": strings.ReplaceAll(text, ",", "\t"),
		"Windows": strings.ReplaceAll(text, "\n", "\r\n"), "no last line end": strings.TrimSpace(text),
		"blank lines and empty rows": "\n,,\n" + strings.ReplaceAll(text, "\n", "\n\n,,,,\n"),
		"spaces":                     " SKU ,名称, quantity\n A1 ,　手机壳,3 ,,\n",
		"rare character":             gb(t, strings.ReplaceAll(text, "手机壳", "手机壳"))} {
		r := open(t, body)
		got := rows(t, r)
		if len(got) != 1 || got[0].Fault() != nil || got[0].Get("sku") != "A1" || got[0].Get("名称") != "手机壳" || got[0].Get("quantity") != "3" {
			t.Errorf("%s: %q %v", name, r.Header(), got)
		}
	}
}

func TestRowsAreNumberedAsAPersonCounts(t *testing.T) {
	r := open(t, "a,b\n1,x\n\n2,\"two\nlines\"\n3,y\n")
	var numbers []int
	for _, row := range rows(t, r) {
		numbers = append(numbers, row.Number)
	}
	if !slices.Equal(numbers, []int{2, 4, 6}) {
		t.Errorf("rows %v, want the line on which each begins", numbers)
	}
}

func TestAFileThatCannotBeReadSaysWhy(t *testing.T) {
	small := sheet.DefaultLimits()
	small.Rows, small.Columns, small.RowBytes, small.Bytes = 2, 3, 200, 1<<20
	for name, c := range map[string]struct{ body, code string }{
		"UTF-16":              {"\xff\xfea\x00,\x00b\x00", "sheet.utf16"},
		"UTF-16 without mark": {"a\x00,\x00b\x00\n\x00", "sheet.utf16"},
		"nothing":             {"", "sheet.empty"},
		"only empty rows":     {"\n,,\n", "sheet.empty"},
		"column twice":        {"sku,SKU\n", "sheet.column_duplicate"},
		"column unnamed":      {"a,,c\n", "sheet.column_unnamed"},
		"columns":             {"a,b,c,d\n", "sheet.columns_too_many"},
		"rows":                {"a\n1\n2\n3\n", "sheet.rows_too_many"},
		"size":                {strings.Repeat("a,b\n", 1<<19), "sheet.too_large"},
		"open quotation mark": {"a\n\"" + strings.Repeat("x\n", 100_000), "sheet.row_too_long"},
		"swallowed rows":      {"a,b\n1,\"x\n2,\"y\n", "sheet.quote"},
		"old Excel":           {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "sheet.old_excel"},
		"torn ZIP":            {"PK\x03\x04....", "sheet.damaged"},
		"broken header":       {"a,\xff\nx,y\n", "sheet.encoding"},
	} {
		if err := refused(t, c.body, small); fault.Code(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

func TestABrokenRowDoesNotStopTheOthers(t *testing.T) {
	limits := sheet.DefaultLimits()
	limits.Cell = 10
	body := "no,名称\n1,好\n2,坏\xff\n3,a\x00b\n4,x,y\n5,a\"b\n6," + strings.Repeat("长", 11) + "\n7\n"
	r, err := sheet.Open("x.csv", strings.NewReader(body), int64(len(body)), limits)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"", "sheet.encoding", "sheet.nul", "sheet.cells_too_many", "sheet.quote", "sheet.cell_too_long", ""}
	got := rows(t, r)
	for i, row := range got {
		if code := code(row.Fault()); code != want[i] || row.Get("no") != fmt.Sprint(i+1) || row.Number != i+2 {
			t.Errorf("row %d: %s, unit %q; want %s", row.Number, code, row.Get("no"), want[i])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d rows", len(got))
	}
}

func code(f *fault.Fault) string {
	if f == nil {
		return ""
	}
	return f.Code
}

func TestOneBrokenByteDoesNotMakeAFileGB18030(t *testing.T) {
	body := "no,名称\n1,\xe6\x89\n2,手机壳和保护膜\n" // 手 cut off after two bytes; what is left decodes as GB18030
	got := rows(t, open(t, body))
	if code(got[0].Fault()) != "sheet.encoding" || got[1].Get("名称") != "手机壳和保护膜" {
		t.Errorf("%v %q", got[0].Fault(), got[1].Get("名称"))
	}
}

func TestColumns(t *testing.T) {
	r := open(t, "Barcode,SKU,Colour,Size\n69,A,red,\n70,B,,\n")
	if err := r.Expect(sheet.Columns{Required: []string{"sku"}, Optional: []string{"barcodes"}, Alias: map[string]string{"barcode": "barcodes"}}); err != nil {
		t.Fatal(err)
	}
	got := rows(t, r)
	if got[0].Get("barcodes") != "69" || got[0].Get("barcode") != "" || got[0].Extra()["Colour"] != "red" || len(got[0].Extra()) != 1 || got[1].Extra() != nil {
		t.Errorf("%v %v", got[0].Extra(), got[1].Extra())
	}
	err := open(t, "a,b\n").Expect(sheet.Columns{Required: []string{"sku", "a", "title"}})
	if f, _ := fault.As(err); fault.Code(err) != "sheet.columns_missing" || fmt.Sprint(f.Params["columns"]) != "[sku title]" {
		t.Errorf("missing columns: %v", err)
	}
	err = open(t, "barcode,barcodes\n").Expect(sheet.Columns{Alias: map[string]string{"barcode": "barcodes"}})
	if fault.Code(err) != "sheet.column_duplicate" {
		t.Errorf("a column and its alias: %v", err)
	}
}

func TestTypedCells(t *testing.T) {
	one := func(cell string) sheet.Row { return rows(t, open(t, "c,x\n\""+cell+"\",1\n"))[0] }
	for cell, want := range map[string]string{"": "0 ", "12": "12 ", "12.0": "12 ", "+7": "7 ", "12.5": "0 sheet.not_integer", "x": "0 sheet.not_integer",
		"101": "0 sheet.out_of_range", "-1": "0 sheet.out_of_range", "99999999999999999999": "0 sheet.out_of_range", "1e2": "0 sheet.not_integer", "1,000": "0 sheet.not_integer"} {
		n, f := one(cell).Int("c", 0, 100)
		if got := fmt.Sprint(n, " ", code(f)); got != want {
			t.Errorf("Int(%q) = %s, want %s", cell, got, want)
		}
	}
	for cell, want := range map[string]string{"1": "true ", "是": "true ", "Yes": "true ", "TRUE": "true ", "0": "false ", "否": "false ", "": "false ", "maybe": "false sheet.not_boolean"} {
		b, f := one(cell).Bool("c")
		if got := fmt.Sprint(b, " ", code(f)); got != want {
			t.Errorf("Bool(%q) = %s, want %s", cell, got, want)
		}
	}
	for cell, want := range map[string]string{"12.50": "12.50 ", ".5": ".5 ", "-3": "-3 ", "": " ", "1,250.00": " sheet.not_decimal", "1e3": " sheet.not_decimal", "¥5": " sheet.not_decimal", ".": " sheet.not_decimal"} {
		d, f := one(cell).Decimal("c")
		if got := d + " " + code(f); got != want {
			t.Errorf("Decimal(%q) = %s, want %s", cell, got, want)
		}
	}
	for cell, want := range map[string]string{"2026-03-01T09:30:00+08:00": "2026-03-01 01:30:00 +0000 UTC ", "2026-03-01 09:30": "0001-01-01 00:00:00 +0000 UTC sheet.not_time", "": "0001-01-01 00:00:00 +0000 UTC "} {
		when, f := one(cell).Time("c")
		if got := fmt.Sprint(when, " ", code(f)); got != want {
			t.Errorf("Time(%q) = %s, want %s", cell, got, want)
		}
	}
	if _, f := one("四个汉字").Text("c", 3); code(f) != "sheet.text_too_long" || f.Field != "c" {
		t.Errorf("Text: %v", f)
	}
	if f := one("").Require("c", "x", "z"); f == nil || len(f.Causes) != 2 {
		t.Errorf("Require: %v", f)
	}
}

func TestProgressEndsAtTheWhole(t *testing.T) {
	body := "a,b\n" + strings.Repeat("1,some text\n", 50_000)
	r := open(t, body)
	var seen []int64
	for range 50_000 {
		if _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
		done, total := r.Progress()
		if total != int64(len(body)) || done > total || len(seen) > 0 && done < seen[len(seen)-1] {
			t.Fatalf("%d of %d", done, total)
		}
		seen = append(seen, done)
	}
	if seen[0] > seen[len(seen)-1]/2 || seen[len(seen)-1] != int64(len(body)) {
		t.Errorf("from %d to %d of %d", seen[0], seen[len(seen)-1], len(body))
	}
}

func TestTheAnswerHasTheShapeOfTheContract(t *testing.T) {
	body, err := json.Marshal(sheet.Answer{Rows: 2, Created: 1})
	if want := `{"rows":2,"created":1,"updated":0,"unchanged":0,"rejected":[]}`; err != nil || string(body) != want {
		t.Errorf("%s, %v", body, err)
	}
	two := fault.Join(fault.Invalidf("sku", "sheet.required", "m").With("column", "sku"), fault.Invalidf("b", "nobody.knows", "as it was"))
	a := sheet.Answer{Rejected: sheet.Reject(3, two)}
	body, err = json.Marshal(&a)
	if want := `{"row":3,"field":"sku","code":"sheet.required","message":"m"},{"row":3`; err != nil || !bytes.Contains(body, []byte(want)) {
		t.Errorf("%s, %v", body, err)
	}
	zh := a.In("zh").Rejected
	if zh[0].Message != "sku 必填" || zh[1].Message != "as it was" || a.Rejected[0].Message != "m" {
		t.Errorf("%v", zh)
	}
}

func FuzzOpen(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\ufeffa;b\n\"x\ny\";2\n", "\xc3\xfb,b\n\xba\xc3,1\n", "a\n\"", "PK\x03\x04", "a\tb\r\n\t\t\t\n", "\xff\xfea"} {
		f.Add([]byte(s))
	}
	limits := sheet.DefaultLimits()
	limits.Rows, limits.RowBytes = 1_000, 1<<16
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := sheet.Open("fuzz", bytes.NewReader(body), int64(len(body)), limits)
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		last := 1
		for {
			row, err := r.Next()
			if err != nil {
				if _, ok := fault.As(err); !ok && !errors.Is(err, io.EOF) {
					t.Fatalf("not a fault: %v", err)
				}
				break
			}
			if row.Number <= last {
				t.Fatalf("row %d after %d", row.Number, last)
			}
			last = row.Number
			for _, name := range r.Header() {
				if v := row.Get(strings.ToLower(name)); row.Fault() == nil && strings.ContainsRune(v, 0) {
					t.Fatalf("NUL in %q", v)
				}
			}
			row.Extra()
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
