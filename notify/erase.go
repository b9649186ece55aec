package notify

import "github.com/packhorse/packhorse/internal/db"

var (
	clearMessages = db.NewSQL(`UPDATE notify_message SET recipient = '', masked = '', params = '{}', detail = '' WHERE order_id = ANY($1)`)
	stopMessages  = db.NewSQL(`UPDATE notify_message SET state = 'suppressed', reason = 'erased' WHERE order_id = ANY($1) AND state = 'queued'`)
)

// Erase empties what the ledger says of the people of some orders, and sends none of them anything more. It returns how many messages
// there were.
func Erase(tx *db.Tx, orders []int64) (int64, error) {
	if len(orders) == 0 {
		return 0, nil
	}
	if _, err := tx.Exec(stopMessages, orders); err != nil {
		return 0, err
	}
	return tx.Exec(clearMessages, orders)
}
