package report

import (
	"cmp"
	"slices"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
)

// shipmentKinds are the events after which a parcel may be at the moment its shop wants to hear of it. A waybill is asked for
// when the parcel is packed and weighed, so that packing by itself never is.
var shipmentKinds = []string{"ship.labelled.v1", "ship.handed_over.v1"}

// shipments queues the parcels that are where their shop wants to hear of them. Which that are is read from the shipments
// as they stand, not from the event: a parcel that is further already is told as well.
func (p *page) shipments(facts []db.Fact) error {
	fulfilments := map[int64]*account{}
	var orders []int64
	for _, f := range facts {
		if !slices.Contains(shipmentKinds, f.Kind) {
			continue
		}
		if a, _ := p.of(f); a != nil && a.shipment {
			fulfilments[f.Subject] = a
			orders = append(orders, f.Order)
		}
	}
	if len(orders) == 0 {
		return nil
	}
	all, err := ship.ShipmentsOf(p.Tx, id.Distinct(orders))
	if err != nil {
		return err
	}
	weights, err := p.weights(all)
	if err != nil {
		return err
	}
	lists := map[*account][]*Message{}
	going := map[*account][]*ship.Shipment{}
	for _, key := range id.Distinct(orders) {
		for _, sh := range all[key] {
			if a := fulfilments[sh.FulfilmentID]; a != nil && reached(a.ReportAt, sh, weights[sh.ParcelID]) {
				lists[a] = append(lists[a], &Message{Key: id.Show(pack.Prefix, sh.ParcelID), Order: sh.OrderID, Parcel: sh.ParcelID, payload: waybillTold{Waybill: sh.Waybill}.text()})
				going[a] = append(going[a], sh)
			}
		}
	}
	for _, a := range p.accounts {
		if err := p.relabelled(a, going[a]); err != nil {
			return err
		}
		if err := p.queue(a, Shipment, lists[a]); err != nil {
			return err
		}
	}
	return nil
}

// weights are those of the cartons, by parcel: what lies in the carton of another order weighs nothing by itself.
func (p *page) weights(all map[int64][]*ship.Shipment) (map[int64]int64, error) {
	var ids []int64
	for _, list := range all {
		for _, sh := range list {
			ids = append(ids, sh.ParcelID)
		}
	}
	parcels, err := pack.ParcelsByID(p.Tx, id.Distinct(ids))
	if err != nil {
		return nil, err
	}
	var cartons []int64
	for _, x := range parcels {
		if x.InsideID != 0 {
			cartons = append(cartons, x.InsideID)
		}
	}
	around, err := pack.ParcelsByID(p.Tx, id.Distinct(cartons))
	out := make(map[int64]int64, len(parcels))
	for key, x := range parcels {
		out[key] = cmp.Or(around[x.InsideID].WeightG, x.WeightG)
	}
	return out, err
}

// reached reports whether a parcel is at the moment that its shop chose. What has left is at every moment.
func reached(moment string, sh *ship.Shipment, weightG int64) bool {
	switch {
	case sh.Gone():
		return true
	case sh.Status != ship.Labelled:
		return false
	case moment == intake.AtPrint:
		return true
	}
	return moment == intake.AtWeigh && weightG > 0
}

// parcel reads what a shop is told of one parcel, as it is now; nil when its waybill is not wanted any more. Of a parcel whose
// goods are sent again it is the first parcel, under the waybill of the second.
func parcel(tx *db.Tx, m *Message) (*intake.ShippedParcel, error) {
	sh, err := shipmentOf(tx, m)
	if err != nil || sh == nil {
		return nil, err
	}
	inside := sh
	if told := m.told(); told.Shipment != 0 {
		if sh, err = wantedShipment(tx, told.Shipment); err != nil || sh == nil {
			return nil, err
		}
	}
	orders, err := order.ByIDs(tx, []int64{m.Order})
	if err != nil || orders[m.Order] == nil {
		return nil, err
	}
	o := orders[m.Order]
	lines, err := contents(tx, o, inside)
	at := sh.HandedOverAt
	if at == 0 {
		at = sh.UpdatedAt
	}
	return &intake.ShippedParcel{OrderNo: o.ExternalNo, Parcel: id.Show(pack.Prefix, m.Parcel), Carrier: sh.Carrier, Service: sh.Service, Waybill: sh.Waybill,
		At: time.UnixMicro(at).UTC(), Lines: lines}, err
}

// shipmentOf is the waybill that a parcel travels under, or will.
func shipmentOf(tx *db.Tx, m *Message) (*ship.Shipment, error) {
	all, err := ship.ShipmentsOf(tx, []int64{m.Order})
	if err != nil {
		return nil, err
	}
	for _, sh := range all[m.Order] {
		if sh.ParcelID == m.Parcel && (sh.Gone() || sh.Status == ship.Labelled) {
			return sh, nil
		}
	}
	return nil, nil
}

// contents is what is in a parcel in the words of the order: its line numbers, its SKUs. A bundle is in the parcel where
// its first component is.
func contents(tx *db.Tx, o *order.Order, sh *ship.Shipment) ([]intake.ShippedLine, error) {
	packed, err := pack.LinesOf(tx, []int64{sh.ParcelID})
	if err != nil {
		return nil, err
	}
	all, err := order.Fulfilments(tx, []int64{sh.FulfilmentID})
	if err != nil || all[sh.FulfilmentID] == nil {
		return nil, err
	}
	var skus []int64
	for _, l := range o.Lines {
		skus = append(skus, l.SKUID)
	}
	recipes, err := catalog.Bundles(tx, id.Distinct(skus), time.UnixMicro(o.PlacedAt))
	if err != nil {
		return nil, err
	}
	units := map[int64]int64{} // by order line
	for _, part := range packed[sh.ParcelID] {
		for _, l := range all[sh.FulfilmentID].Lines {
			if l.Seq == part.Seq {
				units[l.LineNo] += unitsOf(o, recipes, l, part.Quantity)
			}
		}
	}
	var out []intake.ShippedLine
	for _, l := range o.Lines {
		if units[l.No] > 0 {
			out = append(out, intake.ShippedLine{LineNo: l.No, SKU: l.SKU, Quantity: units[l.No]})
		}
	}
	return out, nil
}

// unitsOf counts packed pieces in units of the order line that they serve.
func unitsOf(o *order.Order, recipes map[int64][]catalog.Component, l order.FulfilmentLine, pieces int64) int64 {
	i := slices.IndexFunc(o.Lines, func(x order.Line) bool { return x.No == l.LineNo })
	if i < 0 {
		return 0
	}
	parts := recipes[o.Lines[i].SKUID]
	switch {
	case len(parts) == 0:
		return pieces
	case parts[0].SKU == l.SKUID:
		return pieces / parts[0].Quantity
	}
	return 0
}
