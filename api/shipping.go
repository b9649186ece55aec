package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
)

// ShipInput hands a fulfilment over under a number in hand.
type ShipInput struct {
	Carrier string `json:"carrier"`
	Service string `json:"service,omitempty"`
	Waybill string `json:"waybill" doc:"of the form; several parcels get -1, -2, …"`
}

// ShipItem is one fulfilment of a bulk.
type ShipItem struct {
	Item
	ShipInput
}

// ShipOutcome is what became of a fulfilment.
type ShipOutcome struct {
	ID        string     `json:"id"`
	Shipments []Shipment `json:"shipments"`
}

func (c *call) shipIn(key int64, in ShipInput) ship.In {
	return ship.In{FulfilmentID: key, Carrier: in.Carrier, Service: in.Service, Waybill: in.Waybill, Actor: c.actor()}
}

func shipOutcome(o ship.Out) ShipOutcome {
	out := ShipOutcome{ID: id.Show(order.FulfilmentPrefix, o.FulfilmentID), Shipments: make([]Shipment, len(o.Shipments))}
	for i, s := range o.Shipments {
		out.Shipments[i] = sentOf(s)
	}
	return out
}

func sentOf(s ship.Sent) Shipment {
	return Shipment{ID: id.Show(ship.Prefix, s.ID), Fulfilment: id.Show(order.FulfilmentPrefix, s.FulfilmentID), Parcel: shown(pack.Prefix, s.ParcelID),
		Carrier: s.Carrier, Service: s.Service, Waybill: s.Waybill, Status: s.Status, Cost: money.Format(s.Cost, s.Currency), Currency: s.Currency}
}

func (s *Server) shipping() {
	command(s, route{path: "/v1/fulfilments/{id}/ship", tag: "fulfilments", id: "ship", scope: access.Ship,
		summary: "Hand over under a waybill in hand"}, on(order.FulfilmentPrefix, func(c *call, key int64, in ShipInput) (ShipOutcome, error) {
		out, err := c.Ship.Ship(c.ctx, c.once, c.shipIn(key, in))
		return shipOutcome(out), err
	}))
	command(s, route{path: "/v1/fulfilments/ship", tag: "fulfilments", id: "ship-many", scope: access.Ship, limit: many,
		summary: "Hand over up to 500"}, func(c *call, in Bulk[ShipItem]) (Results[ShipOutcome], error) {
		return bulkOf(c, in, func(i ShipItem) (ship.In, error) {
			key, err := idOf("id", order.FulfilmentPrefix, i.ID)
			return c.shipIn(key, i.ShipInput), err
		}, c.Ship.ShipOnce, shipOutcome)
	})
	command(s, route{path: "/v1/fulfilments/{id}/reject", tag: "fulfilments", id: "reject-fulfilment", scope: access.Work,
		summary: "The warehouse cannot do it: allocation tries another"}, on(order.FulfilmentPrefix, func(c *call, key int64, in Why) (flow.Rerouted, error) {
		return c.Flow.Reject(c.ctx, c.once, key, c.actor(), in.Reason)
	}))
	command(s, route{path: "/v1/orders/{id}/cancel", tag: "orders", id: "cancel-order", scope: access.OrdersWrite,
		summary: "Call an order off, at whatever stage it is"}, onOrder(func(c *call, key int64, in Why) (flow.Cancelled, error) {
		return c.Flow.Cancel(c.ctx, c.once, key, c.actor(), in.Reason)
	}))
}
