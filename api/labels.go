package api

import (
	"slices"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// LabelInput asks a carrier for waybills; without a carrier the best by the rates is asked.
type LabelInput struct {
	Carrier string `json:"carrier,omitempty"`
	Service string `json:"service,omitempty"`
}

// VoidInput takes waybills back.
type VoidInput struct {
	Shipments []string `json:"shipments,omitempty" doc:"none is all"`
}

// HandOverInput is what was scanned at the dock.
type HandOverInput struct {
	Waybills    []string `json:"waybills,omitempty"`
	Fulfilments []string `json:"fulfilments,omitempty" doc:"all labelled parcels of each"`
	Node        string   `json:"node,omitempty" doc:"a parcel of another warehouse is refused"`
}

// Manifest is what was handed over in one go, and what was not.
type Manifest struct {
	ID      string       `json:"id"`
	Handed  []Shipment   `json:"handed"`
	Refused []NotHandled `json:"refused"`
	Papers  []Paper      `json:"papers" doc:"one for each carrier to sign"`
}

// NotHandled is a scan that was not taken.
type NotHandled struct {
	Field      string `json:"field" doc:"which of the scans, as a path into the request"`
	Waybill    string `json:"waybill,omitempty"`
	Fulfilment string `json:"fulfilment,omitempty"`
	Code       string `json:"code"`
	Text       string `json:"text"`
}

// Rate is what a carrier's service costs from one region to another.
type Rate struct {
	Carrier           string `json:"carrier"`
	Service           string `json:"service"`
	FromRegion        string `json:"from_region"`
	ToRegion          string `json:"to_region"`
	FirstG            int64  `json:"first_g"`
	FirstPrice        string `json:"first_price"`
	StepG             int64  `json:"step_g"`
	StepPrice         string `json:"step_price"`
	VolumetricDivisor int64  `json:"volumetric_divisor"`
	DaysP50           int64  `json:"days_p50"`
	DaysP90           int64  `json:"days_p90"`
	Currency          string `json:"currency"`
}

// RateList lists rates.
type RateList struct {
	Rates []Rate `json:"rates"`
}

// Suspension is where a carrier does not go for a time.
type Suspension struct {
	ID       string `json:"id,omitempty"`
	Carrier  string `json:"carrier"`
	Service  string `json:"service,omitempty" doc:"empty = every service"`
	Province string `json:"province" doc:"* is everywhere"`
	City     string `json:"city,omitempty"`
	From     string `json:"from,omitempty" format:"date-time"`
	Until    string `json:"until,omitempty" format:"date-time" doc:"empty = until further notice"`
	Reason   string `json:"reason,omitempty"`
}

// SuspensionList lists suspensions, past ones too.
type SuspensionList struct {
	Suspensions []Suspension `json:"suspensions"`
}

const stopPrefix = "sus"

func (s *Server) labels() {
	command(s, route{path: "/v1/fulfilments/{id}/label", tag: "fulfilments", id: "label", scope: access.Ship,
		summary: "Ask a carrier for waybills; the answer comes as an event"}, on(order.FulfilmentPrefix, func(c *call, key int64, in LabelInput) (ShipOutcome, error) {
		out, err := c.Ship.Label(c.ctx, c.once, ship.LabelIn{FulfilmentID: key, Carrier: in.Carrier, Service: in.Service, Actor: c.actor()})
		return shipOutcome(out), err
	}))
	command(s, route{path: "/v1/fulfilments/{id}/void", tag: "fulfilments", id: "void", scope: access.Ship,
		summary: "Take waybills back"}, on(order.FulfilmentPrefix, func(c *call, key int64, in VoidInput) (ShipOutcome, error) {
		ask := ship.VoidIn{FulfilmentID: key, Actor: c.actor()}
		for _, text := range in.Shipments {
			one, err := idOf("shipments", ship.Prefix, text)
			if err != nil {
				return ShipOutcome{}, err
			}
			ask.Shipments = append(ask.Shipments, one)
		}
		out, err := c.Ship.Void(c.ctx, c.once, ask)
		return shipOutcome(out), err
	}))
	command(s, route{path: "/v1/handovers", tag: "shipping", id: "hand-over", scope: access.Ship, summary: "The scan at the dock"}, (*call).handOver)
	query(s, route{path: "/v1/rates", tag: "shipping", id: "list-rates", scope: access.StockRead, summary: "What carriers cost"}, (*call).listRates)
	query(s, route{path: "/v1/suspensions", tag: "shipping", id: "list-suspensions", scope: access.StockRead,
		summary: "Where carriers do not go"}, (*call).listSuspensions)
	command(s, route{path: "/v1/suspensions", tag: "shipping", id: "suspend", scope: access.Admin, summary: "A carrier does not go somewhere for a time"},
		(*call).suspend)
	command(s, route{path: "/v1/suspensions/{id}/end", tag: "shipping", id: "resume", scope: access.Admin, summary: "It goes there again"},
		on(stopPrefix, func(c *call, key int64, _ Empty) (Item, error) {
			return Item{ID: id.Show(stopPrefix, key)}, c.Ship.Resume(c.ctx, c.once, c.actor(), key)
		}))
}

func (c *call) handOver(in HandOverInput) (Manifest, error) {
	if in.Node == "" && slices.ContainsFunc(c.area, func(r access.Reach) bool { return len(r.Nodes) > 0 }) {
		return Manifest{}, fault.Invalidf("node", "http.node_needed", "say at which warehouse: you reach some of them only")
	}
	ask := ship.HandOverIn{Waybills: in.Waybills, Actor: c.actor()}
	for _, text := range in.Fulfilments {
		key, err := idOf("fulfilments", order.FulfilmentPrefix, text)
		if err != nil {
			return Manifest{}, err
		}
		ask.Fulfilments = append(ask.Fulfilments, key)
	}
	if in.Node != "" {
		n, err := c.allNames()
		if err != nil {
			return Manifest{}, err
		}
		node, err := n.nodeOf("node", in.Node)
		if err != nil {
			return Manifest{}, err
		}
		ask.Node = node.ID
	}
	m, err := c.Ship.HandOver(c.ctx, c.once, ask)
	out := Manifest{ID: id.Show("man", m.ID), Handed: []Shipment{}, Refused: []NotHandled{}, Papers: []Paper{}}
	for _, s := range m.Handed {
		out.Handed = append(out.Handed, sentOf(s))
	}
	if err == nil && len(m.Papers) > 0 {
		n, err := c.allNames()
		if err != nil {
			return out, err
		}
		for _, p := range m.Papers {
			out.Papers = append(out.Papers, n.paper(p, nil))
		}
	}
	for _, r := range m.Refused {
		why := &fault.Fault{Code: r.Code, Params: r.Params, Message: r.Message}
		out.Refused = append(out.Refused, NotHandled{Field: r.Field, Waybill: r.Waybill, Fulfilment: shown(order.FulfilmentPrefix, r.FulfilmentID), Code: r.Code,
			Text: sentence(why, c.lang())})
	}
	return out, err
}

func rateOf(r ship.RateCard) Rate {
	return Rate{Carrier: r.Carrier, Service: r.Service, FromRegion: r.FromRegion, ToRegion: r.ToRegion, FirstG: r.FirstG,
		FirstPrice: money.Format(r.FirstPrice, r.Currency), StepG: r.StepG, StepPrice: money.Format(r.StepPrice, r.Currency),
		VolumetricDivisor: r.VolumetricDivisor, DaysP50: int64(r.DaysP50), DaysP90: int64(r.DaysP90), Currency: r.Currency}
}

func (c *call) listRates() (RateList, error) {
	out := RateList{Rates: []Rate{}}
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := ship.Rates(tx)
		for _, r := range list {
			out.Rates = append(out.Rates, rateOf(r))
		}
		return err
	})
	return out, err
}

func (c *call) listSuspensions() (SuspensionList, error) {
	out := SuspensionList{Suspensions: []Suspension{}}
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := ship.Stops(tx)
		for _, s := range list {
			out.Suspensions = append(out.Suspensions, Suspension{ID: id.Show(stopPrefix, s.ID), Carrier: s.Carrier, Service: s.Service, Province: s.Province,
				City: s.City, From: moment3339(s.From), Until: moment3339(s.Until), Reason: s.Reason})
		}
		return err
	})
	return out, err
}

func moment3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return at(t.UnixMicro())
}

func (c *call) suspend(in Suspension) (Item, error) {
	from, err := microsOf("from", in.From)
	if err != nil {
		return Item{}, err
	}
	until, err := microsOf("until", in.Until)
	if err != nil {
		return Item{}, err
	}
	stop := ship.Stop{Carrier: in.Carrier, Service: in.Service}
	stop.Province, stop.City, stop.Reason = in.Province, in.City, in.Reason
	if from != 0 {
		stop.From = time.UnixMicro(from).UTC()
	}
	if until != 0 {
		stop.Until = time.UnixMicro(until).UTC()
	}
	key, err := c.Ship.Suspend(c.ctx, c.once, c.actor(), stop)
	return Item{ID: id.Show(stopPrefix, key)}, err
}
