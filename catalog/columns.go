package catalog

import (
	"cmp"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

// skuHeader lists the columns of the catalogue file, in the order in which it is written.
var skuHeader = []string{"sku", "title", "barcodes", "weight_g", "length_mm", "width_mm", "height_mm",
	"fragile", "this_side_up", "liquid", "battery", "owner", "cost", "price", "shelf_life_days"}

var skuFile = sheet.Columns{Required: skuHeader[:1], Optional: skuHeader[1:], Alias: map[string]string{"barcode": "barcodes"}}

// everything is for an entry that is given whole.
func everything(string) bool { return true }

// over fills what the file does not speak of from the stored entry.
func over(has sheet.Given, stored, want Entry) Entry {
	w, s := &want.SKU, stored.SKU
	w.ID = s.ID
	sheet.Keep(has("title"), &w.Title, s.Title)
	sheet.Keep(has("weight_g"), &w.WeightG, s.WeightG)
	sheet.Keep(has("length_mm"), &w.LengthMM, s.LengthMM)
	sheet.Keep(has("width_mm"), &w.WidthMM, s.WidthMM)
	sheet.Keep(has("height_mm"), &w.HeightMM, s.HeightMM)
	sheet.Keep(has("fragile"), &w.Fragile, s.Fragile)
	sheet.Keep(has("this_side_up"), &w.ThisSideUp, s.ThisSideUp)
	sheet.Keep(has("liquid"), &w.Liquid, s.Liquid)
	sheet.Keep(has("battery"), &w.Battery, s.Battery)
	sheet.Keep(has("cost"), &w.Cost, s.Cost)
	sheet.Keep(has("price"), &w.Price, s.Price)
	sheet.Keep(has("shelf_life_days"), &w.ShelfLifeDays, s.ShelfLifeDays)
	sheet.Keep(has("barcodes"), &want.Barcodes, stored.Barcodes)
	return want
}

// entryOf reads one row of the catalogue file.
func entryOf(r sheet.Row, currency string) (Entry, *fault.Fault) {
	if f := r.Fault(); f != nil {
		return Entry{}, f
	}
	c := r.Cells()
	c.Note(r.Require("sku"))
	e := Entry{SKU: SKU{
		Code: c.Text("sku", maxCode), Title: c.Text("title", maxTitle), Owner: cmp.Or(c.Text("owner", maxOwner), Self),
		WeightG: c.Count("weight_g", maxWeightG), LengthMM: c.Count("length_mm", maxSizeMM),
		WidthMM: c.Count("width_mm", maxSizeMM), HeightMM: c.Count("height_mm", maxSizeMM),
		Fragile: c.Flag("fragile"), ThisSideUp: c.Flag("this_side_up"), Liquid: c.Flag("liquid"), Battery: c.Flag("battery"),
		Cost: c.Amount("cost", currency), Price: c.Amount("price", currency), ShelfLifeDays: c.Count("shelf_life_days", maxShelf),
	}}
	var f *fault.Fault
	e.Barcodes, f = ParseBarcodes(c.Text("barcodes", maxBarcodes*(maxBarcode+8)))
	c.Note(f)
	if c.Fault() == nil {
		c.Note(e.validate())
	}
	return e, c.Fault()
}
