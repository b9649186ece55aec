package api

import (
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/search"
	"github.com/packhorse/packhorse/ship"
)

// PersonFile is what is known of whoever placed an order.
type PersonFile struct {
	Recipient     order.Recipient `json:"recipient" doc:"masked"`
	Orders        []PersonOrder   `json:"orders" doc:"newest first; the order that was asked about is among them"`
	Shipments     []Shipment      `json:"shipments"`
	Cases         []Case          `json:"cases"`
	Notifications []Notification  `json:"notifications" doc:"what the person was told, newest first"`
	More          bool            `json:"more,omitempty" doc:"there are older orders"`
}

// PersonOrder is one order of a person.
type PersonOrder struct {
	ID         string `json:"id"`
	Channel    string `json:"channel"`
	Shop       string `json:"shop,omitempty"`
	ExternalNo string `json:"external_no"`
	PlacedAt   string `json:"placed_at"`
	Currency   string `json:"currency"`
	Total      string `json:"total"`
	Units      int64  `json:"units"`
	Goods      string `json:"goods" doc:"of the first line"`
	Label      string `json:"label" doc:"what the customer is told, as a code"`
	Axes
}

// personMost bounds how many orders of a person are shown with all that belongs to them.
const personMost = 20

func (s *Server) persons() {
	query(s, route{path: "/v1/orders/{id}/person", tag: "orders", id: "get-person", scope: access.OrdersRead,
		summary: "Whoever placed an order: orders, parcels, cases, and what the person was told",
		about: "Orders are of one person where the telephone number of the recipient is the same, or the channel's name of the buyer. Up to 20, found by the index of the search. " +
			"Personal data are masked. Problem: order.not_found."}, (*call).getPerson)
}

func (c *call) getPerson() (out PersonFile, err error) {
	key, err := c.idParam("id", order.Prefix)
	if err != nil {
		return out, err
	}
	var ids []int64
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		heads, err := order.ByIDs(tx, []int64{key})
		if err != nil {
			return err
		}
		if heads[key] == nil {
			return order.Missing(key)
		}
		out.Recipient = heads[key].Recipient.Masked()
		if ids, out.More, err = c.alike(tx, heads[key]); err != nil {
			return err
		}
		return c.ordersOfPerson(tx, ids, &out)
	})
	if err != nil {
		return out, err
	}
	return out, c.aroundPerson(ids, &out)
}

// alike lists the orders of the person who placed one, newest first. The index knows the end of a telephone number; who has the
// same end and another number is left out.
func (c *call) alike(tx *db.Tx, o *order.Order) (ids []int64, more bool, err error) {
	phone := digitsOf(o.Recipient.Phone)
	if len(phone) < 7 {
		return []int64{o.ID}, false, nil
	}
	keep := func(tx *db.Tx, orders []int64) ([]int64, error) {
		inside, err := insideOrders(c, tx, orders, func(key int64) int64 { return key })
		if err != nil {
			return nil, err
		}
		heads, err := order.ByIDs(tx, inside)
		var same []int64
		for _, key := range inside {
			if x := heads[key]; x != nil && samePerson(x, o, phone) {
				same = append(same, key)
			}
		}
		return same, err
	}
	found, err := search.FindIn(tx, search.Query{Text: phone[len(phone)-4:], Personal: true, Limit: personMost, Keep: keep})
	if err != nil {
		return nil, false, err
	}
	if len(found.Orders) == 0 { // the index may be some seconds behind
		return []int64{o.ID}, false, nil
	}
	return found.Orders, found.Next != 0, nil
}

func samePerson(x, o *order.Order, phone string) bool {
	return x.ID == o.ID || digitsOf(x.Recipient.Phone) == phone || o.Buyer.ID != "" && x.Buyer.ID == o.Buyer.ID && x.Channel == o.Channel
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

func (c *call) ordersOfPerson(tx *db.Tx, ids []int64, out *PersonFile) error {
	heads, err := order.ByIDs(tx, ids)
	if err != nil {
		return err
	}
	parts, err := order.FulfilmentsOf(tx, ids)
	if err != nil {
		return err
	}
	holds, err := order.Holds(tx, ids)
	if err != nil {
		return err
	}
	owed, err := order.BackOrders(tx, ids)
	if err != nil {
		return err
	}
	shipments, err := ship.ShipmentsOf(tx, ids)
	out.Orders, out.Shipments = []PersonOrder{}, []Shipment{}
	for _, key := range ids {
		o := heads[key]
		if o == nil {
			continue // erased since
		}
		one := personOrder(o)
		one.Label = order.Stand(o, parts[key], holds[key], owed[key], tx.Now()).Label
		out.Orders = append(out.Orders, one)
		for _, sh := range shipments[key] {
			if sh.Waybill != "" && sh.Status != ship.Voided {
				out.Shipments = append(out.Shipments, shipmentOf(sh))
			}
		}
	}
	return err
}

func personOrder(o *order.Order) PersonOrder {
	one := PersonOrder{ID: id.Show(order.Prefix, o.ID), Channel: o.Channel, Shop: o.Shop, ExternalNo: o.ExternalNo, PlacedAt: at(o.PlacedAt), Currency: o.Currency,
		Total: money.Format(o.Total, o.Currency), Axes: axesOf(o.Axes)}
	for i, l := range o.Lines {
		one.Units += l.Quantity - l.Cancelled
		if i == 0 {
			one.Goods = l.Title
			if one.Goods == "" {
				one.Goods = l.SKU
			}
		}
	}
	return one
}

// aroundPerson reads cases and messages, order by order: there are few.
func (c *call) aroundPerson(ids []int64, out *PersonFile) error {
	out.Notifications = []Notification{}
	var cases []*aftersales.Case
	for _, key := range ids {
		of, err := c.AfterSales.Cases(c.ctx, aftersales.Filter{OrderID: key}, 0, pageMax)
		if err != nil {
			return err
		}
		cases = append(cases, of...)
		told, err := c.Notify.Messages(c.ctx, notify.Filter{Order: key}, 0, pageSize)
		if err != nil {
			return err
		}
		for _, m := range told {
			m.Detail = c.free(m.Detail)
			out.Notifications = append(out.Notifications, notificationOf(m, c.lang()))
		}
	}
	var err error
	out.Cases, err = c.shownCases(cases)
	return err
}
