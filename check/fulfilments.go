package check

import (
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// fulfilment looks at one fulfilment and its place in the order.
func (d *dossier) fulfilment(f *findings, w *work) {
	id := key(w.ID)
	over := d.Review == order.ReviewRejected || d.Review == order.ReviewCancelled || d.Fulfilment == order.FulfilmentCancelled
	switch {
	case len(w.Lines) == 0:
		f.add(fulfilmentState, "order_fulfilment", id, "it has no lines")
	case w.counts() && w.Units() == 0:
		f.add(fulfilmentState, "order_fulfilment", id, "it is %q with nothing to ship", w.Status)
	case w.Live() && over:
		f.add(fulfilmentState, "order_fulfilment", id, "it is %q, but the order is over (review %q, fulfilment %q)", w.Status, d.Review, d.Fulfilment)
	}
	for _, l := range w.Lines {
		if !d.has(l.LineNo) {
			f.add(fulfilmentState, "order_fulfilment_line", key(w.ID, l.Seq), "the order has no line %d", l.LineNo)
		}
		if l.Quantity < 0 {
			f.add(negative, "order_fulfilment_line", key(w.ID, l.Seq), "its quantity is %d", l.Quantity)
		}
	}
	packed := w.Status == order.Packed || w.Status == order.Shipped
	if packed && !w.closed() {
		f.add(fulfilmentState, "order_fulfilment", id, "it is %q without a packed parcel", w.Status)
	}
	for _, p := range w.parcels {
		switch {
		case p.status == "packed" && !packed:
			f.add(fulfilmentState, "pack_parcel", key(p.id), "it is packed, but its fulfilment is %q", w.Status)
		case p.order != w.OrderID || p.node != w.NodeID:
			f.add(parcelContent, "pack_parcel", key(p.id), "it names order %d and node %d, its fulfilment order %d and node %d", p.order, p.node, w.OrderID, w.NodeID)
		}
	}
}

// fits says which kinds of reservations a fulfilment may have, by how far it is. Others may have none at all.
var fits = map[string]map[string]bool{
	order.Allocated: {inventory.Soft: true},
	order.Released:  {inventory.Hard: true, inventory.Picked: true},
	order.Picked:    {inventory.Picked: true},
	order.Packed:    {inventory.Picked: true},
}

// reserved compares the reservations of a fulfilment with its lines.
func (w *work) reserved(f *findings) {
	sums := w.packed(true)
	for _, r := range w.reservations {
		id := key(r.FulfilmentID, r.Seq, r.Part)
		sums[r.Seq] += r.Quantity
		line := w.line(r.Seq)
		switch {
		case !w.Live():
			f.add(reservationOrphan, "inventory_reservation", id, "its fulfilment is %q", w.Status)
		case line == nil:
			f.add(reservationOrphan, "inventory_reservation", id, "the fulfilment has no line %d", r.Seq)
		case r.OrderID != w.OrderID || r.Node != w.NodeID || r.SKU != line.SKUID:
			f.add(reservationOrphan, "inventory_reservation", id, "it is for order %d, node %d and SKU %d; its line for order %d, node %d and SKU %d",
				r.OrderID, r.Node, r.SKU, w.OrderID, w.NodeID, line.SKUID)
		case !fits[w.Status][r.Kind]:
			f.add(reservationKind, "inventory_reservation", id, "it is %q, its fulfilment %q", r.Kind, w.Status)
		default:
			placed(f, id, r)
		}
		if r.Quantity <= 0 {
			f.add(negative, "inventory_reservation", id, "its quantity is %d", r.Quantity)
		}
	}
	if !w.Live() {
		return
	}
	for _, l := range w.Lines {
		if sums[l.Seq] != l.Quantity {
			f.add(reservationQuantity, "order_fulfilment_line", key(w.ID, l.Seq), "%d units are to ship, %d are reserved or have left", l.Quantity, sums[l.Seq])
		}
	}
}

// placed compares the kind of a reservation with the place it names.
func placed(f *findings, id string, r inventory.Reservation) {
	switch {
	case r.Kind == inventory.Soft && (r.Location != 0 || r.Container != 0 || r.Lot != ""):
		f.add(reservationKind, "inventory_reservation", id, "it is soft, but names a location")
	case r.Kind == inventory.Hard && (r.Location <= 0 || r.Container != 0):
		f.add(reservationKind, "inventory_reservation", id, "it is hard, but names no bin")
	case r.Kind == inventory.Picked && (r.Location <= 0 || r.Container != r.FulfilmentID):
		f.add(reservationKind, "inventory_reservation", id, "it is picked, but not into the container of its fulfilment")
	}
}

func (w *work) line(seq int64) *order.FulfilmentLine {
	for i := range w.Lines {
		if w.Lines[i].Seq == seq {
			return &w.Lines[i]
		}
	}
	return nil
}

// contents compares what is in the parcels with what the lines say, and with what was picked for it.
func (w *work) contents(f *findings) {
	for _, p := range w.parcels {
		for _, c := range p.lines {
			if l := w.line(c.seq); l == nil || l.SKUID != c.sku {
				f.add(parcelContent, "pack_parcel_line", key(p.id, c.seq, c.lot), "the fulfilment has no line %d with SKU %d", c.seq, c.sku)
			}
		}
	}
	if w.Status != order.Packed && w.Status != order.Shipped {
		return
	}
	packed := w.packed(false)
	for _, l := range w.Lines {
		if packed[l.Seq] != l.Quantity {
			f.add(parcelContent, "order_fulfilment_line", key(w.ID, l.Seq), "%d units are to ship, %d are in parcels", l.Quantity, packed[l.Seq])
		}
	}
	if w.Status == order.Packed {
		w.lots(f)
	}
}

// lots compares the lots in parcels that stand in the building with the lots picked.
func (w *work) lots(f *findings) {
	type piece struct {
		seq int64
		lot string
	}
	diff := map[piece]int64{}
	for _, r := range w.reservations {
		diff[piece{r.Seq, r.Lot}] += r.Quantity
	}
	for _, p := range w.parcels {
		if p.status == "packed" && !p.gone {
			for _, c := range p.lines {
				diff[piece{c.seq, c.lot}] -= c.quantity
			}
		}
	}
	for x, q := range diff {
		if q != 0 {
			f.add(parcelContent, "order_fulfilment_line", key(w.ID, x.seq), "of lot %q %d more were picked than packed", x.lot, q)
		}
	}
}

// parcelsShipped compares parcels and fulfilments with the bookings at carriers.
func (d *dossier) parcelsShipped(f *findings) {
	parcels := map[int64]*parcel{}
	works := map[int64]*work{}
	for _, w := range d.fulfilments {
		works[w.ID] = w
		for _, p := range w.parcels {
			parcels[p.id] = p
		}
	}
	live := map[int64]int64{} // parcel → its standing booking
	for _, s := range d.shipments {
		s.judge(f, parcels[s.parcel], works[s.fulfilment])
		if !s.live() {
			continue
		}
		carries := s.parcel
		if carries == 0 {
			carries = -s.fulfilment // taken with the wave: of whatever is packed first
		}
		if other, twice := live[carries]; twice {
			f.add(shipmentState, "ship_shipment", key(s.id), "parcel %d is booked twice; the other booking is %d", s.parcel, other)
		}
		live[carries] = s.id
	}
	for _, w := range d.fulfilments {
		for _, p := range w.parcels {
			if w.Status == order.Shipped && p.status == "packed" && !p.gone {
				f.add(shipmentState, "pack_parcel", key(p.id), "its fulfilment is shipped, but no carrier has it")
			}
		}
	}
}

// judge looks at one booking with its parcel and fulfilment.
func (s *shipment) judge(f *findings, p *parcel, w *work) {
	id := key(s.id)
	switch {
	case w == nil:
		f.add(shipmentState, "ship_shipment", id, "its order has no fulfilment %d", s.fulfilment)
		return
	case s.parcel == 0 && !s.gone():
		s.judgeEarly(f, w)
		return
	case p == nil || p.fulfilment != s.fulfilment:
		f.add(shipmentState, "ship_shipment", id, "its fulfilment has no parcel %d", s.parcel)
		return
	}
	if (s.gone() || s.status == "labelled") && s.waybill == "" {
		f.add(shipmentState, "ship_shipment", id, "it is %q without a waybill", s.status)
	}
	if s.gone() && s.handedOver == 0 {
		f.add(shipmentState, "ship_shipment", id, "it is %q, but was never handed over", s.status)
	}
	if s.tracking == "delivered" && s.delivered == 0 {
		f.add(shipmentState, "ship_shipment", id, "it is delivered, but nobody knows when")
	}
	if s.gone() && w.Status != order.Shipped && w.Status != order.Packed {
		f.add(shipmentState, "ship_shipment", id, "it is %q, but its fulfilment is %q", s.status, w.Status)
	}
	if s.live() && !s.gone() && w.Status != order.Packed {
		f.add(shipmentState, "ship_shipment", id, "it is %q, but its fulfilment is %q", s.status, w.Status)
	}
	if s.live() && p.status != "packed" {
		f.add(shipmentState, "ship_shipment", id, "it is %q, but its parcel is %q", s.status, p.status)
	}
}

// judgeEarly looks at a booking that was made with the wave, before there was a parcel.
func (s *shipment) judgeEarly(f *findings, w *work) {
	if s.status == "labelled" && s.waybill == "" {
		f.add(shipmentState, "ship_shipment", key(s.id), "it is %q without a waybill", s.status)
	}
	if s.live() && w.Status != order.Released && w.Status != order.Picked && w.Status != order.Packed {
		f.add(shipmentState, "ship_shipment", key(s.id), "it is %q, but its fulfilment is %q", s.status, w.Status)
	}
}
