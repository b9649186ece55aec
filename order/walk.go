package order

import "github.com/packhorse/packhorse/internal/db"

var selWalk = db.NewSQL(`SELECT id FROM order_head WHERE id > $1 AND ($2 = '' OR channel = $2 AND shop = $3) ORDER BY id LIMIT $4`)

// Walk lists at most limit orders behind an id, oldest first: of one shop at one channel, or of everybody where
// channel is empty.
func Walk(tx *db.Tx, channel, shop string, after int64, limit int) ([]int64, error) {
	return db.All(tx.Query(selWalk, after, channel, shop, limit), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
}
