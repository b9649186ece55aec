package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

const (
	streamsEach = 8                // of one caller
	streamsAll  = 512              // of this process
	streamBeat  = 15 * time.Second // wall time between signs of life; credentials are looked at again then
	streamSlow  = 10 * time.Second // how long one write may take before the reader is let go
	streamLook  = time.Second      // how often another process's events are looked for
)

// live counts the streams that are open, by who reads them. A stream keeps no queue: it reads the log behind its own
// place, so a slow reader costs a connection and nothing else.
type live struct {
	mu  sync.Mutex
	all int
	by  map[string]int
}

// enter counts a stream. Fault: stream.too_many.
func (l *live) enter(who string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.by[who] >= streamsEach || l.all >= streamsAll {
		return fault.New(fault.TooMany, "stream.too_many", "there are too many open streams; close one of yours (at most %d) or try again later", streamsEach).
			With("max", streamsEach)
	}
	if l.by == nil {
		l.by = map[string]int{}
	}
	l.by[who]++
	l.all++
	return nil
}

func (l *live) leave(who string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.by[who]--; l.by[who] == 0 {
		delete(l.by, who)
	}
}

// StreamEnd is the data of the last event of a stream that the server ends, which is called "end".
type StreamEnd struct {
	Reason string `json:"reason" doc:"closing: the server ends; access: the credentials ended; internal: the log could not be read"`
}

func (s *Server) stream() {
	query(s, route{path: "/v1/stream", tag: "events", id: "stream-events", scope: access.OrdersRead,
		summary: "The event feed as server-sent events",
		about: "Each event has its cursor as id, its kind as event and what list-events gives as data. The header Last-Event-ID, which browsers send by themselves, " +
			"or after goes on behind a cursor; without both the stream begins with what happens from now on. Every 15 seconds comes a sign of life, which moves the id " +
			"past events that were filtered out. A reader that takes nothing for 10 seconds is disconnected; it goes on where it was by connecting again. A stream that " +
			"the server ends says so with the event end. At most 8 streams of one caller. Problems: stream.too_many, stream.connection, http.cursor, http.id.",
		params: []*huma.Param{several("kind", "only events of these kinds"), text("order", "only events of this order"),
			text("node", "only events of orders of which this warehouse serves a part"), text("after", "a cursor; empty or latest = from now on"),
			{Name: "Last-Event-ID", In: "header", Description: "a cursor; goes before after", Schema: &huma.Schema{Type: huma.TypeString}}}},
		func(c *call) (Event, error) { return Event{}, c.eventStream() })
	done := s.open.Paths["/v1/stream"].Get.Responses["200"]
	done.Description = "events until either side ends; each data is one of these"
	done.Content = map[string]*huma.MediaType{"text/event-stream": done.Content["application/json"]}
}

// streamFilter is what a reader wants to see.
type streamFilter struct {
	kinds       []string
	order, node int64
}

func (c *call) eventStream() error {
	after, filter, err := c.streamInput()
	if err != nil {
		return err
	}
	wire := http.NewResponseController(c.out)
	if errors.Is(wire.SetWriteDeadline(time.Time{}), http.ErrNotSupported) { // nobody could let go of a reader that sleeps
		return fault.New(fault.Invalid, "stream.connection", "events cannot be streamed over this connection; ask GET /v1/events?wait=30 instead")
	}
	who := c.who.Company + "/" + c.who.Name
	if err := c.server.live.enter(who); err != nil {
		return err
	}
	defer c.server.live.leave(who)
	c.answered = true
	st := &streamer{call: c, filter: filter, wire: wire}
	st.stands(after)
	defer c.DB.Follow("stream", func(*db.Tx) ([]db.Cursor, error) { return []db.Cursor{*st.place.Load()}, nil })()
	err = st.run()
	if err != nil && c.ctx.Err() == nil {
		c.log().InfoContext(c.ctx, "stream ended", "who", c.who.Name, "error", err)
	}
	return nil
}

func (c *call) streamInput() (after db.Cursor, f streamFilter, err error) {
	f.kinds = c.req.URL.Query()["kind"]
	if f.order, err = optionalID("order", order.Prefix, c.query("order")); err != nil {
		return after, f, err
	}
	if f.node, err = optionalID("node", "nod", c.query("node")); err != nil {
		return after, f, err
	}
	place := cmp.Or(c.req.Header.Get("Last-Event-ID"), c.query("after"), "latest")
	if place != "latest" {
		after, err = cursorOf(place)
		return after, f, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) (err error) { after, err = tx.LastEvent(); return err })
	return after, f, err
}

// streamer is one open stream.
type streamer struct {
	*call
	filter streamFilter
	after  db.Cursor
	place  atomic.Pointer[db.Cursor] // after, for those who ask how far behind it is
	wire   *http.ResponseController
}

func (s *streamer) stands(after db.Cursor) {
	s.after = after
	s.place.Store(&after)
}

var errSlow = errors.New("the reader takes nothing")

// run sends until the reader goes away, is too slow, or the server ends.
func (s *streamer) run() error {
	h := s.out.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy that gathers the answer would hold it back for ever
	waiter := s.DB.Wait("")
	defer waiter.Stop()
	beat, look := time.NewTicker(streamBeat), time.NewTicker(streamLook)
	defer beat.Stop()
	defer look.Stop()
	if err := s.send("retry: 2000\nid: " + showCursor(s.after) + "\n\n"); err != nil {
		return err
	}
	for {
		full, err := s.page()
		if err != nil {
			return err
		}
		if full {
			continue
		}
		select {
		case <-s.ctx.Done():
			return nil
		case <-s.server.options.Closing:
			return s.end("closing")
		case <-beat.C:
			if err := s.server.authenticate(s.call, access.OrdersRead); err != nil {
				return s.end("access")
			}
			if err := s.send("id: " + showCursor(s.after) + "\n\n"); err != nil {
				return err
			}
		case <-waiter.C:
		case <-look.C:
		}
	}
}

// page sends the next stretch of the log; full says that there may be more.
func (s *streamer) page() (full bool, err error) {
	var facts, wanted []db.Fact
	err = s.DB.View(s.ctx, func(tx *db.Tx) (err error) {
		if facts, err = tx.Events(s.after, eventScan); err == nil {
			wanted, err = s.filter.of(tx, facts)
		}
		if err == nil {
			wanted, err = s.insideFacts(tx, wanted)
		}
		return err
	})
	if err != nil {
		if s.ctx.Err() == nil {
			_ = s.end("internal")
		}
		return false, err
	}
	var b strings.Builder
	for _, f := range wanted {
		raw, err := json.Marshal(s.call.fact(f))
		if err != nil {
			return false, err
		}
		fmt.Fprintf(&b, "id: %s\nevent: %s\ndata: %s\n\n", showCursor(f.Cursor()), f.Kind, raw)
	}
	if b.Len() > 0 {
		err = s.send(b.String())
	}
	if len(facts) > 0 {
		s.stands(facts[len(facts)-1].Cursor())
	}
	return len(facts) == eventScan, err
}

// of leaves what the reader wants to see.
func (f streamFilter) of(tx *db.Tx, facts []db.Fact) (out []db.Fact, err error) {
	var orders []int64
	for _, e := range facts {
		if (len(f.kinds) > 0 && !slices.Contains(f.kinds, e.Kind)) || (f.order != 0 && e.Order != f.order) || (f.node != 0 && e.Order == 0) {
			continue
		}
		out = append(out, e)
		if f.node != 0 && !slices.Contains(orders, e.Order) {
			orders = append(orders, e.Order)
		}
	}
	if len(orders) == 0 {
		return out, nil
	}
	parts, err := order.FulfilmentsOf(tx, orders)
	return slices.DeleteFunc(out, func(e db.Fact) bool { return !f.served(e, parts[e.Order]) }), err
}

// served tells whether an event is of the node: of the fulfilment it is about, or of any where it is about the order.
func (f streamFilter) served(e db.Fact, parts []*order.Fulfilment) bool {
	if i := slices.IndexFunc(parts, func(p *order.Fulfilment) bool { return p.ID == e.Subject }); i >= 0 {
		return parts[i].NodeID == f.node
	}
	return slices.ContainsFunc(parts, func(p *order.Fulfilment) bool { return p.NodeID == f.node })
}

func (s *streamer) end(reason string) error {
	raw, err := json.Marshal(StreamEnd{Reason: reason})
	if err != nil {
		return err
	}
	return s.send(fmt.Sprintf("event: end\ndata: %s\n\n", raw))
}

// send writes within the time a reader has.
func (s *streamer) send(text string) error {
	if err := s.wire.SetWriteDeadline(time.Now().Add(streamSlow)); err != nil {
		return err
	}
	if _, err := s.out.Write([]byte(text)); err != nil {
		return errors.Join(errSlow, err)
	}
	if err := s.wire.Flush(); err != nil {
		return errors.Join(errSlow, err)
	}
	return s.wire.SetWriteDeadline(time.Time{})
}
