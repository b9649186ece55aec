package api

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/ship"
)

func (c *call) labelsOf() (out ParcelLabels, err error) {
	out.Stops, out.Parcels = []StopTold{}, []ParcelLabel{}
	key, err := c.idParam("id", order.FulfilmentPrefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		found, err := order.Fulfilments(tx, []int64{key})
		if err != nil {
			return err
		}
		f := found[key]
		if f == nil {
			return noFulfilment(key)
		}
		out.Status = f.Status
		stops, err := c.stopsOn(tx, []*order.Fulfilment{f})
		if err != nil {
			return err
		}
		out.Stops = notNil(stops[key])
		return c.labelsInto(tx, f, &out)
	})
	return out, err
}

func (c *call) labelsInto(tx *db.Tx, f *order.Fulfilment, out *ParcelLabels) error {
	parcels, err := pack.ParcelsOf(tx, []int64{f.ID})
	if err != nil {
		return err
	}
	for _, p := range parcels[f.ID] {
		if p.InsideID != 0 && p.Status == pack.Packed { // the label is on the carton it lies in
			return c.labelsAround(tx, p.InsideID, out)
		}
	}
	shipments, err := ship.ShipmentsOf(tx, []int64{f.OrderID})
	if err != nil {
		return err
	}
	var ids []int64
	for _, sh := range shipments[f.OrderID] {
		ids = append(ids, sh.ID)
	}
	jobs, err := printing.JobsOf(tx, ids)
	if err != nil {
		return err
	}
	for _, p := range parcels[f.ID] {
		if p.Status == pack.Packed {
			out.Parcels = append(out.Parcels, c.parcelLabel(p, shipments[f.OrderID], jobs))
		}
	}
	return nil
}

// labelsAround tells the labels of the fulfilment whose carton a parcel is.
func (c *call) labelsAround(tx *db.Tx, parcel int64, out *ParcelLabels) error {
	found, err := pack.ParcelsByID(tx, []int64{parcel})
	if err != nil {
		return err
	}
	p := found[parcel]
	return c.labelsInto(tx, &order.Fulfilment{ID: p.FulfilmentID, OrderID: p.OrderID}, out)
}

// parcelLabel takes the newest waybill of a parcel, and the newest print of it.
func (c *call) parcelLabel(p pack.Parcel, shipments []*ship.Shipment, jobs map[int64][]*printing.Job) ParcelLabel {
	out := ParcelLabel{Parcel: parcelOf(p)}
	for _, sh := range shipments {
		if !sh.Of(p) || sh.Status == ship.Voided {
			continue
		}
		shown := shipmentOf(sh)
		out.Shipment, out.Print, out.Why = &shown, nil, ""
		if sh.Status == ship.Failed && sh.Reason != "" {
			out.Why = words.Render(c.lang(), sh.Reason, map[string]any{"carrier": sh.Carrier})
		}
		if list := jobs[sh.ID]; len(list) > 0 {
			last := printJobOf(c.lang(), list[len(list)-1])
			last.Reason = c.free(last.Reason)
			out.Print = &last
			if last.Text != "" {
				out.Why = last.Text
			}
		}
	}
	return out
}
