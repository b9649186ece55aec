package catalog

import "github.com/packhorse/packhorse/internal/db"

var selWithin = db.NewSQL(`SELECT DISTINCT bundle_id FROM catalog_bundle WHERE component_id = ANY($1)`)

// Within lists the bundles that some SKUs are in, at any moment, through bundles in bundles too: those whose number changes
// when the stock of the SKUs does.
func Within(tx *db.Tx, skus []int64) ([]int64, error) {
	known := map[int64]bool{}
	var out []int64
	for level, ask := 0, skus; level < Depth && len(ask) > 0; level++ {
		found, err := db.All(tx.Query(selWithin, ask), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
		if err != nil {
			return nil, err
		}
		ask = nil
		for _, id := range found {
			if !known[id] {
				known[id] = true
				ask = append(ask, id)
			}
		}
		out = append(out, ask...)
	}
	return out, nil
}
