package api

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/warehouse"
)

// SKU is one kind of goods.
type SKU struct {
	SKU           string   `json:"sku"`
	Owner         string   `json:"owner,omitempty"`
	Title         string   `json:"title"`
	Barcodes      string   `json:"barcodes,omitempty" doc:"as in the catalogue file: code or code*factor, separated by |"`
	WeightG       int64    `json:"weight_g,omitempty"`
	MM            [3]int64 `json:"mm" doc:"length, width, height; 0 = unknown" required:"false"`
	Fragile       bool     `json:"fragile,omitempty"`
	ThisSideUp    bool     `json:"this_side_up,omitempty"`
	Liquid        bool     `json:"liquid,omitempty"`
	Battery       bool     `json:"battery,omitempty"`
	Cost          string   `json:"cost,omitempty"`
	Price         string   `json:"price,omitempty"`
	ShelfLifeDays int64    `json:"shelf_life_days,omitempty"`
}

// SKUPage is a page of the catalogue, by code.
type SKUPage struct {
	SKUs       []SKU  `json:"skus"`
	NextCursor string `json:"next_cursor,omitempty"`
}

// Node is a warehouse.
type Node struct {
	ID                string  `json:"id" doc:"as events and decisions name it"`
	Code              string  `json:"code"`
	Name              string  `json:"name"`
	Timezone          string  `json:"timezone"`
	Country           string  `json:"country"`
	Province          string  `json:"province"`
	City              string  `json:"city"`
	District          string  `json:"district,omitempty"`
	Address           string  `json:"address,omitempty"`
	Lat               float64 `json:"lat"`
	Lng               float64 `json:"lng"`
	CapacityOrdersDay int64   `json:"capacity_orders_day" doc:"0 = unlimited"`
	HandlingCost      string  `json:"handling_cost"`
	Priority          int64   `json:"priority"`
	Open              bool    `json:"open"`
	Cutoffs           string  `json:"cutoffs" doc:"SF=16:00;ZTO=18:30"`
}

// NodeList lists the warehouses.
type NodeList struct {
	Nodes []Node `json:"nodes"`
}

// Location is a place in a warehouse.
type Location struct {
	Node    string  `json:"node"`
	Code    string  `json:"code"`
	Zone    string  `json:"zone"`
	Kind    string  `json:"kind"`
	Aisle   int64   `json:"aisle"`
	Bay     int64   `json:"bay"`
	Level   int64   `json:"level"`
	XM      float64 `json:"x_m"`
	YM      float64 `json:"y_m"`
	PickSeq int64   `json:"pick_seq"`
}

// LocationPage is a page of a warehouse's locations, by code.
type LocationPage struct {
	Locations  []Location `json:"locations"`
	NextCursor string     `json:"next_cursor,omitempty"`
}

func (s *Server) masterData() {
	query(s, route{path: "/v1/skus", tag: "catalogue", id: "list-skus", scope: access.StockRead, summary: "The catalogue, by code",
		params: append(paging(), text("query", "how the code begins"), text("owner", ""))}, (*call).listSKUs)
	command(s, route{path: "/v1/skus", tag: "catalogue", id: "save-sku", scope: access.StockWrite, summary: "Add a SKU, or make a known one say this"},
		(*call).saveSKU)
	query(s, route{path: "/v1/nodes", tag: "catalogue", id: "list-nodes", scope: access.StockRead, summary: "The warehouses"}, (*call).listNodes)
	query(s, route{path: "/v1/locations", tag: "catalogue", id: "list-locations", scope: access.StockRead, summary: "The locations of a warehouse, by code",
		params: append(paging(), text("node", "code of the warehouse; may be left out where there is one"))}, (*call).listLocations)
}

func (c *call) listSKUs() (SKUPage, error) {
	page := SKUPage{SKUs: []SKU{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	var after catalog.Place
	if text := c.query("cursor"); text != "" {
		raw, err := base64.RawURLEncoding.DecodeString(text)
		code, owner, ok := strings.Cut(string(raw), "\n")
		if err != nil || !ok {
			return page, badCursor()
		}
		after = catalog.Place{Code: code, Owner: owner}
	}
	list, next, err := c.Catalog.List(c.ctx, catalog.Filter{Query: c.query("query"), Owner: c.query("owner")}, after, limit)
	if err != nil {
		return page, err
	}
	if list, err = c.insideEntries(list); err != nil {
		return page, err
	}
	for _, e := range list {
		page.SKUs = append(page.SKUs, c.skuOf(e))
	}
	if next != (catalog.Place{}) {
		page.NextCursor = base64.RawURLEncoding.EncodeToString([]byte(next.Code + "\n" + next.Owner))
	}
	return page, err
}

// insideEntries leaves of a page of the catalogue what the caller reaches.
func (c *call) insideEntries(list []catalog.Entry) (out []catalog.Entry, err error) {
	if c.area.Whole() {
		return list, nil
	}
	skus := make([]catalog.SKU, len(list))
	for i, e := range list {
		skus[i] = e.SKU
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		skus, err = c.insideGoods(tx, skus)
		return err
	})
	for _, e := range list {
		if slices.ContainsFunc(skus, func(s catalog.SKU) bool { return s.ID == e.SKU.ID }) {
			out = append(out, e)
		}
	}
	return out, err
}

func (c *call) skuOf(e catalog.Entry) SKU {
	k := e.SKU
	return SKU{SKU: k.Code, Owner: k.Owner, Title: k.Title, Barcodes: catalog.FormatBarcodes(e.Barcodes), WeightG: k.WeightG,
		MM: [3]int64{k.LengthMM, k.WidthMM, k.HeightMM}, Fragile: k.Fragile, ThisSideUp: k.ThisSideUp, Liquid: k.Liquid, Battery: k.Battery,
		Cost: money.Format(k.Cost, c.Currency), Price: money.Format(k.Price, c.Currency), ShelfLifeDays: k.ShelfLifeDays}
}

func (c *call) saveSKU(in SKU) (SKU, error) {
	if !c.area.Owner(in.Owner) {
		return SKU{}, errNotThere(in.SKU)
	}
	cost, err := c.amount("cost", in.Cost)
	if err != nil {
		return SKU{}, err
	}
	price, err := c.amount("price", in.Price)
	if err != nil {
		return SKU{}, err
	}
	codes, wrong := catalog.ParseBarcodes(in.Barcodes)
	if wrong != nil {
		return SKU{}, wrong
	}
	e, err := c.Catalog.Save(c.ctx, c.once, c.actor(), catalog.Entry{Barcodes: codes, SKU: catalog.SKU{Owner: in.Owner, Code: in.SKU, Title: in.Title,
		WeightG: in.WeightG, LengthMM: in.MM[0], WidthMM: in.MM[1], HeightMM: in.MM[2], Fragile: in.Fragile, ThisSideUp: in.ThisSideUp,
		Liquid: in.Liquid, Battery: in.Battery, Cost: cost, Price: price, ShelfLifeDays: in.ShelfLifeDays}})
	return c.skuOf(e), err
}

// amount reads money in the company's currency; empty is none. Fault: http.amount.
func (c *call) amount(field, text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	minor, err := money.Parse(text, c.Currency)
	if err != nil {
		return 0, badAmount(field, err)
	}
	return minor, nil
}

func (c *call) listNodes() (NodeList, error) {
	n, err := c.allNames()
	if err != nil {
		return NodeList{}, err
	}
	out := NodeList{Nodes: make([]Node, len(n.nodes))}
	for i, x := range n.nodes {
		out.Nodes[i] = c.nodeShown(x)
	}
	return out, nil
}

func (c *call) listLocations() (LocationPage, error) {
	page := LocationPage{Locations: []Location{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil || len(n.nodes) == 0 && c.query("node") == "" {
			return err
		}
		code := c.query("node")
		if len(n.nodes) == 1 {
			code = cmp.Or(code, n.nodes[0].Code)
		}
		node, err := n.nodeOf("node", code)
		if err != nil {
			return err
		}
		page, err = locationPage(tx, node, c.query("cursor"), limit)
		return err
	})
	return page, err
}

func locationPage(tx *db.Tx, node warehouse.Node, after string, limit int) (LocationPage, error) {
	page := LocationPage{Locations: []Location{}}
	list, err := warehouse.LocationsOf(tx, node.ID, after, limit)
	if err != nil {
		return page, err
	}
	for _, l := range list {
		page.Locations = append(page.Locations, Location{Node: node.Code, Code: l.Code, Zone: l.Zone, Kind: string(l.Kind), Aisle: l.Aisle, Bay: l.Bay,
			Level: l.Level, XM: float64(l.XMM) / 1e3, YM: float64(l.YMM) / 1e3, PickSeq: l.PickSeq})
	}
	if len(list) == limit {
		page.NextCursor = page.Locations[limit-1].Code
	}
	return page, nil
}
