package catalog

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/sheet"
)

// ExportSKUs writes the catalogue file that ImportSKUs reads back without a change, by code and owner. The
// caller closes w.
func (s *Service) ExportSKUs(ctx context.Context, w *sheet.Writer) error {
	if err := w.Write(skuHeader); err != nil {
		return err
	}
	return s.db.View(ctx, func(tx *db.Tx) error {
		for after := (Place{}); ; {
			page, err := list(tx, Filter{}, after, chunk)
			if err != nil {
				return err
			}
			for _, e := range page {
				if err := w.Write(s.cellsOf(e)); err != nil {
					return err
				}
				after = e.place()
			}
			if len(page) < chunk {
				return nil
			}
		}
	})
}

func (s *Service) cellsOf(e Entry) []string {
	k := e.SKU
	amount := func(minor int64) string { return money.Format(minor, s.currency) }
	return []string{k.Code, k.Title, FormatBarcodes(e.Barcodes), number(k.WeightG), number(k.LengthMM), number(k.WidthMM), number(k.HeightMM),
		flag(k.Fragile), flag(k.ThisSideUp), flag(k.Liquid), flag(k.Battery), k.Owner, amount(k.Cost), amount(k.Price), number(k.ShelfLifeDays)}
}

// number leaves unknown things empty.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

var selAllBundles = db.NewSQL(`SELECT b.code, b.owner, c.code, c.owner, r.quantity, r.valid_from, r.valid_to FROM catalog_bundle r
  JOIN catalog_sku b ON b.id = r.bundle_id JOIN catalog_sku c ON c.id = r.component_id`)

// exported is a recipe line as the file names it.
type exported struct {
	recipeRow
	componentOwner string
}

// ExportBundles writes the bundle file that ImportBundles reads back without a change, by bundle, component and
// moment. The caller closes w.
func (s *Service) ExportBundles(ctx context.Context, w *sheet.Writer) error {
	var lines []exported
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		lines, err = db.All(tx.Query(selAllBundles), func(r *db.Rows) (e exported) {
			r.Scan(&e.bundle, &e.owner, &e.component, &e.componentOwner, &e.quantity, &e.from, &e.to)
			return e
		})
		return err
	})
	if err != nil {
		return err
	}
	slices.SortFunc(lines, func(a, b exported) int {
		return cmp.Or(cmp.Compare(a.bundle, b.bundle), cmp.Compare(a.owner, b.owner), cmp.Compare(a.component, b.component), cmp.Compare(a.from, b.from))
	})
	if err := w.Write(bundleHeader); err != nil {
		return err
	}
	for _, l := range lines {
		if err := w.Write([]string{l.bundle, l.component, number(l.quantity), stamp(l.from), stamp(l.to), l.said()}); err != nil {
			return err
		}
	}
	return nil
}

// said is the owner as the file says it: only where both SKUs are his. A bundle over the goods of several
// owners is found again by its codes alone.
func (e exported) said() string {
	if e.owner == e.componentOwner {
		return e.owner
	}
	return ""
}
