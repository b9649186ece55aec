package catalog

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestBarcodesReadBackAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.OneOf(rapid.StringMatching(`[0-9]{5,14}`), rapid.StringMatching(`[A-Z0-9./+-]{1,12}`))
		var list []Barcode
		for range rapid.IntRange(0, 6).Draw(t, "n") {
			list = append(list, Barcode{Code: code.Draw(t, "code"), Factor: rapid.Int64Range(1, 48).Draw(t, "factor")})
		}
		tidied, f := tidy(list)
		if f != nil {
			t.Skip("one code with two factors")
		}
		read, f := ParseBarcodes(FormatBarcodes(tidied))
		if f != nil || !slices.Equal(read, tidied) {
			t.Fatalf("%q read back as %+v, %v", FormatBarcodes(tidied), read, f)
		}
	})
}

func TestAllSpellingsOfANumberAreOneNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`0{0,4}[0-9]{1,14}`).Draw(t, "code")
		forms := spellings(code)
		if forms[0] != code {
			t.Fatalf("%q is not tried as it is first: %v", code, forms)
		}
		for _, form := range forms[1:] {
			if len(form) >= 7 && canonical(form) != canonical(code) {
				t.Fatalf("%q and %q are two numbers: %q, %q", code, form, canonical(code), canonical(form))
			}
		}
	})
}

// FuzzBarcodes holds that whatever is accepted can be written, read and scanned again.
func FuzzBarcodes(f *testing.F) {
	for _, seed := range []string{"", "6901234567892|16901234567899*12", "a*b", "x*0", "|||", "x*-1", "饭碗*2", "x * 3", "*", "06901234567892|6901234567892", "x*99999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		list, bad := ParseBarcodes(cell)
		if bad != nil {
			return
		}
		seen := map[string]bool{}
		for _, b := range list {
			if b.Factor < 1 || b.Code == "" || seen[canonical(b.Code)] {
				t.Fatalf("%q gave %+v", cell, list)
			}
			seen[canonical(b.Code)] = true
		}
		again, bad := ParseBarcodes(FormatBarcodes(list))
		if bad != nil || !slices.Equal(again, list) {
			t.Fatalf("%q was written as %q and read back as %+v, %v", cell, FormatBarcodes(list), again, bad)
		}
	})
}
