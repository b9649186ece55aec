package order

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// The work of the nodes: one statement for each state, because only a literal value lets the partial index be used.
var workByStatus = map[string]*db.SQL{
	Allocated: workOf(Allocated), Released: workOf(Released), Picked: workOf(Picked), Packed: workOf(Packed),
}

func workOf(status string) *db.SQL {
	return db.NewSQL(`SELECT id FROM order_fulfilment WHERE node_id = $1 AND status = '` + status + `' AND status IN ('allocated', 'released', 'picked', 'packed') AND id > $2 ORDER BY id LIMIT $3`)
}

// InWork lists at most limit fulfilments in work at some nodes, oldest first, behind an id. statuses are Allocated,
// Released, Picked and Packed; any other is no work and lists nothing.
func InWork(tx *db.Tx, nodes []int64, statuses []string, after int64, limit int) (ids []int64, err error) {
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
