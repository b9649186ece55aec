package api

import (
	"strconv"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// LineOff takes units of a line off an order.
type LineOff struct {
	Quantity int64  `json:"quantity,omitempty" doc:"0 = all that is still wanted"`
	Reason   string `json:"reason,omitempty"`
}

// ParcelScan is somebody with a parcel, a tote or a label in hand.
type ParcelScan struct {
	EventID string `json:"event_id" minLength:"1" maxLength:"200" doc:"the handheld's own name for this scan"`
	Code    string `json:"code" doc:"a waybill, or the id of a parcel or a fulfilment"`
}

// ParcelLook is what to do with it.
type ParcelLook struct {
	Go         bool       `json:"go" doc:"false: it must not go on; do what the stops say"`
	Order      string     `json:"order"`
	Fulfilment string     `json:"fulfilment"`
	Status     string     `json:"status" doc:"of the fulfilment"`
	Waybill    string     `json:"waybill,omitempty" doc:"the one that counts now"`
	Stops      []StopTold `json:"stops"`
}

// StopTold is why goods must not go on, and where to put them.
type StopTold struct {
	Code string `json:"code"`
	Text string `json:"text"`
	At   string `json:"at"`
}

// StopPage is a page of stops that nobody has put aside yet, oldest first.
type StopPage struct {
	Stops      []StopRow `json:"stops"`
	NextCursor string    `json:"next_cursor,omitempty"`
}

// StopRow is a stop in a list.
type StopRow struct {
	ID         string `json:"id"`
	Order      string `json:"order"`
	Fulfilment string `json:"fulfilment"`
	StopTold
}

func (s *Server) stops() {
	command(s, route{path: "/v1/orders/{id}/lines/{no}/cancel", tag: "orders", id: "cancel-line", scope: access.OrdersWrite, summary: "Take a line, or some of it, off an order",
		about: "At whatever stage it is, as long as the units have not left. What is picked too much goes to the stop bin; the parcel is stopped at its next scan. " +
			"Problems: order.not_found, cancel.already, cancel.shipped, cancel.no_line, cancel.quantity, cancel.line_left, ship.on_the_way."},
		onOrder(func(c *call, key int64, in LineOff) (flow.LineCancelled, error) {
			no, err := strconv.ParseInt(c.req.PathValue("no"), 10, 64)
			if err != nil {
				return flow.LineCancelled{}, fault.Invalidf("no", "cancel.no_line", "the order has no line %q", c.req.PathValue("no")).With("line", c.req.PathValue("no"))
			}
			return c.Flow.CancelLine(c.ctx, c.once, flow.CancelLine{Order: key, Line: no, Quantity: in.Quantity, Reason: in.Reason, Actor: c.actor()})
		}))
	command(s, route{path: "/v1/orders/{id}/remind", tag: "orders", id: "remind-order", scope: access.OrdersWrite, summary: "The customer asks where it is: it goes before others",
		about: "Problems: order.not_found, remind.shipped, remind.cancelled."}, onOrder(func(c *call, key int64, _ Empty) (flow.Reminded, error) {
		return c.Flow.Remind(c.ctx, c.once, key, c.actor())
	}))
	query(s, route{path: "/v1/stops", tag: "shipping", id: "list-stops", scope: access.OrdersRead, summary: "What must not go on and was not put aside yet",
		about: "Oldest first. Problems: http.limit, http.cursor.", params: paging()}, (*call).listStops)
	command(s, route{path: "/pda/v1/parcels/scan", tag: "handheld", id: "look-at-parcel", scope: access.Work, summary: "May this parcel go on?",
		about: "At the stop bin it says what to take out, and the rest may go on after it. Problems: stop.unknown_code, http.event_id."}, (*call).lookAt)
}

func (c *call) listStops() (StopPage, error) {
	out := StopPage{Stops: []StopRow{}}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	after, err := c.idCursor(order.StopPrefix)
	if err != nil {
		return out, err
	}
	read := func(after int64, n int) (list []order.Stop, err error) {
		err = c.DB.View(c.ctx, func(tx *db.Tx) error { list, err = order.UnseenStops(tx, after, n); return err })
		return list, err
	}
	list, next, err := insidePage(c, after, limit, read, func(s order.Stop) int64 { return s.ID }, byPart(c, func(s order.Stop) int64 { return s.FulfilmentID }))
	if err != nil {
		return out, err
	}
	for _, s := range list {
		out.Stops = append(out.Stops, StopRow{id.Show(order.StopPrefix, s.ID), id.Show(order.Prefix, s.OrderID), id.Show(order.FulfilmentPrefix, s.FulfilmentID), c.told(s)})
	}
	out.NextCursor = c.nextCursor(order.StopPrefix, next)
	return out, nil
}

func (c *call) told(s order.Stop) StopTold {
	return StopTold{Code: s.Reason, Text: words.Render(c.lang(), s.Reason, s.Params), At: at(s.At)}
}

func (c *call) lookAt(in ParcelScan) (ParcelLook, error) {
	if in.EventID == "" || len(in.EventID) > 200 {
		return ParcelLook{}, fault.Invalidf("event_id", "http.event_id", "give every scan an event_id of up to 200 characters")
	}
	c.keep("look:" + in.EventID)
	l, err := c.Flow.LookAt(c.ctx, c.once, flow.ParcelScan{Code: in.Code, Actor: c.actor()})
	out := ParcelLook{Go: l.Go(), Order: l.Order, Fulfilment: l.Fulfilment, Status: l.Status, Waybill: l.Waybill, Stops: []StopTold{}}
	for _, s := range l.Stops {
		out.Stops = append(out.Stops, c.told(s))
	}
	return out, err
}
