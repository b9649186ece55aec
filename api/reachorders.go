package api

import (
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// reachesOrder is reached for one.
func (c *call) reachesOrder(tx *db.Tx, key int64) (bool, error) {
	ok, err := c.reached(tx, []int64{key})
	return ok[key], err
}

// reached tells which orders are inside the caller's reach: of one of the shops, with a part at one of the warehouses, and with goods
// of none but the owners.
func (c *call) reached(tx *db.Tx, ids []int64) (map[int64]bool, error) {
	reach := c.who.Reach
	heads, err := order.ByIDs(tx, ids)
	if err != nil {
		return nil, err
	}
	out := map[int64]bool{}
	for key, o := range heads {
		out[key] = reach.Shop(o.Channel, o.Shop)
	}
	if len(reach.Nodes) > 0 {
		if err := c.keepServed(tx, ids, out); err != nil {
			return nil, err
		}
	}
	if len(reach.Owners) > 0 {
		return out, c.keepOwned(tx, heads, out)
	}
	return out, nil
}

// keepServed strikes the orders of which none of the caller's warehouses serves a part.
func (c *call) keepServed(tx *db.Tx, ids []int64, out map[int64]bool) error {
	parts, err := order.FulfilmentsOf(tx, ids)
	if err != nil {
		return err
	}
	n, err := c.names(tx)
	if err != nil {
		return err
	}
	for key := range out {
		served := false
		for _, f := range parts[key] {
			served = served || n.sees(f.NodeID)
		}
		out[key] = out[key] && served
	}
	return nil
}

// keepOwned strikes the orders that hold goods of others, or goods that nobody knows.
func (c *call) keepOwned(tx *db.Tx, heads map[int64]*order.Order, out map[int64]bool) error {
	var skus []int64
	for _, o := range heads {
		for _, l := range o.Lines {
			skus = append(skus, l.SKUID)
		}
	}
	known, err := catalog.ByIDs(tx, sorted(skus))
	if err != nil {
		return err
	}
	for key, o := range heads {
		for _, l := range o.Lines {
			s, ok := known[l.SKUID]
			out[key] = out[key] && ok && c.who.Reach.Owner(s.Owner)
		}
	}
	return nil
}

// insideOrders leaves of a list what belongs to orders inside the caller's reach.
func insideOrders[T any](c *call, tx *db.Tx, list []T, orderOf func(T) int64) ([]T, error) {
	if c.who.Reach.Whole() || len(list) == 0 {
		return list, nil
	}
	ids := make([]int64, len(list))
	for i, x := range list {
		ids[i] = orderOf(x)
	}
	inside, err := c.reached(tx, sorted(ids))
	if err != nil {
		return nil, err
	}
	var out []T
	for _, x := range list {
		if inside[orderOf(x)] {
			out = append(out, x)
		}
	}
	return out, nil
}

// insideGoods leaves of a list of SKUs those of the caller's owners that one of the caller's warehouses has or had.
func (c *call) insideGoods(tx *db.Tx, list []catalog.SKU) ([]catalog.SKU, error) {
	reach := c.who.Reach
	if reach.Whole() || len(list) == 0 {
		return list, nil
	}
	here, err := c.keptHere(tx, idsOf(list))
	if err != nil {
		return nil, err
	}
	var out []catalog.SKU
	for _, s := range list {
		if reach.Owner(s.Owner) && (len(reach.Nodes) == 0 || here[s.ID]) {
			out = append(out, s)
		}
	}
	return out, nil
}

// keptHere tells which SKUs have a balance at one of the caller's warehouses.
func (c *call) keptHere(tx *db.Tx, skus []int64) (map[int64]bool, error) {
	if len(c.who.Reach.Nodes) == 0 {
		return nil, nil
	}
	n, err := c.names(tx)
	if err != nil {
		return nil, err
	}
	balances, err := inventory.Balances(tx, skus)
	here := map[int64]bool{}
	for _, b := range balances {
		here[b.SKU] = here[b.SKU] || n.sees(b.Node)
	}
	return here, err
}

// reachesSKU is about the owner of goods only: where they stand is asked beside it.
func (c *call) reachesSKU(tx *db.Tx, key int64) (bool, error) {
	found, err := catalog.ByIDs(tx, []int64{key})
	s, ok := found[key]
	return ok && c.who.Reach.Owner(s.Owner), err
}

// A narrowed caller's cursor is not spelled as the id that it is: the row it names may be somebody else's.

const placePrefix = "at-"

func (c *call) showPlace(shown string, key int64) string {
	if c.who.Reach.Whole() {
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
