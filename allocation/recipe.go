package allocation

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
)

// selRecipes reads recipes whenever they hold: the orders of one step were placed at many moments.
var selRecipes = db.NewSQL(`SELECT bundle_id, component_id, quantity, valid_from, valid_to FROM catalog_bundle WHERE bundle_id = ANY($1)`)

// ingredient is a line of a recipe and when it holds, in microseconds; to = 0 is without end.
type ingredient struct{ sku, quantity, from, to int64 }

// recipes take bundles apart at any moment.
type recipes map[int64][]ingredient

func readRecipes(tx *db.Tx, skus []int64) (recipes, error) {
	all := recipes{}
	for level, ask := 0, skus; level < catalog.Depth && len(ask) > 0; level++ {
		var next []int64
		rows := tx.Query(selRecipes, ask)
		for rows.Next() {
			var bundle int64
			var i ingredient
			rows.Scan(&bundle, &i.sku, &i.quantity, &i.from, &i.to)
			all[bundle] = append(all[bundle], i)
			next = append(next, i.sku)
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
		slices.Sort(next)
		ask = slices.DeleteFunc(slices.Compact(next), func(sku int64) bool { return all[sku] != nil })
	}
	return all, nil
}

// parts is what one of a SKU consists of at a moment, in order of SKU: itself when it is no bundle then.
func (all recipes) parts(sku, at int64) []catalog.Component {
	if all[sku] == nil {
		return []catalog.Component{{SKU: sku, Quantity: 1}}
	}
	need := map[int64]int64{}
	all.take(need, sku, 1, at, 0)
	out := make([]catalog.Component, 0, len(need))
	for sku, quantity := range need {
		out = append(out, catalog.Component{SKU: sku, Quantity: quantity})
	}
	slices.SortFunc(out, func(a, b catalog.Component) int { return cmp.Compare(a.SKU, b.SKU) })
	return out
}

func (all recipes) take(need map[int64]int64, sku, times, at int64, level int) {
	bundle := false
	for _, i := range all[sku] {
		if level < catalog.Depth && i.from <= at && (i.to == 0 || i.to > at) {
			bundle = true
			all.take(need, i.sku, times*i.quantity, at, level+1)
		}
	}
	if !bundle {
		need[sku] += times
	}
}
