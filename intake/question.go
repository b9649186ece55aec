package intake

import "github.com/packhorse/packhorse/internal/db"

// What a shop may ask with a document about an order in work; see CancelAnswer.
const (
	AsksCancel  = "cancel"
	AsksRefund  = "refund"
	AsksAddress = "address"
)

var (
	selRevision = db.NewSQL(`SELECT external_id, revision, outcome, body FROM intake_document WHERE channel = $1 AND shop = $2 AND external_id = $3 AND revision <= $4 ORDER BY revision DESC`)
)

// Asked says which question a document of the inbox put, by its order and revision there; "" when it asked for none of
// those that a shop wants answered.
func Asked(tx *db.Tx, channel, shop, number string, revision int64) (string, error) {
	type filedBody struct {
		number        string
		revision      int64
		outcome, body string
	}
	list, err := db.All(tx.Query(selRevision, channel, shop, number, revision), func(r *db.Rows) (f filedBody) {
		r.Scan(&f.number, &f.revision, &f.outcome, &f.body)
		return f
	})
	if err != nil || len(list) == 0 || list[0].revision != revision {
		return "", err
	}
	said, err := Decode([]byte(list[0].body))
	if err != nil {
		return "", nil // what cannot be read asks for nothing
	}
	for _, before := range list[1:] {
		if before.outcome == Refused {
			continue
		}
		was, err := Decode([]byte(before.body))
		if err != nil {
			break
		}
		return said.asks(&was), nil
	}
	return said.asks(&Document{}), nil
}

// asks compares a document with the one that was followed before it.
func (d *Document) asks(was *Document) string {
	switch {
	case d.Cancelled:
		return AsksCancel
	case d.PaymentStatus == "refunded" && was.PaymentStatus != "refunded":
		return AsksRefund
	case d.recipient() != was.recipient():
		return AsksAddress
	}
	return ""
}

func (d *Document) recipient() [10]string {
	return [10]string{d.RecipientName, d.Phone, d.Country, d.Province, d.City, d.District, d.Address, d.Postcode, d.RecipientToken, d.TokenIssuer}
}
