package catalog

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
)

// Component is a part of a bundle: so many pieces of a SKU in one bundle.
type Component struct {
	SKU      int64
	Quantity int64
}

// Depth is how far bundles of bundles are taken apart.
const Depth = 3

var selRecipes = db.NewSQL(`SELECT bundle_id, component_id, quantity FROM catalog_bundle
  WHERE bundle_id = ANY($1) AND valid_from <= $2 AND (valid_to = 0 OR valid_to > $2)`)

// Bundles takes bundles apart into what is picked for one of each, by the recipes that hold at a moment. A
// bundle in a bundle is taken apart as well, Depth levels in all; a component needed on several ways is summed. An
// id is missing from the map when it is no bundle at that moment: it is picked as it is. Components are in order of id.
func Bundles(tx *db.Tx, ids []int64, at time.Time) (map[int64][]Component, error) {
	recipes := map[int64][]Component{}
	for level, ask := 0, ids; level < Depth && len(ask) > 0; level++ {
		found, err := recipesOf(tx, ask, at)
		if err != nil {
			return nil, err
		}
		maps.Copy(recipes, found)
		ask = unread(found, recipes)
	}
	out := map[int64][]Component{}
	for _, id := range ids {
		if _, bundle := recipes[id]; bundle {
			out[id] = expand(recipes, id)
		}
	}
	return out, nil
}

func recipesOf(tx *db.Tx, ids []int64, at time.Time) (map[int64][]Component, error) {
	found := map[int64][]Component{}
	rows := tx.Query(selRecipes, ids, at.UnixMicro())
	for rows.Next() {
		var bundle int64
		var c Component
		rows.Scan(&bundle, &c.SKU, &c.Quantity)
		found[bundle] = append(found[bundle], c)
	}
	return found, rows.Close()
}

// unread lists the components of which it is not yet known whether they are bundles themselves.
func unread(found, known map[int64][]Component) []int64 {
	var ask []int64
	for _, parts := range found {
		for _, c := range parts {
			if _, read := known[c.SKU]; !read {
				ask = append(ask, c.SKU)
			}
		}
	}
	slices.Sort(ask)
	return slices.Compact(ask)
}

// expand multiplies recipes out. What is still a bundle below the last level stays as it is: the import
// refuses such recipes, and an order must not be lost over one that two people made at the same moment.
func expand(recipes map[int64][]Component, id int64) []Component {
	need := map[int64]int64{}
	var take func(id, times int64, level int)
	take = func(id, times int64, level int) {
		parts := recipes[id]
		if len(parts) == 0 || level == Depth {
			need[id] += times
			return
		}
		for _, c := range parts {
			take(c.SKU, times*c.Quantity, level+1)
		}
	}
	take(id, 1, 0)
	out := make([]Component, 0, len(need))
	for sku, quantity := range need {
		out = append(out, Component{sku, quantity})
	}
	slices.SortFunc(out, func(a, b Component) int { return cmp.Compare(a.SKU, b.SKU) })
	return out
}
