package order

import (
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// Work are the states of a fulfilment in work, in the order in which it goes through them.
var Work = []string{Allocated, Released, Picked, Packed}

// The work of the nodes: one statement for each state and each order, because only a literal value lets the partial index
// be used.
var (
	workBy = workTexts("")
	// Held orders are left out.
	readyBy = workTexts(` AND NOT EXISTS (SELECT 1 FROM order_hold h WHERE h.order_id = f.order_id AND h.released_at = 0)`)
)

func workTexts(also string) map[[2]string]*db.SQL {
	out := map[[2]string]*db.SQL{}
	for name, s := range sortings {
		for _, status := range Work {
			n := len(s.columns)
			out[[2]string{name, status}] = db.NewSQL(fmt.Sprintf(`SELECT due_rank, fine_rank, id FROM order_fulfilment f WHERE node_id = $%d AND status = '%s'
			  AND status IN ('allocated', 'released', 'picked', 'packed') AND %s%s ORDER BY %s LIMIT $%d`, n+1, status, s.behind(1), also, s.order(), n+2))
		}
	}
	return out
}

// InWork lists at most limit fulfilments in work at some nodes behind a place, the most urgent first. statuses are some of
// Work; any other is no work and lists nothing. Fault: order.sort.
func InWork(tx *db.Tx, nodes []int64, statuses []string, sort string, after Place, limit int) (list []Place, err error) {
	s, ok := sortings[sort]
	if !ok {
		return nil, badSort(sort)
	}
	for _, node := range nodes {
		for _, status := range statuses {
			sql := workBy[[2]string{sort, status}]
			if sql == nil {
				continue
			}
			part, err := db.All(tx.Query(sql, append(s.from(after), node, limit)...), scanPlace)
			if err != nil {
				return nil, err
			}
			list = append(list, part...)
		}
	}
	slices.SortFunc(list, func(a, b Place) int { return a.compare(b, sort) })
	return list[:min(limit, len(list))], nil
}

// Ready lists at most limit fulfilments that a node may release now, as the company sorts what waits: those in state allocated of
// orders without a live hold.
func Ready(tx *db.Tx, node int64, limit int) ([]int64, error) {
	q, err := ReadQueueing(tx)
	if err != nil {
		return nil, err
	}
	args := append(sortings[q.Sort].from(Place{}), node, limit)
	return db.All(tx.Query(readyBy[[2]string{q.Sort, Allocated}], args...), func(r *db.Rows) int64 { return scanPlace(r).ID })
}
