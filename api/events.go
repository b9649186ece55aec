package api

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/report"
	"github.com/packhorse/packhorse/ship"
)

// Event is one fact of the log.
type Event struct {
	ID      string          `json:"id"`
	Cursor  string          `json:"cursor" doc:"the place behind this event; after= goes on from here"`
	At      string          `json:"at"`
	Kind    string          `json:"kind"`
	Order   string          `json:"order,omitempty"`
	Subject string          `json:"subject,omitempty" doc:"the fulfilment, hold, parcel or task it is about"`
	Actor   string          `json:"actor"`
	Text    string          `json:"text,omitempty" doc:"the sentence in the language asked for; timelines only"`
	Params  json.RawMessage `json:"params" doc:"what the sentence is made of; ids in it are text"`
}

// EventPage is a stretch of the event log.
type EventPage struct {
	Events     []Event `json:"events"`
	NextCursor string  `json:"next_cursor" doc:"where to go on, also when no event came"`
}

const (
	longestWait = 30 * time.Second
	eventScan   = 500    // events read at once
	eventReach  = 10_000 // events looked at for one answer, before it is given with what was found
)

// subjects says with which prefix the subject of an area's events is shown.
var subjects = map[string]string{"order": order.HoldPrefix, "allocation": order.FulfilmentPrefix, "fulfilment": order.FulfilmentPrefix,
	"wave": order.FulfilmentPrefix, "pick": order.FulfilmentPrefix, "pack": order.FulfilmentPrefix, "ship": order.FulfilmentPrefix, "track": ship.Prefix, "channel": intake.ChannelPrefix, "report": report.Prefix, "review": order.HoldPrefix}

func eventOf(f db.Fact) Event {
	e := Event{ID: id.Show("evt", f.ID), Cursor: showCursor(f.Cursor()), At: at(f.At), Kind: f.Kind, Actor: f.Actor, Params: paramsOf(f.Params)}
	if f.Order != 0 {
		e.Order = id.Show(order.Prefix, f.Order)
	}
	if f.Subject != 0 {
		area, _, _ := strings.Cut(f.Kind, ".")
		prefix := subjects[area]
		if prefix == "" {
			prefix = area
		}
		e.Subject = id.Show(prefix, f.Subject)
	}
	return e
}

// innerIDs are the names of ids inside the parameters of events, which are numbers in the log, and how the API shows them.
var innerIDs = map[string]string{"node": "nod", "sku": "sku", "location": "loc"}

// idsInside yields the ids inside parameters: where the number stands, its name and its digits. Inside a text of the log every quotation
// mark is escaped, so only names of fields are found.
func idsInside(params string) iter.Seq2[int, [2]string] {
	return func(yield func(int, [2]string) bool) {
		for at := 0; ; {
			end := strings.Index(params[at:], `":`)
			if end < 0 {
				return
			}
			name := params[at : at+end]
			name = name[strings.LastIndexByte(name, '"')+1:]
			at += end + 2
			n := 0
			for n < len(params)-at && params[at+n] >= '0' && params[at+n] <= '9' {
				n++
			}
			if innerIDs[name] != "" && n > 0 && params[at] != '0' && !yield(at, [2]string{name, params[at : at+n]}) {
				return
			}
		}
	}
}

// paramsOf shows the parameters of an event with their ids as text: a number of more than 53 bits does not survive a
// reader that keeps numbers as floating point, as JavaScript does.
func paramsOf(stored string) json.RawMessage {
	out, from := make([]byte, 0, len(stored)+32), 0
	for at, part := range idsInside(stored) {
		if key, err := strconv.ParseInt(part[1], 10, 64); err == nil { // else longer than any id
			out = append(append(append(append(out, stored[from:at]...), '"'), id.Show(innerIDs[part[0]], key)...), '"')
			from = at + len(part[1])
		}
	}
	return append(out, stored[from:]...)
}

// told adds the sentence of the event.
func told(e Event, lang string) Event {
	var params map[string]any
	_ = json.Unmarshal(e.Params, &params) // events hold objects; without one the sentence has gaps
	e.Text = words.Render(lang, "event."+e.Kind, params)
	return e
}

func showCursor(c db.Cursor) string { return fmt.Sprintf("%d-%d", c.Tx, c.ID) }

// cursorOf reads a cursor of the event log. Fault: http.cursor.
func cursorOf(text string) (c db.Cursor, err error) {
	if n, err := fmt.Sscanf(text, "%d-%d", &c.Tx, &c.ID); err != nil || n != 2 || showCursor(c) != text {
		return db.Cursor{}, badCursor()
	}
	return c, nil
}

func badCursor() error {
	return fault.Invalidf("cursor", "http.cursor", "this is not a cursor that this list gave")
}

func (s *Server) events() {
	query(s, route{path: "/v1/events", tag: "events", id: "list-events", scope: access.OrdersRead,
		summary: "The event feed, in an order in which none can be missed",
		about:   "With wait, an answer without events is held back until one comes or the time is over.",
		params: append(paging(), text("after", "a cursor; empty = from the beginning, latest = only what comes from now on"),
			several("kind", "only events of these kinds"), number("wait", "seconds to wait for the first event, up to 30"))},
		(*call).eventFeed)
}

func (c *call) eventFeed() (EventPage, error) {
	limit, err := c.limit()
	if err != nil {
		return EventPage{}, err
	}
	wait, err := c.whole("wait", 0)
	if err != nil {
		return EventPage{}, err
	}
	after, err := c.eventPlace()
	if err != nil {
		return EventPage{}, err
	}
	kinds := c.req.URL.Query()["kind"]
	ctx, cancel := context.WithTimeout(c.ctx, min(time.Duration(min(wait, 60))*time.Second, longestWait))
	defer cancel()
	return c.awaitEvents(ctx, after, kinds, limit)
}

func (c *call) eventPlace() (after db.Cursor, err error) {
	text := c.query("after")
	if text == "" {
		text = c.query("cursor")
	}
	switch text {
	case "":
		return after, nil
	case "latest":
		err = c.DB.View(c.ctx, func(tx *db.Tx) error { after, err = tx.LastEvent(); return err })
		return after, err
	}
	return cursorOf(text)
}

// awaitEvents reads until there is something to tell or the time is over. It wakes when this process commits, and looks
// from time to time for what another one wrote.
func (c *call) awaitEvents(ctx context.Context, after db.Cursor, kinds []string, limit int) (EventPage, error) {
	waitFor := kinds
	if len(waitFor) == 0 {
		waitFor = []string{""}
	}
	waiter := c.DB.Wait(waitFor...)
	defer waiter.Stop()
	look := time.NewTicker(time.Second)
	defer look.Stop()
	page := EventPage{Events: []Event{}}
	for {
		next, err := c.readEvents(&page, after, kinds, limit)
		page.NextCursor = showCursor(next)
		if err != nil || len(page.Events) > 0 {
			return page, err
		}
		after = next
		select {
		case <-ctx.Done():
			return page, nil
		case <-c.server.options.Closing:
			return page, nil
		case <-waiter.C:
		case <-look.C:
		}
	}
}

func (c *call) readEvents(page *EventPage, after db.Cursor, kinds []string, limit int) (db.Cursor, error) {
	for seen := 0; seen < eventReach && len(page.Events) < limit; {
		n := limit
		if len(kinds) > 0 {
			n = eventScan
		}
		var facts []db.Fact
		var inside map[int64]bool // nil: all of them
		err := c.DB.View(c.ctx, func(tx *db.Tx) (err error) {
			if facts, err = tx.EventsOf(after, kinds, n); err == nil {
				inside, err = c.factsInside(tx, facts)
			}
			return err
		})
		if err != nil || len(facts) == 0 {
			return after, err
		}
		for _, f := range facts {
			if len(page.Events) == limit {
				return after, nil
			}
			after = f.Cursor()
			if (len(kinds) == 0 || slices.Contains(kinds, f.Kind)) && (inside == nil || inside[f.ID]) {
				page.Events = append(page.Events, c.fact(f))
			}
		}
		seen += len(facts)
		if len(facts) < n {
			return after, nil
		}
	}
	return after, nil
}

// factsInside tells which events a narrowed caller sees: those of orders that are reached, but for what happened at a warehouse that
// is not. nil is all.
func (c *call) factsInside(tx *db.Tx, facts []db.Fact) (map[int64]bool, error) {
	if c.area.Whole() {
		return nil, nil
	}
	list, err := c.insideFacts(tx, facts)
	seen := make(map[int64]bool, len(list))
	for _, f := range list {
		seen[f.ID] = true
	}
	return seen, err
}

func (c *call) insideFacts(tx *db.Tx, facts []db.Fact) ([]db.Fact, error) {
	if c.area.Whole() || len(facts) == 0 {
		return facts, nil
	}
	orders := make([]int64, len(facts))
	for i, f := range facts {
		orders[i] = f.Order
	}
	orders = sorted(orders)
	areas, err := c.areas(tx, orders)
	if err != nil {
		return nil, err
	}
	n, err := c.names(tx)
	if err != nil {
		return nil, err
	}
	parts, err := order.FulfilmentsOf(tx, orders)
	elsewhere := map[int64]bool{}
	for _, fulfilments := range parts {
		for _, x := range fulfilments {
			elsewhere[x.ID] = !n.within(areas, x.OrderID, x.NodeID)
		}
	}
	var inside []db.Fact
	for _, f := range facts {
		area, ok := areas[f.Order]
		if ok && !elsewhere[f.Subject] && !n.tellsOfOther(area, f.Params) {
			inside = append(inside, f)
		}
	}
	return inside, err
}

// tellsOfOther reports whether the parameters of an event name a node that is outside.
func (n *names) tellsOfOther(area access.Area, params string) bool {
	for _, part := range idsInside(params) {
		if key, err := strconv.ParseInt(part[1], 10, 64); part[0] == "node" && (err != nil || !n.sees(key) || !area.Node(n.node(key))) {
			return true
		}
	}
	return false
}
