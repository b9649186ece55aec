package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

// workbook makes an XLSX as a spreadsheet would, with numbers as numbers.
func workbook(t *testing.T, cells map[string]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for at, v := range cells {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestASpreadsheetOfAPerson(t *testing.T) {
	body := workbook(t, map[string]any{"A1": "SKU", "B1": "price", "C1": "quantity", "D1": "order_no", "A2": "00123", "B2": 19.989999999999998,
		"C2": 3, "D2": 6901234567892, "A5": "late", "B5": 0.0001, "C5": true, "D5": "1.2345678901234567E+18"})
	r, err := sheet.Open("wrong.csv", bytes.NewReader(body), int64(len(body)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	got := rows(t, r)
	if len(got) != 2 || got[0].Number != 2 || got[1].Number != 5 {
		t.Fatalf("%v", got)
	}
	sku, _ := got[0].Text("sku", 20)
	price, _ := got[0].Decimal("price")
	n, _ := got[0].Int("quantity", 1, 9)
	no, f := got[0].Text("order_no", 20)
	if sku != "00123" || price != "19.99" || n != 3 || no != "6901234567892" || f != nil {
		t.Errorf("%s %s %d %s %v", sku, price, n, no, f)
	}
	price, _ = got[1].Decimal("price")
	_, f = got[1].Text("order_no", 30)
	if price != "0.0001" || code(f) != "sheet.digits_lost" {
		t.Errorf("%s %v", price, f)
	}
	if done, total := r.Progress(); done == 0 || total != 5 || done > total {
		t.Errorf("%d of %d", done, total)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestAPriceIsNeverRoundedByItsCellFormat(t *testing.T) {
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 1}) // "0": shows 13
	if err != nil {
		t.Fatal(err)
	}
	for at, v := range map[string]any{"A1": "price", "A2": 12.5} {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellStyle("Sheet1", "A2", "A2", style); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	r, err := sheet.Open("x", bytes.NewReader(out.Bytes()), int64(out.Len()), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if price, f := rows(t, r)[0].Decimal("price"); price != "12.5" || f != nil {
		t.Errorf("%s %v", price, f)
	}
}

// repack rewrites one part of a workbook.
func repack(t *testing.T, body []byte, part string, change func([]byte) []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range in.File {
		from, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if _, err := text.ReadFrom(from); err != nil {
			t.Fatal(err)
		}
		to, err := w.Create(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		content := text.Bytes()
		if p.Name == part {
			content = change(content)
		}
		if _, err := to.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestHostileWorkbooksEndInAFault(t *testing.T) {
	const main = "xl/worksheets/sheet1.xml"
	good := workbook(t, map[string]any{"A1": "sku", "A2": "A", "A3": "B"})
	limits := sheet.DefaultLimits()
	limits.Unzipped = 64 << 20
	zeros := func(n int) func([]byte) []byte {
		return func(b []byte) []byte { return append(b, bytes.Repeat([]byte(" "), n)...) }
	}
	flipped := slices.Clone(repack(t, good, main, zeros(0)))
	flipped[bytes.Index(flipped, []byte(main))+len(main)+12] ^= 0xff
	var noWorkbook bytes.Buffer
	z := zip.NewWriter(&noWorkbook)
	if _, err := z.Create("readme.txt"); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		body []byte
		code string
	}{
		"a bomb by ratio":             {repack(t, good, main, zeros(32<<20)), "sheet.bomb"},
		"a bomb by size":              {repack(t, good, main, zeros(65<<20)), "sheet.bomb"},
		"a bomb in the styles":        {repack(t, good, "xl/styles.xml", zeros(17<<20)), "sheet.bomb"},
		"a sheet torn off":            {repack(t, good, main, func(b []byte) []byte { return b[:bytes.Index(b, []byte(`r="A3"`))] }), "sheet.damaged"},
		"a sheet malformed within":    {repack(t, good, main, func(b []byte) []byte { return bytes.Replace(b, []byte(`<row r="3"`), []byte(`<<row r="3"`), 1) }), "sheet.damaged"},
		"a flipped bit":               {flipped, "sheet.damaged"},
		"a file cut off":              {good[:len(good)-30], "sheet.damaged"},
		"a sheet torn between cells":  {repack(t, good, main, func(b []byte) []byte { return b[:bytes.Index(b, []byte(`<row r="3"`))] }), "sheet.damaged"},
		"a ZIP that is no workbook":   {noWorkbook.Bytes(), "sheet.damaged"},
		"a row beyond the last":       {repack(t, good, main, func(b []byte) []byte { return bytes.Replace(b, []byte(`<row r="3"`), []byte(`<row r="9999999"`), 1) }), "sheet.damaged"},
		"a cell with no such address": {repack(t, good, main, func(b []byte) []byte { return bytes.Replace(b, []byte(`r="A3"`), []byte(`r="ZZZZ3"`), 1) }), "sheet.damaged"},
	} {
		if err := refused(t, string(c.body), limits); fault.Code(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	if err := refused(t, string(good), limits); err != nil {
		t.Error(err)
	}
}

func TestWhatIsWrittenReadsBackUnchanged(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		cell := rapid.OneOf(
			rapid.SampledFrom([]string{"=1+1", "@cmd", "-5", "+8613800000000", "00123", "1E5", "a\"b", "a,b;c\td", "两行\n地址", "_x0041_", "<&>", "TRUE", "1.50", "O'Neil", "\\."}),
			rapid.StringOf(rapid.RuneFrom([]rune("abc 手机,;\"\n\t=é_x𠮷"))),
		)
		width := rapid.IntRange(1, 5).Draw(rt, "columns")
		table := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 0, 8).Draw(rt, "rows")
		path := filepath.Join(dir, "t"+rapid.SampledFrom([]string{".csv", ".xlsx"}).Draw(rt, "ending"))
		header := make([]string, width)
		for i := range header {
			header[i] = fmt.Sprint("c", i)
		}
		w, err := sheet.Create(path)
		if err != nil {
			rt.Fatal(err)
		}
		for _, cells := range append([][]string{header}, table...) {
			if err := w.Write(cells); err != nil {
				rt.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			rt.Fatal(err)
		}
		r, err := sheet.OpenFile(path, sheet.DefaultLimits())
		if err != nil {
			rt.Fatal(err)
		}
		got := rows(t, r)
		var want [][]string
		for _, cells := range table {
			trimmed := make([]string, width)
			for i, c := range cells {
				trimmed[i] = strings.TrimSpace(c)
			}
			if strings.Join(trimmed, "") != "" {
				want = append(want, trimmed)
			}
		}
		if len(got) != len(want) {
			rt.Fatalf("%d rows of %d", len(got), len(want))
		}
		for i, row := range got {
			for c, name := range header {
				if row.Get(name) != want[i][c] || row.Fault() != nil {
					rt.Fatalf("%q became %q (%v)", want[i][c], row.Get(name), row.Fault())
				}
			}
		}
		if err := r.Close(); err != nil {
			rt.Fatal(err)
		}
	})
}

func TestABrokenExportLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	w, err := sheet.Create(filepath.Join(dir, "x.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write([]string{strings.Repeat("x", 32_768)}); fault.Code(err) != "sheet.cell_too_long" {
		t.Errorf("a cell Excel would cut off: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := sheet.Create(filepath.Join(dir, "x.pdf")); fault.Code(err) != "sheet.format" {
		t.Errorf("ending: %v", err)
	}
}
