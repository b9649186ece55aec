package api

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// AllocationOutlook is what would be decided over an order now, with every warehouse that was looked at.
type AllocationOutlook struct {
	Strategy   string              `json:"strategy" enum:"nearest,cheapest,fastest,priority"`
	Units      int64               `json:"units" doc:"that no warehouse ships yet; 0: nothing is left to decide"`
	Why        string              `json:"why,omitempty" doc:"a code; text is its sentence"`
	Text       string              `json:"text,omitempty"`
	Currency   string              `json:"currency"`
	Candidates []AllocationChoice  `json:"candidates" doc:"those that would ship first"`
	Missing    []AllocationMissing `json:"missing" doc:"what would wait"`
	Pieces     []AllocationPiece   `json:"pieces" doc:"what is to be decided, and where it is now"`
}

// AllocationPiece is units of a line that are to be decided.
type AllocationPiece struct {
	Line       int64  `json:"line"`
	SKU        string `json:"sku" doc:"of a bundle, one of its components"`
	Quantity   int64  `json:"quantity"`
	Fulfilment string `json:"fulfilment,omitempty" doc:"that holds them and that no wave has taken; missing where none does"`
	Node       string `json:"node,omitempty"`
}

// AllocationChoice is a warehouse as the decision saw it.
type AllocationChoice struct {
	Node   string `json:"node"`
	Have   int64  `json:"have" doc:"of the units asked for, there and not promised"`
	Ships  int64  `json:"ships" doc:"of them, would ship from here"`
	Holds  int64  `json:"holds" doc:"of them, promised from here already; with unreleased only"`
	Metres int64  `json:"metres" doc:"to the recipient; -1 where nobody knows"`
	Cost   string `json:"cost,omitempty" doc:"of the whole order from here; missing where the region is not served"`
	Days   int    `json:"days" doc:"to the door"`
	Why    string `json:"why,omitempty" doc:"why it ships nothing, a code"`
	Text   string `json:"text,omitempty" doc:"its sentence"`
}

// AllocationMissing is goods that would wait.
type AllocationMissing struct {
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"`
	Why      string `json:"why" doc:"a code"`
	Text     string `json:"text"`
}

// AllocationResult is what came of deciding once more.
type AllocationResult struct {
	Order      string `json:"order"`
	Served     bool   `json:"served" doc:"it got something"`
	Fulfilment string `json:"fulfilment" doc:"its state"`
}

func (s *Server) allocating() {
	query(s, route{path: "/v1/orders/{id}/candidates", tag: "orders", id: "get-candidates", scope: access.OrdersRead, summary: "Which warehouse would ship what no one ships yet, and why not the others",
		about:  "Decided at this moment, and nothing is promised. Problem: order.not_found.",
		params: []*huma.Param{text("unreleased", "yes: also what warehouses have promised and no wave has taken, as if it were still to be decided", "yes")}}, (*call).candidates)
	command(s, route{path: "/v1/orders/{id}/allocate", tag: "orders", id: "allocate-order", scope: access.OrdersWrite, summary: "Decide once more over an order that waits for goods, at once",
		about: "What is under way stays. Problems: order.not_found, allocation.not_waiting."},
		onOrder(func(c *call, key int64, _ Empty) (AllocationResult, error) {
			out, err := c.Allocation.Again(c.ctx, c.once, key)
			return AllocationResult{Order: id.Show(order.Prefix, key), Served: out.Served, Fulfilment: out.Fulfilment}, err
		}))
}

func (c *call) candidates() (out AllocationOutlook, err error) {
	key, err := c.idParam("id", order.Prefix)
	if err != nil {
		return out, err
	}
	reach, err := c.nodesReached(key)
	if err != nil {
		return out, err
	}
	o, err := c.Allocation.Outlook(c.ctx, key, allocation.Scope{Unreleased: c.query("unreleased") == "yes", Nodes: reach})
	if err != nil {
		return out, err
	}
	out = AllocationOutlook{Strategy: string(o.Strategy), Units: o.Units, Why: o.Why.Code, Currency: c.Currency, Candidates: []AllocationChoice{}, Missing: []AllocationMissing{}, Pieces: []AllocationPiece{}}
	if o.Why.Code != "" {
		out.Text = words.Render(c.lang(), o.Why.Code, o.Why.Params)
	}
	for _, x := range o.Candidates {
		if !c.area.Node(x.Code) {
			continue
		}
		choice := AllocationChoice{Node: x.Code, Have: x.Have, Ships: x.Ships, Holds: x.Holds, Metres: x.Metres, Days: x.Days, Why: x.Why.Code}
		if x.Cost >= 0 {
			choice.Cost = money.Format(x.Cost, c.Currency)
		}
		if x.Why.Code != "" {
			choice.Text = words.Render(c.lang(), x.Why.Code, x.Why.Params)
		}
		out.Candidates = append(out.Candidates, choice)
	}
	skus := make([]int64, len(o.Missing), len(o.Missing)+len(o.Pieces))
	for i, m := range o.Missing {
		skus[i] = m.SKU
	}
	for _, p := range o.Pieces {
		skus = append(skus, p.SKU)
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		if err := n.learnSKUs(tx, skus); err != nil {
			return err
		}
		for _, m := range o.Missing {
			out.Missing = append(out.Missing, AllocationMissing{SKU: n.sku(m.SKU), Quantity: m.Quantity, Why: m.Reason, Text: words.Render(c.lang(), m.Reason, nil)})
		}
		for _, p := range o.Pieces {
			piece := AllocationPiece{Line: p.Line, SKU: n.sku(p.SKU), Quantity: p.Quantity, Fulfilment: shown(order.FulfilmentPrefix, p.Fulfilment)}
			if p.Node != 0 {
				piece.Node = n.node(p.Node)
			}
			out.Pieces = append(out.Pieces, piece)
		}
		return nil
	})
	return out, err
}
