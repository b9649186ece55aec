package seed

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/packhorse/packhorse/internal/money"
)

// BundlePart is one row of the bundle import: a component of a bundle.
type BundlePart struct {
	Bundle    string `json:"bundle_sku"`
	Component string `json:"component_sku"`
	Quantity  int    `json:"quantity"`
	ValidFrom string `json:"valid_from"`
	ValidTo   string `json:"valid_to"`
}

const bundleCount = 30

// makeBundles joins two or three SKUs of one category, every fifth bundle several units of one SKU. A bundle sells at
// an eighth below the sum of its parts.
func makeBundles(r *rand.Rand, catalog []Good) (goods []Good, parts []BundlePart) {
	for i := 1; i <= bundleCount; i++ {
		sku := fmt.Sprintf("ZH%05d", i)
		first := one(r, catalog)
		same := slices.DeleteFunc(slices.Clone(catalog), func(g Good) bool { return g.SKU[:2] != first.SKU[:2] })
		r.Shuffle(len(same), func(a, b int) { same[a], same[b] = same[b], same[a] })
		chosen, quantity := same[:between(r, 2, 3)], 1
		if i%5 == 0 {
			chosen, quantity = same[:1], between(r, 2, 4)
		}
		for _, g := range chosen {
			parts = append(parts, BundlePart{Bundle: sku, Component: g.SKU, Quantity: quantity})
		}
		goods = append(goods, bundleGood(sku, chosen, quantity))
	}
	return goods, parts
}

// bundleGood is the catalogue's entry of a bundle. It has no size of its own: its parts are packed, not the bundle.
func bundleGood(sku string, chosen []Good, quantity int) Good {
	g := Good{SKU: sku, Title: "组合装 " + chosen[0].Title, Owner: "self"}
	for _, part := range chosen {
		g.WeightG += part.WeightG * quantity
		g.priceFen += part.priceFen * int64(quantity)
	}
	g.priceFen = g.priceFen * 7 / 8
	g.Cost, g.Price = money.Format(g.priceFen*11/20, "CNY"), money.Format(g.priceFen, "CNY")
	return g
}

// Bundles are the parts of the 30 bundles, without end of validity. The slice is the caller's.
func (c *Company) Bundles() []BundlePart { return slices.Clone(c.bundles) }
