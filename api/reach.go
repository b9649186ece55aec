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
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
)

// errNotThere is the answer about whatever is outside the caller's reach: the same as for what was never there.
func errNotThere(text string) error {
	return fault.New(fault.NotFound, "http.not_there", "there is no %s here", text).With("id", text)
}

// withinReach narrows a caller who reaches a part of the company only to those of their reaches that the operation can honour, and
// refuses every id and warehouse in the request that is outside. Callers who reach the whole company, nearly all, pass at once.
func (c *call) withinReach(r *route) error {
	if c.area.Whole() || r.open {
		return nil
	}
	honoured, narrows := narrowed[r.id]
	if !narrows {
		return fault.New(fault.Denied, "access.narrow", "this is about the whole company, and %s reaches a part of it only", c.who.Name).With("who", c.who.Name)
	}
	c.area = c.area.Where(func(reach access.Reach) bool { return sidesOf(reach, honoured)&^honoured == 0 })
	list := c.named(r)
	if len(list.ids)+len(list.others)+len(list.nodes) == 0 {
		return nil
	}
	if len(list.ids)+len(list.others) > maxNamed {
		return fault.New(fault.TooLarge, "access.too_many_ids", "the request names more than %d things; divide it", maxNamed).With("max", maxNamed)
	}
	for _, code := range list.nodes {
		if !c.area.Node(code) {
			return errNotThere(code)
		}
	}
	return c.DB.View(c.ctx, func(tx *db.Tx) error {
		for _, text := range list.ids {
			if ok, err := c.reaches(tx, text); err != nil {
				return err
			} else if !ok {
				return errNotThere(text)
			}
		}
		return c.reachesWaybills(tx, list.others)
	})
}

// reachesWaybills refuses the waybills among some texts whose parcels, or whose returns, are outside.
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
	cases, err := aftersales.ByWaybill(tx, list)
	if err != nil {
		return err
	}
	for _, x := range cases {
		if ok, err := c.reachesOrder(tx, x.OrderID); err != nil {
			return err
		} else if !ok {
			return errNotThere(x.Waybill)
		}
	}
	return nil
}

// maxNamed bounds how many ids of one request are looked at; a bulk has fewer.
const maxNamed = 4 * bulkMost

// maxWaybill is longer than any waybill.
const maxWaybill = 64

// mentions are what a request names.
type mentions struct {
	ids    []string // that look like ids
	nodes  []string // codes of warehouses
	others []string // texts that could be a waybill
	seen   map[string]bool
}

func (m *mentions) add(field, text string) {
	prefix, rest, ok := strings.Cut(text, "_")
	switch {
	case m.seen[text] || text == "":
		return
	case field == "node":
		m.nodes = append(m.nodes, text)
	case ok && len(prefix) == 3 && len(rest) == 13:
		m.ids = append(m.ids, strings.ToLower(text)) // a scanner may send capitals
	case len(text) <= maxWaybill:
		m.others = append(m.others, text)
	}
	m.seen[text] = true
}

// named lists what a request names in the path, the query (but for cursors) and anywhere in a JSON body.
func (c *call) named(r *route) *mentions {
	m := &mentions{seen: map[string]bool{}}
	for _, name := range pathNames(r.path) {
		m.add(name, c.req.PathValue(name))
	}
	for name, values := range c.req.URL.Query() {
		if name == "cursor" || name == "after" {
			continue
		}
		for _, v := range values {
			m.add(name, v)
		}
	}
	if r.input != nil && !r.file && c.req.Method != http.MethodGet {
		var body any
		if json.Unmarshal(c.body, &body) == nil { // what is not JSON the decoder refuses
			texts("", body, m.add)
		}
	}
	return m
}

// texts calls add with every text in a JSON value, and the field it stands in.
func texts(field string, v any, add func(field, text string)) {
	switch x := v.(type) {
	case string:
		add(field, x)
	case []any:
		for _, y := range x {
			texts(field, y, add)
		}
	case map[string]any:
		for name, y := range x {
			texts(name, y, add)
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
	case exportPrefix:
		return true, nil // it is asked for by whoever made it only
	case aftersales.PhotoPrefix:
		return true, nil // the path names its case, which is looked at
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
	if known, inside, err := c.reachesWork(tx, prefix, key); known || err != nil {
		return inside, err
	}
	return c.reachesPlace(tx, prefix, key)
}
