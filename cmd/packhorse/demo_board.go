package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// board follows the event log and knows where every order stands: each stands in the column of the last thing that
// happened to it.
type board struct {
	after  db.Cursor
	orders map[int64]*path
	column map[string]int           // how many orders stand in each
	nodes  map[int64]map[string]int // node → state → fulfilments
	works  map[int64]work           // fulfilments in work
	latest []db.Fact                // the last few, newest last
	events int64
}

// path is an order's way so far: the moment of each thing that happened to it, first and last.
type path struct {
	column string
	first  map[string]time.Time
	last   map[string]time.Time
}

// work is one fulfilment as its node sees it.
type work struct {
	node  int64
	state string
}

// The columns, in the order of an order's life.
var columns = []string{"received", "held", "waiting", "backordered", "allocated", "released", "picked", "packed", "handed_over", "in_transit", "delivered", "returned", "cancelled"}

// moves says into which column an event puts its order.
var moves = map[string]string{
	"order.received.v1": "received", "order.amended.v1": "", "review.held.v1": "held", "review.passed.v1": "waiting", "review.approved.v1": "waiting",
	"review.rejected.v1": "cancelled", "order.cancelled.v1": "cancelled", "allocation.allocated.v1": "allocated", "allocation.backordered.v1": "backordered",
	"wave.released.v1": "released", "pick.picked.v1": "picked", "pack.packed.v1": "packed", "ship.handed_over.v1": "handed_over",
	"track.scanned.v1": "in_transit", "order.delivered.v1": "delivered", "aftersales.received.v1": "returned",
}

func newBoard() *board {
	return &board{orders: map[int64]*path{}, column: map[string]int{}, nodes: map[int64]map[string]int{}, works: map[int64]work{}}
}

// shownEvents is how many of the latest events the screen shows.
const shownEvents = 5

// read follows the log to its end.
func (b *board) read(ctx context.Context, d *db.DB) error {
	for {
		var facts []db.Fact
		err := d.View(ctx, func(tx *db.Tx) (err error) { facts, err = tx.Events(b.after, 1000); return err })
		if err != nil || len(facts) == 0 {
			return err
		}
		for _, f := range facts {
			b.after = f.Cursor()
			b.events++
			b.hear(f)
		}
		b.latest = append(b.latest, facts...)
		b.latest = b.latest[max(0, len(b.latest)-shownEvents):]
	}
}

func (b *board) hear(f db.Fact) {
	if f.Order == 0 {
		return
	}
	p := b.orders[f.Order]
	if p == nil {
		p = &path{first: map[string]time.Time{}, last: map[string]time.Time{}}
		b.orders[f.Order] = p
	}
	at := time.UnixMicro(f.At)
	if _, before := p.first[f.Kind]; !before {
		p.first[f.Kind] = at
	}
	p.last[f.Kind] = at
	b.place(p, f)
	b.follow(f)
}

// place moves an order to the column of an event. What came to its end stays there, but for what comes back.
func (b *board) place(p *path, f db.Fact) {
	to := moves[f.Kind]
	over := p.column == "delivered" || p.column == "returned" || p.column == "cancelled"
	if to == "" || over && to != "returned" && to != "delivered" {
		return
	}
	if p.column != "" {
		b.column[p.column]--
	}
	p.column = to
	b.column[to]++
}

// follow keeps the queues of the nodes.
func (b *board) follow(f db.Fact) {
	switch f.Kind {
	case "allocation.allocated.v1":
		var said struct {
			Fulfilments []struct {
				ID   string `json:"id"`
				Node int64  `json:"node"`
			} `json:"fulfilments"`
		}
		_ = json.Unmarshal([]byte(f.Params), &said) // our own event
		for _, x := range said.Fulfilments {
			if key, err := id.Parse(order.FulfilmentPrefix, x.ID); err == nil {
				b.works[key] = work{node: x.Node}
				b.move(key, "allocated")
			}
		}
	case "wave.released.v1", "pick.picked.v1", "pack.packed.v1", "ship.handed_over.v1":
		b.move(f.Subject, moves[f.Kind])
	case "fulfilment.rejected.v1":
		b.move(f.Subject, "")
	}
}

func (b *board) move(fulfilment int64, to string) {
	w, known := b.works[fulfilment]
	if !known {
		return
	}
	if b.nodes[w.node] == nil {
		b.nodes[w.node] = map[string]int{}
	}
	if w.state != "" {
		b.nodes[w.node][w.state]--
	}
	if to != "" {
		b.nodes[w.node][to]++
	}
	w.state = to
	b.works[fulfilment] = w
}

// indoors is how many orders are in a warehouse, or about to be.
func (b *board) indoors() int {
	n := 0
	for _, c := range []string{"received", "waiting", "allocated", "released", "picked", "packed"} {
		n += b.column[c]
	}
	return n
}

// perSecond is a rate for people.
func perSecond(n int, d time.Duration) string {
	return fmt.Sprintf("%.0f", float64(n)/max(d.Seconds(), 0.001))
}
