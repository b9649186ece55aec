package sheet_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/internal/words"
)

func TestAPersonIsToldAllMistakesOfARowAtOnce(t *testing.T) {
	r := open(t, "code,kg,price,place,open,note\nA1,12,12.50,30.8333333,1,long\n,,,,,x\n\"A\n1\",-1,1.234,90.1,maybe,longer\n")
	defer r.Close()
	if err := r.Expect(sheet.Columns{Optional: []string{"code", "kg", "price", "place", "open", "note"}}); err != nil {
		t.Fatal(err)
	}
	var said []string
	var last *fault.Fault
	for _, row := range rows(t, r) {
		c := row.Cells()
		said = append(said, fmt.Sprint(c.Line("code", 10), c.Count("kg", 100), c.Amount("price", "CNY"), c.Scaled("place", 6, 90, "far"), c.Flag("open"), c.Text("note", 5)))
		c.Note(nil)
		last = c.Fault()
		if row.Number < 4 && last != nil {
			t.Errorf("row %d: %v", row.Number, last)
		}
	}
	if want := fmt.Sprint("A1", 12, 1250, 30_833_333, true, "long"); said[0] != want || sheet.Unscaled(30_833_333, 6) != "30.833333" {
		t.Errorf("read %s, want %s", said[0], want)
	}
	if want := fmt.Sprint("", 0, 0, 0, false, "x"); said[1] != want {
		t.Errorf("empty cells read %q, want %q", said[1], want)
	}
	var got []string
	for _, f := range last.Causes {
		got = append(got, f.Field+" "+f.Code)
	}
	want := []string{"code sheet.line", "kg sheet.out_of_range", "price sheet.amount", "place far", "open sheet.not_boolean", "note sheet.text_too_long"}
	if !slices.Equal(got, want) {
		t.Errorf("mistakes %q, want %q", got, want)
	}
	for _, lang := range words.Languages {
		for _, code := range []string{"sheet.line", "sheet.amount"} {
			if !words.Has(lang, code) {
				t.Errorf("no sentence for %s in %s", code, lang)
			}
		}
	}
}
