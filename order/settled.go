package order

import "github.com/packhorse/packhorse/internal/db"

var selSettled = db.NewSQL(`SELECT id FROM order_head WHERE id > $1 AND updated_at < $2 AND aftersale <> 'open'
  AND (review IN ('rejected', 'cancelled') OR fulfilment = 'cancelled' OR fulfilment = 'shipped' AND (delivery = 'delivered' OR delivery = 'returned'))
  ORDER BY id LIMIT $3`)

// Settled lists at most limit orders behind an id to which nothing is left to do and nothing was done since a moment
// (UTC microseconds), oldest first: delivered, returned, cancelled or rejected, without an open after-sale.
func Settled(tx *db.Tx, before, after int64, limit int) ([]int64, error) {
	return db.All(tx.Query(selSettled, after, before, limit), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
}
