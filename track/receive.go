package track

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// In is what a carrier tells of one parcel.
type In struct {
	Shipment int64  // or
	Carrier  string // with
	Waybill  string
	Scans    []ship.Scan // in any order, known ones too
}

// Out is where the parcel is after that.
type Out struct {
	Shipment int64
	Status   Status
	Reason   Reason
	New      int // scans that were not known
}

const maxScans = 1000

// Receive takes scans, from a carrier's push or from anywhere else. Known ones change nothing. once may be nil. Faults:
// carrier.unknown_waybill, track.scans.
func (s *Service) Receive(ctx context.Context, once *db.Once, in In) (Out, error) {
	return s.receipts.Do(ctx, once, in)
}

func (s *Service) receiveAll(tx *db.Tx, ins []In) []db.Result[Out] {
	out := make([]db.Result[Out], len(ins))
	b, err := s.open(tx, ins)
	for i, in := range ins {
		if err != nil {
			out[i].Err = err
			continue
		}
		out[i].Out, out[i].Err = s.receive(tx, b, in)
	}
	return out
}

// board is what is read of the parcels that scans came for: the orders first, then what belongs to them.
type board struct {
	named     map[string][]int64 // shipments by waybill
	shipments map[int64]*ship.Shipment
	ofOrder   map[int64][]*ship.Shipment
	riders    map[int64][]*ship.Shipment // what travels in a parcel, by the parcel's shipment
	orders    map[int64]*order.Order
	histories map[int64]*history
}

func (s *Service) open(tx *db.Tx, ins []In) (*board, error) {
	b := &board{named: map[string][]int64{}, shipments: map[int64]*ship.Shipment{}, riders: map[int64][]*ship.Shipment{}}
	var ids []int64
	var waybills []string
	for _, in := range ins {
		if in.Shipment != 0 {
			ids = append(ids, in.Shipment)
		} else {
			waybills = append(waybills, in.Waybill)
		}
	}
	orders, ids, err := b.find(tx, ids, waybills)
	if err != nil {
		return nil, err
	}
	if b.orders, err = order.Lock(tx, orders); err != nil {
		return nil, err
	}
	if b.ofOrder, err = ship.LockShipmentsOf(tx, orders); err != nil {
		return nil, err
	}
	for _, list := range b.ofOrder {
		for _, sh := range list {
			b.shipments[sh.ID] = sh
			if sh.With != 0 {
				b.riders[sh.With] = append(b.riders[sh.With], sh)
			}
		}
	}
	b.histories, err = s.histories(tx, b.shipments, ids)
	return b, err
}

// find says which shipments are meant, and of which orders; what travels in them is of orders too.
func (b *board) find(tx *db.Tx, ids []int64, waybills []string) (orders, all []int64, err error) {
	found, err := ship.ShipmentsByID(tx, ids)
	if err != nil {
		return nil, nil, err
	}
	named := []*ship.Shipment(nil)
	if len(waybills) > 0 {
		if named, err = ship.ShipmentsByWaybill(tx, waybills); err != nil {
			return nil, nil, err
		}
	}
	for _, sh := range named {
		b.named[sh.Waybill] = append(b.named[sh.Waybill], sh.ID)
		found[sh.ID] = sh
	}
	for id, sh := range found {
		all, orders = append(all, id), append(orders, sh.OrderID)
	}
	slices.Sort(all)
	riders, err := ship.Riders(tx, all)
	for _, list := range riders {
		for _, sh := range list {
			orders = append(orders, sh.OrderID)
		}
	}
	slices.Sort(orders)
	return slices.Compact(orders), all, err
}

// parcel is the shipment that an input means: of a number used twice, the latest.
func (b *board) parcel(in In) (*ship.Shipment, error) {
	if in.Shipment != 0 && b.shipments[in.Shipment] != nil {
		return b.shipments[in.Shipment], nil
	}
	for _, id := range slices.Backward(b.named[in.Waybill]) {
		if sh := b.shipments[id]; in.Shipment == 0 && (in.Carrier == "" || sh.Carrier == in.Carrier) {
			return sh, nil
		}
	}
	return nil, ship.UnknownWaybill(in.Waybill)
}

func (s *Service) receive(tx *db.Tx, b *board, in In) (Out, error) {
	sh, err := b.parcel(in)
	if err != nil {
		return Out{}, err
	}
	if len(in.Scans) > maxScans || slices.ContainsFunc(in.Scans, func(sc ship.Scan) bool { return sc.At.IsZero() }) {
		return Out{}, fault.Invalidf("scans", "track.scans", "a parcel has at most %d scans, each with its time", maxScans).With("max", maxScans)
	}
	h := b.histories[sh.ID]
	out := Out{Shipment: sh.ID}
	for i, sc := range in.Scans {
		if s.add(tx, sh, h, sc, i) {
			out.New++
		}
	}
	if len(h.events) == 0 || sh.Back() { // nobody has said anything yet, and nothing was said now; or it does not matter any more
		out.Status, out.Reason = Status(sh.Tracking), Reason(sh.Reason)
		return out, nil
	}
	state := Follow(h.events)
	out.Status, out.Reason = state.Status, state.Reason
	if out.New == 0 && string(state.Status) == sh.Tracking {
		return out, nil
	}
	was := Status(sh.Tracking)
	s.progress(tx, sh, state, h)
	for _, x := range append([]*ship.Shipment{sh}, b.riders[sh.ID]...) {
		if x != sh {
			if x.Back() {
				continue // what this order had in it stands here again
			}
			x.Follow(sh)
			ship.SaveProgress(tx, x)
		}
		if state.Status != was {
			scanned(tx, x, h.events)
		}
		if err := b.deliver(tx, x); err != nil {
			return out, err
		}
	}
	return out, nil
}

// progress writes where the parcel is now.
func (s *Service) progress(tx *db.Tx, sh *ship.Shipment, state State, h *history) {
	sh.Tracking, sh.Reason, sh.LastScanAt = string(state.Status), string(state.Reason), state.LastScan.UnixMicro()
	sh.NextPollAt = nextPoll(sh, tx.Now())
	for _, e := range inOrder(h.events) {
		if e.Status == StatusDelivered && sh.DeliveredAt == 0 {
			sh.DeliveredAt = e.At.UnixMicro()
		}
	}
	sh.Late, _ = s.judge(sh, tx.Now(), false)
	ship.SaveProgress(tx, sh)
}

// scannedEvent is the content of track.scanned.
type scannedEvent struct {
	Carrier string `json:"carrier"`
	Waybill string `json:"waybill"`
	Status  string `json:"status"`
	Reason  string `json:"reason,omitempty"`
	Place   string `json:"place,omitempty"`
}

func scanned(tx *db.Tx, sh *ship.Shipment, events []Event) {
	last := inOrder(events)[len(events)-1]
	tx.Emit(db.Event{Kind: "track.scanned.v1", Order: sh.OrderID, Subject: sh.ID, Actor: "carrier:" + sh.Carrier,
		Params: scannedEvent{sh.Carrier, sh.Waybill, sh.Tracking, sh.Reason, last.Place}})
}

// deliver moves the order's delivery to what its parcels say.
func (b *board) deliver(tx *db.Tx, sh *ship.Shipment) error {
	o := b.orders[sh.OrderID]
	to := o.Axes
	to.Delivery = ship.Delivery(o.Fulfilment, b.ofOrder[o.ID])
	if to == o.Axes {
		return nil
	}
	if err := order.Move(tx, o, to); err != nil {
		return err
	}
	if to.Delivery == order.DeliveryDelivered {
		tx.Emit(db.Event{Kind: "order.delivered.v1", Order: o.ID, Actor: "carrier:" + sh.Carrier})
	}
	return nil
}
