package api

import (
	"slices"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// OverrideInput gives what no wave has taken of an order, or some of it, to a warehouse.
type OverrideInput struct {
	Node       string     `json:"node" doc:"code of the warehouse"`
	Reason     string     `json:"reason" maxLength:"500"`
	Pieces     []GoodsRef `json:"pieces,omitempty" maxItems:"500" doc:"what moves; without it all that no wave has taken"`
	AllowSplit bool       `json:"allow_split,omitempty" doc:"the order may be split even if its channel does not allow it; it is recorded"`
}

// GoodsRef is units of a line.
type GoodsRef struct {
	Line     int64  `json:"line"`
	SKU      string `json:"sku,omitempty" doc:"needed where the line is a bundle: one of its components"`
	Quantity int64  `json:"quantity" minimum:"1"`
}

// RedecideInput says why allocation decides again.
type RedecideInput struct {
	Reason string `json:"reason,omitempty" maxLength:"500"`
}

// SplitInput is what goes into a fulfilment of its own.
type SplitInput struct {
	Lines      []ParcelLine `json:"lines" minItems:"1" maxItems:"500"`
	Node       string       `json:"node,omitempty" doc:"which ships it; without it the same"`
	Reason     string       `json:"reason,omitempty" maxLength:"500" doc:"needed where another warehouse ships it"`
	AllowSplit bool         `json:"allow_split,omitempty" doc:"the order may be split even if its channel does not allow it; it is recorded"`
}

// MergeInput names fulfilments that become one.
type MergeInput struct {
	Fulfilments []string `json:"fulfilments" minItems:"2" maxItems:"50"`
	Reason      string   `json:"reason,omitempty" maxLength:"500"`
}

// DecidedByHand is what a person's decision made, beside what allocation would have done at that moment.
type DecidedByHand struct {
	Order       string           `json:"order"`
	Fulfilment  string           `json:"fulfilment" doc:"its state"`
	Fulfilments []HandFulfilment `json:"fulfilments" doc:"those that the decision made"`
	Cost        string           `json:"cost" doc:"of what was decided over"`
	Currency    string           `json:"currency"`
	Machine     MachineDecision  `json:"machine"`
}

// HandFulfilment is one fulfilment that a decision made.
type HandFulfilment struct {
	ID    string `json:"id"`
	Node  string `json:"node"`
	Units int64  `json:"units"`
	Cost  string `json:"cost"`
}

// MachineDecision is what allocation would have done with the same goods.
type MachineDecision struct {
	Nodes []string `json:"nodes" doc:"none: it would have waited"`
	Units int64    `json:"units" doc:"that would ship"`
	Cost  string   `json:"cost"`
}

const aboutByHand = " Promises move in the same transaction, and the answer says what allocation would have done at that moment and what that costs. " +
	"Refused once a wave has taken the goods. Problems: byhand.not_passed, byhand.released, "

func (s *Server) byHand() {
	command(s, route{path: "/v1/orders/{id}/override", tag: "orders", id: "override-order", scope: access.OrdersWrite,
		summary: "Give an order, or some of its goods, to a warehouse by hand",
		about: "What waits and what other warehouses have promised moves to the named one; what waits and is not named is decided over by the way." + aboutByHand +
			"byhand.nothing, byhand.there, byhand.which, byhand.no_piece, byhand.too_many, byhand.closed, byhand.no_service, byhand.short, byhand.may_not_split, required, http.node, inventory.unknown_sku, order.not_found."},
		onOrder((*call).override))
	command(s, route{path: "/v1/orders/{id}/redecide", tag: "orders", id: "redecide-order", scope: access.OrdersWrite,
		summary: "Take back what no wave has taken and let allocation decide over it again",
		about:   "The way back from every decision by hand. Problems: byhand.not_passed, byhand.nothing, order.not_found."},
		onOrder(func(c *call, key int64, in RedecideInput) (DecidedByHand, error) {
			return c.decided(key, c.by(in.Reason, false), func(by allocation.By) (allocation.ByHand, error) {
				return c.Allocation.Redo(c.ctx, c.once, key, by)
			})
		}))
	command(s, route{path: "/v1/fulfilments/{id}/split", tag: "fulfilments", id: "split-fulfilment", scope: access.OrdersWrite,
		summary: "Put some of the goods into a fulfilment of their own",
		about:   "At the same warehouse or another." + aboutByHand + "byhand.no_line, byhand.too_many, byhand.whole, byhand.closed, byhand.no_service, byhand.short, byhand.may_not_split, required, http.node, fulfilment.not_found."},
		on(order.FulfilmentPrefix, (*call).split))
	command(s, route{path: "/v1/orders/{id}/merge", tag: "orders", id: "merge-fulfilments", scope: access.OrdersWrite,
		summary: "Put fulfilments of an order at one warehouse together",
		about:   "They become one." + aboutByHand + "byhand.one, byhand.apart, http.id, fulfilment.not_found, order.not_found."},
		onOrder((*call).merge))
}

// by is the caller as somebody who decides by hand.
func (c *call) by(reason string, allowSplit bool) allocation.By {
	return allocation.By{Actor: c.actor(), Reason: reason, AllowSplit: allowSplit}
}

// nodesReached lists the warehouses of an order's work that the caller reaches; nil where it is all of them.
func (c *call) nodesReached(key int64) (out []int64, err error) {
	if !slices.ContainsFunc(c.area, func(r access.Reach) bool { return len(r.Nodes) > 0 }) {
		return nil, nil
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		areas, err := c.areas(tx, []int64{key})
		out = slices.DeleteFunc(append([]int64{}, n.nodesNamed("")...), func(node int64) bool { return !n.within(areas, key, node) })
		return err
	})
	return out, err
}

func (c *call) override(key int64, in OverrideInput) (DecidedByHand, error) {
	do := allocation.Override{Order: key}
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		node, err := n.nodeOf("node", in.Node)
		if err != nil {
			return err
		}
		do.Node = node.ID
		do.Pieces, err = piecesOf(tx, in.Pieces)
		return err
	})
	if err != nil {
		return DecidedByHand{}, err
	}
	return c.decided(key, c.by(in.Reason, in.AllowSplit), func(by allocation.By) (allocation.ByHand, error) {
		do.By = by
		return c.Allocation.Override(c.ctx, c.once, do)
	})
}

func piecesOf(tx *db.Tx, list []GoodsRef) (out []allocation.Piece, err error) {
	var codes []string
	for _, g := range list {
		if g.SKU != "" {
			codes = append(codes, g.SKU)
		}
	}
	known := map[string]catalog.SKU{}
	if len(codes) > 0 {
		if known, err = catalog.ByCodes(tx, codes); err != nil {
			return nil, err
		}
	}
	for _, g := range list {
		if _, found := known[g.SKU]; g.SKU != "" && !found {
			return nil, fault.Invalidf("sku", "inventory.unknown_sku", "there is no SKU %q", g.SKU).With("value", g.SKU)
		}
		out = append(out, allocation.Piece{Line: g.Line, SKU: known[g.SKU].ID, Quantity: g.Quantity})
	}
	return out, nil
}

func (c *call) split(key int64, in SplitInput) (DecidedByHand, error) {
	do := allocation.Split{Fulfilment: key}
	if in.Node != "" {
		n, err := c.allNames()
		if err != nil {
			return DecidedByHand{}, err
		}
		node, err := n.nodeOf("node", in.Node)
		if err != nil {
			return DecidedByHand{}, err
		}
		do.Node = node.ID
	}
	for _, l := range in.Lines {
		do.Lines = append(do.Lines, allocation.SplitLine(l))
	}
	of, err := c.orderOf(key)
	if err != nil {
		return DecidedByHand{}, err
	}
	return c.decided(of, c.by(in.Reason, in.AllowSplit), func(by allocation.By) (allocation.ByHand, error) {
		do.By = by
		return c.Allocation.Split(c.ctx, c.once, do)
	})
}

// orderOf is the order of a fulfilment. Fault: fulfilment.not_found.
func (c *call) orderOf(key int64) (of int64, err error) {
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		found, err := order.Fulfilments(tx, []int64{key})
		if err != nil {
			return err
		}
		if found[key] == nil {
			return fault.New(fault.NotFound, "fulfilment.not_found", "there is no fulfilment %s", id.Show(order.FulfilmentPrefix, key))
		}
		of = found[key].OrderID
		return nil
	})
	return of, err
}

func (c *call) merge(key int64, in MergeInput) (DecidedByHand, error) {
	do := allocation.Merge{Order: key}
	for _, text := range in.Fulfilments {
		f, err := idOf("fulfilments", order.FulfilmentPrefix, text)
		if err != nil {
			return DecidedByHand{}, err
		}
		do.Fulfilments = append(do.Fulfilments, f)
	}
	return c.decided(key, c.by(in.Reason, false), func(by allocation.By) (allocation.ByHand, error) {
		do.By = by
		return c.Allocation.Merge(c.ctx, c.once, do)
	})
}

// decided runs a decision by hand within the caller's reach and shows what came of it.
func (c *call) decided(key int64, by allocation.By, do func(allocation.By) (allocation.ByHand, error)) (out DecidedByHand, err error) {
	if by.Nodes, err = c.nodesReached(key); err != nil {
		return out, err
	}
	made, err := do(by)
	if err != nil {
		return out, err
	}
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	amount := func(minor int64) string { return money.Format(minor, c.Currency) }
	out = DecidedByHand{Order: id.Show(order.Prefix, made.Order), Fulfilment: made.Fulfilment, Fulfilments: []HandFulfilment{}, Cost: amount(made.Cost),
		Currency: c.Currency, Machine: MachineDecision{Nodes: []string{}, Units: made.Machine.Units, Cost: amount(made.Machine.Cost)}}
	for _, f := range made.Fulfilments {
		out.Fulfilments = append(out.Fulfilments, HandFulfilment{ID: id.Show(order.FulfilmentPrefix, f.ID), Node: n.node(f.Node), Units: f.Units, Cost: amount(f.Cost)})
	}
	for _, code := range made.Machine.Nodes {
		if c.area.Node(code) {
			out.Machine.Nodes = append(out.Machine.Nodes, code)
		}
	}
	return out, nil
}
