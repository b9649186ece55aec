package order

import "github.com/packhorse/packhorse/internal/db"

// Demand is how many units of a SKU orders will still take.
type Demand struct {
	SKU      int64
	Quantity int64
}

// The conditions of the indices stand in the statements, so only orders that wait are looked at.
var (
	selUnpromised = db.NewSQL(`SELECT l.sku_id, CAST(sum(l.quantity - l.cancelled) AS BIGINT) FROM (
    SELECT id FROM order_head WHERE review IN ('pending', 'held') AND fulfilment = 'none'
    UNION ALL
    SELECT id FROM order_head WHERE fulfilment IN ('waiting', 'backordered', 'allocated', 'partial') AND fulfilment = 'waiting') o
  JOIN order_line l ON l.order_id = o.id WHERE l.sku_id <> 0 AND l.quantity > l.cancelled GROUP BY l.sku_id`)
	selOwedOf = db.NewSQL(`SELECT sku_id, CAST(sum(quantity) AS BIGINT) FROM order_backorder WHERE sku_id = ANY($1) GROUP BY sku_id`)
)

// Unpromised is what orders in review, and those that wait for a node, will take: by SKU as it was ordered, a bundle as a bundle.
// It reads an entry of an index for each of these orders, and their lines.
func Unpromised(tx *db.Tx) ([]Demand, error) { return db.All(tx.Query(selUnpromised), demandOf) }

// OwedOf is what back-orders will take of some SKUs, in pieces as they are picked.
func OwedOf(tx *db.Tx, skus []int64) ([]Demand, error) {
	return db.All(tx.Query(selOwedOf, skus), demandOf)
}

func demandOf(r *db.Rows) (d Demand) {
	r.Scan(&d.SKU, &d.Quantity)
	return d
}
