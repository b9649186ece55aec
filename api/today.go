package api

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

// CutoffBoard is how far the work for one collection is.
type CutoffBoard struct {
	At        string   `json:"at"`
	Carriers  []string `json:"carriers" doc:"that collect then"`
	Late      int64    `json:"late" doc:"of it, whose own deadline is before the collection"`
	Allocated int64    `json:"allocated"`
	Released  int64    `json:"released"`
	Picked    int64    `json:"picked"`
	Packed    int64    `json:"packed"`
}

// NodeBoard is one warehouse today.
type NodeBoard struct {
	Node    string        `json:"node"`
	Name    string        `json:"name"`
	More    bool          `json:"more" doc:"some state has more than the 1,000 that were looked at"`
	Cutoffs []CutoffBoard `json:"cutoffs" doc:"the coming collections that something has to leave with"`
}

// Today is what the day looks like.
type Today struct {
	Nodes []NodeBoard `json:"nodes"`
	Hours []int64     `json:"hours" doc:"orders that came in during each of the last 24 hours, the running one last; empty for who reaches a part of the company only"`
}

const trendHours = 24

func (s *Server) today() {
	query(s, route{path: "/v1/today", tag: "orders", id: "get-today", scope: access.OrdersRead, summary: "How far the work for the coming collections is, and how orders come in",
		about: "Problems: http.node.", params: []*huma.Param{text("node", "code of the warehouse")}}, (*call).getToday)
	s.leaving()
}

func (c *call) getToday() (Today, error) {
	out := Today{Nodes: []NodeBoard{}, Hours: []int64{}}
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		nodes := n.nodes
		if code := c.query("node"); code != "" {
			x, err := n.nodeOf("node", code)
			if err != nil {
				return err
			}
			nodes = []warehouse.Node{x}
		}
		for _, x := range nodes {
			board, err := boardOf(tx, x)
			if err != nil {
				return err
			}
			out.Nodes = append(out.Nodes, board)
		}
		if c.area.Whole() {
			out.Hours, err = order.Hourly(tx, trendHours)
		}
		return err
	})
	return out, err
}

func boardOf(tx *db.Tx, x warehouse.Node) (NodeBoard, error) {
	out := NodeBoard{Node: x.Code, Name: x.Name, Cutoffs: []CutoffBoard{}}
	list, more, err := wave.BoardOf(tx, x)
	out.More = more
	for _, b := range list {
		out.Cutoffs = append(out.Cutoffs, CutoffBoard{At: at(b.At), Carriers: notNil(b.Carriers), Late: b.Late, Allocated: b.ByState[order.Allocated],
			Released: b.ByState[order.Released], Picked: b.ByState[order.Picked], Packed: b.ByState[order.Packed]})
	}
	return out, err
}
