package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
)

// Self is the owner of the company's own goods.
const Self = "self"

// SKU is one kind of goods that is counted by itself.
type SKU struct {
	ID            int64
	Owner         string // 货主; unique together with Code
	Code          string
	Title         string
	WeightG       int64 // grams; 0 = unknown, as for the sizes
	LengthMM      int64
	WidthMM       int64
	HeightMM      int64
	Fragile       bool
	ThisSideUp    bool
	Liquid        bool
	Battery       bool
	Cost          int64 // minor units of the company's currency
	Price         int64
	ShelfLifeDays int64 // 0 = does not expire
}

// Entry is a SKU with all the bar codes it is scanned under.
type Entry struct {
	SKU      SKU
	Barcodes []Barcode
}

// What one SKU may hold at most. The heaviest parcel of any carrier weighs far less.
const (
	maxCode     = 100
	maxTitle    = 500
	maxOwner    = 100
	maxWeightG  = 10_000_000
	maxSizeMM   = 100_000
	maxShelf    = 36_500
	maxBarcodes = 100
)

// key is what a SKU is known by in files: its owner and its code.
type key struct{ owner, code string }

func (s SKU) key() key { return key{s.Owner, s.Code} }

// validate finds every mistake of an entry that came from outside, and puts its bar codes in order.
func (e *Entry) validate() *fault.Fault {
	s := e.SKU
	mistakes := []*fault.Fault{
		name("sku", s.Code, maxCode), name("owner", s.Owner, maxOwner), length("title", s.Title, maxTitle),
		within("weight_g", s.WeightG, maxWeightG), within("length_mm", s.LengthMM, maxSizeMM), within("width_mm", s.WidthMM, maxSizeMM),
		within("height_mm", s.HeightMM, maxSizeMM), within("shelf_life_days", s.ShelfLifeDays, maxShelf),
		within("cost", s.Cost, money.MaxMinor), within("price", s.Price, money.MaxMinor),
	}
	var f *fault.Fault
	e.Barcodes, f = tidy(e.Barcodes)
	return fault.Join(append(mistakes, f)...)
}

// name checks a code that people type, print and scan.
func name(field, text string, most int) *fault.Fault {
	if text == "" || text != strings.TrimSpace(text) || strings.ContainsFunc(text, unicode.IsControl) {
		return fault.Invalidf(field, "catalog.name", "%q cannot be a code: it must be filled in, on one line, without space around it", text).With("value", text)
	}
	return length(field, text, most)
}

func length(field, text string, most int) *fault.Fault {
	if utf8.RuneCountInString(text) > most {
		return fault.Invalidf(field, "catalog.too_long", "%s has more than %d characters", field, most).With("field", field).With("max", most)
	}
	return nil
}

func within(field string, n, most int64) *fault.Fault {
	if n < 0 || n > most {
		return fault.Invalidf(field, "catalog.out_of_range", "%d is not between 0 and %d", n, most).With("value", n).With("max", most)
	}
	return nil
}
