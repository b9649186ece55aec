package api

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/warehouse"
)

// names turns inner ids of things that people know by a code into that code.
type names struct {
	nodes     []warehouse.Node
	skus      map[int64]catalog.SKU
	locations map[int64]warehouse.Location
	currency  string // of the company
	plain     bool   // what people wrote is shown as they wrote it
}

// names begins with the nodes that the caller reaches, which are few; the others are learnt as they are needed.
func (c *call) names(tx *db.Tx) (*names, error) {
	nodes, err := warehouse.Nodes(tx)
	if !c.area.Whole() {
		nodes = slices.DeleteFunc(slices.Clone(nodes), func(x warehouse.Node) bool { return !c.area.Node(x.Code) })
	}
	return &names{nodes: nodes, skus: map[int64]catalog.SKU{}, locations: map[int64]warehouse.Location{}, currency: c.Currency, plain: c.plain()}, err
}

// allNames is names on a snapshot of its own.
func (c *call) allNames() (n *names, err error) {
	err = c.DB.View(c.ctx, func(tx *db.Tx) error { n, err = c.names(tx); return err })
	return n, err
}

func (n *names) add(list ...catalog.SKU) {
	for _, s := range list {
		n.skus[s.ID] = s
	}
}

func (n *names) learnSKUs(tx *db.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := catalog.ByIDs(tx, sorted(ids))
	for _, s := range found {
		n.add(s)
	}
	return err
}

func (n *names) learnLocations(tx *db.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := warehouse.LocationsByIDs(tx, sorted(ids))
	for k, l := range found {
		n.locations[k] = l
	}
	return err
}

func sorted(ids []int64) []int64 {
	list := slices.Clone(ids)
	slices.Sort(list)
	return slices.Compact(list)
}

// sku is the code; an id that nothing belongs to is shown as it is, so that nothing is hidden.
func (n *names) sku(key int64) string {
	if s, ok := n.skus[key]; ok {
		return s.Code
	}
	return shown("sku", key)
}

// sees reports whether the node is one of those that the caller reaches.
func (n *names) sees(key int64) bool {
	return slices.ContainsFunc(n.nodes, func(x warehouse.Node) bool { return x.ID == key })
}

func (n *names) node(key int64) string {
	for _, x := range n.nodes {
		if x.ID == key {
			return x.Code
		}
	}
	return shown("nod", key)
}

func (n *names) location(key int64) string {
	if l, ok := n.locations[key]; ok {
		return l.Code
	}
	return shown("loc", key)
}

func shown(prefix string, key int64) string {
	if key == 0 {
		return ""
	}
	return id.Show(prefix, key)
}

// nodesNamed lists the ids of the node with a code, or of all nodes when the code is empty.
func (n *names) nodesNamed(code string) (ids []int64) {
	for _, x := range n.nodes {
		if code == "" || x.Code == code {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

// nodeOf finds a node by code. Fault: http.node on the field.
func (n *names) nodeOf(field, code string) (warehouse.Node, error) {
	for _, x := range n.nodes {
		if x.Code == code {
			return x, nil
		}
	}
	return warehouse.Node{}, fault.Invalidf(field, "http.node", "there is no warehouse %q", code).With("node", code)
}

// firstByID merges lists that were read one by one: the first limit rows by id.
func firstByID[T any](list []T, limit int, key func(T) int64) []T {
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
	return list[:min(limit, len(list))]
}
