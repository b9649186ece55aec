package wave

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// seen is how many allocated fulfilments a template with zones looks through for one wave.
const seen = 2 * MaxOrders

// Two reads of tables that are not wave's own: what waits at a node, and where its goods stand.
var (
	selAllocated = db.NewSQL(`SELECT f.id, o.channel, f.ship_by, o.collect_by, o.priority FROM order_fulfilment f JOIN order_head o ON o.id = f.order_id
	  WHERE f.node_id = $1 AND f.status = 'allocated' AND f.status IN ('allocated', 'released', 'picked', 'packed')
	  AND NOT EXISTS (SELECT 1 FROM order_hold h WHERE h.order_id = f.order_id AND h.released_at = 0)
	  ORDER BY o.priority DESC, CASE WHEN f.ship_by = 0 THEN 1 ELSE 0 END, f.ship_by, f.id LIMIT $2`)
	selFaces = db.NewSQL(`SELECT DISTINCT sku_id, location_id FROM inventory_stock
	  WHERE sku_id = ANY($1) AND node_id = $2 AND container = 0 AND quality = 'good' AND on_hand > reserved`)
)

// Candidates lists the fulfilments that a template would release now, the most urgent first: higher priority,
// then as the company sorts what waits: the earlier last moment to hand over, or the larger fine that can still be saved;
// then the older. Held orders are left out.
func Candidates(tx *db.Tx, t Template) ([]int64, error) {
	q, err := order.ReadQueueing(tx)
	if err != nil {
		return nil, err
	}
	limit := t.MaxOrders
	if len(t.Zones) > 0 || q.Sort == order.ByFine {
		limit = seen
	}
	list, err := db.All(tx.Query(selAllocated, t.NodeID, limit), func(r *db.Rows) (u order.Urgency) {
		var key, shipBy, collectBy, priority int64
		var channel string
		r.Scan(&key, &channel, &shipBy, &collectBy, &priority)
		u = q.Fines.UrgencyOf(channel, shipBy, collectBy, tx.Micros())
		u.Order, u.Priority = key, priority // of the fulfilment: it stands for its order here
		return u
	})
	if err != nil {
		return nil, err
	}
	if q.Sort == order.ByFine {
		slices.SortFunc(list, func(a, b order.Urgency) int { return cmp.Or(cmp.Compare(b.Priority, a.Priority), a.Before(b, q.Sort)) })
	}
	ids := make([]int64, len(list))
	for i, u := range list {
		ids[i] = u.Order
	}
	if len(t.Zones) > 0 && len(ids) > 0 {
		return inZones(tx, t, ids)
	}
	return ids[:min(len(ids), int(t.MaxOrders))], nil
}

// inZones keeps the fulfilments of which every SKU has a pick face in the template's zones.
func inZones(tx *db.Tx, t Template, ids []int64) ([]int64, error) {
	fulfilments, err := order.Fulfilments(tx, ids)
	if err != nil {
		return nil, err
	}
	there, err := standing(tx, t, fulfilments)
	if err != nil {
		return nil, err
	}
	var kept []int64
	for _, key := range ids {
		f := fulfilments[key]
		elsewhere := func(l order.FulfilmentLine) bool { return l.Quantity > 0 && !there[l.SKUID] }
		if f != nil && !slices.ContainsFunc(f.Lines, elsewhere) && int64(len(kept)) < t.MaxOrders {
			kept = append(kept, key)
		}
	}
	return kept, nil
}

// standing finds which SKUs of some fulfilments have a pick face with free stock in the template's zones.
func standing(tx *db.Tx, t Template, fulfilments map[int64]*order.Fulfilment) (map[int64]bool, error) {
	var skus []int64
	for _, f := range fulfilments {
		for _, l := range f.Lines {
			skus = append(skus, l.SKUID)
		}
	}
	slices.Sort(skus)
	type face struct{ sku, location int64 }
	faces, err := db.All(tx.Query(selFaces, slices.Compact(skus), t.NodeID), func(r *db.Rows) (f face) {
		r.Scan(&f.sku, &f.location)
		return f
	})
	if err != nil {
		return nil, err
	}
	places := make([]int64, len(faces))
	for i, f := range faces {
		places[i] = f.location
	}
	slices.Sort(places)
	locations, err := warehouse.LocationsByIDs(tx, slices.Compact(places))
	there := make(map[int64]bool, len(skus))
	for _, f := range faces {
		if l := locations[f.location]; l.Kind == warehouse.KindPick && slices.Contains(t.Zones, l.Zone) {
			there[f.sku] = true
		}
	}
	return there, err
}
