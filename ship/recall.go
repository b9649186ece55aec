package ship

import (
	"context"
	"errors"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// Askable lists the labelled parcels of fulfilments whose carrier can say whether it has collected them: a courier may
// take a parcel along that nobody has scanned at the dock. Whoever calls it has the lock of the orders.
func (s *Service) Askable(tx *db.Tx, fulfilments []*order.Fulfilment) (ids []int64, err error) {
	var orders []int64
	for _, f := range fulfilments {
		orders = append(orders, f.OrderID)
	}
	found, err := ShipmentsOf(tx, orders)
	for _, f := range fulfilments {
		for _, sh := range found[f.OrderID] {
			if sh.FulfilmentID == f.ID && sh.Status == Labelled && s.carriers.Get(sh.Carrier) != nil && !slices.Contains(ids, sh.outer()) {
				ids = append(ids, sh.outer())
			}
		}
	}
	return ids, err
}

// Recall gives the waybills of labelled parcels back to their carriers, and tells which of them were collected already. It may
// be asked again after an error: voiding twice is one void.
func (s *Service) Recall(ctx context.Context, shipments []int64) (collected []int64, err error) {
	var found map[int64]*Shipment
	err = s.db.View(ctx, func(tx *db.Tx) (err error) { found, err = ShipmentsByID(tx, shipments); return err })
	if err != nil {
		return nil, err
	}
	for _, key := range shipments {
		sh := found[key]
		if sh == nil || sh.Status != Labelled || s.carriers.Get(sh.Carrier) == nil {
			continue
		}
		if used, err := s.usedElsewhere(ctx, sh, sh.Waybill); err != nil || used {
			if err != nil {
				return nil, err
			}
			continue
		}
		switch err := s.carriers.Get(sh.Carrier).Void(ctx, sh.Waybill); {
		case errors.Is(err, ErrCollected):
			collected = append(collected, key)
		case err != nil && !errors.Is(err, ErrUnknownWaybill):
			return nil, err
		}
	}
	return collected, nil
}

// Recalled writes what Recall found: what carriers have collected is handed over, as if it had been scanned at the dock, and
// of the others the waybill is void. Faults: those of HandOver.
func (s *Service) Recalled(tx *db.Tx, shipments, collected []int64, actor string) error {
	found, err := ShipmentsByID(tx, shipments)
	if err != nil {
		return err
	}
	var fulfilments []int64
	for _, sh := range found {
		fulfilments = append(fulfilments, sh.FulfilmentID)
	}
	d, err := s.open(tx, fulfilments)
	if err != nil {
		return err
	}
	m := &manifest{dock: d, in: HandOverIn{Actor: actor}, going: map[int64][]*Shipment{}}
	var rest []*Shipment
	for _, list := range d.shipments {
		for _, sh := range list {
			switch {
			case slices.Contains(collected, sh.ID) && sh.Status == Labelled:
				if err := m.take(sh); err != nil {
					return err
				}
			case slices.Contains(shipments, sh.ID) && sh.Status == Labelled:
				rest = append(rest, sh)
			}
		}
	}
	if err := void(tx, rest, actor); err != nil {
		return err
	}
	return s.send(tx, m)
}
