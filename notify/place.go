package notify

import "github.com/packhorse/packhorse/internal/db"

var selMessageOrder = db.NewSQL(`SELECT order_id FROM notify_message WHERE id = $1`)

// OrderOf is the order that a message told of; 0 where there is no such message.
func OrderOf(tx *db.Tx, key int64) (order int64, err error) {
	_, err = tx.Query(selMessageOrder, key).One(&order)
	return order, err
}
