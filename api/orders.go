package api

import (
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// Receipt says what became of an order document.
type Receipt struct {
	ID       string `json:"id,omitempty" doc:"our order"`
	Outcome  string `json:"outcome" enum:"created,amended,unchanged,cancelled,cancel_pending,amend_pending" doc:"cancel_pending, amend_pending: its carriers are asked first whether they have collected it; order.cancelled.v1 or order.too_late.v1, order.amended.v1 or order.amend_refused.v1 tells"`
	Revision int64  `json:"revision" doc:"place in the inbox of the document the order follows now"`
}

// BulkOrders are several orders at once.
type BulkOrders struct {
	Orders []intake.Document `json:"orders" maxItems:"500"`
}

func (s *Server) orders() {
	direct[intake.Document](s, route{path: "/v1/orders", tag: "orders", id: "create-order", scope: access.OrdersWrite,
		summary: "Take in one order as the channel says it",
		about: "The same content again is unchanged; other content under a known order_no is a revision. Fields that are not listed are kept " +
			"on the document. Amounts are decimal text."}, (*call).createOrder)
	direct[BulkOrders](s, route{path: "/v1/orders/bulk", tag: "orders", id: "create-orders", scope: access.OrdersWrite, limit: many,
		summary: "Take in up to 500 orders",
		about:   "Every item has its own outcome: one that is refused does not touch the others, and the status of the whole is 200."}, (*call).createOrders)
	query(s, route{path: "/v1/orders", tag: "orders", id: "list-orders", scope: access.OrdersRead, summary: "List orders, newest first, or what waits by urgency",
		about: "A page looks at a bounded number of orders: with a rare filter it may be short or empty and still name a next_cursor. With sort it lists what waits, " +
			"higher priority first and then by deadline, or by the fine that can still be saved: the queue that review (pending, held: the exceptions) or fulfilment (waiting, " +
			"backordered, allocated: candidates for waves, partial) names, or all open orders. Problems: order.sort, order.no_queue, unknown_value, http.limit, http.cursor.",
		params: append(paging(), text("review", "state of the review"), text("fulfilment", "state of the goods"), text("delivery", "state of the parcels"),
			text("payment", "state of the payment"), text("channel", ""), text("shop", ""), text("kind", ""), moment("placed_from", ""), moment("placed_to", "not included"),
			text("open", "only orders that wait for somebody", "true"),
			sorting("of what waits; newest first without it"))}, (*call).listOrders)
	query(s, route{path: "/v1/orders/counts", tag: "orders", id: "count-orders", scope: access.OrdersRead, summary: "How many orders stand in each queue, up to 1000+"},
		(*call).countOrders)
	query(s, route{path: "/v1/orders/lookup", tag: "orders", id: "lookup-order", scope: access.OrdersRead, summary: "Find an order by the channel's number",
		params: []*huma.Param{text("channel", ""), text("shop", ""), text("external_no", "")}}, (*call).lookupOrder)
	query(s, route{path: "/v1/orders/{id}", tag: "orders", id: "get-order", scope: access.OrdersRead,
		summary: "One order: lines, fulfilments, holds, debts, parcels, and where it stands"}, (*call).getOrder)
	query(s, route{path: "/v1/orders/{id}/timeline", tag: "orders", id: "get-timeline", scope: access.OrdersRead,
		summary: "What happened to an order, in the language asked for"}, (*call).timeline)
}

func (c *call) createOrder() (Receipt, error) {
	in, err := c.document(c.body)
	if err != nil {
		return Receipt{}, err
	}
	out, err := c.Intake.Receive(c.ctx, c.once, in)
	if err != nil {
		return Receipt{}, err
	}
	if out.Outcome == intake.Created {
		c.status = http.StatusCreated
	}
	return receiptOf(out), nil
}

// document reads one order. What intake decodes it also validates, so that a refused document is kept.
func (c *call) document(raw json.RawMessage) (intake.Input, error) {
	d, err := intake.Decode(raw)
	if f, ok := fault.As(err); ok && f.Code == "intake.json" {
		err = &refusal{status: http.StatusBadRequest, fault: f}
	}
	if err == nil && !c.area.Shop(d.Channel, d.Shop) {
		err = c.notYours(d.Channel)
	}
	return intake.Input{Document: d, Source: intake.SourceAPI, Actor: c.actor(), Raw: string(raw)}, err
}

// notYours is the fault for a shop that the caller does not reach.
func (c *call) notYours(channel string) error {
	return fault.New(fault.Denied, "access.shop", "%s takes no orders of %s in", c.who.Name, channel).With("who", c.who.Name).With("channel", channel)
}

func receiptOf(r intake.Receipt) Receipt {
	out := Receipt{Outcome: r.Outcome, Revision: r.Revision}
	if r.OrderID != 0 {
		out.ID = id.Show(order.Prefix, r.OrderID)
	}
	return out
}

func (c *call) createOrders() (Results[Receipt], error) {
	var in struct {
		Orders []json.RawMessage `json:"orders"`
	}
	if err := decode(c.body, &in); err != nil {
		return Results[Receipt]{}, err
	}
	if err := bulkSize("orders", len(in.Orders)); err != nil {
		return Results[Receipt]{}, err
	}
	return claimed(c, func() (Results[Receipt], error) {
		return bulk(c, in.Orders, c.document, c.Intake.ReceiveOnce, receiptOf)
	})
}

// idCursor reads a cursor that is an id of the list's own kind; 0 without one.
func (c *call) idCursor(prefix string) (int64, error) {
	text := c.query("cursor")
	if text == "" {
		return 0, nil
	}
	if v, ok := narrowPlace(text); ok {
		return v, nil
	}
	v, err := id.Parse(prefix, text)
	if err != nil {
		return 0, badCursor()
	}
	return v, nil
}

func (c *call) countOrders() (Queues, error) {
	var v order.Views
	err := c.DB.View(c.ctx, func(tx *db.Tx) (err error) {
		if c.area.Whole() {
			v, err = order.Counts(tx)
		} else {
			v, err = c.countInside(tx)
		}
		return err
	})
	return Queues{Pending: v.Pending.String(), Held: v.Held.String(), Waiting: v.Waiting.String(), Backordered: v.Backordered.String(),
		Allocated: v.Allocated.String(), Partial: v.Partial.String()}, err
}

// countInside counts what the caller reaches among the newest of each queue.
func (c *call) countInside(tx *db.Tx) (v order.Views, err error) {
	for _, q := range []struct {
		filter order.Filter
		into   *order.Count
	}{{order.Filter{Review: order.ReviewPending}, &v.Pending}, {order.Filter{Review: order.ReviewHeld}, &v.Held},
		{order.Filter{Fulfilment: order.FulfilmentWaiting}, &v.Waiting}, {order.Filter{Fulfilment: order.FulfilmentBackordered}, &v.Backordered},
		{order.Filter{Fulfilment: order.FulfilmentAllocated}, &v.Allocated}, {order.Filter{Fulfilment: order.FulfilmentPartial}, &v.Partial}} {
		page := order.Page{}
		for looked := 0; !page.Complete && looked < countedMost; looked += order.MaxPage {
			if page, err = order.List(tx, q.filter, page.Next, order.MaxPage); err != nil {
				return v, err
			}
			inside, err := insideOrders(c, tx, page.Orders, func(o order.Summary) int64 { return o.ID })
			if err != nil {
				return v, err
			}
			q.into.N += int64(len(inside))
		}
		q.into.More = !page.Complete
	}
	return v, nil
}

// countedMost bounds how many orders of a queue are looked at for a narrowed caller.
const countedMost = 1_000
