package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// OwedLine is what a customer is owed of one order line.
type OwedLine struct {
	Order    string `json:"order"`
	OrderNo  string `json:"order_no"`
	Channel  string `json:"channel"`
	Shop     string `json:"shop,omitempty"`
	PlacedAt string `json:"placed_at"`
	LineNo   int64  `json:"line_no"`
	SKU      string `json:"sku"`
	Title    string `json:"title,omitempty"`
	Quantity int64  `json:"quantity"`
	Reason   string `json:"reason" doc:"out_of_stock, may_not_split, short_pick, no_service or capacity"`
	Since    string `json:"since"`
	ShipBy   string `json:"ship_by,omitempty"`
}

// OwedPage is a page of what customers are owed, the oldest orders first.
type OwedPage struct {
	Lines      []OwedLine `json:"lines"`
	NextCursor string     `json:"next_cursor,omitempty"`
}

func (s *Server) backOrders() {
	query(s, route{path: "/v1/back-orders", tag: "orders", id: "list-back-orders", scope: access.OrdersRead, summary: "What customers are owed, line by line",
		about: "The oldest orders first. limit counts orders; all that one of them is owed stands on the same page. Problems: http.limit, http.cursor.", params: paging()}, (*call).listOwed)
}

func (c *call) listOwed() (OwedPage, error) {
	out := OwedPage{Lines: []OwedLine{}}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	after, err := c.idCursor(order.Prefix)
	if err != nil {
		return out, err
	}
	read := func(after int64, n int) (list []int64, err error) {
		err = c.DB.View(c.ctx, func(tx *db.Tx) error { list, err = order.Owed(tx, after, n); return err })
		return list, err
	}
	self := func(key int64) int64 { return key }
	orders, next, err := insidePage(c, after, limit, read, self, byOrder(c, self))
	if err != nil {
		return out, err
	}
	out.NextCursor = c.nextCursor(order.Prefix, next)
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		owed, n, err := c.owed(tx, orders)
		if err != nil {
			return err
		}
		heads, err := order.ByIDs(tx, orders)
		for _, key := range orders {
			if o := heads[key]; o != nil {
				for _, b := range owed[key] {
					out.Lines = append(out.Lines, n.owedLine(o, b))
				}
			}
		}
		return err
	})
	return out, err
}

func (n *names) owedLine(o *order.Order, b order.BackOrder) OwedLine {
	out := OwedLine{Order: id.Show(order.Prefix, o.ID), OrderNo: o.ExternalNo, Channel: o.Channel, Shop: o.Shop, PlacedAt: at(o.PlacedAt), LineNo: b.LineNo, SKU: n.sku(b.SKUID),
		Quantity: b.Quantity, Reason: b.Reason, Since: at(b.Since), ShipBy: at(o.ShipBy)}
	for _, l := range o.Lines {
		if l.No == b.LineNo {
			out.Title = l.Title
		}
	}
	return out
}
