package check_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
)

var (
	selNodes    = db.NewSQL(`SELECT id FROM warehouse_node ORDER BY id`)
	selOpenOnes = db.NewSQL(`SELECT id FROM order_head WHERE fulfilment IN ('waiting', 'backordered', 'allocated', 'partial') ORDER BY id DESC LIMIT 20`)
	selPlaced   = db.NewSQL(`SELECT DISTINCT order_id FROM order_fulfilment WHERE status = 'allocated' ORDER BY order_id DESC LIMIT 20`)
	selPairs    = db.NewSQL(`SELECT order_id || '/' || min(id) || '/' || max(id) FROM order_fulfilment WHERE status = 'allocated' GROUP BY order_id, node_id HAVING count(*) > 1 ORDER BY order_id`)
)

// byHand does one thing that a reviewer does to what no wave has taken. dice(n) is from 0 to n-1.
func (c *company) byHand(dice func(n int) int) {
	ctx := c.t.Context()
	by := allocation.By{Actor: "user:ann", Reason: "asked for", AllowSplit: dice(3) > 0}
	node, _ := draw[int64](c, selNodes)
	switch dice(4) {
	case 0:
		in := allocation.Override{Node: node, By: by}
		in.Order, _ = draw[int64](c, selOpenOnes)
		if dice(2) == 0 {
			in.Pieces = []allocation.Piece{{Line: 1, Quantity: int64(1 + dice(2))}}
		}
		_, err := c.allocation.Override(ctx, nil, in)
		c.did("override", err)
	case 1:
		if f, ok := draw[int64](c, selWork, order.Allocated); ok {
			in := allocation.Split{Fulfilment: f, Lines: []allocation.SplitLine{{Seq: int64(1 + dice(2)), Quantity: int64(1 + dice(2))}}, By: by}
			if dice(2) == 0 {
				in.Node = node
			}
			_, err := c.allocation.Split(ctx, nil, in)
			c.did("split", err)
		}
	case 2:
		if pair, ok := draw[string](c, selPairs); ok {
			in := allocation.Merge{Fulfilments: make([]int64, 2), By: by}
			if _, err := fmt.Sscanf(pair, "%d/%d/%d", &in.Order, &in.Fulfilments[0], &in.Fulfilments[1]); err != nil {
				c.t.Fatal(err)
			}
			_, err := c.allocation.Merge(ctx, nil, in)
			c.did("merge", err)
		}
	case 3:
		if o, ok := draw[int64](c, selPlaced); ok {
			_, err := c.allocation.Redo(ctx, nil, o, by)
			c.did("redo", err)
		}
	}
}

// Whatever a reviewer does by hand between what the machine and the floor do: every unit that is wanted is with exactly one
// fulfilment or owed, every promise is covered, and nothing is below zero. check.Run proves each of these.
func TestWhatPeopleDoByHandLosesAndInventsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d, 3)
		for range 60 {
			c.receive()
		}
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			dice := func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "dice") }
			c.sell(n)
			c.work()
			for range 3 {
				n++
				switch dice(10) {
				case 0:
					o, _ := draw[int64](c, selOrds)
					_, err := c.flow.Cancel(t.Context(), nil, o, "user:ann", "customer")
					c.did("cancel", err)
				case 1:
					o, _ := draw[int64](c, selOrds)
					_, err := c.flow.CancelLine(t.Context(), nil, flow.CancelLine{Order: o, Line: 1, Quantity: 1, Actor: "user:ann", Reason: "customer"})
					c.did("line cancelled", err)
				case 2:
					if f, ok := draw[int64](c, selWork, order.Allocated); ok {
						_, err := c.pick.Release(t.Context(), nil, pick.ReleaseIn{FulfilmentID: f, Actor: "user:bob"})
						c.did("release", err)
						c.against()
					}
				default:
					c.byHand(dice)
				}
			}
			if n%25 != 0 {
				return
			}
			report, err := check.Run(t.Context(), d, check.Options{})
			if err != nil {
				rt.Fatal(err)
			}
			for _, f := range report.Findings {
				rt.Errorf("%+v", f)
			}
		})
		for _, what := range []string{"override", "split", "merge", "redo", "split refused", "cancel", "line cancelled", "release"} {
			if c.done[what] == 0 {
				t.Errorf("%s never happened: the test says nothing about it", what)
			}
		}
		t.Log(c.done)
	})
}
