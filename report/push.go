package report

import (
	"context"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// pushPage is how many SKUs a shop is told of in one call.
const pushPage = 200

// marked is a SKU that a shop is to be told of.
type marked struct{ sku, mark int64 }

// push tells a shop what it may sell of every marked SKU, page by page. The quantities are read when they are sent, and
// are absolute: one that was sent and not written down is sent again. A SKU that the shop refuses is noted with the reason
// and not sent again before it changes.
func (s *Service) push(ctx context.Context, a *intake.Account, c intake.StockTaker) error {
	for ctx.Err() == nil {
		page, levels, err := s.levels(ctx, a)
		if err != nil || len(page) == 0 {
			return err
		}
		results := make([]error, len(levels))
		if len(levels) > 0 {
			if results, err = c.TakeStock(ctx, levels); err != nil {
				return err
			}
		}
		if err := s.told(ctx, a, page, levels, results); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// levels reads a page of marked SKUs and how many of each may be sold. A SKU whose code means another one is left out.
func (s *Service) levels(ctx context.Context, a *intake.Account) (page []marked, levels []intake.StockLevel, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		all, err := db.All(tx.Query(selMarked, a.ID, pushPage), func(r *db.Rows) (m marked) { r.Scan(&m.sku, &m.mark); return m })
		if err != nil {
			return err
		}
		ids := make([]int64, len(all))
		for i, m := range all {
			ids[i] = m.sku
		}
		codes, err := codesOf(tx, ids)
		if err != nil {
			return err
		}
		numbers, err := offers(tx, a.Name, ids)
		page, levels = nil, nil
		var nameless []marked
		for _, m := range all {
			if codes[m.sku] == "" {
				nameless = append(nameless, m)
				continue
			}
			page = append(page, m)
			levels = append(levels, intake.StockLevel{SKU: codes[m.sku], Quantity: numbers[m.sku]})
		}
		page = append(page, nameless...) // behind those with a level
		return err
	})
	return page, levels, err
}

// codesOf gives the code by which a shop means each SKU.
func codesOf(tx *db.Tx, ids []int64) (map[int64]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := catalog.ByIDs(tx, ids)
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, sku := range found {
		codes = append(codes, sku.Code)
	}
	meant, err := catalog.ByCodes(tx, codes)
	out := make(map[int64]string, len(meant))
	for code, sku := range meant {
		out[sku.ID] = code
	}
	return out, err
}

// told writes down what the shop was told. What changed meanwhile stays marked.
func (s *Service) told(ctx context.Context, a *intake.Account, page []marked, levels []intake.StockLevel, results []error) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		for i, m := range page {
			quantity, code := int64(-1), ""
			if i < len(levels) {
				quantity = levels[i].Quantity
			}
			if i < len(results) && results[i] != nil {
				if code = fault.Code(results[i]); code == "" {
					code = intake.ErrRefused.Code
				}
			}
			tx.Put(toldSKU, a.ID, m.sku, m.mark, quantity, tx.Micros(), code)
		}
		return nil
	})
}
