package ship

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// Prefix is that of a shipment's id as people see it.
const Prefix = "shp"

// States of a shipment.
const (
	Requested  = "requested"   // a waybill is being asked for
	Labelled   = "labelled"    // the waybill is here, the parcel is too
	Failed     = "failed"      // the carrier gave none; Reason says why
	Voided     = "voided"      // the waybill is not wanted any more
	HandedOver = "handed_over" // the carrier has the parcel
	Closed     = "closed"      // delivered; nothing is awaited any more
)

var shipmentStates = map[string][]string{
	Requested:  {Labelled, Failed, Voided},
	Labelled:   {HandedOver, Voided},
	Failed:     {},
	Voided:     {},
	HandedOver: {Closed},
	Closed:     {},
}

// Pending is where a parcel is before anybody has seen it on its way; the other words are track's.
const Pending = "pending"

// Shipment is one parcel under one waybill. Times are UTC microseconds, 0 = none.
type Shipment struct {
	ID           int64
	OrderID      int64
	FulfilmentID int64
	ParcelID     int64
	NodeID       int64
	Carrier      string
	Service      string
	Waybill      string
	Status       string
	Cost         int64 // minor units: what the carrier says, or what its rates say
	Currency     string
	Tracking     string // where it is: a status of track
	Reason       string // why it is there, or why the waybill failed
	Late         string // codes of what is late, separated by a space
	LastScanAt   int64
	NextPollAt   int64 // when the carrier is asked next; 0 = it cannot be asked
	PromisedBy   int64
	HandedOverAt int64
	DeliveredAt  int64
	CreatedAt    int64
	UpdatedAt    int64
	With         int64 // the shipment of another order that it travels in; 0 = it is a parcel of its own

	riders []*Shipment // what travels in it, as far as it was read
}

// Gone reports whether the carrier has the parcel, or had it.
func (s *Shipment) Gone() bool { return s.Status == HandedOver || s.Status == Closed }

// Back reports whether the goods of an undelivered parcel stand here again: whatever its carrier tells later is history.
func (s *Shipment) Back() bool { return s.Status == Closed && s.Tracking == returned }

// Live reports whether a waybill is asked for or in hand and the parcel is still here.
func (s *Shipment) Live() bool { return s.Status == Requested || s.Status == Labelled }

// unwanted reports whether a waybill that the carrier gave for it must be given back.
func (s *Shipment) unwanted() bool { return s.Status == Voided || s.Status == Failed }

// Name is the id as people see it, and the reference a carrier knows the shipment by.
func (s *Shipment) Name() string { return id.Show(Prefix, s.ID) }

const shipmentSpec = "id bigint, order_id bigint, fulfilment_id bigint, parcel_id bigint, node_id bigint, carrier text, service text, waybill text, status text, " +
	"cost bigint, currency text, tracking text, reason text, late text, last_scan_at bigint, next_poll_at bigint, promised_by bigint, handed_over_at bigint, delivered_at bigint, created_at bigint, updated_at bigint, with_id bigint"

const shipmentColumns = `id, order_id, fulfilment_id, parcel_id, node_id, carrier, service, waybill, status, cost, currency, tracking, reason, late,
  last_scan_at, next_poll_at, promised_by, handed_over_at, delivered_at, created_at, updated_at, with_id`

var (
	insShipment  = db.Insert("ship_shipment", shipmentSpec)
	moveShipment = db.Change("ship_shipment", "id bigint, was text, status text, waybill text, cost bigint, currency text, reason text, poll bigint, handed bigint, at bigint", 1,
		"status = x.status, waybill = x.waybill, cost = x.cost, currency = x.currency, reason = x.reason, next_poll_at = x.poll, handed_over_at = x.handed, updated_at = x.at",
		"t.id = x.id AND t.status = x.was")

	selByOrder   = db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment WHERE order_id = ANY($1) ORDER BY id`)
	lockByOrder  = db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment WHERE order_id = ANY($1) ORDER BY id FOR UPDATE`)
	selByID      = db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment WHERE id = ANY($1) ORDER BY id`)
	lockByID     = db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment WHERE id = ANY($1) ORDER BY id FOR UPDATE`)
	selByWaybill = db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment WHERE waybill = ANY($1) AND waybill <> '' AND with_id = 0 ORDER BY id`)
)

func scanShipment(r *db.Rows) *Shipment {
	s := &Shipment{}
	r.Scan(&s.ID, &s.OrderID, &s.FulfilmentID, &s.ParcelID, &s.NodeID, &s.Carrier, &s.Service, &s.Waybill, &s.Status, &s.Cost, &s.Currency,
		&s.Tracking, &s.Reason, &s.Late, &s.LastScanAt, &s.NextPollAt, &s.PromisedBy, &s.HandedOverAt, &s.DeliveredAt, &s.CreatedAt, &s.UpdatedAt, &s.With)
	return s
}

// add writes a new shipment and what travels in it, and fills in their ids.
func (s *Shipment) add(tx *db.Tx) {
	s.insert(tx)
	for _, r := range s.riders {
		r.ride(s)
		r.insert(tx)
	}
}

func (s *Shipment) insert(tx *db.Tx) {
	s.ID, s.CreatedAt, s.UpdatedAt, s.Tracking = tx.NewID(), tx.Micros(), tx.Micros(), Pending
	tx.Put(insShipment, s.ID, s.OrderID, s.FulfilmentID, s.ParcelID, s.NodeID, s.Carrier, s.Service, s.Waybill, s.Status, s.Cost, s.Currency,
		s.Tracking, s.Reason, s.Late, s.LastScanAt, s.NextPollAt, s.PromisedBy, s.HandedOverAt, s.DeliveredAt, s.CreatedAt, s.UpdatedAt, s.With)
}

// move takes a shipment, and what travels in it, to another state with what its fields say now. It returns a conflict, and writes nothing, when
// the table forbids it.
func (s *Shipment) move(tx *db.Tx, to string) error {
	if !slices.Contains(shipmentStates[s.Status], to) {
		return fault.New(fault.Conflict, "ship.state", "the shipment %s is %s and cannot become %s", s.Name(), s.Status, to).
			With("from", s.Status).With("to", to)
	}
	s.save(tx, to)
	return nil
}

func (s *Shipment) save(tx *db.Tx, to string) {
	s.UpdatedAt = tx.Micros()
	tx.Put(moveShipment, s.ID, s.Status, to, s.Waybill, s.Cost, s.Currency, s.Reason, s.NextPollAt, s.HandedOverAt, s.UpdatedAt)
	s.Status = to
	for _, r := range s.riders {
		was := r.Status
		r.ride(s)
		tx.Put(moveShipment, r.ID, was, to, r.Waybill, r.Cost, r.Currency, r.Reason, r.NextPollAt, r.HandedOverAt, r.UpdatedAt)
	}
}

// ShipmentsOf reads the shipments of some orders, those that failed or were voided too, by order, oldest first.
func ShipmentsOf(tx *db.Tx, orders []int64) (map[int64][]*Shipment, error) {
	return byOrder(tx.Query(selByOrder, orders))
}

// LockShipmentsOf is ShipmentsOf, and keeps others from changing them until the transaction ends. Lock the orders first.
func LockShipmentsOf(tx *db.Tx, orders []int64) (map[int64][]*Shipment, error) {
	return byOrder(tx.Query(lockByOrder, orders))
}

func byOrder(rows *db.Rows) (map[int64][]*Shipment, error) {
	list, err := db.All(rows, scanShipment)
	out := map[int64][]*Shipment{}
	for _, s := range list {
		out[s.OrderID] = append(out[s.OrderID], s)
	}
	return out, err
}

// ShipmentsByID reads shipments by id. An id without a shipment is missing in the answer.
func ShipmentsByID(tx *db.Tx, ids []int64) (map[int64]*Shipment, error) {
	list, err := db.All(tx.Query(selByID, ids), scanShipment)
	out := make(map[int64]*Shipment, len(list))
	for _, s := range list {
		out[s.ID] = s
	}
	return out, err
}

// ShipmentsByWaybill reads shipments by their numbers, oldest first. Two carriers may use one number; what
// travels in another parcel is not among them.
func ShipmentsByWaybill(tx *db.Tx, waybills []string) ([]*Shipment, error) {
	return db.All(tx.Query(selByWaybill, waybills), scanShipment)
}

// lockOne reads one shipment and what travels in it, to change them; nil when there is none.
func lockOne(tx *db.Tx, key int64) (*Shipment, error) {
	list, err := db.All(tx.Query(lockByID, []int64{key}), scanShipment)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], attach(tx, list)
}
