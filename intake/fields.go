package intake

// textField is one text of a document with the room it has. Amounts and times are texts too.
type textField struct {
	name     string
	value    *string
	most     int // characters
	required bool
	kind     textKind
}

type textKind int

const (
	plainText textKind = iota
	codeText           // an identity: no control characters at all
	wordText           // a code whose case does not matter
	timeText
	amountText
)

// texts is the one table of the order's texts: decoding, the order file, the rules and the hash all read it.
func (d *Document) texts() []textField {
	return append(d.head(), []textField{
		{"channel", &d.Channel, 64, true, codeText},
		{"shop", &d.Shop, 64, false, codeText},
	}...)
}

// head lists the order-level text columns of the order file.
func (d *Document) head() []textField {
	return []textField{
		{"order_no", &d.OrderNo, 100, true, codeText},
		{"placed_at", &d.PlacedAt, 40, true, timeText},
		{"order_kind", &d.OrderKind, 20, false, wordText},
		{"payment_status", &d.PaymentStatus, 20, false, wordText},
		{"paid_at", &d.PaidAt, 40, false, timeText},
		{"paid_amount", (*string)(&d.PaidAmount), 32, false, amountText},
		{"payment_method", &d.PaymentMethod, 64, false, codeText},
		{"currency", &d.Currency, 3, true, wordText},
		{"buyer_id", &d.BuyerID, 200, false, codeText},
		{"buyer_ip", &d.BuyerIP, 64, false, codeText},
		{"buyer_token", &d.BuyerToken, 1024, false, codeText},
		{"recipient_name", &d.RecipientName, 100, true, plainText},
		{"phone", &d.Phone, 40, false, codeText},
		{"email", &d.Email, 254, false, codeText},
		{"country", &d.Country, 2, false, wordText},
		{"province", &d.Province, 100, false, plainText},
		{"city", &d.City, 100, false, plainText},
		{"district", &d.District, 100, false, plainText},
		{"address", &d.Address, 500, true, plainText},
		{"postcode", &d.Postcode, 20, false, codeText},
		{"shipping_fee", (*string)(&d.ShippingFee), 32, false, amountText},
		{"order_discount", (*string)(&d.OrderDiscount), 32, false, amountText},
		{"ship_by", &d.ShipBy, 40, false, timeText},
		{"collect_by", &d.CollectBy, 40, false, timeText},
		{"promised_by", &d.PromisedBy, 40, false, timeText},
		{"buyer_note", &d.BuyerNote, 4000, false, plainText},
		{"seller_note", &d.SellerNote, 4000, false, plainText},
		{"recipient_token", &d.RecipientToken, 1024, false, codeText},
		{"token_issuer", &d.TokenIssuer, 64, false, codeText},
	}
}

// texts lists the text columns of a line.
func (l *Line) texts() []textField {
	return []textField{
		{"sku", &l.SKU, 100, true, codeText},
		{"title", &l.Title, 500, false, plainText},
		{"unit_price", (*string)(&l.UnitPrice), 32, true, amountText},
		{"line_discount", (*string)(&l.LineDiscount), 32, false, amountText},
	}
}
