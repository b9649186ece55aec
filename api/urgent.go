package api

import (
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// UrgentOrder is an order of a queue with what it stands to lose.
type UrgentOrder struct {
	OrderSummary
	Deadline   string `json:"deadline,omitempty" doc:"the earlier of ship_by and collect_by"`
	FineAtRisk string `json:"fine_at_risk" doc:"what the channel takes if the deadlines that are still ahead are missed"`
	FineMissed string `json:"fine_missed" doc:"for deadlines that have passed"`
}

// UrgentPage is a page of a queue, the most urgent first.
type UrgentPage struct {
	Orders     []UrgentOrder `json:"orders"`
	NextCursor string        `json:"next_cursor,omitempty"`
}

// Queueing is how the company sorts what waits.
type Queueing struct {
	Sort  string                 `json:"sort" enum:"deadline,fine" doc:"the order in which waves take what waits, after priority"`
	Fines map[string]ChannelFine `json:"fines" doc:"by channel; * is every other"`
}

// ChannelFine is what a channel takes for one late order.
type ChannelFine struct {
	ShipBy    string `json:"ship_by" doc:"not handed over in time"`
	CollectBy string `json:"collect_by" doc:"no first scan of the carrier in time"`
}

func (s *Server) urgent() {
	query(s, route{path: "/v1/queues/orders", tag: "orders", id: "list-urgent", scope: access.OrdersRead, summary: "What waits, the most urgent first",
		about: "Sorted by deadline, or by the fine that can still be saved. Of each queue the oldest 20,000 orders are looked at. Name a queue with review " +
			"(pending, held: the exceptions) or fulfilment (waiting, backordered, allocated: candidates for waves, partial); without one it is all open orders. " +
			"Problems: order.sort, unknown_value, http.limit, http.cursor.",
		params: append(paging(), text("sort", "deadline without one", order.ByDeadline, order.ByFine), text("review", "pending or held"), text("fulfilment", "waiting, backordered, allocated or partial"),
			text("payment", ""), text("channel", ""), text("shop", ""), text("kind", ""))}, (*call).listUrgent)
	query(s, route{path: "/v1/queueing", tag: "orders", id: "get-queueing", scope: access.OrdersRead, summary: "How the company sorts what waits",
		about: "By deadline and without fines where nobody has said anything.", params: []*huma.Param{}}, (*call).getQueueing)
	command(s, route{path: "/v1/queueing", tag: "orders", id: "save-queueing", scope: access.Admin, summary: "Say what a late order costs at each channel",
		about: "Amounts are decimal text in the company's currency. Problems: order.sort, order.fine, http.amount."}, (*call).saveQueueing)
}

func (c *call) listUrgent() (UrgentPage, error) {
	limit, err := c.limit()
	if err != nil {
		return UrgentPage{}, err
	}
	f := order.Filter{Review: c.query("review"), Fulfilment: c.query("fulfilment"), Payment: c.query("payment"), Channel: c.query("channel"),
		Shop: c.query("shop"), Kind: c.query("kind")}
	f.OpenOnly = f.Review == "" && f.Fulfilment == ""
	sort := order.ByDeadline
	if text := c.query("sort"); text != "" {
		sort = text
	}
	after, err := placeOf(c.query("cursor"))
	if err != nil {
		return UrgentPage{}, err
	}
	out := UrgentPage{Orders: []UrgentOrder{}}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := order.Urgent(tx, f, sort)
		if err != nil {
			return err
		}
		page, more, err := c.urgentPage(tx, list, after, sort, limit)
		if err != nil {
			return err
		}
		if more {
			out.NextCursor = showUrgency(page[len(page)-1])
		}
		out.Orders, err = c.showUrgent(tx, page)
		return err
	})
	return out, err
}

// urgentPage cuts a page behind a place out of a sorted queue: what the caller may see of it.
func (c *call) urgentPage(tx *db.Tx, list []order.Urgency, after *order.Urgency, sort string, limit int) (page []order.Urgency, more bool, err error) {
	from := 0
	for after != nil && from < len(list) && list[from].Before(*after, sort) <= 0 {
		from++
	}
	for from < len(list) && len(page) <= limit {
		part := list[from:min(from+limit, len(list))]
		from += len(part)
		part, err = insideOrders(c, tx, part, func(u order.Urgency) int64 { return u.Order })
		if err != nil {
			return nil, false, err
		}
		page = append(page[:len(page):len(page)], part...)
	}
	return page[:min(limit, len(page))], len(page) > limit, nil
}

func (c *call) showUrgent(tx *db.Tx, page []order.Urgency) ([]UrgentOrder, error) {
	ids, of := make([]int64, len(page)), map[int64]order.Urgency{}
	for i, u := range page {
		ids[i], of[u.Order] = u.Order, u
	}
	list, err := order.Summaries(tx, ids)
	out := make([]UrgentOrder, len(list))
	for i, o := range list {
		u := of[o.ID]
		out[i] = UrgentOrder{OrderSummary: summaryOf(o), Deadline: at(u.Deadline), FineAtRisk: money.Format(u.FineAtRisk, c.Currency), FineMissed: money.Format(u.Missed, c.Currency)}
	}
	return out, err
}

// showUrgency writes a place in a sorted queue: by what it is sorted, and the order.
func showUrgency(u order.Urgency) string {
	return strconv.FormatInt(u.FineAtRisk, 36) + "." + strconv.FormatInt(u.Deadline, 36) + "." + strconv.FormatInt(u.Order, 36)
}

func placeOf(text string) (*order.Urgency, error) {
	if text == "" {
		return nil, nil
	}
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return nil, badCursor()
	}
	var n [3]int64
	for i, p := range parts {
		v, err := strconv.ParseInt(p, 36, 64)
		if err != nil || v < 0 {
			return nil, badCursor()
		}
		n[i] = v
	}
	return &order.Urgency{FineAtRisk: n[0], Deadline: n[1], Order: n[2]}, nil
}

func (c *call) getQueueing() (out Queueing, err error) {
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		q, err := order.ReadQueueing(tx)
		out = Queueing{Sort: q.Sort, Fines: map[string]ChannelFine{}}
		for channel, f := range q.Fines {
			out.Fines[channel] = ChannelFine{money.Format(f.ShipBy, c.Currency), money.Format(f.CollectBy, c.Currency)}
		}
		return err
	})
	return out, err
}

func (c *call) saveQueueing(in Queueing) (Queueing, error) {
	q := order.Queueing{Sort: in.Sort, Fines: order.Fines{}}
	for channel, f := range in.Fines {
		shipBy, err := amountOf("fines", f.ShipBy, c.Currency)
		if err != nil {
			return in, err
		}
		collectBy, err := amountOf("fines", f.CollectBy, c.Currency)
		if err != nil {
			return in, err
		}
		q.Fines[channel] = order.Fine{ShipBy: shipBy, CollectBy: collectBy}
	}
	return db.Command(c.ctx, c.DB, c.once, func(tx *db.Tx) (Queueing, error) { return in, q.Save(tx, c.actor()) })
}

// amountOf reads an amount that may be left out.
func amountOf(field, text, currency string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	v, err := money.Parse(text, currency)
	if err != nil {
		return 0, badAmount(field, err)
	}
	return v, nil
}
