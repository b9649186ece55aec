package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/gs1"
)

// Barcode is what a scanner reads, the SKU it stands for, and how many pieces of it.
type Barcode struct {
	Code   string
	SKU    int64
	Factor int64 // pieces in one scan: 1 on the piece itself, 12 on a carton of a dozen
}

const (
	maxBarcode = 90 // what GS1-128 and DataMatrix labels hold in one element
	maxFactor  = 1_000_000
)

// ParseBarcodes reads a cell of bar codes: "6901234567892|16901234567899*12" is the piece and a carton of 12.
// The answer is in the order in which FormatBarcodes writes it. Faults: barcode_factor, barcode_form,
// barcode_twice, barcodes_too_many, all of the area catalog.
func ParseBarcodes(cell string) ([]Barcode, *fault.Fault) {
	var list []Barcode
	for part := range strings.SplitSeq(cell, "|") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		b := Barcode{Code: part, Factor: 1}
		if star := strings.LastIndexByte(part, '*'); star >= 0 {
			factor, err := strconv.ParseInt(strings.TrimSpace(part[star+1:]), 10, 64)
			if err != nil {
				return nil, badFactor(part)
			}
			b.Code, b.Factor = strings.TrimSpace(part[:star]), factor
		}
		list = append(list, b)
	}
	return tidy(list)
}

// FormatBarcodes writes what ParseBarcodes reads.
func FormatBarcodes(list []Barcode) string {
	var b strings.Builder
	for i, c := range list {
		if i > 0 {
			b.WriteByte('|')
		}
		b.WriteString(c.Code)
		if c.Factor != 1 {
			b.WriteByte('*')
			b.WriteString(strconv.FormatInt(c.Factor, 10))
		}
	}
	return b.String()
}

// tidy checks the bar codes of one SKU and puts them in order: pieces before packs, then by code. A
// code listed twice with the same factor counts once, an EAN-13 and its GTIN-14 form are the same code.
func tidy(list []Barcode) ([]Barcode, *fault.Fault) {
	if len(list) > maxBarcodes {
		return nil, fault.Invalidf("barcodes", "catalog.barcodes_too_many", "one SKU may have at most %d bar codes, not %d", maxBarcodes, len(list)).
			With("max", maxBarcodes).With("have", len(list))
	}
	list = slices.Clone(list)
	sortBarcodes(list)
	factors := make(map[string]int64, len(list))
	kept := list[:0]
	for _, b := range list {
		if f := b.check(); f != nil {
			return nil, f
		}
		switch had, twice := factors[canonical(b.Code)]; {
		case !twice:
			factors[canonical(b.Code)] = b.Factor
			kept = append(kept, b)
		case had != b.Factor:
			return nil, fault.Invalidf("barcodes", "catalog.barcode_twice", "%s stands for %d pieces and for %d; one code has one factor", b.Code, had, b.Factor).
				With("barcode", b.Code).With("first", had).With("second", b.Factor)
		}
	}
	return kept, nil
}

func sortBarcodes(list []Barcode) {
	slices.SortFunc(list, func(a, b Barcode) int {
		return cmp.Or(cmp.Compare(a.Factor, b.Factor), cmp.Compare(a.Code, b.Code))
	})
}

func (b Barcode) check() *fault.Fault {
	bad := func(r rune) bool { return r == '*' || r == '|' || unicode.IsControl(r) || unicode.IsSpace(r) }
	if b.Code == "" || len(b.Code) > maxBarcode || strings.ContainsFunc(b.Code, bad) {
		return fault.Invalidf("barcodes", "catalog.barcode_form", "%q cannot be a bar code: 1 to %d characters, no space, no * and no |", b.Code, maxBarcode).
			With("barcode", b.Code).With("max", maxBarcode)
	}
	if b.Factor < 1 || b.Factor > maxFactor {
		return badFactor(b.Code + "*" + strconv.FormatInt(b.Factor, 10))
	}
	return nil
}

func badFactor(text string) *fault.Fault {
	return fault.Invalidf("barcodes", "catalog.barcode_factor", "the pack factor of %q must be a whole number from 1 to %d, as in code*12", text, maxFactor).
		With("barcode", text).With("max", maxFactor)
}

// canonical is the form in which codes are compared: a trade item number is the same number whether it
// is written with 8, 12, 13 or 14 digits (GS1 General Specifications, 3.3.2), or has lost its leading
// zeros in a spreadsheet. Only a right check digit makes it one; all other codes are compared as they are.
func canonical(code string) string {
	if len(code) < 7 || len(code) > 14 || strings.Trim(code, "0123456789") != "" {
		return code
	}
	if full := strings.Repeat("0", 14-len(code)) + code; gs1.ValidGTIN(full) {
		return full
	}
	return code
}

// spellings lists all the ways in which a code may have been written down, the given one first.
func spellings(code string) []string {
	out := []string{code}
	full := canonical(code)
	if len(full) != 14 || !gs1.ValidGTIN(full) {
		return out
	}
	bare := strings.TrimLeft(full, "0")
	for _, digits := range []int{14, 13, 12, 8, len(bare)} {
		if s := full[14-digits:]; digits >= len(bare) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
