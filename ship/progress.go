package ship

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// The words of track that decide how far a delivery is.
const (
	delivered      = "delivered"
	deliveryFailed = "delivery_failed"
	cancelled      = "cancelled"
	returned       = "return_to_sender"
)

// Delivery is the delivery axis of an order as the facts have it: how far its goods are, and where the parcels are
// that have left. An order of which a part has not left is not delivered yet.
func Delivery(fulfilment string, shipments []*Shipment) string {
	var gone, arrived, failed, back int
	for _, s := range shipments {
		if !s.Gone() {
			continue
		}
		gone++
		switch s.Tracking {
		case delivered:
			arrived++
		case deliveryFailed, cancelled:
			failed++
		case returned:
			back++
		}
	}
	switch {
	case gone == 0:
		return order.DeliveryNone
	case arrived == gone && fulfilment == order.FulfilmentShipped:
		return order.DeliveryDelivered
	case arrived > 0:
		return order.DeliveryPartial
	case failed > 0:
		return order.DeliveryFailed
	case back == gone:
		return order.DeliveryReturned
	}
	return order.DeliveryInTransit
}

var (
	setProgress = db.Change("ship_shipment", "id bigint, status text, tracking text, reason text, late text, last bigint, poll bigint, delivered bigint, at bigint", 1,
		"status = x.status, tracking = x.tracking, reason = x.reason, late = x.late, last_scan_at = x.last, next_poll_at = x.poll, delivered_at = x.delivered, updated_at = x.at", "t.id = x.id")
	setPoll = db.Change("ship_shipment", "id bigint, poll bigint", 1, "next_poll_at = x.poll", "t.id = x.id")
	setLate = db.Change("ship_shipment", "id bigint, late text, at bigint", 1, "late = x.late, updated_at = x.at", "t.id = x.id")

	selDue = db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment
	  WHERE status = 'handed_over' AND next_poll_at > 0 AND next_poll_at <= $1 ORDER BY next_poll_at, id LIMIT $2 FOR UPDATE SKIP LOCKED`)
	selUnderway = db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment
	  WHERE status = 'handed_over' AND with_id = 0 AND (next_poll_at, id) > ($1, $2) ORDER BY next_poll_at, id LIMIT $3`)
)

// SaveProgress writes where a parcel is: Tracking, Reason, Late, LastScanAt, NextPollAt and DeliveredAt of s. A
// delivered parcel that was handed over is closed.
func SaveProgress(tx *db.Tx, s *Shipment) {
	if s.Status == HandedOver && s.Tracking == delivered {
		s.Status = Closed
	}
	s.UpdatedAt = tx.Micros()
	tx.Put(setProgress, s.ID, s.Status, s.Tracking, s.Reason, s.Late, s.LastScanAt, s.NextPollAt, s.DeliveredAt, s.UpdatedAt)
}

// CameBack ends the journey of a parcel that stands in a warehouse again: nobody waits for it, and nothing about it can
// be late any more. One that was delivered and is sent back by the customer keeps its delivery.
func CameBack(tx *db.Tx, s *Shipment) {
	if s.Status != HandedOver {
		return
	}
	s.Status, s.Tracking, s.NextPollAt = Closed, returned, 0
	SaveProgress(tx, s)
}

// SaveLate writes what is late with a parcel that is on its way: Late of s.
func SaveLate(tx *db.Tx, s *Shipment) {
	s.UpdatedAt = tx.Micros()
	tx.Put(setLate, s.ID, s.Late, s.UpdatedAt)
}

// TakeDue takes up to limit parcels whose carrier is to be asked now, the longest due first, and asks for each again at
// the moment next gives: should this process die, nothing is forgotten.
func TakeDue(tx *db.Tx, limit int, next func(*Shipment) int64) ([]*Shipment, error) {
	list, err := db.All(tx.Query(selDue, tx.Micros(), limit), scanShipment)
	for _, s := range list {
		s.NextPollAt = next(s)
		tx.Put(setPoll, s.ID, s.NextPollAt)
	}
	return list, err
}

// Underway lists parcels that are on their way, in the order in which their carriers are asked, behind a
// place in that order; the zero place is the beginning.
func Underway(tx *db.Tx, after Place, limit int) ([]*Shipment, error) {
	return db.All(tx.Query(selUnderway, after.NextPollAt, after.ID, limit), scanShipment)
}

// Place is a position in the order of Underway.
type Place struct{ NextPollAt, ID int64 }
