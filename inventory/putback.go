package inventory

import "github.com/packhorse/packhorse/internal/db"

// PutBackPart moves some of what was picked for a fulfilment to another place of its node; the rest stays picked. held
// are all the reservations of the fulfilments, as Reservations reads them.
func PutBackPart(tx *db.Tx, part []Taken, held map[int64][]Reservation, to func(Reservation) Place) {
	p := newPage(tx)
	var whole []Reservation
	for _, t := range part {
		r := t.Reservation
		p.entry(Move{SKU: r.SKU, Lot: r.Lot, Quantity: t.Quantity, From: r.place(), To: to(r), Cause: "put_back", Ref: r.FulfilmentID})
		p.at(r.side(), r.Node).reserved -= t.Quantity
		p.balance(r.SKU, r.Node).reserved -= t.Quantity
		if t.Quantity == r.Quantity {
			r.remove(tx)
			whole = append(whole, r)
			continue
		}
		rest := r
		rest.Quantity -= t.Quantity
		r.become(tx, rest)
	}
	p.empty(whole, held)
	p.write()
}
