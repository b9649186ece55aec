package api

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
)

// Availability is what may be sold of a SKU.
type Availability struct {
	SKU       string `json:"sku"`
	OnHand    int64  `json:"on_hand"`
	Reserved  int64  `json:"reserved"`
	Blocked   int64  `json:"blocked" doc:"defective, in quarantine or missing"`
	Available int64  `json:"available" doc:"can still be promised"`
	Offered   int64  `json:"offered" doc:"to the channel, after its buffer"`
}

// Availabilities are in the order of the question.
type Availabilities struct {
	SKUs    []Availability `json:"skus"`
	Unknown []string       `json:"unknown" doc:"codes that the catalogue does not have"`
}

// Balance is what a node has of a SKU.
type Balance struct {
	SKU       string `json:"sku"`
	Node      string `json:"node"`
	OnHand    int64  `json:"on_hand"`
	Reserved  int64  `json:"reserved"`
	Blocked   int64  `json:"blocked"`
	Available int64  `json:"available"`
}

// BalanceList is what the nodes have of some SKUs.
type BalanceList struct {
	Balances []Balance `json:"balances"`
	Unknown  []string  `json:"unknown"`
}

// StockChange is a receipt, an adjustment or a move of loose stock.
type StockChange struct {
	Kind     string `json:"kind" enum:"receipt,adjust_up,adjust_down,move,quality"`
	SKU      string `json:"sku"`
	Owner    string `json:"owner,omitempty" doc:"whose goods, where several owners use the code; empty = the company's own, or those of the only one who uses it"`
	Node     string `json:"node" doc:"code of the warehouse"`
	Location string `json:"location" doc:"where it is or comes to"`
	To       string `json:"to,omitempty" doc:"the other location, for a move"`
	Lot      string `json:"lot,omitempty"`
	Expires  string `json:"expires_on,omitempty" doc:"of the lot, YYYY-MM-DD"`
	Quality  string `json:"quality,omitempty" enum:"good,defective,quarantine,missing"`
	Becomes  string `json:"becomes,omitempty" doc:"the new quality, for kind quality"`
	Quantity int64  `json:"quantity" minimum:"1"`
	Note     string `json:"note,omitempty" maxLength:"1000"`
}

// Count is a place to be counted.
type Count struct {
	ID        string `json:"id"`
	Node      string `json:"node"`
	Location  string `json:"location"`
	Zone      string `json:"zone"`
	SKU       string `json:"sku"`
	Title     string `json:"title"`
	Lot       string `json:"lot,omitempty"`
	Reason    string `json:"reason"`
	Status    string `json:"status"`
	Expected  int64  `json:"expected"`
	Counted   int64  `json:"counted"`
	CreatedAt string `json:"created_at"`
	ClosedAt  string `json:"closed_at,omitempty"`
	ClosedBy  string `json:"closed_by,omitempty"`
}

// CountPage is a page of counts.
type CountPage struct {
	Counts     []Count `json:"counts"`
	NextCursor string  `json:"next_cursor,omitempty"`
}

// Found is what somebody counted.
type Found struct {
	Found int64 `json:"found" minimum:"0"`
}

// skusAtOnce bounds a question about stock.
const skusAtOnce = 500

func (s *Server) stock() {
	skus := several("sku", "code; may be repeated, or several with commas; up to 500")
	query(s, route{path: "/v1/availability", tag: "stock", id: "get-availability", scope: access.StockRead, summary: "What may be sold now",
		params: []*huma.Param{skus, text("channel", "whose buffer is taken off")}}, (*call).availability)
	query(s, route{path: "/v1/stock", tag: "stock", id: "list-stock", scope: access.StockRead, summary: "What each node has of some SKUs",
		params: []*huma.Param{skus}}, (*call).balances)
	command(s, route{path: "/v1/stock", tag: "stock", id: "change-stock", scope: access.StockWrite,
		summary: "Receive, adjust, move or re-grade loose stock"}, (*call).changeStock)
	query(s, route{path: "/v1/counts", tag: "stock", id: "list-counts", scope: access.StockRead, summary: "Places that wait to be counted",
		params: append(paging(), text("node", "code of the warehouse"))}, (*call).listCounts)
	command(s, route{path: "/v1/counts/{id}/close", tag: "stock", id: "close-count", scope: access.StockWrite,
		summary: "Book what was found in a place"}, on(inventory.CountPrefix, closeCount))
}

// askedSKUs reads which SKUs are asked for, by code, and those that nobody knows.
func (c *call) askedSKUs(tx *db.Tx) (list []catalog.SKU, unknown []string, err error) {
	var codes []string
	for _, v := range c.req.URL.Query()["sku"] {
		for _, code := range strings.Split(v, ",") {
			if code = strings.TrimSpace(code); code != "" {
				codes = append(codes, code)
			}
		}
	}
	if len(codes) > skusAtOnce {
		return nil, nil, fault.Invalidf("sku", "http.too_many_skus", "ask for at most %d SKUs at once", skusAtOnce).With("max", skusAtOnce)
	}
	unknown = []string{}
	if len(codes) == 0 {
		return nil, unknown, nil
	}
	found, err := catalog.ByCodes(tx, codes)
	if err != nil {
		return nil, unknown, err
	}
	inside, err := c.insideGoods(tx, slices.Collect(maps.Values(found)))
	for _, code := range codes {
		s, ok := found[code]
		if ok = ok && slices.ContainsFunc(inside, func(x catalog.SKU) bool { return x.ID == s.ID }); ok {
			list = append(list, s)
		} else {
			unknown = append(unknown, code)
		}
	}
	return list, unknown, err
}

func idsOf(list []catalog.SKU) []int64 {
	ids := make([]int64, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	return ids
}

func (c *call) availability() (out Availabilities, err error) {
	out.SKUs = []Availability{}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		skus, unknown, err := c.askedSKUs(tx)
		out.Unknown = unknown
		if err != nil || len(skus) == 0 {
			return err
		}
		offers, err := c.offers(tx, skus)
		byID := map[int64]inventory.Offer{}
		for _, o := range offers {
			byID[o.SKU] = o
		}
		for _, s := range skus {
			o := byID[s.ID]
			out.SKUs = append(out.SKUs, Availability{SKU: s.Code, OnHand: o.OnHand, Reserved: o.Reserved, Blocked: o.Blocked,
				Available: o.Available, Offered: o.Offered})
		}
		return err
	})
	return out, err
}

// offers is what may be sold of what stands where the caller reaches.
func (c *call) offers(tx *db.Tx, skus []catalog.SKU) ([]inventory.Offer, error) {
	if c.area.Whole() {
		return inventory.Offers(tx, c.query("channel"), idsOf(skus))
	}
	list, err := inventory.Balances(tx, idsOf(skus))
	if err != nil {
		return nil, err
	}
	n, err := c.names(tx)
	if err != nil {
		return nil, err
	}
	n.add(skus...)
	return inventory.OffersOf(tx, c.query("channel"), idsOf(skus), c.insideBalances(n, list))
}

func (c *call) balances() (out BalanceList, err error) {
	out.Balances = []Balance{}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		skus, unknown, err := c.askedSKUs(tx)
		out.Unknown = unknown
		if err != nil || len(skus) == 0 {
			return err
		}
		list, err := inventory.Balances(tx, idsOf(skus))
		if err != nil {
			return err
		}
		n, err := c.names(tx)
		n.add(skus...)
		for _, b := range c.insideBalances(n, list) {
			out.Balances = append(out.Balances, n.balance(b))
		}
		return err
	})
	return out, err
}

func (n *names) balance(b inventory.Balance) Balance {
	return Balance{SKU: n.sku(b.SKU), Node: n.node(b.Node), OnHand: b.OnHand, Reserved: b.Reserved, Blocked: b.Blocked, Available: b.Available()}
}

func (c *call) changeStock(in StockChange) (Balance, error) {
	owner, err := c.mayStock(in.SKU, in.Owner, in.Node)
	if err != nil {
		return Balance{}, err
	}
	b, err := c.Inventory.Do(c.ctx, c.once, inventory.Change{Kind: in.Kind, SKU: in.SKU, Owner: owner, Node: in.Node, Location: in.Location, To: in.To, Lot: in.Lot,
		Expires: in.Expires, Quality: in.Quality, Becomes: in.Becomes, Quantity: in.Quantity, Actor: c.actor(), Note: in.Note})
	return Balance{SKU: in.SKU, Node: in.Node, OnHand: b.OnHand, Reserved: b.Reserved, Blocked: b.Blocked, Available: b.Available()}, err
}

// mayStock refuses goods and warehouses that the caller does not reach, in the words for those that are not there, and says
// whose goods are meant: of a code that several use, those that the caller reaches.
func (c *call) mayStock(code, said, node string) (owner string, err error) {
	if c.area.Whole() {
		return said, nil
	}
	return owner, c.DB.View(c.ctx, func(tx *db.Tx) error {
		bearing, err := catalog.Bearing(tx, []string{code})
		if err != nil {
			return err
		}
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		reached := slices.DeleteFunc(bearing[code], func(s catalog.SKU) bool { return !c.area.Owner(s.Owner) })
		s, unclear := catalog.Choose(reached, "sku", code, said)
		if unclear != nil && len(reached) < 2 {
			return errNotThere(code)
		}
		if unclear != nil {
			return unclear
		}
		if _, err = n.nodeOf("node", node); err == nil && !c.area.Goods(node, s.Owner) {
			err = errNotThere(code)
		}
		owner = s.Owner
		return err
	})
}

func (c *call) listCounts() (CountPage, error) {
	limit, err := c.limit()
	if err != nil {
		return CountPage{}, err
	}
	after, err := c.idCursor(inventory.CountPrefix)
	if err != nil {
		return CountPage{}, err
	}
	page := CountPage{Counts: []Count{}}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		var list []inventory.Count
		for _, node := range n.nodesNamed(c.query("node")) {
			part, err := inventory.OpenCounts(tx, node, after, limit)
			if err != nil {
				return err
			}
			list = append(list, part...)
		}
		if list = firstByID(list, limit, func(k inventory.Count) int64 { return k.ID }); len(list) == limit {
			page.NextCursor = c.showPlace(id.Show(inventory.CountPrefix, list[limit-1].ID), list[limit-1].ID)
		}
		if list, err = c.insideCounts(tx, n, list); err != nil {
			return err
		}
		page.Counts, err = n.counts(tx, list)
		return err
	})
	return page, err
}

func closeCount(c *call, key int64, in Found) (out Count, err error) {
	k, err := c.Inventory.CloseCount(c.ctx, c.once, key, in.Found, c.actor())
	if err != nil {
		return Count{}, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		list, err := n.counts(tx, []inventory.Count{k})
		out = list[0]
		return err
	})
	return out, err
}

func (n *names) counts(tx *db.Tx, list []inventory.Count) ([]Count, error) {
	out := make([]Count, len(list))
	var skus, locations []int64
	for _, k := range list {
		skus, locations = append(skus, k.SKU), append(locations, k.Location)
	}
	if err := cmp.Or(n.learnSKUs(tx, skus), n.learnLocations(tx, locations)); err != nil {
		return out, err
	}
	for i, k := range list {
		out[i] = Count{ID: id.Show(inventory.CountPrefix, k.ID), Node: n.node(k.Node), Location: n.location(k.Location), Zone: n.locations[k.Location].Zone, SKU: n.sku(k.SKU),
			Title: n.skus[k.SKU].Title, Lot: k.Lot, Reason: k.Reason, Status: k.Status, Expected: k.Expected, Counted: k.Counted, CreatedAt: at(k.CreatedAt), ClosedAt: at(k.ClosedAt), ClosedBy: k.ClosedBy}
	}
	return out, nil
}
