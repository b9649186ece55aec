package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/wave"
)

// Walking is how walks go at a warehouse: which way, how fast, and by how many at the same time.
type Walking struct {
	Node         string `json:"node" doc:"code of the warehouse"`
	Tours        string `json:"tours" enum:"shortest,shelf_order" doc:"shortest: the shortest way past the places; shelf_order: in the order of pick_seq, the plain rule"`
	Pickers      int64  `json:"pickers" doc:"who walk at the same time, 1 to 1000"`
	MMPerSecond  int64  `json:"mm_per_second" doc:"100 to 10000"`
	SetUp        int64  `json:"set_up_seconds" doc:"a walk: taking the trolley, handing over"`
	Find         int64  `json:"find_seconds" doc:"a place"`
	Take         int64  `json:"take_seconds" doc:"a unit"`
	Box          int64  `json:"box_seconds" doc:"a line put into its box"`
	AheadMinutes int64  `json:"ahead_minutes" doc:"goods have to be at the stage so long before their collection"`
}

// Walkings are those of all warehouses.
type Walkings struct {
	Walkings []Walking `json:"walkings"`
}

// CartonRule is how cartons are proposed at a warehouse.
type CartonRule struct {
	Node    string `json:"node" doc:"code of the warehouse"`
	Cartons string `json:"cartons" enum:"cheapest,smallest" doc:"cheapest: packaging and typical freight together; smallest: the smallest carton into which everything goes, the plain rule"`
}

// CartonRules are those of all warehouses.
type CartonRules struct {
	Rules []CartonRule `json:"rules"`
}

func (s *Server) plainRules() {
	query(s, route{path: "/v1/walkings", tag: "waves", id: "list-walkings", scope: access.OrdersRead, summary: "Which way walks go, how fast, and by how many",
		about: "Of every warehouse; one that was never set walks the shortest way with four pickers at 1 m/s."}, (*call).listWalkings)
	command(s, route{path: "/v1/walkings", tag: "waves", id: "save-walking", scope: access.Admin, summary: "Set which way walks go at a warehouse, how fast, and by how many",
		about: "Holds for walks that are released from now on: their way, their predicted minutes, and which of them have to begin first so that everything is at the stage before " +
			"its collection. Problems: http.node, wave.node, wave.tours, wave.out_of_range."}, (*call).saveWalking)
	query(s, route{path: "/v1/carton-rules", tag: "packing", id: "list-carton-rules", scope: access.OrdersRead, summary: "By which rule cartons are proposed",
		about: "Of every warehouse; one that was never set proposes the cheapest."}, (*call).listCartonRules)
	command(s, route{path: "/v1/carton-rules", tag: "packing", id: "save-carton-rule", scope: access.Admin, summary: "Set the rule by which cartons are proposed at a warehouse",
		about: "Problems: http.node, pack.node, pack.rule."}, (*call).saveCartonRule)
}

// ofNodes reads something of every warehouse that the caller reaches.
func (c *call) ofNodes(read func(tx *db.Tx, n *names, keys []int64) error) error {
	return c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		return read(tx, n, n.nodesNamed(""))
	})
}

func (c *call) listWalkings() (Walkings, error) {
	out := Walkings{Walkings: []Walking{}}
	err := c.ofNodes(func(tx *db.Tx, n *names, keys []int64) error {
		list, err := wave.WalkingOf(tx, keys)
		for _, key := range keys {
			out.Walkings = append(out.Walkings, n.walking(list[key]))
		}
		return err
	})
	return out, err
}

func (n *names) walking(w wave.Walking) Walking {
	return Walking{Node: n.node(w.NodeID), Tours: w.Tours, Pickers: w.Pickers, MMPerSecond: w.MMPerSecond, SetUp: w.SetUp, Find: w.Find, Take: w.Take, Box: w.Box,
		AheadMinutes: w.AheadMinutes}
}

func (c *call) saveWalking(in Walking) (out Walking, err error) {
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	node, err := n.nodeOf("node", in.Node)
	if err != nil {
		return out, err
	}
	w, err := c.Wave.SaveWalking(c.ctx, c.once, c.actor(), wave.Walking{NodeID: node.ID, Tours: in.Tours, Pickers: in.Pickers, MMPerSecond: in.MMPerSecond, SetUp: in.SetUp,
		Find: in.Find, Take: in.Take, Box: in.Box, AheadMinutes: in.AheadMinutes})
	return n.walking(w), err
}

func (c *call) listCartonRules() (CartonRules, error) {
	out := CartonRules{Rules: []CartonRule{}}
	err := c.ofNodes(func(tx *db.Tx, n *names, keys []int64) error {
		list, err := pack.RulesOf(tx, keys)
		for _, r := range list {
			out.Rules = append(out.Rules, CartonRule{Node: n.node(r.NodeID), Cartons: r.Cartons})
		}
		return err
	})
	return out, err
}

func (c *call) saveCartonRule(in CartonRule) (out CartonRule, err error) {
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	node, err := n.nodeOf("node", in.Node)
	if err != nil {
		return out, err
	}
	r, err := c.Pack.SaveRule(c.ctx, c.once, c.actor(), pack.Rule{NodeID: node.ID, Cartons: in.Cartons})
	return CartonRule{Node: n.node(r.NodeID), Cartons: r.Cartons}, err
}
