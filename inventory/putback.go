package inventory

import "github.com/packhorse/packhorse/internal/db"

// PutBackPart moves some of what was picked for a fulfilment to another place of its node; the rest stays picked. held
// are all the reservations of the fulfilments, as Reservations reads them.
func PutBackPart(tx *db.Tx, part []Taken, held map[int64][]Reservation, to func(Reservation) Place) {
	p := newPage(tx)
	var whole []Reservation
	for _, t := range part {
		if p.leave(t, to(t.Reservation), "put_back", t.FulfilmentID) {
			whole = append(whole, t.Reservation)
		}
	}
	p.empty(whole, held)
	p.write()
}
