package api

import (
	"slices"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// SameRecipientPage is a page of groups of orders.
type SameRecipientPage struct {
	Groups     []SameRecipient `json:"groups" doc:"what would save most first"`
	Currency   string          `json:"currency"`
	NextCursor string          `json:"next_cursor,omitempty"`
}

// SameRecipient is several orders that one warehouse is to ship to one recipient, each in a parcel of its own.
type SameRecipient struct {
	ID        string                `json:"id" doc:"its first fulfilment"`
	Node      string                `json:"node"`
	Recipient string                `json:"recipient" doc:"masked"`
	Province  string                `json:"province,omitempty"`
	City      string                `json:"city,omitempty"`
	Orders    []SameRecipientParcel `json:"orders" doc:"the most urgent first"`
	Cost      string                `json:"cost" doc:"of all of them apart: freight and handling by the rates of allocation"`
	Saves     string                `json:"saves" doc:"what one parcel for all of them would cost less"`
	Apart     bool                  `json:"apart" doc:"a person has said that they go apart"`
}

// SameRecipientParcel is one of them.
type SameRecipientParcel struct {
	Order      string `json:"order"`
	Fulfilment string `json:"fulfilment"`
	Channel    string `json:"channel"`
	Shop       string `json:"shop,omitempty"`
	ExternalNo string `json:"external_no"`
	Units      int64  `json:"units"`
	WeightG    int64  `json:"weight_g"`
	Cost       string `json:"cost" doc:"of its parcel"`
	ShipBy     string `json:"ship_by,omitempty"`
	Holds      int64  `json:"holds" doc:"live ones"`
	Together   string `json:"together,omitempty" doc:"the one parcel that it is to go into with others of the group"`
}

// ApartInput names orders that go apart, or no longer.
type ApartInput struct {
	Orders []string `json:"orders" minItems:"1" maxItems:"500"`
	Apart  bool     `json:"apart" doc:"false takes it back"`
}

// ApartResult counts them.
type ApartResult struct {
	Orders int `json:"orders"`
}

func (s *Server) neighbours() {
	query(s, route{path: "/v1/same-recipients", tag: "orders", id: "list-same-recipients", scope: access.OrdersRead,
		summary: "Orders of one recipient at one warehouse that no wave has taken, with what one parcel would save",
		about:   "Compared by telephone and address as review compares them, or by the platform's token. Those of which all are to go into one parcel already (list-together) are left out. At most the 20,000 most urgent of each warehouse are compared. Problems: http.limit, http.cursor.",
		params:  append(paging(), text("node", "code of the warehouse; without it all"), text("apart", "yes: also those of which a person has said that they go apart", "yes"))}, (*call).sameRecipients)
	command(s, route{path: "/v1/same-recipients/apart", tag: "orders", id: "set-orders-apart", scope: access.OrdersWrite,
		summary: "Say that orders of one recipient go apart",
		about:   "They are not offered again until another order joins them. Problems: http.id, order.not_found."},
		(*call).setApart)
}

func (c *call) sameRecipients() (SameRecipientPage, error) {
	page := SameRecipientPage{Groups: []SameRecipient{}, Currency: c.Currency}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	n, err := c.allNames()
	if err != nil {
		return page, err
	}
	q := allocation.NeighbourQuery{Nodes: n.nodesNamed(c.query("node")), Ignored: c.query("apart") == "yes", Limit: limit}
	if !c.area.Whole() {
		q.Inside = c.insideUnreleased
	}
	if q.Saves, q.ID, err = c.savesCursor(); err != nil {
		return page, err
	}
	list, more, err := c.Allocation.SameRecipient(c.ctx, q)
	for _, g := range list {
		page.Groups = append(page.Groups, c.groupOf(n, g))
	}
	if more {
		last := list[len(list)-1]
		page.NextCursor = strconv.FormatInt(last.Saves, 36) + "." + strconv.FormatInt(last.ID(), 36)
	}
	return page, err
}

// insideUnreleased leaves the work whose order and warehouse one reach of the caller covers.
func (c *call) insideUnreleased(tx *db.Tx, list []order.Unreleased) ([]order.Unreleased, error) {
	ids := make([]int64, len(list))
	for i, u := range list {
		ids[i] = u.Order
	}
	areas, err := c.areas(tx, sorted(ids))
	if err != nil {
		return nil, err
	}
	n, err := c.names(tx)
	return slices.DeleteFunc(slices.Clone(list), func(u order.Unreleased) bool { return !n.within(areas, u.Order, u.Node) }), err
}

// savesCursor reads the place behind which the next page begins. Fault: http.cursor.
func (c *call) savesCursor() (saves, key int64, err error) {
	text := c.query("cursor")
	if text == "" {
		return 0, 0, nil
	}
	left, right, _ := strings.Cut(text, ".")
	if saves, err = strconv.ParseInt(left, 36, 64); err == nil {
		key, err = strconv.ParseInt(right, 36, 64)
	}
	if err != nil || key <= 0 {
		return 0, 0, badCursor()
	}
	return saves, key, nil
}

func (c *call) groupOf(n *names, g allocation.Neighbours) SameRecipient {
	amount := func(minor int64) string { return money.Format(minor, c.Currency) }
	to := g.Members[0].Recipient
	out := SameRecipient{ID: id.Show(order.FulfilmentPrefix, g.ID()), Node: n.node(g.Node), Recipient: order.MaskName(to.Name), Province: to.Province,
		City: to.City, Cost: amount(g.Apart), Saves: amount(g.Saves), Apart: g.Ignored}
	for _, m := range g.Members {
		out.Orders = append(out.Orders, SameRecipientParcel{Order: id.Show(order.Prefix, m.Order), Fulfilment: id.Show(order.FulfilmentPrefix, m.Fulfilment),
			Channel: m.Channel, Shop: m.Shop, ExternalNo: m.ExternalNo, Units: m.Units, WeightG: m.G, Cost: amount(m.Cost), ShipBy: at(m.ShipBy), Holds: m.Holds, Together: shown(order.BondPrefix, m.Bond)})
	}
	return out
}

func (c *call) setApart(in ApartInput) (ApartResult, error) {
	keys := make([]int64, len(in.Orders))
	for i, text := range in.Orders {
		key, err := idOf("orders", order.Prefix, text)
		if err != nil {
			return ApartResult{}, err
		}
		keys[i] = key
	}
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, keys)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if found[key] == nil {
				return order.Missing(key)
			}
		}
		return nil
	})
	if err != nil {
		return ApartResult{}, err
	}
	done, err := c.Allocation.SetApart(c.ctx, c.once, id.Distinct(keys), in.Apart, c.actor())
	return ApartResult{Orders: done}, err
}
