package report

import (
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// offers is how many of some SKUs a channel may sell: what can be promised, less what orders will take that hold no promise yet,
// after the channel's buffers. Of a bundle it is as many as its parts make.
func offers(tx *db.Tx, channel string, skus []int64) (map[int64]int64, error) {
	recipes, err := catalog.Bundles(tx, skus, tx.Now())
	if err != nil {
		return nil, err
	}
	ask := slices.Clone(skus)
	for _, parts := range recipes {
		for _, c := range parts {
			ask = append(ask, c.SKU)
		}
	}
	ask = id.Distinct(ask)
	taken, err := openDemand(tx, ask)
	if err != nil {
		return nil, err
	}
	list, err := inventory.OffersLess(tx, channel, ask, taken)
	out := make(map[int64]int64, len(list))
	for _, o := range list {
		out[o.SKU] = o.Offered
	}
	for sku, parts := range recipes {
		whole := int64(-1)
		for _, c := range parts {
			if n := out[c.SKU] / c.Quantity; whole < 0 || n < whole {
				whole = n
			}
		}
		out[sku] = max(whole, 0)
	}
	return out, err
}

// openDemand is what orders will take of some SKUs, in pieces: those in review and those that wait for a node, and back-orders.
func openDemand(tx *db.Tx, skus []int64) (map[int64]int64, error) {
	open, err := order.Unpromised(tx)
	if err != nil {
		return nil, err
	}
	ordered := make([]int64, len(open))
	for i, d := range open {
		ordered[i] = d.SKU
	}
	recipes, err := catalog.Bundles(tx, ordered, tx.Now())
	if err != nil {
		return nil, err
	}
	taken := map[int64]int64{}
	for _, d := range open {
		if len(recipes[d.SKU]) == 0 {
			taken[d.SKU] += d.Quantity
		}
		for _, c := range recipes[d.SKU] {
			taken[c.SKU] += d.Quantity * c.Quantity
		}
	}
	owed, err := order.OwedOf(tx, skus)
	for _, d := range owed {
		taken[d.SKU] += d.Quantity
	}
	return taken, err
}
