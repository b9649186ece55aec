package allocation

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// need is an order with what is under way for it and what is not.
type need struct {
	*order.Order
	fulfilments []*order.Fulfilment
	owed        []order.BackOrder
	lines       []Line // what no node ships or has shipped, in base units of components
}

// needs reads what belongs to the orders and works out what is still to be decided for each. skus are all the
// SKUs that are asked for.
func needs(tx *db.Tx, orders []*order.Order) (list []need, skus []int64, err error) {
	fulfilments, owed, err := past(tx, orders)
	if err != nil {
		return nil, nil, err
	}
	for _, o := range orders {
		for _, l := range o.Lines {
			skus = append(skus, l.SKUID)
		}
	}
	askSnapshot(tx)
	bundles, err := readRecipes(tx, id.Distinct(skus))
	if err != nil {
		return nil, nil, err
	}
	skus = skus[:0]
	list = make([]need, len(orders))
	for i, o := range orders {
		n := need{Order: o, fulfilments: fulfilments[o.ID], owed: owed[o.ID]}
		n.open(bundles)
		for _, l := range n.lines {
			skus = append(skus, l.SKU)
		}
		list[i] = n
	}
	skus = id.Distinct(skus)
	return list, skus, name(tx, list, skus)
}

// past reads what is under way for orders and what they are owed.
func past(tx *db.Tx, orders []*order.Order) (fulfilments map[int64][]*order.Fulfilment, owed map[int64][]order.BackOrder, err error) {
	ids := order.Stored(orders)
	if len(ids) == 0 {
		return nil, nil, nil
	}
	if fulfilments, err = order.FulfilmentsOf(tx, ids); err != nil {
		return nil, nil, err
	}
	owed, err = order.BackOrders(tx, ids)
	return fulfilments, owed, err
}

// piece is a SKU that serves an order line.
type piece struct{ line, sku int64 }

// open lists what is wanted and neither under way nor gone.
func (n *need) open(bundles recipes) {
	covered := map[piece]int64{}
	for _, f := range n.fulfilments {
		if f.Live() || f.Status == order.Shipped {
			for _, l := range f.Lines {
				covered[piece{l.LineNo, l.SKUID}] += l.Quantity
			}
		}
	}
	at := cmp.Or(n.PlacedAt, n.CreatedAt)
	for _, l := range n.Lines {
		if l.SKUID == 0 {
			continue // see unmapped
		}
		for _, part := range bundles.parts(l.SKUID, at) {
			if rest := l.Wanted()*part.Quantity - covered[piece{l.No, part.SKU}]; rest > 0 {
				n.lines = append(n.lines, Line{No: int(l.No), SKU: part.SKU, Quantity: rest, Code: l.SKU})
			}
		}
	}
}

// name adds weights, and the codes by which people know the components.
func name(tx *db.Tx, list []need, skus []int64) error {
	known, err := catalog.ByIDs(tx, skus)
	for i := range list {
		for j := range list[i].lines {
			l := &list[i].lines[j]
			if sku, found := known[l.SKU]; found {
				l.G, l.Code = sku.WeightG, sku.Code
			}
		}
	}
	return err
}

// homes are the nodes that already ship a part of the order.
func (n *need) homes() []int64 {
	var nodes []int64
	for _, f := range n.fulfilments {
		if f.Live() || f.Status == order.Shipped {
			nodes = append(nodes, f.NodeID)
		}
	}
	return id.Distinct(nodes)
}

// unmapped reports whether the order wants a SKU that nobody knows. Review lets no such order pass; one that stands
// here all the same goes back to it, because a debt of nothing in particular could never be settled.
func (n *need) unmapped() bool {
	return slices.ContainsFunc(n.Lines, func(l order.Line) bool { return l.SKUID == 0 && l.Wanted() > 0 })
}

// barred reports whether the order has to pass review before anything is done for it.
func (n *need) barred() bool { return !n.Passed() || n.unmapped() }

// held takes what is missing off the table where the order has to pass review first, and returns it: the nodes are
// asked when the order goes on.
func (n *need) held() (rest []Line) {
	if n.barred() {
		rest, n.lines = n.lines, nil
	}
	return rest
}

// refused are the nodes that have rejected the order.
func (n *need) refused() []int64 {
	var nodes []int64
	for _, f := range n.fulfilments {
		if f.Status == order.RejectedBy {
			nodes = append(nodes, f.NodeID)
		}
	}
	return id.Distinct(nodes)
}
