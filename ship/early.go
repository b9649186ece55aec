package ship

import (
	"maps"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
)

var bindShipment = db.Change("ship_shipment", "id bigint, parcel bigint", 1, "parcel_id = x.parcel", "t.id = x.id AND t.parcel_id = 0")

// early reports whether the waybill was asked for before anything was packed.
func (s *Shipment) early() bool { return s.ParcelID == 0 }

// Of reports whether the shipment is that of a parcel. A waybill that was taken before packing goes to the first parcel.
func (s *Shipment) Of(p pack.Parcel) bool {
	return s.ParcelID == p.ID || s.early() && s.FulfilmentID == p.FulfilmentID && p.No == 1
}

// LabelEarly asks for the waybills of fulfilments that are being released, one each, before they are packed (打单前置), and
// returns the shipments in the given order. Carrier and weight are those of the goods by the catalogue, in one parcel; should
// more be packed, Label asks for the rest. A fulfilment that has a waybill, that no connected carrier takes, or that shares a
// parcel with others is left to the check. The fulfilments are locked by the caller, in whose transaction it runs.
func (s *Service) LabelEarly(tx *db.Tx, fulfilments []int64) ([]*Shipment, error) {
	d, err := s.released(tx, fulfilments)
	if err != nil {
		return nil, err
	}
	goods, err := expected(tx, d.fulfilments)
	if err != nil {
		return nil, err
	}
	bonds, err := order.BondsOf(tx, fulfilments)
	if err != nil {
		return nil, err
	}
	var list []*Shipment
	for _, key := range fulfilments {
		f := d.fulfilments[key]
		if f == nil || bonds[key] != nil || d.orders[f.OrderID] == nil || d.unlabelled(f) != nil {
			continue
		}
		p := goods[key]
		c := s.choose(tx, d, p, func(carrier string) bool { return s.carriers.Get(carrier) != nil })
		if !c.Found() {
			continue
		}
		sh := s.draft(d, p, c.Carrier, c.Service)
		s.request(tx, sh, labelWork{Record: recordOf(&c)})
		d.shipments[f.OrderID] = append(d.shipments[f.OrderID], sh)
		list = append(list, sh)
	}
	return list, nil
}

// released reads what LabelEarly needs. Nothing is locked: only rows of its own are written.
func (s *Service) released(tx *db.Tx, fulfilments []int64) (*dock, error) {
	d := &dock{}
	var err error
	if d.fulfilments, err = order.Fulfilments(tx, fulfilments); err != nil {
		return nil, err
	}
	var orders []int64
	for _, f := range d.fulfilments {
		orders = append(orders, f.OrderID)
	}
	slices.Sort(orders)
	orders = slices.Compact(orders)
	if d.orders, err = order.ByIDs(tx, orders); err != nil {
		return nil, err
	}
	if d.shipments, err = ShipmentsOf(tx, orders); err != nil {
		return nil, err
	}
	d.tariff, err = s.tariff(tx)
	return d, err
}

// expected is what will be packed of fulfilments as one parcel each, by the weights of the catalogue.
func expected(tx *db.Tx, fulfilments map[int64]*order.Fulfilment) (map[int64]pack.Parcel, error) {
	var ids []int64
	for _, f := range fulfilments {
		for _, l := range f.Lines {
			ids = append(ids, l.SKUID)
		}
	}
	slices.Sort(ids)
	skus, err := catalog.ByIDs(tx, slices.Compact(ids))
	out := make(map[int64]pack.Parcel, len(fulfilments))
	for key, f := range fulfilments {
		p := pack.Parcel{OrderID: f.OrderID, FulfilmentID: f.ID, NodeID: f.NodeID, No: 1}
		for _, l := range f.Lines {
			p.WeightG += skus[l.SKUID].WeightG * l.Quantity
		}
		out[key] = p
	}
	return out, err
}

// parcelOf is what a shipment carries: its parcel, or what will be packed.
func parcelOf(tx *db.Tx, sh *Shipment) (pack.Parcel, error) {
	if sh.early() {
		f, err := order.Fulfilments(tx, []int64{sh.FulfilmentID})
		if err != nil {
			return pack.Parcel{}, err
		}
		goods, err := expected(tx, f)
		return goods[sh.FulfilmentID], err
	}
	parcels, err := pack.ParcelsByID(tx, []int64{sh.ParcelID})
	return parcels[sh.ParcelID], err
}

// bind gives waybills that were taken before packing to the first parcel that was packed.
func (d *dock) bind(tx *db.Tx) {
	for _, key := range slices.Sorted(maps.Keys(d.parcels)) {
		parcels := d.parcels[key]
		if len(parcels) == 0 {
			continue
		}
		for _, sh := range d.shipments[parcels[0].OrderID] {
			if sh.FulfilmentID == key && sh.early() && sh.Live() {
				sh.ParcelID = parcels[0].ID
				tx.Put(bindShipment, sh.ID, sh.ParcelID)
			}
		}
	}
}

// unbooked are the parcels of a fulfilment that have no waybill and wait for none.
func (d *dock) unbooked(f *order.Fulfilment) []pack.Parcel {
	return slices.DeleteFunc(slices.Clone(d.parcels[f.ID]), func(p pack.Parcel) bool {
		return slices.ContainsFunc(d.shipments[f.OrderID], func(sh *Shipment) bool { return sh.ParcelID == p.ID && (sh.Live() || sh.Gone()) })
	})
}
