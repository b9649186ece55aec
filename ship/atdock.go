package ship

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/pack"
)

// Lane is what stands at a dock for one carrier.
type Lane struct {
	Carrier string
	Parcels int64
	Since   int64 // when the oldest of the waybills was asked for
}

// AtDock is a parcel that waits for its carrier.
type AtDock struct {
	Shipment *Shipment
	WeightG  int64 // 0 = not weighed
}

var (
	selLanesAtDock = db.NewSQL(`SELECT carrier, count(*), min(created_at) FROM ship_shipment
	  WHERE status = 'labelled' AND parcel_id <> 0 AND with_id = 0 AND node_id = $1 GROUP BY carrier ORDER BY carrier`)
	selAtDock = db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment
	  WHERE status = 'labelled' AND parcel_id <> 0 AND with_id = 0 AND node_id = $1 AND carrier = $2 AND id > $3 ORDER BY id LIMIT $4`)
)

// LanesAtDock counts the labelled parcels of a node that have not left, by carrier.
func LanesAtDock(tx *db.Tx, node int64) ([]Lane, error) {
	return db.All(tx.Query(selLanesAtDock, node), func(r *db.Rows) (l Lane) {
		r.Scan(&l.Carrier, &l.Parcels, &l.Since)
		return l
	})
}

// ParcelsAtDock lists the labelled parcels of a node that wait for a carrier, oldest first, behind the shipment after.
func ParcelsAtDock(tx *db.Tx, node int64, carrier string, after int64, limit int) ([]AtDock, error) {
	list, err := db.All(tx.Query(selAtDock, node, carrier, after, limit), scanShipment)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]int64, len(list))
	for i, sh := range list {
		ids[i] = sh.ParcelID
	}
	parcels, err := pack.ParcelsByID(tx, ids)
	out := make([]AtDock, len(list))
	for i, sh := range list {
		out[i] = AtDock{sh, parcels[sh.ParcelID].WeightG}
	}
	return out, err
}
