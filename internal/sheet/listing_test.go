package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/packhorse/packhorse/internal/sheet"
)

func TestAListForPeopleHoldsNumbersAsNumbersAndNeverAFormula(t *testing.T) {
	var out bytes.Buffer
	l, err := sheet.NewListing(&out, "list.xlsx", []string{"No.", "Total", "Units"})
	if err != nil {
		t.Fatal(err)
	}
	hostile := []string{"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "plain", strings.Repeat("字", 40_000)}
	for i, text := range hostile {
		if err := l.Add([]any{text, sheet.Decimal("-12.50"), int64(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range hostile[:6] {
		cell := fmt.Sprintf("A%d", i+2)
		value, _ := f.GetCellValue("Sheet1", cell)
		formula, _ := f.GetCellFormula("Sheet1", cell)
		kind, _ := f.GetCellType("Sheet1", cell)
		if value != text || formula != "" || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%q became %q, formula %q, type %d", text, value, formula, kind)
		}
	}
	if kind, _ := f.GetCellType("Sheet1", "B2"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("an amount is of type %d", kind)
	}
	if v, _ := f.GetCellValue("Sheet1", "B2"); v != "-12.5" {
		t.Errorf("an amount is %s", v)
	}
	if long, _ := f.GetCellValue("Sheet1", "A8"); !strings.HasSuffix(long, "…") {
		t.Error("a text that is too long is not marked as cut")
	}
}

func TestACSVForPeopleOpensAsTextInASpreadsheet(t *testing.T) {
	var out bytes.Buffer
	l, err := sheet.NewListing(&out, "list.csv", []string{"订单号", "金额"})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"=cmd|' /C calc'!A0", "-1", "A,1"} {
		if err := l.Add([]any{text, sheet.Decimal("-5.00")}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff订单号,金额\r\n'=cmd|' /C calc'!A0,-5.00\r\n'-1,-5.00\r\n\"A,1\",-5.00\r\n"
	if out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}
