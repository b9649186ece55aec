package api

import (
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/insight"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// FigureCount is how much of a figure there was in an hour.
type FigureCount struct {
	Figure string `json:"figure" enum:"in,picked,short,packed,shipped,late,returned"`
	Node   string `json:"node,omitempty" doc:"empty: of no warehouse yet"`
	Part   string `json:"part,omitempty" doc:"in: the channel; short: the location; packed: the packer; shipped, late: the carrier; returned: the reason"`
	N      int64  `json:"n"`
}

// FigureHour is what happened in an hour.
type FigureHour struct {
	At     string        `json:"at" doc:"when it began"`
	Counts []FigureCount `json:"counts"`
}

// FineAtRisk is what late orders would cost.
type FineAtRisk struct {
	Amount   string `json:"amount"`
	Missed   string `json:"missed" doc:"of deadlines that are over already"`
	Currency string `json:"currency"`
	Orders   int64  `json:"orders" doc:"that the amounts are of"`
	More     bool   `json:"more" doc:"only the 500 that cost most were looked at"`
}

// Figures are the figures of some hours.
type Figures struct {
	From  string       `json:"from"`
	To    string       `json:"to"`
	Hours []FigureHour `json:"hours" doc:"the earliest first; the last one may still run"`
	Fine  *FineAtRisk  `json:"fine,omitempty" doc:"now; not for who reaches a part of the company only"`
}

// FigureRow is one thing that a figure counts.
type FigureRow struct {
	Key     string `json:"key"`
	At      string `json:"at"`
	Node    string `json:"node,omitempty"`
	Part    string `json:"part,omitempty"`
	Order   string `json:"order"`
	OrderNo string `json:"order_no"`
	SKU     string `json:"sku,omitempty"`
	Units   int64  `json:"units,omitempty"`
	Due     string `json:"due,omitempty" doc:"the last moment of its order"`
}

// FigureRows is a page of what a figure counts, the earliest first.
type FigureRows struct {
	Rows       []FigureRow `json:"rows"`
	NextCursor string      `json:"next_cursor,omitempty"`
}

func (s *Server) figures() {
	from, to := text("from", "24 hours before to without it; cut to the hour"), text("to", "without it the end of the running hour")
	node := text("node", "code of the warehouse")
	query(s, route{path: "/v1/figures", tag: "figures", id: "get-figures", scope: access.OrdersRead, summary: "What came in, was picked, packed and left, hour by hour",
		about: "Orders that came in are of no warehouse and are told to who reaches the whole company. Problems: http.node, http.time, insight.span.", params: []*huma.Param{node, from, to}}, (*call).getFigures)
	query(s, route{path: "/v1/figures/{figure}/rows", tag: "figures", id: "list-figure", scope: access.OrdersRead, summary: "The things that a figure counts",
		about:  "As many rows as the figure says. Problems: insight.figure, insight.span, http.node, http.time, http.limit, http.cursor.",
		params: append(paging(), node, from, to, text("part", "only this channel, location, packer, carrier or reason"))}, (*call).listFigure)
}

// spanAsked is the time that the query names, in whole hours.
func (c *call) spanAsked() (from, to time.Time, err error) {
	until, err := c.micros("to")
	if err != nil {
		return from, to, err
	}
	since, err := c.micros("from")
	if err != nil {
		return from, to, err
	}
	to = c.DB.Clock().Now().Truncate(time.Hour).Add(time.Hour)
	if until != 0 {
		to = time.UnixMicro(until).Truncate(time.Hour)
	}
	from = to.Add(-24 * time.Hour)
	if since != 0 {
		from = time.UnixMicro(since).Truncate(time.Hour)
	}
	return from, to, nil
}

func (c *call) getFigures() (out Figures, err error) {
	from, to, err := c.spanAsked()
	if err != nil {
		return out, err
	}
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	node, err := c.nodeAsked(n)
	if err != nil {
		return out, err
	}
	hours, err := c.Insight.Hours(c.ctx, from, to)
	if err != nil {
		return out, err
	}
	out = Figures{From: at(from.UnixMicro()), To: at(to.UnixMicro()), Hours: make([]FigureHour, len(hours))}
	for i, h := range hours {
		out.Hours[i] = FigureHour{At: at(h.At.UnixMicro()), Counts: []FigureCount{}}
		for _, x := range h.Counts {
			if c.figureInside(n, x.Node) && (node == 0 || x.Node == 0 || x.Node == node) {
				out.Hours[i].Counts = append(out.Hours[i].Counts, FigureCount{Figure: x.Figure, Node: nodeOr(n, x.Node), Part: x.Part, N: x.N})
			}
		}
	}
	if c.area.Whole() {
		out.Fine, err = c.fineAtRisk()
	}
	return out, err
}

// figureInside reports whether the caller reaches the warehouse; what is of none is the whole company's.
func (c *call) figureInside(n *names, node int64) bool {
	return c.area.Whole() || node != 0 && c.area.Node(n.node(node))
}

func nodeOr(n *names, node int64) string {
	if node == 0 {
		return ""
	}
	return n.node(node)
}

// fineAtRisk adds up the fines of the open orders that cost most.
func (c *call) fineAtRisk() (*FineAtRisk, error) {
	out := &FineAtRisk{Currency: c.Currency}
	var risk, missed int64
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		page, err := order.Urgent(tx, order.Filter{OpenOnly: true}, order.ByFine, order.Place{}, pageMax)
		if err != nil {
			return err
		}
		q, err := order.ReadQueueing(tx)
		for _, o := range page.Orders {
			u := q.Fines.UrgencyOf(o.Channel, o.ShipBy, o.CollectBy, o.Priority, tx.Micros())
			if u.FineAtRisk+u.Missed == 0 {
				continue
			}
			risk, missed = risk+u.FineAtRisk, missed+u.Missed
			out.Orders++
		}
		out.More = !page.Complete && out.Orders == int64(len(page.Orders))
		return err
	})
	out.Amount, out.Missed = money.Format(risk, c.Currency), money.Format(missed, c.Currency)
	return out, err
}

func (c *call) listFigure() (out FigureRows, err error) {
	out.Rows = []FigureRow{}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	from, to, err := c.spanAsked()
	if err != nil {
		return out, err
	}
	after := int64(0)
	if text := c.query("cursor"); text != "" {
		if after, err = strconv.ParseInt(text, 36, 64); err != nil || after < 0 {
			return out, badCursor()
		}
	}
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	node, err := c.nodeAsked(n)
	if err != nil {
		return out, err
	}
	figure := c.req.PathValue("figure")
	if figure == insight.In {
		node = 0
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, next, err := insight.Rows(tx, insight.Ask{Figure: figure, Node: node, Part: c.query("part"), From: from, To: to, After: after, Limit: limit})
		if next != 0 {
			out.NextCursor = strconv.FormatInt(next, 36)
		}
		for _, r := range slices.DeleteFunc(list, func(r insight.Row) bool { return !c.figureInside(n, r.Node) }) {
			out.Rows = append(out.Rows, FigureRow{Key: strconv.FormatInt(r.Key, 36), At: at(r.At), Node: nodeOr(n, r.Node), Part: r.Part, Order: id.Show(order.Prefix, r.OrderID),
				OrderNo: r.OrderNo, SKU: r.SKU, Units: r.N, Due: at(r.Due)})
		}
		return err
	})
	return out, err
}
