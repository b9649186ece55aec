package check

import (
	"github.com/packhorse/packhorse/internal/db"
)

// known is what other rows may refer to, and what bundles may turn into.
type known struct {
	skus      map[int64]bool
	nodes     map[int64]bool
	locations map[int64]int64          // location → node
	parts     map[int64]map[int64]bool // bundle → every component it ever had, bundles in it taken apart
}

var (
	selSKUIDs      = db.NewSQL(`SELECT id FROM catalog_sku`)
	selNodeIDs     = db.NewSQL(`SELECT id FROM warehouse_node`)
	selLocationIDs = db.NewSQL(`SELECT id, node_id FROM warehouse_location`)
	selRecipes     = db.NewSQL(`SELECT DISTINCT bundle_id, component_id FROM catalog_bundle`)
)

func (r *run) readKnown() (err error) {
	if r.known, err = readKnown(r.tx); err != nil {
		return err
	}
	r.checked["skus"], r.checked["nodes"], r.checked["locations"] = int64(len(r.known.skus)), int64(len(r.known.nodes)), int64(len(r.known.locations))
	return nil
}

func readKnown(tx *db.Tx) (k known, err error) {
	if k.skus, err = idSet(tx.Query(selSKUIDs)); err != nil {
		return k, err
	}
	if k.nodes, err = idSet(tx.Query(selNodeIDs)); err != nil {
		return k, err
	}
	k.locations = map[int64]int64{}
	rows := tx.Query(selLocationIDs)
	for rows.Next() {
		var id, node int64
		rows.Scan(&id, &node)
		k.locations[id] = node
	}
	if err := rows.Close(); err != nil {
		return k, err
	}
	k.parts, err = readParts(tx)
	return k, err
}

func idSet(rows *db.Rows) (map[int64]bool, error) {
	set := map[int64]bool{}
	for rows.Next() {
		var id int64
		rows.Scan(&id)
		set[id] = true
	}
	return set, rows.Close()
}

// readParts follows recipes of any date: one that was corrected after an order was allocated still explains it.
func readParts(tx *db.Tx) (map[int64]map[int64]bool, error) {
	direct := map[int64][]int64{}
	rows := tx.Query(selRecipes)
	for rows.Next() {
		var bundle, component int64
		rows.Scan(&bundle, &component)
		direct[bundle] = append(direct[bundle], component)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	parts := make(map[int64]map[int64]bool, len(direct))
	for bundle := range direct {
		all := map[int64]bool{}
		for ask := []int64{bundle}; len(ask) > 0; ask = ask[1:] {
			for _, c := range direct[ask[0]] {
				if !all[c] {
					all[c] = true
					ask = append(ask, c)
				}
			}
		}
		parts[bundle] = all
	}
	return parts, nil
}
