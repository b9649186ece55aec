package intake

import (
	"encoding/json"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

var setBodies = db.NewSQL(`UPDATE intake_document SET body = $4 WHERE external_id = $3 AND channel = $1 AND shop = $2`)

// EraseBodies puts, in the place of every document about an order, refused ones too, what the order says now, and returns how many
// there were. Their hashes stay, so that the channel may send an old document again and it is still known.
func EraseBodies(tx *db.Tx, o *order.Order) (int64, error) {
	raw, err := json.Marshal(documentOf(o))
	if err != nil {
		return 0, err
	}
	return tx.Exec(setBodies, o.Channel, o.Shop, o.ExternalNo, string(raw))
}
