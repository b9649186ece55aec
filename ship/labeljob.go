package ship

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/warehouse"
)

// labelTries is how often a carrier that does not answer is asked before the next one is: some minutes.
const labelTries = 5

// holdReason is why an order stops when no carrier gives a waybill.
const holdReason = "ship.label_failed"

// runLabel asks for one waybill. A second attempt looks for what the first may have done, before it books again; where
// the waybill is not wanted any more, it gives back what it finds.
func (s *Service) runLabel(ctx context.Context, j job.Job) error {
	var w labelWork
	if err := j.Read(&w); err != nil {
		return err
	}
	sh, req, err := s.booking(ctx, w.Shipment)
	switch {
	case err != nil || sh == nil:
		return err
	case sh.unwanted() && j.Attempt > 1:
		return s.takeBack(ctx, sh)
	case sh.Status != Requested:
		return nil
	}
	got, err := s.book(ctx, s.carriers.Get(sh.Carrier), req, j.Attempt > 1)
	switch {
	case err == nil:
		err = s.got(ctx, w, got)
		if !db.Duplicate(err) {
			return err
		}
		return s.fallBack(ctx, w, fault.New(fault.Conflict, "ship.waybill_taken", "the carrier gave the waybill %s a second time", got.Waybill).With("waybill", got.Waybill), false)
	case errors.Is(err, ErrBusy) && (w.Fixed || !s.lostPatience(sh)), passing(err) && j.Attempt < labelTries:
		return err
	}
	return s.fallBack(ctx, w, err, passing(err) || j.Attempt > 1)
}

// patience is how long a carrier that asks us to slow down is waited for before the next one is asked, in wall time: it
// does not answer faster because our clock does.
const patience = 10 * time.Minute

func (s *Service) lostPatience(sh *Shipment) bool {
	clock := s.db.Clock()
	waited := clock.Now().Sub(time.UnixMicro(sh.CreatedAt))
	if wall := clock.Wall(waited); wall > 0 {
		waited = wall
	}
	return waited >= patience
}

// passing reports whether the same call may succeed later.
func passing(err error) bool {
	f, known := fault.As(err)
	return !known || f.Kind == fault.Unavailable
}

func (s *Service) book(ctx context.Context, c Carrier, r BookRequest, again bool) (Booking, error) {
	if c == nil {
		return Booking{}, fault.New(fault.Conflict, "ship.no_interface", "the carrier is not connected any more")
	}
	if again {
		if b, found, err := c.Find(ctx, r.Reference); err != nil || found {
			return b, err
		}
	}
	return c.Book(ctx, r)
}

// booking reads a shipment and what its carrier must know; nil where there is none.
func (s *Service) booking(ctx context.Context, key int64) (sh *Shipment, r BookRequest, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, err := ShipmentsByID(tx, []int64{key})
		if sh = found[key]; err != nil || sh == nil {
			return err
		}
		p, err := parcelOf(tx, sh)
		if err != nil {
			return err
		}
		orders, err := order.ByIDs(tx, []int64{sh.OrderID})
		if err != nil {
			return err
		}
		all, err := order.FulfilmentsOf(tx, []int64{sh.OrderID})
		if err != nil {
			return err
		}
		t, err := s.tariff(tx)
		if err != nil {
			return err
		}
		o := orders[sh.OrderID]
		r = request(sh, o, p, t.nodes[sh.NodeID])
		if p.No == 1 && all[o.ID][0].ID == sh.FulfilmentID {
			r.CODMinor = dueAtDoor(o)
		}
		return nil
	})
	return sh, r, err
}

// unweighedG is what a parcel is booked at that was never weighed: the first weight of nearly every card.
const unweighedG = 1000

func request(sh *Shipment, o *order.Order, p pack.Parcel, n warehouse.Node) BookRequest {
	to := o.Recipient
	r := BookRequest{Reference: sh.Name(), Service: sh.Service, Parcels: 1, WeightG: p.WeightG, MM: p.MM, Currency: o.Currency,
		Sender:    Address{Name: n.Name, Country: n.Country, Province: n.Province, City: n.City, District: n.District, Address: n.Address},
		Recipient: Address{to.Name, to.Phone, to.Country, to.Province, to.City, to.District, to.Address, to.Postcode},
		Token:     to.Token, TokenIssuer: to.Issuer}
	if r.WeightG <= 0 {
		r.WeightG = unweighedG
	}
	if len(o.Lines) > 0 {
		r.Goods = cmp.Or(o.Lines[0].Title, o.Lines[0].SKU)
	}
	return r
}

// dueAtDoor is what the courier collects: what is not paid, with the first parcel of the order and with no other.
func dueAtDoor(o *order.Order) int64 {
	if o.Kind != "cod" {
		return 0
	}
	return max(0, o.Total-o.PaidAmount)
}

// labelEvent is the content of ship.labelled and ship.label_failed.
type labelEvent struct {
	Carrier string `json:"carrier"`
	Service string `json:"service,omitempty"`
	Waybill string `json:"waybill,omitempty"`
	Cost    int64  `json:"cost,omitempty"`
	Next    string `json:"next,omitempty"` // the carrier that is asked instead; empty: none is left

	Code    string         `json:"code,omitempty"`    // why there is none
	Params  map[string]any `json:"params,omitempty"`  // of the sentence of Code
	Message string         `json:"message,omitempty"` // what was seen, in English, for whoever looks into it

	Record *Decided `json:"record,omitempty"` // of the last word: who was asked, who not, and why
}

// got writes the waybill. One that comes for a shipment that was voided or has failed meanwhile is given back.
func (s *Service) got(ctx context.Context, w labelWork, got Booking) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		sh, err := lockOne(tx, w.Shipment)
		if err != nil || sh == nil {
			return err
		}
		sh.Waybill = got.Waybill
		if got.PriceMinor > 0 {
			sh.Cost, sh.Currency = got.PriceMinor, cmp.Or(got.Currency, sh.Currency)
		}
		switch sh.Status {
		case Requested:
			tx.Emit(db.Event{Kind: "ship.labelled.v1", Order: sh.OrderID, Subject: sh.FulfilmentID, Actor: "carrier:" + sh.Carrier,
				Params: labelEvent{Carrier: sh.Carrier, Service: sh.Service, Waybill: sh.Waybill, Cost: sh.Cost, Record: w.decided(sh)}})
			for _, r := range sh.riders {
				tx.Emit(db.Event{Kind: "ship.labelled.v1", Order: r.OrderID, Subject: r.FulfilmentID, Actor: "carrier:" + sh.Carrier,
					Params: labelEvent{Carrier: sh.Carrier, Service: sh.Service, Waybill: sh.Waybill}})
			}
			keepSort(tx, sh.ID, got.SortCode)
			if err := sh.move(tx, Labelled); err != nil || s.tell == nil {
				return err
			}
			return s.tell(tx, sh)
		case Voided, Failed:
			sh.save(tx, sh.Status)
			giveBack(tx, sh, "late")
		}
		return nil
	})
}

// fallBack writes that a carrier gave no waybill, and asks the next best. When none is left the order stops until
// somebody has looked. doubt says that the carrier may have booked after all.
func (s *Service) fallBack(ctx context.Context, w labelWork, why error, doubt bool) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		found, err := ShipmentsByID(tx, []int64{w.Shipment})
		if err != nil || found[w.Shipment] == nil {
			return err
		}
		d, err := s.open(tx, []int64{found[w.Shipment].FulfilmentID})
		if err != nil {
			return err
		}
		return s.next(tx, d, found[w.Shipment], w, why, doubt)
	})
}

func (s *Service) next(tx *db.Tx, d *dock, read *Shipment, w labelWork, why error, doubt bool) error {
	i := slices.IndexFunc(d.shipments[read.OrderID], func(x *Shipment) bool { return x.ID == read.ID })
	sh := d.shipments[read.OrderID][i]
	if sh.Status != Requested {
		if doubt && sh.unwanted() {
			giveBack(tx, sh, "late")
		}
		return nil
	}
	p, here, err := carried(tx, d, sh)
	if err != nil {
		return err
	}
	holds, err := order.Holds(tx, []int64{sh.OrderID})
	if err != nil {
		return err
	}
	asked := askedOf(sh, why)
	w.Failed = append(slices.Clone(w.Failed), asked)
	tried := w.tried()
	var c Choice
	if !w.Fixed && here {
		c = s.choose(tx, d, p, func(carrier string) bool { return s.carriers.Get(carrier) != nil && !slices.Contains(tried, carrier) })
	}
	if !c.Found() && errors.Is(why, ErrBusy) {
		return why // there is nobody else: it is waited for
	}
	w.Record = recordOf(&c)
	sh.Reason = fault.Code(why)
	if err := sh.move(tx, Failed); err != nil {
		return err
	}
	if doubt {
		giveBack(tx, sh, "failed")
	}
	said := labelEvent{Carrier: sh.Carrier, Service: sh.Service, Next: c.Carrier, Code: sh.Reason, Params: asked.Params, Message: why.Error()}
	if !c.Found() {
		said.Record = w.decided(nil)
	}
	tx.Emit(db.Event{Kind: "ship.label_failed.v1", Order: sh.OrderID, Subject: sh.FulfilmentID, Actor: "carrier:" + sh.Carrier, Params: said})
	if errors.Is(why, ErrBalance) {
		if err := s.ranDry(tx, sh.Carrier); err != nil {
			return err
		}
	}
	if c.Found() {
		return s.standIn(tx, sh, s.draft(d, p, c.Carrier, c.Service), w)
	}
	if sh.early() {
		return nil // nothing is lost: it is labelled after the check, and any carrier may be asked then
	}
	if !slices.ContainsFunc(holds[sh.OrderID], func(h *order.Hold) bool { return h.Live() && h.Reason == holdReason }) {
		return order.PlaceHold(tx, &order.Hold{OrderID: sh.OrderID, Reason: holdReason, Owner: "warehouse",
			Params: map[string]any{"carriers": tried, "code": sh.Reason, "params": asked.Params, "message": why.Error()}})
	}
	return nil
}

// standIn asks another carrier for the waybill of a shipment that is over.
func (s *Service) standIn(tx *db.Tx, old, sh *Shipment, w labelWork) error {
	s.request(tx, sh, w)
	if s.instead == nil {
		return nil
	}
	return s.instead(tx, old, sh)
}

// carried is what a shipment was asked for: its parcel, or before packing what will be packed; false where that was opened again.
func carried(tx *db.Tx, d *dock, sh *Shipment) (p pack.Parcel, here bool, err error) {
	if sh.early() {
		p, err = parcelOf(tx, sh)
		return p, p.FulfilmentID == sh.FulfilmentID, err
	}
	at := slices.IndexFunc(d.parcels[sh.FulfilmentID], func(p pack.Parcel) bool { return p.ID == sh.ParcelID })
	if at < 0 {
		return pack.Parcel{}, false, nil
	}
	return d.parcels[sh.FulfilmentID][at], true, nil
}

// giveBack asks the carrier to take back a waybill that it gave, or may have given, for a shipment. why tells apart
// several reasons for one shipment; a waybill that came late is asked for again after an earlier look found none.
func giveBack(tx *db.Tx, sh *Shipment, why string) {
	job.Add(tx, job.Job{Kind: voidJob, Key: fmt.Sprintf("%s %s", sh.Name(), why), Payload: sh.ID, RunAt: tx.Now().Add(time.Second).UnixMicro()})
}
