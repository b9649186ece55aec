package order

import "github.com/packhorse/packhorse/internal/db"

// BackOrder is what no node can serve now: a debt to the customer, with its reason.
type BackOrder struct {
	OrderID  int64
	LineNo   int64
	SKUID    int64
	SKU      string // its code, where the reader has looked it up; it is not stored here
	Quantity int64
	Reason   string // a code: "out_of_stock", "may_not_split", "short_pick", "no_service", "capacity"
	Since    int64
}

var (
	putBackOrder = db.Upsert("order_backorder", "order_id bigint, line_no bigint, sku_id bigint, quantity bigint, reason text, since bigint", 3,
		"quantity = excluded.quantity, reason = excluded.reason")
	delBackOrder = db.Remove("order_backorder", "order_id bigint, line_no bigint, sku bigint",
		"t.order_id = x.order_id AND t.line_no = x.line_no AND t.sku_id = x.sku")
	selBackOrders = db.NewSQL(`SELECT order_id, line_no, sku_id, quantity, reason, since FROM order_backorder WHERE order_id = ANY($1) ORDER BY order_id, line_no, sku_id`)
	selWaitingFor = db.NewSQL(`SELECT DISTINCT order_id FROM order_backorder WHERE sku_id = ANY($1) ORDER BY order_id LIMIT $2`)
	selOldestOwed = db.NewSQL(`SELECT DISTINCT order_id FROM order_backorder WHERE order_id > $1 ORDER BY order_id LIMIT $2`)
)

// Owe writes a debt, or its new quantity; quantity 0 settles it. was says whether a row exists.
func Owe(tx *db.Tx, b BackOrder, was bool) {
	switch {
	case b.Quantity > 0:
		if b.Since == 0 {
			b.Since = tx.Micros()
		}
		tx.Put(putBackOrder, b.OrderID, b.LineNo, b.SKUID, b.Quantity, b.Reason, b.Since)
	case was:
		tx.Put(delBackOrder, b.OrderID, b.LineNo, b.SKUID)
	}
}

// BackOrders reads the debts of some orders, by order.
func BackOrders(tx *db.Tx, orders []int64) (map[int64][]BackOrder, error) {
	out := map[int64][]BackOrder{}
	rows := tx.Query(selBackOrders, orders)
	for rows.Next() {
		var b BackOrder
		rows.Scan(&b.OrderID, &b.LineNo, &b.SKUID, &b.Quantity, &b.Reason, &b.Since)
		out[b.OrderID] = append(out[b.OrderID], b)
	}
	return out, rows.Close()
}

// WaitingFor lists the orders that are owed any of the SKUs, oldest first.
func WaitingFor(tx *db.Tx, skus []int64, limit int) ([]int64, error) {
	return db.All(tx.Query(selWaitingFor, skus, limit), scanID)
}

// Owed lists orders that are owed anything, oldest first, behind an order id.
func Owed(tx *db.Tx, after int64, limit int) ([]int64, error) {
	return db.All(tx.Query(selOldestOwed, after, limit), scanID)
}

func scanID(r *db.Rows) (v int64) { r.Scan(&v); return v }
