package ship

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
)

// VoidIn takes back the waybills of a fulfilment.
type VoidIn struct {
	FulfilmentID int64
	Shipments    []int64 // which of them; none is all
	Actor        string
}

// Void takes back waybills of parcels that have not left, and tells the carriers. once may be nil. Faults:
// fulfilment.not_found, ship.not_packed, ship.nothing_to_void.
func (s *Service) Void(ctx context.Context, once *db.Once, in VoidIn) (Out, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Out, error) {
		d, err := s.open(tx, []int64{in.FulfilmentID})
		if err != nil {
			return Out{}, err
		}
		f := d.fulfilments[cmp.Or(d.lead[in.FulfilmentID], in.FulfilmentID)]
		if f == nil {
			_, err := d.packed(in.FulfilmentID)
			return Out{}, err
		}
		list := slices.DeleteFunc(d.live(f), func(sh *Shipment) bool {
			return len(in.Shipments) > 0 && !slices.ContainsFunc(sh.all(), func(x *Shipment) bool { return slices.Contains(in.Shipments, x.ID) })
		})
		if len(list) == 0 {
			return Out{}, fault.New(fault.Conflict, "ship.nothing_to_void", "no waybill of the fulfilment can be voided: none is asked for or in hand")
		}
		if err := void(tx, list, in.Actor); err != nil {
			return Out{}, err
		}
		return outOf(f.ID, list), nil
	})
}

// StopFor voids what is asked for or in hand for fulfilments that are not wanted any more, in the transaction of
// whoever stops them; what travels in the same parcel loses its waybill with it. A fulfilment of which a parcel has left cannot be stopped: ship.on_the_way.
func (s *Service) StopFor(tx *db.Tx, fulfilments []*order.Fulfilment, actor string) error {
	var orders []int64
	of := map[int64]bool{}
	for _, f := range fulfilments {
		orders = append(orders, f.OrderID)
		of[f.ID] = true
	}
	slices.Sort(orders)
	found, err := LockShipmentsOf(tx, slices.Compact(orders))
	if err != nil {
		return err
	}
	var outer []int64
	for _, key := range slices.Compact(orders) {
		for _, sh := range found[key] {
			switch {
			case !of[sh.FulfilmentID]:
			case sh.Gone():
				return fault.New(fault.Conflict, "ship.on_the_way", "a parcel of the fulfilment has left under %s %s; intercept it, or wait for its return", sh.Carrier, sh.Waybill).
					With("carrier", sh.Carrier).With("waybill", sh.Waybill)
			case sh.Live():
				outer = append(outer, sh.outer())
			}
		}
	}
	if len(outer) == 0 {
		return nil
	}
	list, err := db.All(tx.Query(lockByID, id.Distinct(outer)), scanShipment)
	if err != nil {
		return err
	}
	if err := attach(tx, list); err != nil {
		return err
	}
	return void(tx, list, actor)
}

func void(tx *db.Tx, list []*Shipment, actor string) error {
	for _, sh := range list {
		if err := sh.move(tx, Voided); err != nil {
			return err
		}
		giveBack(tx, sh, "void")
		for _, x := range sh.all() {
			tx.Emit(db.Event{Kind: "ship.voided.v1", Order: x.OrderID, Subject: x.FulfilmentID, Actor: actor,
				Params: labelEvent{Carrier: sh.Carrier, Service: sh.Service, Waybill: sh.Waybill}})
		}
	}
	return nil
}

// runVoid tells the carrier that a waybill is not wanted.
func (s *Service) runVoid(ctx context.Context, j job.Job) error {
	var key int64
	if err := j.Read(&key); err != nil {
		return err
	}
	var sh *Shipment
	err := s.db.View(ctx, func(tx *db.Tx) error {
		found, err := ShipmentsByID(tx, []int64{key})
		sh = found[key]
		return err
	})
	if err != nil || sh == nil {
		return err
	}
	return s.takeBack(ctx, sh)
}

// takeBack voids at the carrier what it has booked for a shipment. What it does not know needs no voiding; what it has
// collected is somebody's to look after.
func (s *Service) takeBack(ctx context.Context, sh *Shipment) error {
	c := s.carriers.Get(sh.Carrier)
	if c == nil {
		return nil // a carrier without an interface: the form is torn up by hand
	}
	waybill := sh.Waybill
	if waybill == "" {
		b, found, err := c.Find(ctx, sh.Name())
		if err != nil || !found {
			return err
		}
		waybill = b.Waybill
	}
	if used, err := s.usedElsewhere(ctx, sh, waybill); err != nil || used {
		return err
	}
	err := c.Void(ctx, waybill)
	switch {
	case errors.Is(err, ErrUnknownWaybill):
		return nil
	case errors.Is(err, ErrCollected):
		return s.db.Update(ctx, func(tx *db.Tx) error {
			tx.Emit(db.Event{Kind: "ship.void_refused.v1", Order: sh.OrderID, Subject: sh.FulfilmentID, Actor: "carrier:" + sh.Carrier,
				Params: labelEvent{Carrier: sh.Carrier, Waybill: waybill, Code: fault.Code(err)}})
			return nil
		})
	}
	return err
}

// usedElsewhere reports whether another parcel bears the waybill: a carrier that gave one number twice must not be made
// to void the good one.
func (s *Service) usedElsewhere(ctx context.Context, sh *Shipment, waybill string) (used bool, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err := ShipmentsByWaybill(tx, []string{waybill})
		used = slices.ContainsFunc(list, func(o *Shipment) bool { return o.ID != sh.ID && o.Carrier == sh.Carrier && !o.unwanted() })
		return err
	})
	return used, err
}
