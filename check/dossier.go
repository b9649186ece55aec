package check

import (
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// dossier is everything the tables say of one order.
type dossier struct {
	*order.Order
	weighAt     int64 // when it is to be weighed again
	events      int64 // how many tell of it
	firstEvent  int64
	holds       []int64 // live ones
	owed        []order.BackOrder
	fulfilments []*work
	shipments   []*shipment
	halted      []halt
}

// work is a fulfilment with what was done for it.
type work struct {
	order.Fulfilment
	reservations []inventory.Reservation
	parcels      []*parcel
}

// parcel is a parcel with its content and what was shipped of it.
type parcel struct {
	id, order, fulfilment, node int64
	status                      string
	lines                       []content
	gone                        bool // a shipment of it is on its way or over
}

// content is so much of a fulfilment line and lot in a parcel.
type content struct {
	seq, sku, quantity int64
	lot                string
}

// shipment is one booking with a carrier.
type shipment struct {
	id, fulfilment, parcel, node       int64
	carrier, waybill, status, tracking string
	handedOver, delivered              int64
}

// halt is a stop of the goods of a fulfilment.
type halt struct{ id, fulfilment int64 }

// gone reports whether the carrier has or had the parcel.
func (s *shipment) gone() bool { return s.status == "handed_over" || s.status == "closed" }

// live reports whether the booking stands: a parcel has at most one of them.
func (s *shipment) live() bool { return s.status != "failed" && s.status != "voided" }

// plain lists the fulfilments as order.Derive takes them.
func (d *dossier) plain() []*order.Fulfilment {
	list := make([]*order.Fulfilment, len(d.fulfilments))
	for i, w := range d.fulfilments {
		list[i] = &w.Fulfilment
	}
	return list
}

// counts reports whether what a fulfilment says still serves the order.
func (w *work) counts() bool { return w.Live() || w.Status == order.Shipped }

// packed sums what is in closed parcels, by fulfilment line; only what has left where gone is set.
func (w *work) packed(gone bool) map[int64]int64 {
	sums := map[int64]int64{}
	for _, p := range w.parcels {
		if p.status != "packed" || gone && !p.gone {
			continue
		}
		for _, c := range p.lines {
			sums[c.seq] += c.quantity
		}
	}
	return sums
}

// closed reports whether it has a packed parcel.
func (w *work) closed() bool {
	for _, p := range w.parcels {
		if p.status == "packed" {
			return true
		}
	}
	return false
}
