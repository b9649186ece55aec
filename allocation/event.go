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
	Hand        *hand       `json:"hand,omitempty"`
	Note        string      `json:"note,omitempty"`    // the person's reason
	Parcels     int         `json:"parcels,omitempty"` // that a person made
}

// decided says with what a decision was come to; nothing: by the plain rule alone.
type decided struct {
	together *together
	hand     *hand
}

// What a person does to an order by hand; each is the middle of the name of its event.
const (
	actMoved  = "moved"
	actSplit  = "split"
	actMerged = "merged"
)

// hand is who decided in the place of allocation, and what allocation would have done with the same goods at that moment.
type hand struct {
	Act          string   `json:"act"`
	Actor        string   `json:"actor"`
	Reason       string   `json:"-"`
	From         []string `json:"from,omitempty"`          // nodes that gave something back
	SplitAllowed bool     `json:"split_allowed,omitempty"` // the order may not be split, and the person said that it may
	Machine      []string `json:"machine"`                 // nodes; none: it would have waited
	MachineUnits int64    `json:"machine_units"`
	MachineCost  int64    `json:"machine_cost"` // minor units
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

func (n *need) tellAllocated(tx *db.Tx, d *Decision, made []*order.Fulfilment, nodes []Node, with decided) {
	r := record{Strategy: d.Strategy, Why: d.Why, Cost: d.Cost, Rejected: d.Rejected, Together: with.together, Hand: with.hand}
	for _, f := range made {
		r.Fulfilments = append(r.Fulfilments, assigned{id.Show(order.FulfilmentPrefix, f.ID), f.NodeID, len(f.Lines)})
		r.Nodes = append(r.Nodes, codesOf(nodes, []int64{f.NodeID}))
		r.Units += f.Units()
	}
	e := db.Event{Kind: "allocation.allocated.v1", Order: n.ID}
	if h := with.hand; h != nil {
		tx.Wake(e.Kind) // there is work for waves all the same
		e.Kind, e.Actor = "allocation."+h.Act+".v1", h.Actor
		r.Note, r.Parcels, r.Nodes = h.Reason, len(made), each(r.Nodes)
	}
	e.Params = r
	tx.Emit(e)
}

// tellTakenBack says that a person let allocation decide again over what nodes had.
func (d *desk) tellTakenBack(back []*order.Fulfilment, nodes []Node) {
	var units int64
	for _, f := range back {
		units += f.Units()
	}
	params := map[string]any{"nodes": namesOf(nodes, back), "units": units}
	if d.by.Reason != "" {
		params["note"] = d.by.Reason
	}
	d.tx.Emit(db.Event{Kind: "allocation.taken_back.v1", Order: d.n.ID, Actor: d.by.Actor, Params: params})
}

// namesOf are the codes of the nodes of fulfilments, each once.
func namesOf(nodes []Node, list []*order.Fulfilment) (out []string) {
	for _, f := range list {
		out = append(out, codesOf(nodes, []int64{f.NodeID}))
	}
	return each(out)
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
