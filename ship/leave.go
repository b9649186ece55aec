package ship

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
)

// In hands a packed fulfilment over under a waybill that is in hand.
type In struct {
	FulfilmentID int64
	Carrier      string
	Service      string // may be empty
	Waybill      string // of several parcels each gets -1, -2, … behind it
	Actor        string
}

// firstPoll is how long after the hand-over a carrier is asked for the first time: before that it has seen nothing.
const firstPoll = 2 * time.Hour

// Ship hands the parcels of a fulfilment over at once, under a number that came from elsewhere: a pre-printed form or
// the carrier's own pages. once may be nil.
//
// Faults: fulfilment.not_found, ship.not_packed, order.on_hold, ship.labelled, ship.carrier_missing,
// carrier.waybill_missing, carrier.waybill_form, ship.waybill_taken.
func (s *Service) Ship(ctx context.Context, once *db.Once, in In) (Out, error) {
	out, err := s.ships.Do(ctx, once, in)
	if db.Duplicate(err) { // somebody wrote the waybill, or began the paper of the day, since ours was checked
		out, err = s.ships.Do(ctx, once, in)
	}
	if db.Duplicate(err) {
		return Out{}, taken(in.Waybill)
	}
	return out, err
}

// ShipAll is Ship for many at once, each with its own outcome.
func (s *Service) ShipAll(ctx context.Context, ins []In) []db.Result[Out] {
	out, err := s.ShipOnce(ctx, nil, ins)
	if err != nil {
		return refuseAll(len(ins), err)
	}
	return out
}

// ShipOnce is ShipAll under a key, see db.Bulk.
func (s *Service) ShipOnce(ctx context.Context, once *db.Once, ins []In) ([]db.Result[Out], error) {
	return s.ships.AllOnce(ctx, once, ins, s.Ship)
}

func (s *Service) shipAll(tx *db.Tx, ins []In) []db.Result[Out] {
	ids := make([]int64, len(ins))
	for i, in := range ins {
		ids[i] = in.FulfilmentID
	}
	tx.Ahead(selDayPapers, days(tx.Now()))
	d, err := s.open(tx, ids)
	if err != nil {
		return refuseAll(len(ins), err)
	}
	papers, err := dayPapers(tx)
	if err != nil {
		return refuseAll(len(ins), err)
	}
	used, err := d.numbers(tx, ins)
	if err != nil {
		return refuseAll(len(ins), err)
	}
	out := make([]db.Result[Out], len(ins))
	var left []inventory.Left
	for i, in := range ins {
		var goods []inventory.Left
		out[i].Out, goods, out[i].Err = s.shipOne(tx, d, used, papers, in)
		left = append(left, goods...)
	}
	inventory.Consume(tx, left, d.picked)
	return out
}

// number is a waybill of a carrier.
type number struct{ carrier, waybill string }

// numbers says which of the numbers that the inputs would use are used already.
func (d *dock) numbers(tx *db.Tx, ins []In) (map[number]bool, error) {
	var all []string
	for _, in := range ins {
		all = append(all, waybills(form(in.Waybill), len(d.parcels[in.FulfilmentID]))...)
	}
	had, err := ShipmentsByWaybill(tx, all)
	used := make(map[number]bool, len(had))
	for _, s := range had {
		used[number{s.Carrier, s.Waybill}] = true
	}
	return used, err
}

func form(waybill string) string { return strings.ToUpper(strings.TrimSpace(waybill)) }

// waybills gives every parcel its number.
func waybills(waybill string, parcels int) []string {
	if parcels == 1 {
		return []string{waybill}
	}
	list := make([]string, parcels)
	for i := range list {
		list[i] = fmt.Sprintf("%s-%d", waybill, i+1)
	}
	return list
}

const maxWaybill = 40

func (in In) mistake() error {
	waybill := form(in.Waybill)
	switch {
	case in.Carrier == "":
		return fault.Invalidf("carrier", "ship.carrier_missing", "say which carrier takes the parcel")
	case waybill == "":
		return fault.Invalidf("waybill", "carrier.waybill_missing", "the waybill must be given: scan or type the number on the form")
	case len(waybill) > maxWaybill || strings.Trim(waybill, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "":
		return fault.Invalidf("waybill", "carrier.waybill_form", "%q is not a waybill number: up to %d letters, digits and hyphens", in.Waybill, maxWaybill).
			With("value", in.Waybill).With("max", maxWaybill)
	}
	return nil
}

func taken(waybill string) error {
	return fault.New(fault.Conflict, "ship.waybill_taken", "the waybill %s is on another parcel; scan the form again", waybill).With("waybill", waybill)
}

// shipOne writes one hand-over, but for the goods, which it returns.
func (s *Service) shipOne(tx *db.Tx, d *dock, used map[number]bool, papers map[van]int64, in In) (Out, []inventory.Left, error) {
	f, err := d.packed(in.FulfilmentID)
	if err != nil {
		return Out{}, nil, err
	}
	if err := in.mistake(); err != nil {
		return Out{}, nil, err
	}
	if err := d.unlabelled(f); err != nil {
		return Out{}, nil, err
	}
	parcels := d.parcels[f.ID]
	names := waybills(form(in.Waybill), len(parcels))
	for _, w := range names {
		if used[number{in.Carrier, w}] {
			return Out{}, nil, taken(w)
		}
	}
	out := make([]*Shipment, len(parcels))
	for i, p := range parcels {
		out[i] = s.draft(d, p, in.Carrier, in.Service)
		out[i].Waybill, out[i].Status = names[i], HandedOver
		s.handOver(tx, out[i])
	}
	leaving := d.travellers(f, out, true)
	if err := d.departAll(tx, leaving); err != nil {
		return Out{}, nil, err
	}
	for _, sh := range out {
		used[number{sh.Carrier, sh.Waybill}] = true
		sh.add(tx)
	}
	d.remember(out)
	d.list(tx, papers, out, parcels, in.Actor)
	for _, g := range leaving {
		depart(tx, g.f, g.gone, in.Actor)
	}
	return outOf(f.ID, out), d.wholeOf(leaving), nil
}

// draft is a shipment of a parcel as it begins, with what the rates say it costs.
func (s *Service) draft(d *dock, p pack.Parcel, carrier, service string) *Shipment {
	o := d.orders[p.OrderID]
	sh := &Shipment{OrderID: p.OrderID, FulfilmentID: p.FulfilmentID, ParcelID: p.ID, NodeID: p.NodeID, Carrier: carrier, Service: service,
		Currency: s.currency, PromisedBy: o.PromisedBy}
	if cost, currency, ok := d.tariff.price(carrier, service, p.NodeID, o.Recipient.Province, p.WeightG, p.MM); ok {
		sh.Cost, sh.Currency = cost, currency
	}
	sh.riders = d.drafts(p)
	return sh
}

// handOver notes when the carrier got the parcel, and when it will be asked where it is.
func (s *Service) handOver(tx *db.Tx, sh *Shipment) {
	sh.HandedOverAt = tx.Micros()
	if s.carriers.Get(sh.Carrier) != nil {
		sh.NextPollAt = tx.Now().Add(firstPoll).UnixMicro()
	}
}

// depart moves the order, and the fulfilment when all of it leaves; shipments are those of the order as they will be. Without write it
// only says whether that may be.
func (d *dock) depart(tx *db.Tx, f *order.Fulfilment, shipments []*Shipment, all, write bool) error {
	o := d.orders[f.OrderID]
	was := f.Status
	if all {
		f.Status = order.Shipped
	}
	to := o.Axes
	to.Fulfilment = order.Derive(o, d.ofOrder[o.ID], d.owed[o.ID])
	to.Delivery = Delivery(to.Fulfilment, shipments)
	f.Status = was
	if !write {
		return order.MayMove(o, to)
	}
	if err := order.Move(tx, o, to); err != nil || !all {
		return err
	}
	return order.MoveFulfilment(tx, f, order.Shipped)
}

// departure is the event's content.
type departure struct {
	Carrier  string   `json:"carrier"`
	Service  string   `json:"service,omitempty"`
	Waybills []string `json:"waybills"`
}

func depart(tx *db.Tx, f *order.Fulfilment, gone []*Shipment, actor string) {
	said := departure{Carrier: gone[0].Carrier, Service: gone[0].Service}
	for _, s := range gone {
		said.Waybills = append(said.Waybills, s.Waybill)
	}
	tx.Emit(db.Event{Kind: "ship.handed_over.v1", Order: f.OrderID, Subject: f.ID, Actor: actor, Params: said})
}

// whole is all that stands in a fulfilment's container.
func whole(rs []inventory.Reservation, shipment int64) []inventory.Left {
	var left []inventory.Left
	for _, r := range rs {
		if r.Kind == inventory.Picked {
			left = append(left, inventory.Left{Reservation: r, Quantity: r.Quantity, Ref: shipment})
		}
	}
	return left
}

func outOf(fulfilment int64, list []*Shipment) Out {
	out := Out{FulfilmentID: fulfilment, Shipments: make([]Sent, len(list))}
	for i, s := range list {
		out.Shipments[i] = sentOf(s)
	}
	return out
}
