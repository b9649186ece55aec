package order

import "github.com/packhorse/packhorse/internal/db"

const settled = `aftersale <> 'open'
  AND (review IN ('rejected', 'cancelled') OR fulfilment = 'cancelled' OR fulfilment = 'shipped' AND (delivery = 'delivered' OR delivery = 'returned'))`

var (
	selSettled   = db.NewSQL(`SELECT id FROM order_head WHERE id > $1 AND updated_at < $2 AND ` + settled + ` ORDER BY id LIMIT $3`)
	selUnsettled = db.NewSQL(`SELECT f.id FROM order_fulfilment f WHERE f.id = ANY($1)
	  AND NOT EXISTS (SELECT 1 FROM order_head WHERE id = f.order_id AND updated_at < $2 AND ` + settled + `)`)
)

// Settled lists at most limit orders behind an id to which nothing is left to do and nothing was done since a moment
// (UTC microseconds), oldest first: delivered, returned, cancelled or rejected, without an open after-sale.
func Settled(tx *db.Tx, before, after int64, limit int) ([]int64, error) {
	return db.All(tx.Query(selSettled, after, before, limit), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
}

// Unsettled tells which of some ids are those of fulfilments whose orders are not settled, as Settled says it.
func Unsettled(tx *db.Tx, fulfilments []int64, before int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	rows := tx.Query(selUnsettled, fulfilments, before)
	for rows.Next() {
		var key int64
		rows.Scan(&key)
		out[key] = true
	}
	return out, rows.Close()
}
