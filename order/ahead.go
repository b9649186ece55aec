package order

import "github.com/packhorse/packhorse/internal/db"

var selNextWaiting = db.NewSQL(`SELECT id FROM order_head WHERE fulfilment = 'waiting' AND fulfilment IN ('waiting', 'backordered', 'allocated', 'partial') ORDER BY id LIMIT $1`)

// NextWaiting names up to limit orders that wait for a node, oldest first, without taking them: who looks ahead at them keeps
// nobody from serving them.
func NextWaiting(tx *db.Tx, limit int) ([]int64, error) {
	return db.All(tx.Query(selNextWaiting, limit), scanID)
}
