package api

import (
	"slices"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// reachesOrder is areas for one.
func (c *call) reachesOrder(tx *db.Tx, key int64) (bool, error) {
	found, err := c.areas(tx, []int64{key})
	_, ok := found[key]
	return ok, err
}

// reachesFulfilment reports whether a part of an order is inside: one reach covers both the order and the warehouse of the part.
func (c *call) reachesFulfilment(tx *db.Tx, key int64) (bool, error) {
	found, err := order.Fulfilments(tx, []int64{key})
	if err != nil || found[key] == nil {
		return false, err
	}
	inside, err := c.insideParts(tx, []*order.Fulfilment{found[key]})
	return len(inside) == 1, err
}

// insideParts leaves the fulfilments that are inside.
func (c *call) insideParts(tx *db.Tx, list []*order.Fulfilment) ([]*order.Fulfilment, error) {
	if c.area.Whole() || len(list) == 0 {
		return list, nil
	}
	ids := make([]int64, len(list))
	for i, f := range list {
		ids[i] = f.OrderID
	}
	areas, err := c.areas(tx, sorted(ids))
	if err != nil {
		return nil, err
	}
	n, err := c.names(tx)
	return slices.DeleteFunc(slices.Clone(list), func(f *order.Fulfilment) bool { return !n.within(areas, f.OrderID, f.NodeID) }), err
}

// within reports whether the reaches that cover an order cover a warehouse too.
func (n *names) within(areas map[int64]access.Area, order, node int64) bool {
	area, ok := areas[order]
	return ok && n.sees(node) && area.Node(n.node(node))
}

// areas tells of some orders which of the caller's reaches cover them: of one of the shops, with a part at one of the warehouses,
// and with goods of none but the owners. Orders that none covers are left out.
func (c *call) areas(tx *db.Tx, ids []int64) (map[int64]access.Area, error) {
	heads, err := order.ByIDs(tx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]access.Area, len(heads))
	if c.area.Whole() {
		for key := range heads {
			out[key] = c.area
		}
		return out, nil
	}
	nodes, err := c.servedBy(tx, ids)
	if err != nil {
		return nil, err
	}
	owners, err := c.ownersIn(tx, heads)
	for key, o := range heads {
		var area access.Area
		for _, r := range c.area {
			if r.Shop(o.Channel, o.Shop) && (len(r.Nodes) == 0 || slices.ContainsFunc(nodes[key], r.Node)) && (len(r.Owners) == 0 || ownsAll(r, owners[key])) {
				area = append(area, r)
			}
		}
		if area != nil {
			out[key] = area
		}
	}
	return out, err
}

func ownsAll(r access.Reach, owners []string) bool {
	return !slices.ContainsFunc(owners, func(owner string) bool { return !r.Owner(owner) })
}

// servedBy lists the warehouses that serve a part of the orders, of those that the caller reaches; nothing where none is named.
func (c *call) servedBy(tx *db.Tx, ids []int64) (map[int64][]string, error) {
	if !slices.ContainsFunc(c.area, func(r access.Reach) bool { return len(r.Nodes) > 0 }) {
		return nil, nil
	}
	n, err := c.names(tx)
	if err != nil {
		return nil, err
	}
	parts, err := order.FulfilmentsOf(tx, ids)
	out := map[int64][]string{}
	for key, list := range parts {
		for _, f := range list {
			if n.sees(f.NodeID) {
				out[key] = append(out[key], n.node(f.NodeID))
			}
		}
	}
	return out, err
}

// nobodysGoods is the owner of goods that nobody knows: they are in no reach that names owners.
const nobodysGoods = "\x00"

// ownersIn lists whose goods the orders hold; nothing where no owner is named.
func (c *call) ownersIn(tx *db.Tx, heads map[int64]*order.Order) (map[int64][]string, error) {
	if !slices.ContainsFunc(c.area, func(r access.Reach) bool { return len(r.Owners) > 0 }) {
		return nil, nil
	}
	var skus []int64
	for _, o := range heads {
		for _, l := range o.Lines {
			skus = append(skus, l.SKUID)
		}
	}
	known, err := catalog.ByIDs(tx, sorted(skus))
	out := map[int64][]string{}
	for key, o := range heads {
		for _, l := range o.Lines {
			owner := nobodysGoods
			if s, ok := known[l.SKUID]; ok {
				owner = s.Owner
			}
			out[key] = append(out[key], owner)
		}
	}
	return out, err
}

// insideOrders leaves of a list what belongs to orders inside the caller's area.
func insideOrders[T any](c *call, tx *db.Tx, list []T, orderOf func(T) int64) ([]T, error) {
	if c.area.Whole() || len(list) == 0 {
		return list, nil
	}
	ids := make([]int64, len(list))
	for i, x := range list {
		ids[i] = orderOf(x)
	}
	areas, err := c.areas(tx, sorted(ids))
	if err != nil {
		return nil, err
	}
	var out []T
	for _, x := range list {
		if _, ok := areas[orderOf(x)]; ok {
			out = append(out, x)
		}
	}
	return out, nil
}

// A narrowed caller's cursor is not spelled as the id that it is: the row it names may be somebody else's.

const placePrefix = "at-"

func (c *call) showPlace(shown string, key int64) string {
	if c.area.Whole() {
		return shown
	}
	return placePrefix + strconv.FormatInt(key, 36)
}

func narrowPlace(text string) (int64, bool) {
	rest, ok := strings.CutPrefix(text, placePrefix)
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseInt(rest, 36, 64)
	return v, err == nil
}
