package wave

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// seen is how many allocated fulfilments a template with zones looks through for one wave.
const seen = 2 * MaxOrders

// A read of a table that is not wave's own: where the goods of what waits stand.
var selFaces = db.NewSQL(`SELECT DISTINCT sku_id, location_id FROM inventory_stock
	  WHERE sku_id = ANY($1) AND node_id = $2 AND container = 0 AND quality = 'good' AND on_hand > reserved`)

// Candidates lists the fulfilments that a template would release now, in the order of order.Ready: higher priority, then
// as the company sorts what waits, the earlier last moment or the larger fine that can still be saved; then the older.
// Held orders are left out. What goes into one parcel is released together, wherever its goods stand.
func Candidates(tx *db.Tx, t Template) ([]int64, error) {
	ids, err := candidates(tx, t)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return order.WithMates(tx, ids, int(t.MaxOrders))
}

func candidates(tx *db.Tx, t Template) ([]int64, error) {
	if len(t.Zones) == 0 {
		return order.Ready(tx, t.NodeID, int(t.MaxOrders))
	}
	ids, err := order.Ready(tx, t.NodeID, seen)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return inZones(tx, t, ids)
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

// face is a location where a SKU has free stock.
type face struct{ sku, location int64 }

// facesOf finds where the goods of some fulfilments of a node stand.
func facesOf(tx *db.Tx, node int64, fulfilments map[int64]*order.Fulfilment) ([]face, map[int64]warehouse.Location, error) {
	var skus []int64
	for _, f := range fulfilments {
		for _, l := range f.Lines {
			skus = append(skus, l.SKUID)
		}
	}
	slices.Sort(skus)
	faces, err := db.All(tx.Query(selFaces, slices.Compact(skus), node), func(r *db.Rows) (f face) {
		r.Scan(&f.sku, &f.location)
		return f
	})
	if err != nil {
		return nil, nil, err
	}
	places := make([]int64, len(faces))
	for i, f := range faces {
		places[i] = f.location
	}
	slices.Sort(places)
	locations, err := warehouse.LocationsByIDs(tx, slices.Compact(places))
	return faces, locations, err
}

// standing finds which SKUs of some fulfilments have a pick face with free stock in the template's zones.
func standing(tx *db.Tx, t Template, fulfilments map[int64]*order.Fulfilment) (map[int64]bool, error) {
	faces, locations, err := facesOf(tx, t.NodeID, fulfilments)
	there := make(map[int64]bool, len(faces))
	for _, f := range faces {
		if l := locations[f.location]; l.Kind == warehouse.KindPick && slices.Contains(t.Zones, l.Zone) {
			there[f.sku] = true
		}
	}
	return there, err
}
