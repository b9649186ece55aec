package ship

import (
	"context"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/warehouse"
)

// Quoted is the choice for one parcel.
type Quoted struct {
	ParcelID int64
	Choice
}

// Quote asks every service of the rates for every parcel of a packed fulfilment, and writes nothing. Faults:
// fulfilment.not_found, ship.not_packed.
func (s *Service) Quote(ctx context.Context, fulfilment int64) ([]Quoted, error) {
	var out []Quoted
	// The dock is opened with locks, so this is an update that writes nothing.
	err := s.db.Update(ctx, func(tx *db.Tx) error {
		out = nil
		d, err := s.open(tx, []int64{fulfilment})
		if err != nil {
			return err
		}
		if _, err := d.packed(fulfilment); err != nil {
			return err
		}
		for _, p := range d.parcels[fulfilment] {
			out = append(out, Quoted{p.ID, s.choose(tx, d, p, func(string) bool { return true })})
		}
		return nil
	})
	return out, err
}

// choose puts a parcel to the services of the carriers that may be asked. Where all of them are too late for the
// hand-over, the parcel goes as soon as it can: late is better than never.
func (s *Service) choose(tx *db.Tx, d *dock, p pack.Parcel, may func(carrier string) bool) Choice {
	q, ladder := s.query(tx, d, p, may), d.tariff.ladderOf(p.NodeID, d.orders[p.OrderID])
	c := climb(Choose(q), ladder)
	if !c.Found() && !q.CollectBy.IsZero() {
		q.CollectBy = time.Time{}
		c = climb(Choose(q), ladder)
	}
	return c
}

func (s *Service) query(tx *db.Tx, d *dock, p pack.Parcel, may func(carrier string) bool) Query {
	o, n := d.orders[p.OrderID], d.tariff.nodes[p.NodeID]
	q := Query{Strategy: d.tariff.strategy, LateCostPerDay: d.tariff.lateCost, WeightG: p.WeightG, MM: p.MM, COD: o.Kind == "cod", FromRegion: n.Province,
		To: Address{Province: o.Recipient.Province, City: o.Recipient.City}, Currency: s.currency, Ready: tx.Now().In(zoneOf(n))}
	if o.CollectBy > 0 {
		q.CollectBy = time.UnixMicro(o.CollectBy)
	}
	if o.PromisedBy > 0 {
		q.PromisedBy = time.UnixMicro(o.PromisedBy)
	}
	from, to := RegionKey(n.Province), RegionKey(o.Recipient.Province)
	for _, name := range d.tariff.services {
		if !may(name.carrier) || !s.reads(name.carrier, o.Recipient) {
			continue
		}
		// What the rate file does not say (limits, liquids, cash at the door) the carrier refuses itself, and the next is asked.
		c := CarrierService{Carrier: name.carrier, Service: name.service, COD: true, Suspended: d.tariff.stopped(name), Cutoff: cutoff(n, name.carrier)}
		if card, ok := d.tariff.card(name, from, to); ok {
			c.Cards = []RateCard{card}
		}
		q.Services = append(q.Services, c)
	}
	return q
}

// reads reports whether a carrier's route can resolve the recipient's token, as far as we know.
func (s *Service) reads(carrier string, to order.Recipient) bool {
	issuers, known := s.issuers[carrier]
	return to.Token == "" || !known || slices.Contains(issuers, to.Issuer)
}

func zoneOf(n warehouse.Node) *time.Location {
	if zone, err := time.LoadLocation(n.Timezone); err == nil {
		return zone
	}
	return time.UTC
}

// cutoff is when a carrier's last van leaves the node, after local midnight; 0 when it comes at all hours.
func cutoff(n warehouse.Node, carrier string) time.Duration {
	latest := 0
	for _, c := range n.Cutoffs {
		if c.Carrier == carrier {
			latest = max(latest, c.Minute)
		}
	}
	return time.Duration(latest) * time.Minute
}
