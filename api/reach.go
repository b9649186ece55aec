package api

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/wave"
)

// sides are the lists of a reach that an operation looks at.
type sides int

const (
	byNode sides = 1 << iota
	byShop
	byOwner
	everySide = byNode | byShop | byOwner
)

// narrowed lists, by operation, the sides on which it leaves out what a caller does not reach. Whoever is narrowed on a side that
// is not listed is refused, so an operation that nobody thought of shows nothing.
var narrowed = map[string]sides{
	"list-orders": everySide, "list-urgent": everySide, "get-order": everySide, "lookup-order": everySide, "get-timeline": everySide, "reveal-order": everySide,
	"list-events": everySide, "stream-events": everySide, "search-orders": everySide, "create-order": byShop, "create-orders": byShop,
	"approve-order": everySide, "reject-order": everySide, "edit-order": everySide, "hold-order": everySide, "release-hold": everySide,
	"cancel-order": everySide, "cancel-line": everySide, "remind-order": everySide,

	"list-fulfilments": everySide, "get-fulfilment": everySide, "propose-parcels": everySide, "release": everySide, "release-many": everySide,
	"pick": everySide, "pick-many": everySide, "pack": everySide, "pack-many": everySide, "check-scans": everySide, "label": everySide,
	"void": everySide, "ship": everySide, "ship-many": everySide, "reject-fulfilment": everySide, "get-shipment": everySide,
	"print-label": everySide, "label-pdf": everySide, "label-zpl": everySide,

	"list-tasks": byNode, "get-task": byNode, "start-task": byNode, "assign-task": byNode, "short-pick": byNode, "scan": byNode, "next-task": byNode,
	"list-waves": byNode, "release-wave": byNode, "list-wave-templates": byNode, "save-wave-template": byNode, "hand-over": everySide, "look-at-parcel": everySide, "receive-track": everySide, "receive-return": everySide,
	"open-case": everySide, "get-case": everySide, "approve-case": everySide, "reject-case": everySide, "cancel-case": everySide, "close-case": everySide,
	"label-case": everySide, "receive-case": everySide, "grade-case": everySide, "get-evidence": byShop | byOwner, "get-refundable": everySide,
	"ask-refund": everySide,

	"list-nodes": byNode, "list-locations": byNode,

	"list-skus": byNode | byOwner, "save-sku": byOwner, "lookup": byNode | byOwner, "get-availability": byOwner, "list-stock": byNode | byOwner,
	"change-stock": byNode | byOwner, "list-counts": byNode | byOwner, "close-count": byNode | byOwner,

	"who-am-i": everySide, "sign-out": everySide, "sign-out-everywhere": everySide, "change-password": everySide,
}

// sidesOf are the sides on which a reach is narrow. Goods are not of a shop: where owners are named too, they decide.
func sidesOf(r access.Reach, honoured sides) (narrow sides) {
	if len(r.Nodes) > 0 {
		narrow |= byNode
	}
	if len(r.Owners) > 0 {
		narrow |= byOwner
	}
	if len(r.Shops) > 0 && (honoured&byShop != 0 || len(r.Owners) == 0 || honoured&byOwner == 0) {
		narrow |= byShop
	}
	return narrow
}

// errNotThere is the answer about whatever is outside the caller's reach: the same as for what was never there.
func errNotThere(text string) error {
	return fault.New(fault.NotFound, "http.not_there", "there is no %s here", text).With("id", text)
}

// withinReach refuses a narrowed caller what the operation cannot narrow, and every id in the request that is outside. Callers who
// reach the whole company, nearly all, pass at once.
func (c *call) withinReach(r *route) error {
	if c.who.Reach.Whole() {
		return nil
	}
	honoured := narrowed[r.id]
	if sidesOf(c.who.Reach, honoured)&^honoured != 0 {
		return fault.New(fault.Denied, "access.narrow", "this is about the whole company, and %s reaches a part of it only", c.who.Name).With("who", c.who.Name)
	}
	named, others := c.named(r)
	if len(named)+len(others) == 0 {
		return nil
	}
	if len(named)+len(others) > maxNamed {
		return fault.New(fault.TooLarge, "access.too_many_ids", "the request names more than %d things; divide it", maxNamed).With("max", maxNamed)
	}
	return c.DB.View(c.ctx, func(tx *db.Tx) error {
		for _, text := range named {
			if ok, err := c.reaches(tx, text); err != nil {
				return err
			} else if !ok {
				return errNotThere(text)
			}
		}
		return c.reachesWaybills(tx, others)
	})
}

// reachesWaybills refuses the waybills among some texts whose parcels are outside.
func (c *call) reachesWaybills(tx *db.Tx, list []string) error {
	found, err := ship.ShipmentsByWaybill(tx, list)
	if err != nil {
		return err
	}
	for _, s := range found {
		if ok, err := c.reachesFulfilment(tx, s.FulfilmentID); err != nil {
			return err
		} else if !ok {
			return errNotThere(s.Waybill)
		}
	}
	return nil
}

// maxNamed bounds how many ids of one request are looked at; a bulk has fewer.
const maxNamed = 4 * bulkMost

// maxWaybill is longer than any waybill.
const maxWaybill = 64

// named lists the texts of a request that look like ids, in the path, the query (but for cursors) and anywhere in a JSON body; and
// all others that could be a waybill.
func (c *call) named(r *route) (list, others []string) {
	seen := map[string]bool{}
	add := func(text string) {
		prefix, rest, ok := strings.Cut(text, "_")
		switch {
		case seen[text] || text == "":
			return
		case ok && len(prefix) == 3 && len(rest) == 13:
			list = append(list, text)
		case len(text) <= maxWaybill:
			others = append(others, text)
		}
		seen[text] = true
	}
	for _, name := range pathNames(r.path) {
		add(c.req.PathValue(name))
	}
	for name, values := range c.req.URL.Query() {
		if name == "cursor" || name == "after" {
			continue
		}
		for _, v := range values {
			add(v)
		}
	}
	if r.input != nil && !r.file && c.req.Method != http.MethodGet {
		var body any
		if json.Unmarshal(c.body, &body) == nil { // what is not JSON the decoder refuses
			texts(body, add)
		}
	}
	return list, others
}

// texts calls add with every text in a JSON value.
func texts(v any, add func(string)) {
	switch x := v.(type) {
	case string:
		add(x)
	case []any:
		for _, y := range x {
			texts(y, add)
		}
	case map[string]any:
		for _, y := range x {
			texts(y, add)
		}
	}
}

// reaches reports whether the thing of an id is inside the caller's reach. What we know no way to is outside.
func (c *call) reaches(tx *db.Tx, text string) (bool, error) {
	prefix, _, _ := strings.Cut(text, "_")
	key, err := id.Parse(prefix, text)
	if err != nil {
		return true, nil // no id after all
	}
	switch prefix {
	case order.Prefix:
		return c.reachesOrder(tx, key)
	case order.HoldPrefix:
		h, err := order.HoldByID(tx, key)
		if err != nil || h == nil {
			return false, missingIsOutside(err)
		}
		return c.reachesOrder(tx, h.OrderID)
	case order.FulfilmentPrefix:
		return c.reachesFulfilment(tx, key)
	case pack.Prefix:
		found, err := pack.ParcelsByID(tx, []int64{key})
		if err != nil || found[key].ID == 0 {
			return false, err
		}
		return c.reachesFulfilment(tx, found[key].FulfilmentID)
	case aftersales.Prefix:
		d, err := c.AfterSales.Case(c.ctx, key)
		if err != nil {
			return false, missingIsOutside(err)
		}
		return c.reachesOrder(tx, d.OrderID)
	case ship.Prefix:
		found, err := ship.ShipmentsByID(tx, []int64{key})
		if err != nil || found[key] == nil {
			return false, err
		}
		return c.reachesFulfilment(tx, found[key].FulfilmentID)
	}
	return c.reachesPlace(tx, prefix, key)
}

// reachesPlace is about what belongs to a warehouse.
func (c *call) reachesPlace(tx *db.Tx, prefix string, key int64) (bool, error) {
	switch prefix {
	case pick.Prefix:
		d, err := c.Pick.Task(c.ctx, key)
		if err != nil {
			return false, missingIsOutside(err)
		}
		return c.reachesNode(tx, d.NodeID)
	case wave.TemplatePrefix:
		t, err := wave.TemplateByID(tx, key)
		if err != nil {
			return false, missingIsOutside(err)
		}
		return c.reachesNode(tx, t.NodeID)
	case inventory.CountPrefix:
		return c.reachesCount(tx, key)
	}
	return false, nil
}

// missingIsOutside makes "not found" no error: it and what is outside are told alike.
func missingIsOutside(err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
		return nil
	}
	return err
}

func (c *call) reachesNode(tx *db.Tx, node int64) (bool, error) {
	n, err := c.names(tx)
	return err == nil && n.sees(node), err
}

func (c *call) reachesFulfilment(tx *db.Tx, key int64) (bool, error) {
	found, err := order.Fulfilments(tx, []int64{key})
	if err != nil || found[key] == nil {
		return false, err
	}
	if ok, err := c.reachesNode(tx, found[key].NodeID); err != nil || !ok {
		return false, err
	}
	return c.reachesOrder(tx, found[key].OrderID)
}

// reachesCount looks among the counts that wait: a closed one needs nobody any more.
func (c *call) reachesCount(tx *db.Tx, key int64) (bool, error) {
	n, err := c.names(tx)
	if err != nil {
		return false, err
	}
	for _, x := range n.nodes {
		list, err := inventory.OpenCounts(tx, x.ID, key-1, 1)
		if err != nil {
			return false, err
		}
		if len(list) == 1 && list[0].ID == key {
			return c.reachesSKU(tx, list[0].SKU)
		}
	}
	return false, nil
}
