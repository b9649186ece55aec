package check

import "slices"

// parcelsHalted looks at what was stopped on its way: a waybill that was taken before the stop must not live, and must
// not have left.
func (d *dossier) parcelsHalted(f *findings) {
	for _, h := range d.halted {
		if !slices.ContainsFunc(d.fulfilments, func(w *work) bool { return w.ID == h.fulfilment }) {
			f.add(stopState, "order_stop", key(h.id), "its order has no fulfilment %d", h.fulfilment)
			continue
		}
		for _, s := range d.shipments {
			if s.fulfilment == h.fulfilment && s.id < h.id && s.live() {
				f.add(stopState, "ship_shipment", key(s.id), "it is %q, but its parcel was stopped by %d after it was booked", s.status, h.id)
			}
		}
	}
}
