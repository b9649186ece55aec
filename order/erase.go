package order

import "github.com/packhorse/packhorse/internal/db"

// erased is what stands where the name and the address of a person stood: both are needed for an order to be one.
const erased = "*"

// Settled reports whether nothing more can happen to an order that needs its recipient.
func (o *Order) Settled() bool {
	switch {
	case o.AfterSale == AfterSaleOpen:
		return false
	case o.Review == ReviewRejected, o.Review == ReviewCancelled, o.Fulfilment == FulfilmentCancelled:
		return true
	}
	return o.Fulfilment == FulfilmentShipped && (o.Delivery == DeliveryDelivered || o.Delivery == DeliveryReturned)
}

// Erase replaces everything in an order that tells who its people are. What it was about stays: goods, money, times, and the
// region, which figures are made of.
func Erase(tx *db.Tx, o *Order) {
	r := o.Recipient
	o.Recipient = Recipient{Name: erased, Address: erased, Country: r.Country, Province: r.Province, City: r.City}
	o.Buyer, o.Notes = Buyer{}, Notes{}
	SaveContent(tx, o)
}

var clearHoldNotes = db.NewSQL(`UPDATE order_hold SET note = '' WHERE order_id = ANY($1) AND note <> ''`)

// EraseNotes empties what people wrote about the holds of some orders. It returns how many there were.
func EraseNotes(tx *db.Tx, orders []int64) (int64, error) {
	if len(orders) == 0 {
		return 0, nil
	}
	return tx.Exec(clearHoldNotes, orders)
}
