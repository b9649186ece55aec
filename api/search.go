package api

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/search"
	"github.com/packhorse/packhorse/ship"
)

// SearchHit is an order that was found, with what tells it from the others.
type SearchHit struct {
	ID         string   `json:"id"`
	Channel    string   `json:"channel"`
	Shop       string   `json:"shop,omitempty"`
	ExternalNo string   `json:"external_no"`
	PlacedAt   string   `json:"placed_at"`
	Recipient  string   `json:"recipient,omitempty"`
	City       string   `json:"city,omitempty"`
	SKUs       []string `json:"skus"`
	Waybills   []string `json:"waybills" doc:"live and gone ones"`
	Axes
}

// SearchPage lists orders that were found, newest first.
type SearchPage struct {
	Orders     []SearchHit `json:"orders"`
	NextCursor string      `json:"next_cursor,omitempty"`
}

// Rebuilding says that the index is being made again.
type Rebuilding struct {
	Status string `json:"status" doc:"rebuilding"`
}

const (
	searchSize = 20
	searchMax  = 100
)

func (s *Server) searching() {
	query(s, route{path: "/v1/search", tag: "orders", id: "search-orders", scope: access.OrdersRead,
		summary: "Find orders by number, waybill, SKU, end of a telephone number or name",
		about: "All parts of q must fit. A word is looked for as a whole, of a name in Chinese two neighbouring characters are enough, of a number its last " +
			"four digits. Case, width and accents do not count. Newest orders first. An order can be found some seconds after it came, in a rush later. " +
			"Problems: search.short (less than two characters), search.long, http.limit, http.cursor.",
		params: []*huma.Param{text("q", "what you have at hand"), number("limit", "how many at most, 1 to 100; 20"), text("cursor", "next_cursor of the page before")}},
		(*call).searchOrders)
	command(s, route{path: "/v1/search/rebuild", tag: "orders", id: "rebuild-search", scope: access.Admin,
		summary: "Make the index of the search again",
		about:   "It is made beside the work and gives way to it, some hundred orders a second; until it is done, what was found before is found as before. Problems: access.denied."},
		func(c *call, _ Empty) (Rebuilding, error) {
			return Rebuilding{Status: "rebuilding"}, c.Search.Rebuild(c.ctx, c.once)
		})
}

func (c *call) searchOrders() (out SearchPage, err error) {
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	if c.query("limit") == "" {
		limit = searchSize
	}
	before, err := c.idCursor(order.Prefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		found, err := search.FindIn(tx, search.Query{Text: c.query("q"), Personal: c.plain(), Before: before, Limit: min(limit, searchMax),
			Keep: func(tx *db.Tx, orders []int64) ([]int64, error) {
				return insideOrders(c, tx, orders, func(key int64) int64 { return key })
			}})
		if err != nil {
			return err
		}
		if found.Next != 0 {
			out.NextCursor = c.showPlace(id.Show(order.Prefix, found.Next), found.Next)
		}
		out.Orders, err = hitsOf(tx, found.Orders)
		return err
	})
	return out, err
}

func hitsOf(tx *db.Tx, orders []int64) ([]SearchHit, error) {
	hits := make([]SearchHit, 0, len(orders))
	heads, err := order.ByIDs(tx, orders)
	if err != nil {
		return nil, err
	}
	shipments, err := ship.ShipmentsOf(tx, orders)
	for _, key := range orders {
		o := heads[key]
		if o == nil {
			continue // erased since
		}
		hit := SearchHit{ID: id.Show(order.Prefix, o.ID), Channel: o.Channel, Shop: o.Shop, ExternalNo: o.ExternalNo, PlacedAt: at(o.PlacedAt),
			Recipient: order.MaskName(o.Recipient.Name), City: o.Recipient.City, SKUs: []string{}, Waybills: []string{}, Axes: axesOf(o.Axes)}
		for _, l := range o.Lines {
			hit.SKUs = append(hit.SKUs, l.SKU)
		}
		for _, s := range shipments[key] {
			if s.Waybill != "" {
				hit.Waybills = append(hit.Waybills, s.Waybill)
			}
		}
		hits = append(hits, hit)
	}
	return hits, err
}
