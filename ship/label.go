package ship

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
)

// Kinds of the jobs that call carriers.
const (
	labelJob   = "ship.label"
	voidJob    = "ship.void"
	collectJob = "ship.collect"
)

// LabelIn asks for waybills for the parcels of a packed fulfilment.
type LabelIn struct {
	FulfilmentID int64
	Carrier      string // empty: the best by the rates, and the next one should it fail
	Service      string // of the carrier; empty: the best of its services
	Actor        string
}

// labelWork is the payload of a label job.
type labelWork struct {
	Shipment int64    `json:"shipment"`
	Tried    []string `json:"tried,omitempty"` // carriers that failed before, for the same parcel
	Fixed    bool     `json:"fixed,omitempty"` // a person chose the carrier: no other is asked
}

// Label writes the intent to get a waybill for every parcel; a job asks the carrier. once may be nil.
//
// Faults: fulfilment.not_found, ship.not_packed, order.on_hold, ship.labelled, ship.no_interface, ship.no_service.
func (s *Service) Label(ctx context.Context, once *db.Once, in LabelIn) (Out, error) {
	return s.labels.Do(ctx, once, in)
}

// LabelAll is Label for many at once, each with its own outcome.
func (s *Service) LabelAll(ctx context.Context, ins []LabelIn) []db.Result[Out] {
	return s.labels.All(ctx, ins)
}

func (s *Service) labelAll(tx *db.Tx, ins []LabelIn) []db.Result[Out] {
	ids := make([]int64, len(ins))
	for i, in := range ins {
		ids[i] = in.FulfilmentID
	}
	d, err := s.open(tx, ids)
	if err != nil {
		return refuseAll(len(ins), err)
	}
	out := make([]db.Result[Out], len(ins))
	for i, in := range ins {
		out[i].Out, out[i].Err = s.labelOne(tx, d, in)
	}
	return out
}

func (s *Service) labelOne(tx *db.Tx, d *dock, in LabelIn) (Out, error) {
	f, err := d.packed(in.FulfilmentID)
	if err != nil {
		return Out{}, err
	}
	if err := d.unlabelled(f); err != nil {
		return Out{}, err
	}
	var list []*Shipment
	for _, p := range d.parcels[f.ID] {
		carrier, service, err := s.pick(tx, d, p, in)
		if err != nil {
			return Out{}, err
		}
		list = append(list, s.draft(d, p, carrier, service))
	}
	for _, sh := range list {
		s.request(tx, sh, labelWork{Fixed: in.Carrier != ""})
	}
	d.shipments[f.OrderID] = slices.Concat(d.shipments[f.OrderID], list)
	return outOf(f.ID, list), nil
}

// request writes a shipment whose waybill is asked for, and the job that asks.
func (s *Service) request(tx *db.Tx, sh *Shipment, w labelWork) {
	sh.Status = Requested
	sh.add(tx)
	w.Shipment = sh.ID
	job.Add(tx, job.Job{Kind: labelJob, Key: sh.Name(), Payload: w})
}

// pick names carrier and service for a parcel.
func (s *Service) pick(tx *db.Tx, d *dock, p pack.Parcel, in LabelIn) (carrier, service string, err error) {
	if in.Carrier != "" && s.carriers[in.Carrier] == nil {
		return "", "", fault.Invalidf("carrier", "ship.no_interface", "%s cannot be asked for waybills here; ship with a number in hand, or connect the carrier", in.Carrier).
			With("carrier", in.Carrier)
	}
	if in.Carrier != "" && in.Service != "" {
		return in.Carrier, in.Service, nil
	}
	c := s.choose(tx, d, p, func(carrier string) bool {
		return s.carriers[carrier] != nil && (in.Carrier == "" || carrier == in.Carrier)
	})
	switch {
	case c.Found():
		return c.Carrier, c.Service, nil
	case in.Carrier != "":
		return in.Carrier, in.Service, nil // a person knows better than the rates
	}
	return "", "", noService(d.orders[p.OrderID], &c)
}

func noService(o *order.Order, c *Choice) error {
	f := fault.New(fault.Conflict, "ship.no_service", "no connected carrier can take the parcel to %s; import rates, or name a carrier", o.Recipient.Province).
		With("region", o.Recipient.Province)
	if len(c.Rejected) > 0 {
		f.With("rejected", c.Rejected)
	}
	return f
}

// Handlers are the jobs that call carriers, by kind.
func (s *Service) Handlers() map[string]job.Handler {
	return map[string]job.Handler{labelJob: s.runLabel, voidJob: s.runVoid, collectJob: s.runCollect}
}
