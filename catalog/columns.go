package catalog

import (
	"cmp"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/sheet"
)

// skuHeader lists the columns of the catalogue file, in the order in which it is written.
var skuHeader = []string{"sku", "title", "barcodes", "weight_g", "length_mm", "width_mm", "height_mm",
	"fragile", "this_side_up", "liquid", "battery", "owner", "cost", "price", "shelf_life_days"}

var skuFile = sheet.Columns{Required: skuHeader[:1], Optional: skuHeader[1:], Alias: map[string]string{"barcode": "barcodes"}}

// given says which columns a file has. What it does not speak of stays as it is stored.
type given func(column string) bool

func everything(string) bool { return true }

func columnsOf(r *sheet.Reader, c sheet.Columns) given {
	var names []string
	for _, n := range r.Header() {
		n = strings.ToLower(n)
		names = append(names, cmp.Or(c.Alias[n], n))
	}
	return func(column string) bool { return slices.Contains(names, column) }
}

// over fills what the file does not speak of from the stored entry.
func (has given) over(stored, want Entry) Entry {
	w, s := &want.SKU, stored.SKU
	w.ID = s.ID
	keep(has("title"), &w.Title, s.Title)
	keep(has("weight_g"), &w.WeightG, s.WeightG)
	keep(has("length_mm"), &w.LengthMM, s.LengthMM)
	keep(has("width_mm"), &w.WidthMM, s.WidthMM)
	keep(has("height_mm"), &w.HeightMM, s.HeightMM)
	keep(has("fragile"), &w.Fragile, s.Fragile)
	keep(has("this_side_up"), &w.ThisSideUp, s.ThisSideUp)
	keep(has("liquid"), &w.Liquid, s.Liquid)
	keep(has("battery"), &w.Battery, s.Battery)
	keep(has("cost"), &w.Cost, s.Cost)
	keep(has("price"), &w.Price, s.Price)
	keep(has("shelf_life_days"), &w.ShelfLifeDays, s.ShelfLifeDays)
	keep(has("barcodes"), &want.Barcodes, stored.Barcodes)
	return want
}

func keep[T any](said bool, want *T, stored T) {
	if !said {
		*want = stored
	}
}

// entryOf reads one row of the catalogue file.
func entryOf(r sheet.Row, currency string) (Entry, *fault.Fault) {
	if f := r.Fault(); f != nil {
		return Entry{}, f
	}
	c := cells{row: r, currency: currency}
	c.note(r.Require("sku"))
	e := Entry{SKU: SKU{
		Code: c.text("sku", maxCode), Title: c.text("title", maxTitle), Owner: cmp.Or(c.text("owner", maxOwner), Self),
		WeightG: c.count("weight_g", maxWeightG), LengthMM: c.count("length_mm", maxSizeMM),
		WidthMM: c.count("width_mm", maxSizeMM), HeightMM: c.count("height_mm", maxSizeMM),
		Fragile: c.flag("fragile"), ThisSideUp: c.flag("this_side_up"), Liquid: c.flag("liquid"), Battery: c.flag("battery"),
		Cost: c.amount("cost"), Price: c.amount("price"), ShelfLifeDays: c.count("shelf_life_days", maxShelf),
	}}
	var f *fault.Fault
	e.Barcodes, f = ParseBarcodes(c.text("barcodes", maxBarcodes*(maxBarcode+8)))
	c.note(f)
	if c.mistakes == nil {
		c.note(e.validate())
	}
	return e, fault.Join(c.mistakes...)
}

// cells reads the typed cells of a row and gathers the mistakes.
type cells struct {
	row      sheet.Row
	currency string
	mistakes []*fault.Fault
}

func (c *cells) note(f *fault.Fault) {
	if f != nil {
		c.mistakes = append(c.mistakes, f)
	}
}

func (c *cells) text(column string, most int) string {
	v, f := c.row.Text(column, most)
	c.note(f)
	return v
}

func (c *cells) count(column string, most int64) int64 {
	v, f := c.row.Int(column, 0, most)
	c.note(f)
	return v
}

func (c *cells) flag(column string) bool {
	v, f := c.row.Bool(column)
	c.note(f)
	return v
}

func (c *cells) amount(column string) int64 {
	text, f := c.row.Decimal(column)
	if f != nil || text == "" {
		c.note(f)
		return 0
	}
	minor, err := money.Parse(text, c.currency)
	if err != nil || minor < 0 {
		c.note(fault.Invalidf(column, "catalog.amount", "%q is not an amount of %s, zero or more, with at most %d decimals", text, c.currency, money.Exponent(c.currency)).
			With("value", text).With("currency", c.currency).With("decimals", money.Exponent(c.currency)))
	}
	return minor
}
