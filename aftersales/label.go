package aftersales

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

// LabelIn asks for a return waybill, or names the one the customer has.
type LabelIn struct {
	CaseID  int64
	Carrier string // empty: the one that brought the goods, or else the first that is connected
	Service string
	Waybill string // in hand: no carrier is asked
	Actor   string
}

// labelTries is how often a carrier that does not answer is asked.
const labelTries = 5

// Label gives a case its return waybill: the one in hand, or one that a job asks a carrier for. Faults:
// aftersales.not_found, aftersales.state, aftersales.no_goods, aftersales.masked, aftersales.no_carrier,
// aftersales.no_phone, aftersales.not_approved.
func (s *Service) Label(ctx context.Context, once *db.Once, in LabelIn) (Case, error) {
	return s.change(ctx, once, in.CaseID, func(tx *db.Tx, b *book, c *Case) error {
		switch {
		case !c.Goods():
			return fault.New(fault.Conflict, "aftersales.no_goods", "no goods come back with this case (%s)", c.Kind).With("kind", c.Kind)
		case c.Status != Approved && c.Status != Inspected:
			return fault.New(fault.Conflict, "aftersales.not_approved", "the case is %s; only goods that are awaited get a waybill", c.Status).With("status", c.Status)
		case in.Waybill != "":
			return b.booked(tx, c, in.Actor, in.Carrier, ship.Booking{Waybill: in.Waybill})
		case b.Recipient.Token != "":
			return fault.New(fault.Conflict, "aftersales.masked", "the platform hides the customer's address; he books the parcel there, and gives us the number")
		}
		carrier, service, err := s.carrierFor(b, in)
		if err != nil {
			return err
		}
		if b.policy.Phone == "" {
			return fault.New(fault.Conflict, "aftersales.no_phone", "carriers want a phone of the returns desk; set it in the return policy")
		}
		if err := step(labelStates, "label", c.Label, LabelRequested); err != nil {
			return err
		}
		c.Label, c.Carrier, c.Service, c.LabelReason, c.dirty = LabelRequested, carrier, service, "", true
		c.LabelNo++
		job.Add(tx, job.Job{Kind: labelJob, Key: c.reference(), Payload: c.ID})
		return nil
	})
}

// carrierFor chooses whom to ask.
func (s *Service) carrierFor(b *book, in LabelIn) (carrier, service string, err error) {
	if in.Carrier != "" {
		if s.carriers.Get(in.Carrier) == nil || in.Carrier == ship.ByHand {
			return "", "", fault.Invalidf("carrier", "aftersales.no_carrier", "%s cannot be asked for waybills; give the number in hand", in.Carrier).With("carrier", in.Carrier)
		}
		return in.Carrier, in.Service, nil
	}
	for _, x := range b.sent {
		if s.carriers.Get(x.shipment.Carrier) != nil && x.shipment.Carrier != ship.ByHand {
			return x.shipment.Carrier, cmp.Or(in.Service, x.shipment.Service), nil
		}
	}
	for _, code := range s.carriers.Codes() {
		if code != ship.ByHand {
			return code, in.Service, nil
		}
	}
	return "", "", fault.New(fault.Conflict, "aftersales.no_carrier", "no carrier is connected that can be asked; give the number in hand").With("carrier", "")
}

// reference is what a carrier knows the waybill by. Each time one is asked for it is another: a reference whose waybill
// was given back is spent.
func (c *Case) reference() string { return fmt.Sprintf("%s-%d", c.Name(), c.LabelNo) }

// booked writes a waybill.
func (b *book) booked(tx *db.Tx, c *Case, actor, carrier string, got ship.Booking) error {
	if err := step(labelStates, "label", c.Label, LabelBooked); err != nil {
		return err
	}
	c.Label, c.Carrier, c.Waybill, c.LabelReason, c.dirty = LabelBooked, carrier, got.Waybill, "", true
	b.tell(tx, c, "aftersales.labelled.v1", actor, map[string]any{"carrier": carrier, "waybill": got.Waybill})
	return nil
}

// runLabel asks a carrier for a return waybill. A second attempt looks for what the first may have done.
func (s *Service) runLabel(ctx context.Context, j job.Job) error {
	var key int64
	if err := j.Read(&key); err != nil {
		return err
	}
	c, req, err := s.labelRequest(ctx, key)
	if err != nil || c == nil {
		return err
	}
	got, err := s.book(ctx, c.Carrier, req, j.Attempt > 1)
	switch {
	case err == nil:
	case errors.Is(err, ship.ErrBusy), passing(err) && j.Attempt < labelTries:
		return err
	case passing(err) || j.Attempt > 1:
		s.doubt(ctx, c)
	}
	return s.labelled(ctx, key, got, err)
}

// doubt gives back whatever a carrier has booked for a case without our hearing of it.
func (s *Service) doubt(ctx context.Context, c *Case) {
	_ = s.db.Update(ctx, func(tx *db.Tx) error { // the outcome is written all the same; a lost waybill that nobody uses costs nothing
		job.Add(tx, job.Job{Kind: voidJob, Key: c.reference(), Payload: voidWork{Carrier: c.Carrier, Reference: c.reference()}})
		return nil
	})
}

func (s *Service) book(ctx context.Context, code string, r ship.BookRequest, again bool) (ship.Booking, error) {
	carrier := s.carriers.Get(code)
	if carrier == nil {
		return ship.Booking{}, fault.New(fault.Conflict, "aftersales.no_carrier", "%s cannot be asked for waybills; give the number in hand", code).With("carrier", code)
	}
	if again {
		if b, found, err := carrier.Find(ctx, r.Reference); err != nil || found {
			return b, err
		}
	}
	return carrier.Book(ctx, r)
}

// labelRequest reads a case whose waybill is asked for, and what its carrier must know; nil where none is.
func (s *Service) labelRequest(ctx context.Context, key int64) (c *Case, r ship.BookRequest, err error) {
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		b, found, err := bookOf(tx, key)
		if err != nil || found.Label != LabelRequested {
			return err
		}
		c = found
		r, err = b.request(tx, c)
		return err
	})
	return c, r, err
}

// request is a parcel from the customer to the warehouse: the way out, turned round.
func (b *book) request(tx *db.Tx, c *Case) (ship.BookRequest, error) {
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return ship.BookRequest{}, err
	}
	var skus []int64
	for _, l := range c.Lines {
		skus = append(skus, l.SKUID)
	}
	known, err := catalog.ByIDs(tx, skus)
	if err != nil {
		return ship.BookRequest{}, err
	}
	from := b.Recipient
	r := ship.BookRequest{Reference: c.reference(), Service: c.Service, Parcels: 1, Currency: b.Currency,
		Sender: ship.Address{Name: from.Name, Phone: from.Phone, Country: from.Country, Province: from.Province, City: from.City, District: from.District, Address: from.Address, Postcode: from.Postcode}}
	for _, l := range c.Lines {
		sku := known[l.SKUID]
		r.WeightG += sku.WeightG * (l.Quantity - min(l.Received, l.Quantity))
		r.Goods = cmp.Or(r.Goods, sku.Title, sku.Code)
	}
	r.WeightG = max(r.WeightG, 1)
	for _, n := range nodes {
		if n.ID == c.NodeID {
			r.Recipient = ship.Address{Name: cmp.Or(n.Name, n.Code), Phone: b.policy.Phone, Country: n.Country, Province: n.Province, City: n.City, District: n.District, Address: n.Address}
		}
	}
	return r, nil
}

// labelled writes what the carrier said.
func (s *Service) labelled(ctx context.Context, key int64, got ship.Booking, why error) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		b, c, err := bookOf(tx, key)
		if err != nil || c.Label != LabelRequested {
			return err
		}
		if why == nil {
			err = b.booked(tx, c, "carrier:"+c.Carrier, c.Carrier, got)
		} else {
			c.Label, c.LabelReason, c.dirty = LabelFailed, fault.Code(why), true
			said := map[string]any{"carrier": c.Carrier, "code": c.LabelReason, "message": why.Error()}
			if f, ok := fault.As(why); ok {
				said["params"] = f.Params // of the sentence of the code
			}
			b.tell(tx, c, "aftersales.label_failed.v1", "carrier:"+c.Carrier, said)
		}
		if err != nil {
			return err
		}
		_, err = b.finish(tx, c)
		return err
	})
}

// voidWork is the payload of a void job: a waybill, or the reference of one we never heard of.
type voidWork struct {
	Carrier   string `json:"carrier"`
	Waybill   string `json:"waybill,omitempty"`
	Reference string `json:"reference,omitempty"`
}

// runVoid gives a return waybill back. One that the carrier has collected, or does not know, needs nothing.
func (s *Service) runVoid(ctx context.Context, j job.Job) error {
	var w voidWork
	if err := j.Read(&w); err != nil {
		return err
	}
	carrier := s.carriers.Get(w.Carrier)
	if carrier == nil {
		return nil
	}
	if w.Waybill == "" {
		b, found, err := carrier.Find(ctx, w.Reference)
		if err != nil || !found {
			return err
		}
		w.Waybill = b.Waybill
	}
	err := carrier.Void(ctx, w.Waybill)
	if errors.Is(err, ship.ErrCollected) || errors.Is(err, ship.ErrUnknownWaybill) {
		return nil
	}
	return err
}
