package api

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// TroubledShipment is a parcel with which something is wrong.
type TroubledShipment struct {
	Shipment
	Node      string `json:"node"`
	OrderNo   string `json:"order_no"`
	Recipient string `json:"recipient,omitempty" doc:"masked"`
	City      string `json:"city,omitempty"`
	Since     string `json:"since" doc:"of its last sign of life"`
	Why       string `json:"why,omitempty" doc:"why no carrier gave a waybill, as a sentence"`
	AfterSale string `json:"aftersale" doc:"of its order: none, open, closed"`
}

// TroubledPage is a page of shipments, those first that were made first.
type TroubledPage struct {
	Shipments  []TroubledShipment `json:"shipments"`
	NextCursor string             `json:"next_cursor,omitempty"`
}

// TroubledCounts are how many shipments each view has.
type TroubledCounts struct {
	Views map[string]int64 `json:"views" doc:"up to 1000: that many or more"`
}

func (s *Server) shipmentLists() {
	views := make([]any, len(ship.Troubles))
	for i, v := range ship.Troubles {
		views[i] = v
	}
	query(s, route{path: "/v1/shipments", tag: "shipping", id: "list-shipments", scope: access.OrdersRead, summary: "Parcels with which something is wrong, the oldest first",
		about: "On the road and late, without a scan, held, failed or coming back; or without a waybill because no carrier gave one (unlabelled). A page may be short or empty " +
			"and still name a next_cursor. Problems: unknown_value, http.node, http.limit, http.cursor.",
		params: append(paging(), text("view", "any without it", views...), text("node", "code of the warehouse"), text("carrier", ""))}, (*call).listShipments)
	query(s, route{path: "/v1/shipments/counts", tag: "shipping", id: "count-shipments", scope: access.OrdersRead, summary: "How many parcels each view has, up to 1000",
		about: "Problem: http.node.", params: []*huma.Param{text("node", "code of the warehouse")}}, (*call).countShipments)
	query(s, route{path: "/v1/returns/counts", tag: "returns", id: "count-cases", scope: access.OrdersRead, summary: "How many cases and refunds wait in each state, up to 1000"},
		func(c *call) (CaseCounts, error) {
			n, err := c.AfterSales.Counts(c.ctx)
			return CaseCounts(n), err
		})
}

// CaseCounts are how many cases and refunds wait.
type CaseCounts struct {
	Cases   map[string]int64 `json:"cases" doc:"by state; up to 1000: that many or more"`
	Refunds map[string]int64 `json:"refunds"`
}

// nodeAsked is the warehouse that the query names; 0 where it names none.
func (c *call) nodeAsked(n *names) (int64, error) {
	if c.query("node") == "" {
		return 0, nil
	}
	node, err := n.nodeOf("node", c.query("node"))
	return node.ID, err
}

func (c *call) listShipments() (out TroubledPage, err error) {
	out.Shipments = []TroubledShipment{}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	after, err := c.idCursor(ship.Prefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		node, err := c.nodeAsked(n)
		if err != nil {
			return err
		}
		list, next, err := ship.InTrouble(tx, ship.Trouble{View: c.query("view"), Node: node, Carrier: c.query("carrier")}, after, limit)
		if err != nil {
			return err
		}
		out.NextCursor = c.nextCursor(ship.Prefix, next)
		list, err = byPart(c, func(s *ship.Shipment) int64 { return s.FulfilmentID })(tx, list)
		if err != nil {
			return err
		}
		out.Shipments, err = c.troubled(tx, n, list)
		return err
	})
	return out, err
}

func (c *call) troubled(tx *db.Tx, n *names, list []*ship.Shipment) ([]TroubledShipment, error) {
	out := []TroubledShipment{}
	var orders []int64
	for _, sh := range list {
		orders = append(orders, sh.OrderID)
	}
	heads, err := order.ByIDs(tx, sorted(orders))
	for _, sh := range list {
		one := TroubledShipment{Shipment: shipmentOf(sh), Node: n.node(sh.NodeID), Since: at(max(sh.LastScanAt, sh.HandedOverAt, sh.CreatedAt))}
		if o := heads[sh.OrderID]; o != nil {
			one.OrderNo, one.Recipient, one.City, one.AfterSale = o.ExternalNo, order.MaskName(o.Recipient.Name), o.Recipient.City, o.Axes.AfterSale
		}
		if sh.Status == ship.Failed && sh.Reason != "" {
			one.Why = words.Render(c.lang(), sh.Reason, map[string]any{"carrier": sh.Carrier})
		}
		out = append(out, one)
	}
	return out, err
}

func (c *call) countShipments() (out TroubledCounts, err error) {
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		node, err := c.nodeAsked(n)
		if err != nil {
			return err
		}
		out.Views, err = c.troubleOf(tx, n, node)
		return err
	})
	return out, err
}

// troubleOf counts at a warehouse, or at those that the caller reaches.
func (c *call) troubleOf(tx *db.Tx, n *names, node int64) (map[string]int64, error) {
	if node != 0 || c.area.Whole() {
		return ship.CountTrouble(tx, node)
	}
	sum := map[string]int64{}
	for _, x := range n.nodes {
		part, err := ship.CountTrouble(tx, x.ID)
		if err != nil {
			return nil, err
		}
		for view, count := range part {
			sum[view] += count
		}
	}
	return sum, nil
}
