package inventory

import (
	"context"
	"strconv"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/warehouse"
)

var stockHeader = []string{"warehouse", "location", "sku", "quality", "lot", "expires_on", "quantity", "owner"}

var selLoads = db.NewSQL(`SELECT location_id, sku_id, lot, quality, on_hand FROM inventory_stock WHERE container = 0 AND on_hand > 0
	  AND (location_id, sku_id, lot, quality) > ($1, $2, $3, $4) ORDER BY location_id, sku_id, lot, quality LIMIT $5`)

// ExportStock writes the stock file that ImportStock reads back without a change. The caller closes w.
func (s *Service) ExportStock(ctx context.Context, w *sheet.Writer) error {
	if err := w.Write(stockHeader); err != nil {
		return err
	}
	return s.db.View(ctx, func(tx *db.Tx) error {
		nodes, err := warehouse.Nodes(tx)
		if err != nil {
			return err
		}
		names := map[int64]string{}
		for _, n := range nodes {
			names[n.ID] = n.Code
		}
		return eachStock(tx, func(page []stockRow) error { return writeStock(tx, w, names, page) })
	})
}

// eachStock hands out the loose stock in pages.
func eachStock(tx *db.Tx, do func([]stockRow) error) error {
	var after stockRow
	for {
		page, err := db.All(tx.Query(selLoads, after.locationID, after.skuID, after.lot, after.quality, 2000), func(r *db.Rows) (w stockRow) {
			r.Scan(&w.locationID, &w.skuID, &w.lot, &w.quality, &w.quantity)
			return w
		})
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1]
		if err := do(page); err != nil {
			return err
		}
	}
}

func writeStock(tx *db.Tx, w *sheet.Writer, nodes map[int64]string, page []stockRow) error {
	var at, skus []int64
	for _, r := range page {
		at, skus = append(at, r.locationID), append(skus, r.skuID)
	}
	locations, err := warehouse.LocationsByIDs(tx, at)
	if err != nil {
		return err
	}
	codes, err := catalog.ByIDs(tx, skus)
	if err != nil {
		return err
	}
	lots, err := lotDates(tx, skus)
	if err != nil {
		return err
	}
	for _, r := range page {
		l := locations[r.locationID]
		err := w.Write([]string{nodes[l.NodeID], l.Code, codes[r.skuID].Code, r.quality, r.lot,
			lots[lotKey{r.skuID, r.lot}], strconv.FormatInt(r.quantity, 10), codes[r.skuID].Owner})
		if err != nil {
			return err
		}
	}
	return nil
}
