package api

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// What the edge reads across packages. Nothing here is written, and no decision hangs on it.

// The work of the warehouses: one statement for each state, because only a literal value lets the partial index be used.
var workByStatus = map[string]*db.SQL{
	"allocated": work("allocated"), "released": work("released"), "picked": work("picked"), "packed": work("packed"),
}

func work(status string) *db.SQL {
	return db.NewSQL(`SELECT id FROM order_fulfilment WHERE node_id = $1 AND status = '` + status + `' AND id > $2 ORDER BY id LIMIT $3`)
}

// workOf lists the fulfilments in work at some nodes, oldest first, behind an id.
func workOf(tx *db.Tx, nodes []int64, statuses []string, after int64, limit int) (ids []int64, err error) {
	for _, node := range nodes {
		for _, status := range statuses {
			sql := workByStatus[status]
			if sql == nil {
				continue
			}
			part, err := db.All(tx.Query(sql, node, after, limit), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
			if err != nil {
				return nil, err
			}
			ids = append(ids, part...)
		}
	}
	slices.Sort(ids)
	return ids[:min(limit, len(ids))], nil
}

var selLocationIDs = db.NewSQL(`SELECT id FROM warehouse_location WHERE node_id = $1 AND code > $2 ORDER BY code LIMIT $3`)

// locationIDs lists the locations of a node by code, behind a code.
func locationIDs(tx *db.Tx, node int64, after string, limit int) ([]int64, error) {
	return db.All(tx.Query(selLocationIDs, node, after, limit), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
}
