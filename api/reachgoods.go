package api

import (
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
)

// insideGoods leaves of a list of SKUs those that one of the caller's reaches covers: of its owners, and where warehouses are named,
// with a balance, now or once, at one of them.
func (c *call) insideGoods(tx *db.Tx, list []catalog.SKU) ([]catalog.SKU, error) {
	if c.area.Whole() || len(list) == 0 {
		return list, nil
	}
	here, err := c.keptAt(tx, idsOf(list))
	var out []catalog.SKU
	for _, s := range list {
		for _, r := range c.area {
			if r.Owner(s.Owner) && (len(r.Nodes) == 0 || slices.ContainsFunc(here[s.ID], r.Node)) {
				out = append(out, s)
				break
			}
		}
	}
	return out, err
}

// keptAt lists, of the warehouses that the caller reaches, those where SKUs have a balance.
func (c *call) keptAt(tx *db.Tx, skus []int64) (map[int64][]string, error) {
	n, err := c.names(tx)
	if err != nil {
		return nil, err
	}
	balances, err := inventory.Balances(tx, skus)
	here := map[int64][]string{}
	for _, b := range balances {
		if n.sees(b.Node) {
			here[b.SKU] = append(here[b.SKU], n.node(b.Node))
		}
	}
	return here, err
}

// insideBalances leaves the balances of goods at a warehouse that one reach covers both. The SKUs are known to n.
func (c *call) insideBalances(n *names, list []inventory.Balance) []inventory.Balance {
	if c.area.Whole() {
		return list
	}
	return slices.DeleteFunc(list, func(b inventory.Balance) bool {
		return !n.sees(b.Node) || !c.area.Goods(n.node(b.Node), n.skus[b.SKU].Owner)
	})
}

// insideCounts is insideBalances for places to be counted.
func (c *call) insideCounts(tx *db.Tx, n *names, list []inventory.Count) ([]inventory.Count, error) {
	if c.area.Whole() {
		return list, nil
	}
	var skus []int64
	for _, k := range list {
		skus = append(skus, k.SKU)
	}
	err := n.learnSKUs(tx, skus)
	return slices.DeleteFunc(list, func(k inventory.Count) bool { return !c.area.Goods(n.node(k.Node), n.skus[k.SKU].Owner) }), err
}
