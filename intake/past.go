package intake

import "github.com/packhorse/packhorse/internal/db"

// Superseded is a document that a later one of the same order has replaced.
type Superseded struct {
	ID         int64  `json:"id"`
	OrderID    int64  `json:"order_id"`
	Channel    string `json:"channel"`
	Shop       string `json:"shop"`
	Number     string `json:"number"`
	Revision   int64  `json:"revision"`
	ReceivedAt int64  `json:"received_at"` // UTC microseconds
	Outcome    string `json:"outcome"`
	Body       string `json:"body"`
}

// noBody stands for a body that was moved elsewhere. The row stays: it is what makes a document count once.
const noBody = "{}"

var (
	selSuperseded = db.NewSQL(`SELECT d.id, d.order_id, d.channel, d.shop, d.external_id, d.revision, d.received_at, d.outcome, d.body FROM intake_document d
	  WHERE d.channel = $1 AND d.shop = $2 AND d.external_id = $3 AND d.order_id = $4 AND d.body <> '` + noBody + `'
	    AND EXISTS (SELECT 1 FROM intake_document n WHERE n.external_id = d.external_id AND n.channel = d.channel AND n.shop = d.shop
	      AND n.revision > d.revision AND n.outcome <> 'refused')
	  ORDER BY d.revision`)
	setNoBody = db.NewSQL(`UPDATE intake_document SET body = '` + noBody + `' WHERE id = ANY($1)`)
)

// SupersededOf reads the documents of an order that later ones have replaced, as far as their bodies are still here.
// The document that the order follows is never among them.
func SupersededOf(tx *db.Tx, channel, shop, number string, order int64) ([]Superseded, error) {
	return db.All(tx.Query(selSuperseded, channel, shop, number, order), func(r *db.Rows) (s Superseded) {
		r.Scan(&s.ID, &s.OrderID, &s.Channel, &s.Shop, &s.Number, &s.Revision, &s.ReceivedAt, &s.Outcome, &s.Body)
		return s
	})
}

// DropBodies empties documents of the inbox. What was taken from the same order stays known, and is not taken again.
func DropBodies(tx *db.Tx, ids []int64) error {
	_, err := tx.Exec(setNoBody, ids)
	return err
}
