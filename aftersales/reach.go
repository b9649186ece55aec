package aftersales

import "github.com/packhorse/packhorse/internal/db"

// What somebody may see of after-sales is decided by its order and its warehouse. These tell which they are.

var (
	selOnWaybills  = db.NewSQL(`SELECT ` + caseColumns + ` FROM aftersales_case WHERE waybill = ANY($1) AND waybill <> ''`)
	selRefundOrder = db.NewSQL(`SELECT order_id FROM aftersales_refund WHERE id = $1`)
	selUnitPlace   = db.NewSQL(`SELECT case_id, node_id FROM aftersales_unit WHERE id = $1`)
	selParcelNode  = db.NewSQL(`SELECT node_id FROM aftersales_parcel WHERE id = $1`)
	selOpenAt      = db.NewSQL(`SELECT ` + parcelColumns + ` FROM aftersales_parcel WHERE status = 'open' AND id > $1 AND node_id = ANY($3) ORDER BY id LIMIT $2`)
)

// ByWaybill lists the cases that come back under some waybills, without lines and units.
func ByWaybill(tx *db.Tx, waybills []string) ([]*Case, error) {
	if len(waybills) == 0 {
		return nil, nil
	}
	return db.All(tx.Query(selOnWaybills, waybills), scanCase)
}

// OrderOfRefund is the order whose money goes back; 0 where there is no such refund.
func OrderOfRefund(tx *db.Tx, key int64) (order int64, err error) {
	_, err = tx.Query(selRefundOrder, key).One(&order)
	return order, err
}

// UnitPlace is the case of returned goods (0 while they belong to nobody) and where they are; 0, 0 where there are no such goods.
func UnitPlace(tx *db.Tx, key int64) (caseID, node int64, err error) {
	_, err = tx.Query(selUnitPlace, key).One(&caseID, &node)
	return caseID, node, err
}

// ParcelNode is where a parcel without an owner is; 0 where there is no such parcel.
func ParcelNode(tx *db.Tx, key int64) (node int64, err error) {
	_, err = tx.Query(selParcelNode, key).One(&node)
	return node, err
}

// OpenParcelsAt lists up to limit parcels without an owner at some warehouses behind an id, oldest first.
func OpenParcelsAt(tx *db.Tx, nodes []int64, after int64, limit int) ([]*Parcel, error) {
	list, err := db.All(tx.Query(selOpenAt, after, limit, nodes), scanParcel)
	if err != nil {
		return nil, err
	}
	return list, fillParcels(tx, list)
}
