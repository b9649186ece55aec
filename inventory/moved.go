package inventory

import "github.com/packhorse/packhorse/internal/db"

// The last entry over the doorstep is found from the newest backwards: of goods that sell it is among the first, of others there are few.
var selMoved = db.NewSQL(`SELECT b.sku_id, COALESCE((SELECT e.at FROM inventory_entry e WHERE e.sku_id = b.sku_id
  AND (e.from_location IN (-1, -2) OR e.to_location IN (-1, -2)) ORDER BY e.id DESC LIMIT 1), 0)
  FROM inventory_balance b WHERE b.sku_id = ANY($1) AND b.on_hand > 0 ORDER BY b.sku_id`)

// Moved tells when some SKUs last came from a supplier or a customer, or left to one, at whatever node; UTC microseconds, 0 = not as
// far back as the book is here. SKUs that stand nowhere are left out. Counts and moves within the house are no movement.
func Moved(tx *db.Tx, skus []int64) (map[int64]int64, error) {
	out := map[int64]int64{}
	rows := tx.Query(selMoved, skus)
	for rows.Next() {
		var sku, at int64
		rows.Scan(&sku, &at)
		out[sku] = at
	}
	return out, rows.Close()
}
