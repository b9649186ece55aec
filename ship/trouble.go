package ship

import (
	"cmp"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/pack"
)

// Views of what goes wrong with parcels. Where a word of track decides, it is the code that track noted or the carrier's status.
const (
	TroubleAny       = "any"        // on the road, and something is wrong
	TroubleLost      = "lost"       // nobody has seen it for long
	TroubleStuck     = "stuck"      // it rests too long somewhere
	TroublePromise   = "promise"    // the promised date has passed
	TroubleFailed    = "failed"     // the carrier could not deliver, or holds it
	TroubleReturning = "returning"  // it is on its way back
	TroubleNoWaybill = "unlabelled" // no carrier gave a waybill
)

// Troubles lists the views.
var Troubles = []string{TroubleAny, TroubleLost, TroubleStuck, TroublePromise, TroubleFailed, TroubleReturning, TroubleNoWaybill}

// inTrouble is the condition of the index; the statements repeat its words, without which it is not used.
const inTrouble = `status = 'handed_over' AND (late <> '' OR tracking IN ('delivery_failed', 'delivery_delayed', 'on_hold', 'return_to_sender'))`

// itself leaves out what travels in another parcel: there is one parcel to look for.
const itself = ` AND with_id = 0`

// stuck leaves the promise aside, which says nothing about where a parcel rests, and what is probably lost.
const (
	isLost    = `late LIKE '%track.late.lost%'`
	isStuck   = `(late <> '' AND late <> 'track.late.promise' AND late NOT LIKE '%track.late.lost%')`
	isPromise = `late LIKE '%track.late.promise%'`
	isFailed  = `tracking IN ('delivery_failed', 'delivery_delayed', 'on_hold')`
	isBack    = `tracking = 'return_to_sender'`
)

// countMost bounds a count: behind it nobody counts any more.
const countMost = 1000

func troubleList(also string) *db.SQL {
	return db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment WHERE ` + inTrouble + also + itself +
		` AND (node_id = $1 OR $1 = 0) AND (carrier = $2 OR $2 = '') AND id > $3 ORDER BY id LIMIT $4`)
}

func troubleCount(also string) *db.SQL {
	return db.NewSQL(`SELECT count(*) FROM (SELECT 1 FROM ship_shipment WHERE ` + inTrouble + also + itself + ` AND (node_id = $1 OR $1 = 0) LIMIT $2) x`)
}

// unlabelled are those whose parcel got no other waybill since.
const unlabelled = ` FROM ship_shipment s WHERE status = 'failed' AND s.with_id = 0 AND (node_id = $1 OR $1 = 0)
  AND NOT EXISTS (SELECT 1 FROM ship_shipment n WHERE n.order_id = s.order_id AND n.fulfilment_id = s.fulfilment_id AND n.parcel_id = s.parcel_id AND n.id > s.id)`

var (
	troubleLists = map[string]*db.SQL{
		TroubleAny: troubleList(""), TroubleLost: troubleList(" AND " + isLost), TroubleStuck: troubleList(" AND " + isStuck),
		TroublePromise: troubleList(" AND " + isPromise), TroubleFailed: troubleList(" AND " + isFailed), TroubleReturning: troubleList(" AND " + isBack),
		TroubleNoWaybill: db.NewSQL(`SELECT ` + shipmentColumns + unlabelled + ` AND (carrier = $2 OR $2 = '') AND id > $3 ORDER BY id LIMIT $4`),
	}
	troubleCounts = map[string]*db.SQL{
		TroubleAny: troubleCount(""), TroubleLost: troubleCount(" AND " + isLost), TroubleStuck: troubleCount(" AND " + isStuck),
		TroublePromise: troubleCount(" AND " + isPromise), TroubleFailed: troubleCount(" AND " + isFailed), TroubleReturning: troubleCount(" AND " + isBack),
		TroubleNoWaybill: db.NewSQL(`SELECT count(*) FROM (SELECT 1` + unlabelled + ` LIMIT $2) x`),
	}
)

// Trouble selects shipments with which something is wrong.
type Trouble struct {
	View    string // one of Troubles; empty = any
	Node    int64  // 0 = all
	Carrier string // empty = all
}

// InTrouble lists up to limit shipments, those first that were made first, behind the shipment after. next is the place behind the
// page, 0 where nothing follows; a page may be short before that, since refused waybills of parcels that were opened again are left
// out. Fault: unknown_value.
func InTrouble(tx *db.Tx, t Trouble, after int64, limit int) (list []*Shipment, next int64, err error) {
	view := cmp.Or(t.View, TroubleAny)
	sql := troubleLists[view]
	if sql == nil {
		return nil, 0, fault.Invalidf("view", "unknown_value", "%q is none of %v", t.View, Troubles).With("value", t.View)
	}
	list, err = db.All(tx.Query(sql, t.Node, t.Carrier, after, limit), scanShipment)
	if err != nil {
		return nil, 0, err
	}
	if len(list) == limit {
		next = list[limit-1].ID
	}
	if view == TroubleNoWaybill {
		list, err = stillPacked(tx, list)
	}
	return list, next, err
}

// stillPacked leaves the shipments whose parcel is closed, or not packed yet.
func stillPacked(tx *db.Tx, list []*Shipment) (out []*Shipment, err error) {
	var ids []int64
	for _, sh := range list {
		ids = append(ids, sh.ParcelID)
	}
	parcels, err := pack.ParcelsByID(tx, ids)
	for _, sh := range list {
		if p, ok := parcels[sh.ParcelID]; !ok || p.Status == pack.Packed {
			out = append(out, sh)
		}
	}
	return out, err
}

// CountTrouble counts the shipments of each view at a node (0 = all), up to 1000: a count of 1000 is that many or more.
func CountTrouble(tx *db.Tx, node int64) (map[string]int64, error) {
	out := make(map[string]int64, len(Troubles))
	for _, view := range Troubles {
		var n int64
		if _, err := tx.Query(troubleCounts[view], node, countMost).One(&n); err != nil {
			return nil, err
		}
		out[view] = n
	}
	return out, nil
}
