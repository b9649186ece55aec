package catalog

import (
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

// maxPieces bounds one recipe line, so that Depth levels multiplied stay far from overflow.
const maxPieces = 10_000

// bundleHeader lists the columns of the bundle file, in the order in which it is written.
var bundleHeader = []string{"bundle_sku", "component_sku", "quantity", "valid_from", "valid_to", "owner"}

var bundleFile = sheet.Columns{Required: bundleHeader[:3], Optional: bundleHeader[3:]}

// recipeRow is a row of the bundle file.
type recipeRow struct {
	number                   int
	bundle, component, owner string
	from                     int64 // 0 = ever since
	terms
}

func recipeOf(r sheet.Row) (recipeRow, *fault.Fault) {
	if f := r.Fault(); f != nil {
		return recipeRow{}, f
	}
	c := r.Cells()
	c.Note(r.Require(bundleHeader[:3]...))
	out := recipeRow{number: r.Number, bundle: c.Text("bundle_sku", maxCode), component: c.Text("component_sku", maxCode),
		owner: c.Text("owner", maxOwner), from: c.Moment("valid_from"), terms: terms{to: c.Moment("valid_to")}}
	quantity, f := r.Int("quantity", 1, maxPieces)
	c.Note(f)
	out.quantity = quantity
	if r.Get("valid_to") != "" && out.to <= max(out.from, 0) {
		c.Note(fault.Invalidf("valid_to", "catalog.valid_to", "valid_to must be later than valid_from, or empty"))
	}
	return out, c.Fault()
}
