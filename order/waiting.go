package order

import "github.com/packhorse/packhorse/internal/db"

// Waiting is what stands in one state of the work, across all nodes.
type Waiting struct {
	Stage string // review, order or fulfilment: whose state it is
	State string
	Count int64
	First int64 // id of the one that came first: the older of two has the smaller id
}

// The conditions of the indices stand in the statement, so only those who wait are looked at.
var selWaiting = db.NewSQL(`SELECT 'review', review, count(*), min(id) FROM order_head WHERE review IN ('pending', 'held') GROUP BY review
  UNION ALL SELECT 'order', fulfilment, count(*), min(id) FROM order_head WHERE fulfilment IN ('waiting', 'backordered', 'allocated', 'partial') GROUP BY fulfilment
  UNION ALL SELECT 'fulfilment', status, count(*), min(id) FROM order_fulfilment WHERE status IN ('allocated', 'released', 'picked', 'packed') GROUP BY status`)

// Waits counts what waits in every state of the work that has a queue. A state in which nothing waits is missing. It
// reads an entry of an index for each order in work: for figures, not for a list.
func Waits(tx *db.Tx) ([]Waiting, error) {
	return db.All(tx.Query(selWaiting), func(r *db.Rows) (w Waiting) {
		r.Scan(&w.Stage, &w.State, &w.Count, &w.First)
		return w
	})
}
