package ship

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
)

// What other orders have in a parcel travels with it. Each of them has a shipment of its own, so that an order knows by its own rows
// under which number its goods travel, what has left and what came back. Such a rider goes through the states of the parcel it lies
// in; it costs nothing, no carrier is asked for it, and no list of parcels counts it.

var (
	lockRiders = db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment WHERE with_id = ANY($1) AND with_id <> 0 ORDER BY id FOR UPDATE`)
	selRiders  = db.NewSQL(`SELECT ` + shipmentColumns + ` FROM ship_shipment WHERE with_id = ANY($1) AND with_id <> 0 ORDER BY id`)
)

// Riders reads what travels in some shipments, by shipment. It asks nothing where nothing was ever put into one parcel.
func Riders(tx *db.Tx, shipments []int64) (map[int64][]*Shipment, error) {
	return riders(tx, selRiders, shipments)
}

func riders(tx *db.Tx, sql *db.SQL, shipments []int64) (map[int64][]*Shipment, error) {
	if any, err := order.AnyTogether(tx); err != nil || !any || len(shipments) == 0 {
		return nil, err
	}
	list, err := db.All(tx.Query(sql, id.Distinct(shipments)), scanShipment)
	out := map[int64][]*Shipment{}
	for _, sh := range list {
		out[sh.With] = append(out[sh.With], sh)
	}
	return out, err
}

// attach reads what travels in some shipments, locks it and hangs it on them.
func attach(tx *db.Tx, list []*Shipment) error {
	ids := make([]int64, len(list))
	for i, sh := range list {
		ids[i] = sh.ID
	}
	found, err := riders(tx, lockRiders, ids)
	for _, sh := range list {
		sh.riders = found[sh.ID]
	}
	return err
}

// link hangs riders on the shipments they travel in, among those that were read.
func link(all map[int64][]*Shipment) {
	known := map[int64]*Shipment{}
	for _, list := range all {
		for _, sh := range list {
			known[sh.ID] = sh
		}
	}
	for _, sh := range known {
		if outer := known[sh.With]; outer != nil {
			outer.riders = append(outer.riders, sh)
		}
	}
	for _, sh := range known {
		slices.SortFunc(sh.riders, func(a, b *Shipment) int { return cmp.Compare(a.ID, b.ID) })
	}
}

// all is a shipment and what travels in it.
func (s *Shipment) all() []*Shipment { return append([]*Shipment{s}, s.riders...) }

// outer is the shipment that the carrier knows.
func (s *Shipment) outer() int64 { return cmp.Or(s.With, s.ID) }

// ride copies what a shipment is known by to what travels in it.
func (s *Shipment) ride(on *Shipment) {
	s.With, s.Carrier, s.Service, s.Waybill, s.Status, s.Currency, s.Reason = on.ID, on.Carrier, on.Service, on.Waybill, on.Status, on.Currency, on.Reason
	s.HandedOverAt, s.UpdatedAt = on.HandedOverAt, on.UpdatedAt
}

// Follow copies where a parcel is to what travels in it: Tracking, Reason, Late, LastScanAt and DeliveredAt.
func (s *Shipment) Follow(outer *Shipment) {
	s.Tracking, s.Reason, s.Late, s.LastScanAt, s.DeliveredAt = outer.Tracking, outer.Reason, outer.Late, outer.LastScanAt, outer.DeliveredAt
}

// drafts are what other orders have in a parcel, as shipments that begin with it.
func (d *dock) drafts(p pack.Parcel) (list []*Shipment) {
	for _, x := range d.inside[p.ID] {
		list = append(list, &Shipment{OrderID: x.OrderID, FulfilmentID: x.FulfilmentID, ParcelID: x.ID, NodeID: x.NodeID, PromisedBy: d.orders[x.OrderID].PromisedBy})
	}
	return list
}

// sortParcels keeps cartons with their fulfilments, and what lies in them with the cartons.
func (d *dock) sortParcels() {
	d.inside, d.lead = map[int64][]pack.Parcel{}, map[int64]int64{}
	for f, list := range d.parcels {
		for _, p := range list {
			if p.InsideID != 0 && p.Status == pack.Packed {
				d.inside[p.InsideID] = append(d.inside[p.InsideID], p)
			}
		}
		d.parcels[f] = slices.DeleteFunc(list, func(p pack.Parcel) bool { return p.Status != pack.Packed || p.InsideID != 0 })
	}
	for f, list := range d.parcels {
		for _, p := range list {
			slices.SortFunc(d.inside[p.ID], func(a, b pack.Parcel) int { return cmp.Compare(a.ID, b.ID) })
			for _, x := range d.inside[p.ID] {
				d.lead[x.FulfilmentID] = f
			}
		}
	}
}

// guests are the fulfilments of other orders in the parcels of one.
func (d *dock) guests(f *order.Fulfilment) (list []*order.Fulfilment) {
	for _, p := range d.parcels[f.ID] {
		for _, x := range d.inside[p.ID] {
			if g := d.fulfilments[x.FulfilmentID]; g != nil {
				list = append(list, g)
			}
		}
	}
	return list
}

// remember adds new shipments to those of their orders.
func (d *dock) remember(list []*Shipment) {
	for _, sh := range list {
		for _, x := range sh.all() {
			d.shipments[x.OrderID] = append(d.shipments[x.OrderID], x)
		}
	}
}

// going is a fulfilment that leaves with some of its parcels.
type going struct {
	f    *order.Fulfilment
	gone []*Shipment // that leave now
	all  bool        // nothing of it stays
}

// travellers are a fulfilment that leaves and those that leave in its parcels.
func (d *dock) travellers(f *order.Fulfilment, leaving []*Shipment, all bool) []going {
	list := []going{{f, leaving, all}}
	for _, sh := range leaving {
		for _, r := range sh.riders {
			list = append(list, going{d.fulfilments[r.FulfilmentID], []*Shipment{r}, true})
		}
	}
	return list
}

// departAll moves the orders of all that leaves together. After an error nothing is written.
func (d *dock) departAll(tx *db.Tx, list []going) error {
	for _, write := range []bool{false, true} {
		for _, g := range list {
			if g.f == nil {
				return fmt.Errorf("ship: a parcel holds goods of a fulfilment that was not read: %w", db.ErrGuard)
			}
			after := d.after(g)
			if err := d.depart(tx, g.f, after, g.all, write); err != nil {
				return err
			}
		}
	}
	return nil
}

// after are the shipments of an order as they will be once some have left.
func (d *dock) after(g going) []*Shipment {
	list := slices.Clone(d.shipments[g.f.OrderID])
	for _, sh := range g.gone {
		left := *sh
		left.Status = HandedOver
		if i := slices.Index(list, sh); i >= 0 {
			list[i] = &left
		} else {
			list = append(list, &left)
		}
	}
	return list
}

// wholeOf is all that stands in the containers of those that leave.
func (d *dock) wholeOf(list []going) (left []inventory.Left) {
	for _, g := range list {
		left = append(left, whole(d.picked[g.f.ID], g.gone[0].ID)...)
	}
	return left
}
