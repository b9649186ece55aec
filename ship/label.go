package ship

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/words"
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
	Shipment int64   `json:"shipment"`
	Failed   []Asked `json:"failed,omitempty"` // who gave none before, for the same parcel
	Fixed    bool    `json:"fixed,omitempty"`  // a person chose the carrier: no other is asked
	Record   *chosen `json:"record,omitempty"` // why this one is asked
}

// tried lists the carriers that failed before.
func (w *labelWork) tried() []string {
	list := make([]string, len(w.Failed))
	for i, a := range w.Failed {
		list[i] = a.Carrier
	}
	return list
}

// Label writes the intent to get a waybill for every parcel; a job asks the carrier. once may be nil.
//
// Faults: fulfilment.not_found, ship.not_packed, order.on_hold, ship.labelled, ship.no_interface, ship.no_service.
func (s *Service) Label(ctx context.Context, once *db.Once, in LabelIn) (Out, error) {
	return s.labels.Do(ctx, once, in)
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
	parcels := d.unbooked(f)
	if have := d.live(f); len(parcels) == 0 && f.ID != in.FulfilmentID && len(have) > 0 {
		return outOf(f.ID, have), nil // its goods lie in a parcel that is labelled already
	}
	if len(parcels) == 0 {
		return Out{}, d.unlabelled(f)
	}
	var list []*Shipment
	var why []*chosen
	for _, p := range parcels {
		c, err := s.pick(tx, d, p, in)
		if err != nil {
			return Out{}, err
		}
		list, why = append(list, s.draft(d, p, c.Carrier, c.Service)), append(why, recordOf(&c))
	}
	for i, sh := range list {
		s.request(tx, sh, labelWork{Fixed: in.Carrier != "", Record: why[i]})
	}
	d.remember(list)
	return outOf(f.ID, list), nil
}

// request writes a shipment whose waybill is asked for, and the job that asks.
func (s *Service) request(tx *db.Tx, sh *Shipment, w labelWork) {
	sh.Status = Requested
	sh.add(tx)
	w.Shipment = sh.ID
	job.Add(tx, job.Job{Kind: labelJob, Key: sh.Name(), Payload: w})
}

// pick names carrier and service for a parcel, and why.
func (s *Service) pick(tx *db.Tx, d *dock, p pack.Parcel, in LabelIn) (Choice, error) {
	if in.Carrier != "" && s.carriers.Get(in.Carrier) == nil {
		return Choice{}, fault.Invalidf("carrier", "ship.no_interface", "%s cannot be asked for waybills here; ship with a number in hand, or connect the carrier", in.Carrier).
			With("carrier", in.Carrier)
	}
	named := Choice{Option: Option{Carrier: in.Carrier, Service: in.Service}, Why: words.Text{Code: codeNamed}}
	if in.Carrier != "" && in.Service != "" {
		return named, nil
	}
	c := s.choose(tx, d, p, func(carrier string) bool {
		return s.carriers.Get(carrier) != nil && (in.Carrier == "" || carrier == in.Carrier)
	})
	switch {
	case c.Found():
		return c, nil
	case in.Carrier != "":
		return named, nil // a person knows better than the rates
	}
	return Choice{}, noService(d.orders[p.OrderID], &c)
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
