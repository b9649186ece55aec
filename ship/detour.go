package ship

import (
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
)

func microsOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Detour is what became of a labelled fulfilment whose carrier does not go there.
type Detour struct {
	FulfilmentID int64
	From, To     string // carriers; To is empty where no other can take it
	Voided       []*Shipment
}

// leaves is when a parcel that is ready now would be handed over.
func (t *tariff) leaves(tx *db.Tx, node int64, carrier string) time.Time {
	n := t.nodes[node]
	c := CarrierService{Cutoff: cutoff(n, carrier)}
	return c.handOver(tx.Now().In(zoneOf(n)))
}

// suspends reports whether a suspension covers a recipient at a moment.
func (t *tariff) suspends(carrier, service string, to order.Recipient, at time.Time) bool {
	region := RegionKey(to.Province)
	return slices.ContainsFunc(t.stopped(product{carrier, service}), func(x Suspension) bool {
		if x.Province = RegionKey(x.Province); x.Province == Anywhere {
			x.Province = region
		}
		return x.Covers(Address{Province: region, City: to.City}, at)
	})
}

// Detour voids what is asked for or in hand for a packed fulfilment whose carrier does not go there, and asks the next
// that does. Where none does, the waybills stay: the carrier may still take what it has promised, and a person
// decides. The caller has locked the order. Faults: those of Label.
func (s *Service) Detour(tx *db.Tx, key int64, actor string) (Detour, error) {
	d, err := s.open(tx, []int64{key})
	if err != nil {
		return Detour{}, err
	}
	f, err := d.packed(key)
	if err != nil {
		return Detour{}, err
	}
	out := Detour{FulfilmentID: key}
	o := d.orders[f.OrderID]
	var list []*Shipment
	for _, sh := range d.live(f) {
		if d.tariff.suspends(sh.Carrier, sh.Service, o.Recipient, d.tariff.leaves(tx, sh.NodeID, sh.Carrier)) {
			list = append(list, sh)
		}
	}
	if len(list) == 0 {
		return out, nil
	}
	out.From = list[0].Carrier
	return out, s.detour(tx, d, f, list, actor, &out)
}

func (s *Service) detour(tx *db.Tx, d *dock, f *order.Fulfilment, list []*Shipment, actor string, out *Detour) error {
	var drafts []*Shipment
	var why []*chosen
	for _, sh := range list {
		i := slices.IndexFunc(d.parcels[f.ID], func(p pack.Parcel) bool { return p.ID == sh.ParcelID })
		if i < 0 {
			return nil // its parcel was opened meanwhile
		}
		c, err := s.pick(tx, d, d.parcels[f.ID][i], LabelIn{FulfilmentID: f.ID})
		if fault.Code(err) == "ship.no_service" {
			return nil
		}
		if err != nil {
			return err
		}
		drafts, why = append(drafts, s.draft(d, d.parcels[f.ID][i], c.Carrier, c.Service)), append(why, recordOf(&c))
	}
	if err := void(tx, list, actor); err != nil {
		return err
	}
	for i, sh := range drafts {
		w := labelWork{Record: why[i], Failed: []Asked{{Carrier: list[i].Carrier, Service: list[i].Service, Outcome: GaveNone, Code: codeSuspendedOpen,
			Params: map[string]any{"region": d.orders[f.OrderID].Recipient.Province}}}}
		if err := s.standIn(tx, list[i], sh, w); err != nil {
			return err
		}
		out.To = sh.Carrier
	}
	out.Voided = list
	return nil
}

// Reaches reports whether any service goes from a node to a recipient when the next vans leave. Carriers that nobody
// can call count too: their numbers come on forms.
func (s *Service) Reaches(tx *db.Tx, node int64, to order.Recipient) (bool, error) {
	t, err := s.tariff(tx)
	if err != nil {
		return false, err
	}
	from, region := RegionKey(t.nodes[node].Province), RegionKey(to.Province)
	for _, name := range t.services {
		if _, ok := t.card(name, from, region); ok && !t.suspends(name.carrier, name.service, to, t.leaves(tx, node, name.carrier)) {
			return true, nil
		}
	}
	return false, nil
}

// Suspended reports whether any service of the rates does not go from a node to a recipient when its next van leaves.
func (s *Service) Suspended(tx *db.Tx, node int64, to order.Recipient) (bool, error) {
	t, err := s.tariff(tx)
	if err != nil || len(t.stops) == 0 {
		return false, err
	}
	return slices.ContainsFunc(t.services, func(name product) bool {
		return t.suspends(name.carrier, name.service, to, t.leaves(tx, node, name.carrier))
	}), nil
}
