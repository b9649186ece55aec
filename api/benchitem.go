package api

import (
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
)

// BenchBulk is the tote of a walk of totals at a packing table.
type BenchBulk struct {
	Task    string `json:"task"`
	Waiting int64  `json:"waiting" doc:"orders of the walk that wait for their item, without those at tables"`
	SKU     string `json:"sku,omitempty" doc:"of the item that was scanned"`
	Left    int64  `json:"left,omitempty" doc:"of the orders that wait, those for this SKU"`
	Code    string `json:"code,omitempty" doc:"why no order was opened: pack.table.held, pack.table.nobody, or the reason of a stop"`
	Text    string `json:"text,omitempty" doc:"where the item goes instead, as a sentence"`
}

// ItemInput is an item that was taken out of the tote of a walk of totals.
type ItemInput struct {
	EventID string `json:"event_id" doc:"the table's own name for this scan; the same scan sent twice counts once" minLength:"1" maxLength:"200"`
	Task    string `json:"task" doc:"the walk"`
	Item    string `json:"item" doc:"bar code of the goods"`
	Table   string `json:"table,omitempty" doc:"which table of the warehouse; without it the caller's" maxLength:"100"`
}

func (s *Server) benchItems() {
	command(s, route{path: "/v1/bench/items", tag: "fulfilments", id: "open-item", scope: access.Work, summary: "Open the order that gets an item of a walk of totals",
		about: "Of the orders of the walk that wait for these goods the one that has to leave first; no other table gets it. work is empty where nobody gets the item; bulk says why, and where it goes. A table has one item in " +
			"hand: the same goods scanned again give the same order, other goods put the first item back, and what a table has left standing for 15 minutes another may have. " +
			"Problems: http.event_id, pick.no_task, pack.not_bulk, pack.not_of_walk, pack.unknown_scan."}, (*call).openItem)
}

func (c *call) openItem(in ItemInput) (out Bench, err error) {
	if in.EventID == "" || len(in.EventID) > 200 {
		return out, fault.Invalidf("event_id", "http.event_id", "give every scan an event_id of up to 200 characters")
	}
	task, err := idOf("task", pick.Prefix, in.Task)
	if err != nil {
		return out, err
	}
	c.keep("item:" + in.EventID)
	found, err := c.Pack.Open(c.ctx, c.once, pack.OpenIn{TaskID: task, Item: in.Item, Table: in.Table, Packer: c.actor()})
	if err != nil {
		return out, err
	}
	out = Bench{Work: []BenchWork{}, Cartons: []BenchCarton{}, Bulk: &BenchBulk{Task: in.Task, Waiting: found.Waiting, Left: found.Left}}
	if m := found.Message; m.Code != "" {
		out.Bulk.Code, out.Bulk.Text = m.Code, words.Render(c.lang(), m.Code, m.Params)
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error { return c.layItem(tx, &out, found) })
	return out, err
}

// layItem fills in what the table needs for the order that was opened.
func (c *call) layItem(tx *db.Tx, out *Bench, found pack.Opened) error {
	n, err := c.names(tx)
	if err != nil {
		return err
	}
	if err := n.learnSKUs(tx, []int64{found.SKU}); err != nil {
		return err
	}
	out.Bulk.SKU = n.sku(found.SKU)
	if found.FulfilmentID != 0 {
		parts, err := order.Fulfilments(tx, []int64{found.FulfilmentID})
		if err != nil {
			return err
		}
		if out.Work, err = c.benchWork(tx, inOrder(parts, []int64{found.FulfilmentID})); err != nil {
			return err
		}
	}
	if out.ToleranceG, out.TolerancePercent, err = pack.Scale(tx); err != nil {
		return err
	}
	out.Cartons, err = benchCartons(tx)
	return err
}

// benchBulk is the tote of a walk; nil where the walk is none of totals.
func (c *call) benchBulk(code string) (bulk *BenchBulk, err error) {
	task, err := idOf("code", pick.Prefix, strings.ToLower(code))
	if err != nil {
		return nil, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		waiting, ok, err := pack.Waiting(tx, task)
		if ok {
			bulk = &BenchBulk{Task: id.Show(pick.Prefix, task), Waiting: waiting}
		}
		return err
	})
	return bulk, err
}

// wentOf fills in how the walks of some waves went.
func wentOf(tx *db.Tx, keys []int64, waves []*Wave) error {
	went, err := pick.WentOf(tx, keys)
	for i, key := range keys {
		if x, there := went[key]; there {
			waves[i].Walked = &WaveWalked{Walks: x.Walks, Planned: x.Planned, Metres: x.Walked, Minutes: minutesOf(x.Seconds)}
		}
	}
	return err
}
