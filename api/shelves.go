package api

import (
	"cmp"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

// Shelf is what stands in one place of one SKU, lot and quality.
type Shelf struct {
	Node     string `json:"node"`
	Location string `json:"location"`
	Zone     string `json:"zone"`
	Kind     string `json:"kind" doc:"of the location"`
	SKU      string `json:"sku"`
	Title    string `json:"title"`
	Lot      string `json:"lot,omitempty"`
	Expires  string `json:"expires_on,omitempty"`
	Quality  string `json:"quality"`
	OnHand   int64  `json:"on_hand"`
	Reserved int64  `json:"reserved" doc:"of it, bound to picks"`
}

// ShelfList is what stands in a place, or where a SKU stands.
type ShelfList struct {
	Shelves []Shelf `json:"shelves" doc:"at most 500"`
}

// LedgerEntry is one move of goods in the book.
type LedgerEntry struct {
	ID          string `json:"id"`
	At          string `json:"at"`
	Cause       string `json:"cause"`
	Quantity    int64  `json:"quantity"`
	Lot         string `json:"lot,omitempty"`
	FromNode    string `json:"from_node,omitempty" doc:"empty: from the world outside"`
	From        string `json:"from" doc:"code of the location; outside: supplier, customer, adjustment, scrap or opening"`
	FromQuality string `json:"from_quality"`
	ToNode      string `json:"to_node,omitempty"`
	To          string `json:"to"`
	ToQuality   string `json:"to_quality"`
	Ref         string `json:"ref,omitempty" doc:"the fulfilment, shipment or count that caused it"`
}

// LedgerPage is a page of the book of a SKU, newest first.
type LedgerPage struct {
	Entries    []LedgerEntry `json:"entries"`
	NextCursor string        `json:"next_cursor,omitempty"`
}

// StandingList is what stood where of a SKU at a moment.
type StandingList struct {
	At      string  `json:"at"`
	Shelves []Shelf `json:"shelves" doc:"reserved is not known of the past"`
}

const shelvesMost = 500

func (s *Server) shelves() {
	sku := text("sku", "code")
	query(s, route{path: "/v1/stock/shelves", tag: "stock", id: "list-shelves", scope: access.StockRead, summary: "Where a SKU stands, or what stands in a place",
		about:  "Loose stock; give sku, or node and location. Problems: http.node, inventory.unknown_location, inventory.unknown_sku.",
		params: []*huma.Param{sku, text("node", "code of the warehouse"), text("location", "code")}}, (*call).listShelves)
	query(s, route{path: "/v1/stock/ledger", tag: "stock", id: "list-ledger", scope: access.StockRead, summary: "The book of a SKU, newest first",
		about: "Problems: inventory.unknown_sku, http.limit, http.cursor, http.node.", params: append(paging(), sku, text("node", "only what came to it or left it"))}, (*call).listLedger)
	query(s, route{path: "/v1/stock/as-of", tag: "stock", id: "get-standing", scope: access.StockRead, summary: "What stood where of a SKU at a moment",
		about: "What stands now, less what happened since. Problems: inventory.unknown_sku, http.time, inventory.archived.", params: []*huma.Param{sku, text("at", "a moment, RFC 3339")}}, (*call).standing)
}

// oneSKU finds the SKU of the query. Fault: inventory.unknown_sku, for goods that the caller does not reach too.
func (c *call) oneSKU(tx *db.Tx) (catalog.SKU, error) {
	code := c.query("sku")
	found, err := catalog.ByCodes(tx, []string{code})
	if err != nil {
		return catalog.SKU{}, err
	}
	if s, ok := found[code]; ok {
		if inside, err := c.insideGoods(tx, []catalog.SKU{s}); err != nil || len(inside) == 1 {
			return s, err
		}
	}
	return catalog.SKU{}, fault.Invalidf("sku", "inventory.unknown_sku", "there is no SKU %q", code).With("value", code)
}

func (c *call) listShelves() (out ShelfList, err error) {
	out.Shelves = []Shelf{}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		list, err := c.shelvesAsked(tx, n)
		if err != nil {
			return err
		}
		out.Shelves, err = c.shownShelves(tx, n, list)
		return err
	})
	return out, err
}

func (c *call) shelvesAsked(tx *db.Tx, n *names) ([]inventory.Shelf, error) {
	switch {
	case c.query("sku") != "":
		s, err := c.oneSKU(tx)
		if err != nil {
			return nil, err
		}
		return inventory.ShelvesOf(tx, s.ID, n.nodesNamed(c.query("node")), shelvesMost)
	case c.query("location") == "":
		return nil, nil
	}
	node, err := n.nodeOf("node", c.query("node"))
	if err != nil {
		return nil, err
	}
	found, err := warehouse.LocationsByCodes(tx, node.ID, []string{c.query("location")})
	if err != nil {
		return nil, err
	}
	at, ok := found[c.query("location")]
	if !ok {
		return nil, fault.Invalidf("location", "inventory.unknown_location", "%s has no location %q", node.Code, c.query("location")).With("value", c.query("location"))
	}
	return inventory.ShelvesAt(tx, at.ID, shelvesMost)
}

// shownShelves shows what of some shelves the caller reaches, by location.
func (c *call) shownShelves(tx *db.Tx, n *names, list []inventory.Shelf) ([]Shelf, error) {
	var skus, places []int64
	for _, x := range list {
		skus, places = append(skus, x.SKU), append(places, x.Location)
	}
	if err := cmp.Or(n.learnSKUs(tx, skus), n.learnLocations(tx, places)); err != nil {
		return nil, err
	}
	out := []Shelf{}
	for _, x := range list {
		if !n.sees(x.Node) || !c.area.Goods(n.node(x.Node), n.skus[x.SKU].Owner) {
			continue
		}
		at := n.locations[x.Location]
		out = append(out, Shelf{Node: n.node(x.Node), Location: n.location(x.Location), Zone: at.Zone, Kind: string(at.Kind), SKU: n.sku(x.SKU), Title: n.skus[x.SKU].Title,
			Lot: x.Lot, Expires: x.Expires, Quality: x.Quality, OnHand: x.OnHand, Reserved: x.Reserved})
	}
	slices.SortStableFunc(out, func(a, b Shelf) int {
		return cmp.Or(cmp.Compare(a.Node, b.Node), cmp.Compare(a.Location, b.Location), cmp.Compare(a.SKU, b.SKU))
	})
	return out, nil
}

func (c *call) standing() (out StandingList, err error) {
	out.Shelves = []Shelf{}
	moment, err := c.micros("at")
	if err != nil {
		return out, err
	}
	if c.query("sku") == "" {
		return out, nil
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		s, err := c.oneSKU(tx)
		if err != nil {
			return err
		}
		if moment == 0 {
			moment = tx.Micros()
		}
		out.At = at(moment)
		list, err := inventory.StandingAt(tx, s.ID, moment)
		if err != nil {
			return err
		}
		out.Shelves, err = c.shownStanding(tx, s, list)
		return err
	})
	return out, err
}

func (c *call) shownStanding(tx *db.Tx, s catalog.SKU, list []inventory.Standing) ([]Shelf, error) {
	n, err := c.names(tx)
	if err != nil {
		return nil, err
	}
	var places []int64
	for _, x := range list {
		places = append(places, x.Location)
	}
	if err := n.learnLocations(tx, places); err != nil {
		return nil, err
	}
	shelves := make([]inventory.Shelf, len(list))
	for i, x := range list {
		shelves[i] = inventory.Shelf{Node: n.locations[x.Location].NodeID, Location: x.Location, SKU: s.ID, Lot: x.Lot, Quality: x.Quality, OnHand: x.OnHand}
	}
	return c.shownShelves(tx, n, shelves)
}

// outside names the sides of the world outside.
var outside = map[int64]string{inventory.Supplier: "supplier", inventory.Customer: "customer", inventory.Adjustment: "adjustment", inventory.Scrap: "scrap", inventory.Opening: "opening"}

// refs says what caused an entry, by its cause.
var refs = map[string]string{"pick": order.FulfilmentPrefix, "short": order.FulfilmentPrefix, "put_back": order.FulfilmentPrefix, "ship": ship.Prefix, "return": ship.Prefix, "count": inventory.CountPrefix}

const entryPrefix = "ent"

func (c *call) listLedger() (out LedgerPage, err error) {
	out.Entries = []LedgerEntry{}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	before, err := c.idCursor(entryPrefix)
	if err != nil {
		return out, err
	}
	if err := c.knownNode(); err != nil || c.query("sku") == "" {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		s, err := c.oneSKU(tx)
		if err != nil {
			return err
		}
		list, err := inventory.Ledger(tx, s.ID, before, limit)
		if err != nil {
			return err
		}
		if len(list) == limit {
			out.NextCursor = c.showPlace(id.Show(entryPrefix, list[limit-1].ID), list[limit-1].ID)
		}
		out.Entries, err = c.shownEntries(tx, s, list)
		return err
	})
	return out, err
}

func (c *call) shownEntries(tx *db.Tx, s catalog.SKU, list []inventory.Entry) ([]LedgerEntry, error) {
	n, err := c.names(tx)
	if err != nil {
		return nil, err
	}
	var places []int64
	for _, e := range list {
		places = append(places, e.FromLocation, e.ToLocation)
	}
	if err := n.learnLocations(tx, places); err != nil {
		return nil, err
	}
	out := []LedgerEntry{}
	for _, e := range list {
		x := LedgerEntry{ID: id.Show(entryPrefix, e.ID), At: at(e.At), Cause: e.Cause, Quantity: e.Quantity, Lot: e.Lot, FromQuality: e.FromQuality, ToQuality: e.ToQuality}
		x.FromNode, x.From = n.side(e.FromLocation)
		x.ToNode, x.To = n.side(e.ToLocation)
		if prefix := refs[e.Cause]; prefix != "" {
			x.Ref = shown(prefix, e.Ref)
		}
		if c.seesEntry(n, s, x) {
			out = append(out, x)
		}
	}
	return out, nil
}

// side names a side of an entry: its warehouse, and its location or what it is outside.
func (n *names) side(at int64) (node, place string) {
	if at < 0 {
		return "", outside[at]
	}
	return n.node(n.locations[at].NodeID), n.location(at)
}

// seesEntry reports whether one end of an entry is at the warehouse that is asked for, and the caller reaches the goods there.
func (c *call) seesEntry(n *names, s catalog.SKU, x LedgerEntry) bool {
	return slices.ContainsFunc([]string{x.FromNode, x.ToNode}, func(node string) bool {
		return node != "" && (c.query("node") == "" || c.query("node") == node) && c.area.Goods(node, s.Owner)
	})
}
