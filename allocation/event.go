package allocation

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// record is the decision as the timeline keeps it. Nodes and Units are what its sentence is made of.
type record struct {
	Strategy    Strategy    `json:"strategy"`
	Why         words.Text  `json:"why"`
	Cost        int64       `json:"cost,omitempty"`
	Nodes       []string    `json:"nodes,omitempty"`
	Units       int64       `json:"units"`
	Fulfilments []assigned  `json:"fulfilments,omitempty"`
	Owed        []debt      `json:"owed,omitempty"`
	Rejected    []Rejection `json:"rejected,omitempty"`
	Together    *together   `json:"together,omitempty"`
}

// together is what an order was decided over with, and what the plain rule would have done with it.
type together struct {
	Orders int      `json:"orders"` // the order itself among them
	Saved  int64    `json:"saved"`  // by all of them, minor units
	More   int64    `json:"more,omitempty"`
	Plain  []string `json:"plain"` // nodes; none: it would have waited
	Cost   int64    `json:"plain_cost,omitempty"`
}

// assigned is one fulfilment that came of it.
type assigned struct {
	ID    string `json:"id"`
	Node  int64  `json:"node"`
	Lines int    `json:"lines"`
}

// debt is one line of what waits.
type debt struct {
	Line     int    `json:"line"`
	SKU      int64  `json:"sku"`
	Quantity int64  `json:"quantity"`
	Reason   string `json:"reason"`
}

func (n *need) tellAllocated(tx *db.Tx, d *Decision, made []*order.Fulfilment, nodes []Node, with *together) {
	r := record{Strategy: d.Strategy, Why: d.Why, Cost: d.Cost, Rejected: d.Rejected, Together: with}
	for _, f := range made {
		r.Fulfilments = append(r.Fulfilments, assigned{id.Show(order.FulfilmentPrefix, f.ID), f.NodeID, len(f.Lines)})
		r.Nodes = append(r.Nodes, codesOf(nodes, []int64{f.NodeID}))
		r.Units += f.Units()
	}
	tx.Emit(db.Event{Kind: "allocation.allocated.v1", Order: n.ID, Params: r})
}

// tellOwed repeats why nobody helps only where the decision gave nothing: otherwise the event before says it.
func (n *need) tellOwed(tx *db.Tx, d *Decision) {
	r := record{Strategy: d.Strategy, Why: d.Why}
	if len(d.Parcels) == 0 {
		r.Rejected = d.Rejected
	}
	for _, b := range d.BackOrders {
		r.Units += b.Quantity
		if len(r.Owed) < shown {
			r.Owed = append(r.Owed, debt(b))
		}
	}
	tx.Emit(db.Event{Kind: "allocation.backordered.v1", Order: n.ID, Params: r})
}
