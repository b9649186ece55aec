package check

import (
	"context"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// sharing finds parcels and bonds of several orders that cannot be.
var sharing = []probe{
	ask(together, "pack_parcel", `SELECT CAST(p.id AS TEXT), 'it lies in parcel ' || p.inside_id || ', which is no closed carton of its node' FROM pack_parcel p
	  WHERE p.inside_id <> 0 AND p.status = 'packed' AND NOT EXISTS (SELECT 1 FROM pack_parcel o
	    WHERE o.id = p.inside_id AND o.status = 'packed' AND o.inside_id = 0 AND o.node_id = p.node_id AND o.order_id <> p.order_id)`),
	ask(together, "pack_parcel", `SELECT CAST(p.id AS TEXT), 'it lies in another parcel, and weighs ' || p.weight_g || ' g in carton "' || p.carton || '"' FROM pack_parcel p
	  WHERE p.inside_id <> 0 AND (p.weight_g <> 0 OR p.carton <> '')`),
	ask(together, "ship_shipment", `SELECT CAST(s.id AS TEXT), 'its parcel lies in another one, which has the waybill' FROM pack_parcel p
	  JOIN ship_shipment s ON s.order_id = p.order_id AND s.parcel_id = p.id WHERE p.inside_id <> 0 AND s.with_id = 0`),
	ask(together, "ship_shipment", `SELECT CAST(s.id AS TEXT), 'it travels in shipment ' || s.with_id || ', which does not carry its parcel under its waybill' FROM ship_shipment s
	  WHERE s.with_id <> 0 AND NOT EXISTS (SELECT 1 FROM ship_shipment o JOIN pack_parcel p ON p.id = s.parcel_id AND p.inside_id = o.parcel_id
	    WHERE o.id = s.with_id AND o.with_id = 0 AND o.carrier = s.carrier AND o.waybill = s.waybill)`),
	ask(together, "ship_shipment", `SELECT CAST(s.id AS TEXT), 'it is "' || s.status || '", and travels in shipment ' || o.id || ', which is "' || o.status || '"' FROM ship_shipment s
	  JOIN ship_shipment o ON o.id = s.with_id WHERE s.with_id <> 0 AND s.status <> o.status
	    AND NOT (s.status IN ('handed_over', 'closed') AND o.status IN ('handed_over', 'closed'))`),
	ask(together, "ship_shipment", `SELECT CAST(s.id AS TEXT), 'it travels in another parcel, and costs ' || s.cost FROM ship_shipment s WHERE s.with_id <> 0 AND s.cost <> 0`),
	ask(together, "order_together", `SELECT CAST(min(t.fulfilment_id) AS TEXT), 'nothing else is in its bond ' || t.bond_id FROM order_together t GROUP BY t.bond_id HAVING count(*) < 2`),
	ask(together, "order_together", `SELECT CAST(t.fulfilment_id AS TEXT), 'its bond ' || t.bond_id || ' is of fulfilments of several nodes' FROM order_together t
	  JOIN order_fulfilment f ON f.id = t.fulfilment_id WHERE EXISTS (SELECT 1 FROM order_together m JOIN order_fulfilment g ON g.id = m.fulfilment_id
	    WHERE m.bond_id = t.bond_id AND g.node_id <> f.node_id)`),
	ask(together, "order_together", `SELECT CAST(t.fulfilment_id AS TEXT), 'it is in bond ' || t.bond_id || ', but "' || f.status || '"' FROM order_together t
	  JOIN order_fulfilment f ON f.id = t.fulfilment_id WHERE f.status IN ('rejected', 'cancelled')`),
	ask(together, "order_together", `SELECT CAST(t.fulfilment_id AS TEXT), 'there is no fulfilment ' || t.fulfilment_id || ' of order ' || t.order_id FROM order_together t
	  WHERE NOT EXISTS (SELECT 1 FROM order_fulfilment f WHERE f.id = t.fulfilment_id AND f.order_id = t.order_id)`),
}

// selShared are the closed parcels that lie in another one, with the orders of both.
var selShared = db.NewSQL(`SELECT p.id, p.order_id, o.order_id FROM pack_parcel p JOIN pack_parcel o ON o.id = p.inside_id
	  WHERE p.inside_id <> 0 AND p.status = 'packed' AND p.id > $1 ORDER BY p.id LIMIT $2`)

// shared compares the recipients of what lies in one carton. Whose data were erased has none to compare.
func (r *run) shared(context.Context) error {
	type pair struct{ parcel, inner, outer int64 }
	for after := int64(0); ; {
		list, err := db.All(r.tx.Query(selShared, after, page), func(rows *db.Rows) (p pair) {
			rows.Scan(&p.parcel, &p.inner, &p.outer)
			return p
		})
		if err != nil || len(list) == 0 {
			return err
		}
		var orders []int64
		for _, p := range list {
			orders = append(orders, p.inner, p.outer)
		}
		heads, err := order.ByIDs(r.tx, orders)
		if err != nil {
			return err
		}
		for _, p := range list {
			a, b := heads[p.inner], heads[p.outer]
			if a == nil || b == nil {
				continue
			}
			if one, other := allocation.RecipientKey(a.Recipient), allocation.RecipientKey(b.Recipient); one != "" && other != "" && one != other {
				r.found.add(together, "pack_parcel", key(p.parcel), "it lies in a parcel of order %d, which goes to somebody else", p.outer)
			}
		}
		r.checked["shared_parcels"] += int64(len(list))
		after = list[len(list)-1].parcel
	}
}
