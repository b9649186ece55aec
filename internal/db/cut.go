package db

var (
	selPast = NewSQL(`SELECT tx, id, at, kind, order_id, subject_id, actor, params FROM event
	  WHERE order_id = ANY($1) AND order_id <> 0 ORDER BY order_id, id`)
	delPast = NewSQL(`DELETE FROM event WHERE order_id = ANY($1) AND order_id <> 0 AND id = ANY($2)`)
)

// Past reads all events of some orders, by order and in the order of their ids.
func (tx *Tx) Past(orders []int64) ([]Fact, error) { return All(tx.Query(selPast, orders), fact) }

// CutPast removes events of some orders from the log and returns how many there were. Whoever follows the log must be
// past them.
func (tx *Tx) CutPast(orders, events []int64) (int64, error) { return tx.Exec(delPast, orders, events) }
