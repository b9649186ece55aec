package api

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// Dock is what waits for carriers at a warehouse.
type Dock struct {
	Lanes []DockLane `json:"lanes"`
}

// DockLane is what waits for one carrier.
type DockLane struct {
	Carrier string `json:"carrier"`
	Parcels int64  `json:"parcels"`
	Since   string `json:"since" doc:"when the oldest of the waybills was asked for"`
}

// DockParcels is a page of parcels that wait for a carrier, oldest first.
type DockParcels struct {
	Parcels    []DockParcel `json:"parcels"`
	NextCursor string       `json:"next_cursor,omitempty"`
}

// DockParcel is a labelled parcel that has not left.
type DockParcel struct {
	Shipment   string `json:"shipment"`
	Fulfilment string `json:"fulfilment"`
	Order      string `json:"order"`
	OrderNo    string `json:"order_no,omitempty"`
	Waybill    string `json:"waybill"`
	Service    string `json:"service,omitempty"`
	WeightG    int64  `json:"weight_g"`
	Stopped    bool   `json:"stopped,omitempty" doc:"its order is on hold: it must not go"`
}

func (s *Server) dock() {
	query(s, route{path: "/v1/dock", tag: "shipping", id: "get-dock", scope: access.OrdersRead, summary: "How many labelled parcels wait for each carrier at a warehouse",
		about: "Problem: http.node.", params: []*huma.Param{text("node", "code of the warehouse")}}, (*call).getDock)
	query(s, route{path: "/v1/dock/parcels", tag: "shipping", id: "list-dock-parcels", scope: access.OrdersRead, summary: "The labelled parcels that wait for a carrier, oldest first",
		about:  "A loading dock reads them once and judges every scan by itself; the hand-over judges them again. Problems: http.node, http.limit, http.cursor.",
		params: append(paging(), text("node", "code of the warehouse"), text("carrier", ""))}, (*call).listDockParcels)
}

func (c *call) getDock() (out Dock, err error) {
	out.Lanes = []DockLane{}
	err = c.atNode(func(tx *db.Tx, node int64) error {
		lanes, err := ship.LanesAtDock(tx, node)
		for _, l := range lanes {
			out.Lanes = append(out.Lanes, DockLane{l.Carrier, l.Parcels, at(l.Since)})
		}
		return err
	})
	return out, err
}

// atNode reads on a snapshot what is of the warehouse that the query names; nothing stands where none is named. Fault: http.node.
func (c *call) atNode(read func(tx *db.Tx, node int64) error) error {
	if c.query("node") == "" {
		return nil
	}
	return c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		node, err := n.nodeOf("node", c.query("node"))
		if err != nil {
			return err
		}
		return read(tx, node.ID)
	})
}

func (c *call) listDockParcels() (out DockParcels, err error) {
	out.Parcels = []DockParcel{}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	after, err := c.idCursor(ship.Prefix)
	if err != nil {
		return out, err
	}
	err = c.atNode(func(tx *db.Tx, node int64) error {
		list, err := ship.ParcelsAtDock(tx, node, c.query("carrier"), after, limit)
		if err != nil || len(list) == 0 {
			return err
		}
		if len(list) == limit {
			out.NextCursor = list[limit-1].Shipment.Name()
		}
		return out.fill(tx, list)
	})
	return out, err
}

func (p *DockParcels) fill(tx *db.Tx, list []ship.AtDock) error {
	var parts, orders []int64
	for _, x := range list {
		parts, orders = append(parts, x.Shipment.FulfilmentID), append(orders, x.Shipment.OrderID)
	}
	found, err := order.Fulfilments(tx, sorted(parts))
	if err != nil {
		return err
	}
	heads, err := order.ByIDs(tx, sorted(orders))
	for _, x := range list {
		sh := x.Shipment
		one := DockParcel{Shipment: sh.Name(), Fulfilment: id.Show(order.FulfilmentPrefix, sh.FulfilmentID), Order: id.Show(order.Prefix, sh.OrderID), Waybill: sh.Waybill, Service: sh.Service, WeightG: x.WeightG}
		if o := heads[sh.OrderID]; o != nil {
			one.OrderNo = o.ExternalNo
		}
		if f := found[sh.FulfilmentID]; f != nil {
			one.Stopped = f.Holds > 0
		}
		p.Parcels = append(p.Parcels, one)
	}
	return err
}
