package aftersales

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

var selOrigins = db.NewSQL(`SELECT id, order_id FROM aftersales_case WHERE id = ANY($1)`)

// Origins gives, of those orders that send goods again which were lost or missing, the order that was sold, by id. Other orders
// are missing in the answer, exchanges too: what is exchanged is not the parcel that the shop knows.
func Origins(tx *db.Tx, orders map[int64]*order.Order) (map[int64]int64, error) {
	again := map[int64]int64{} // orders by case
	var cases []int64
	for _, o := range orders {
		if o.Channel != Channel || o.Kind != Reship {
			continue
		}
		if key, err := id.Parse(Prefix, o.ExternalNo); err == nil {
			again[key] = o.ID
			cases = append(cases, key)
		}
	}
	out := map[int64]int64{}
	if len(cases) == 0 {
		return out, nil
	}
	rows := tx.Query(selOrigins, id.Distinct(cases))
	for rows.Next() {
		var key, sold int64
		rows.Scan(&key, &sold)
		out[again[key]] = sold
	}
	return out, rows.Close()
}
