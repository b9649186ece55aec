package api

import (
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/wave"
)

// LeavingOrder is a fulfilment that has to leave with a collection.
type LeavingOrder struct {
	Fulfilment string `json:"fulfilment"`
	Order      string `json:"order"`
	ExternalNo string `json:"external_no"`
	Status     string `json:"status" enum:"allocated,released,picked,packed"`
	Deadline   string `json:"deadline,omitempty"`
	Late       bool   `json:"late" doc:"its own deadline is before the collection"`
	Lines      int64  `json:"lines"`
	Units      int64  `json:"units"`
}

// LeavingOrders are what has to leave with one collection.
type LeavingOrders struct {
	Orders     []LeavingOrder `json:"orders"`
	NextCursor string         `json:"next_cursor,omitempty"`
}

func (s *Server) leaving() {
	query(s, route{path: "/v1/today/orders", tag: "orders", id: "list-leaving", scope: access.OrdersRead, summary: "What has to leave with one collection, the most urgent first",
		about: "The orders that get-today counts. Problems: http.node, http.time, unknown_value, http.limit, http.cursor.",
		params: []*huma.Param{text("node", "code of the warehouse"), text("cutoff", "the collection, as get-today names it"),
			text("status", "only what is in this state: allocated, released, picked or packed"), number("limit", "1 to 500; 50 without it"),
			text("cursor", "next_cursor of the page before")}}, (*call).listLeaving)
}

func (c *call) listLeaving() (LeavingOrders, error) {
	out := LeavingOrders{Orders: []LeavingOrder{}}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	cutoff, err := c.micros("cutoff")
	if err != nil {
		return out, err
	}
	statuses, err := c.workStates()
	if err != nil {
		return out, err
	}
	behind, err := c.rankCursor()
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		node, err := n.nodeOf("node", c.query("node"))
		if err != nil {
			return err
		}
		list, err := wave.LeavingWith(tx, node, cutoff, statuses)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(l wave.Leaver) bool { return !l.After(behind) })
		if len(list) > limit {
			list = list[:limit]
			out.NextCursor = showRank(list[limit-1].Place)
		}
		out.Orders, err = leavingOrders(tx, list)
		return err
	})
	return out, err
}

// workStates is the state of work that is asked for, or all of them. Fault: unknown_value.
func (c *call) workStates() ([]string, error) {
	s := c.query("status")
	switch {
	case s == "":
		return order.Work, nil
	case !slices.Contains(order.Work, s):
		return nil, fault.Invalidf("status", "unknown_value", "%q is not a state of work; the list knows %v, an order shows the rest", s, order.Work).With("value", s)
	}
	return []string{s}, nil
}

func leavingOrders(tx *db.Tx, list []wave.Leaver) ([]LeavingOrder, error) {
	out := make([]LeavingOrder, 0, len(list))
	ids := make([]int64, len(list))
	for i, l := range list {
		ids[i] = l.ID
	}
	fulfilments, err := order.Fulfilments(tx, ids)
	if err != nil {
		return out, err
	}
	orders := make([]int64, 0, len(list))
	for _, f := range fulfilments {
		orders = append(orders, f.OrderID)
	}
	heads, err := order.Summaries(tx, sorted(orders))
	no := map[int64]string{}
	for _, o := range heads {
		no[o.ID] = o.ExternalNo
	}
	for _, l := range list {
		f := fulfilments[l.ID]
		if f == nil {
			continue
		}
		row := LeavingOrder{Fulfilment: id.Show(order.FulfilmentPrefix, l.ID), Order: id.Show(order.Prefix, f.OrderID), ExternalNo: no[f.OrderID],
			Status: l.Status, Deadline: at(l.Deadline()), Late: l.Late, Lines: int64(len(f.Lines))}
		for _, line := range f.Lines {
			row.Units += line.Quantity
		}
		out = append(out, row)
	}
	return out, err
}
