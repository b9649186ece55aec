package api

import (
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// AllocationSaving is what deciding over orders together came to, beside the plain rule on the same orders, stock and rates.
type AllocationSaving struct {
	Orders     int64  `json:"orders" doc:"that wanted the same goods, or the same parcels of a day, and were decided over together"`
	PlainCost  string `json:"plain_cost" doc:"money: freight, handling, splits and lateness of what the plain rule would have shipped"`
	Cost       string `json:"cost" doc:"of the same goods for the same orders as it was decided"`
	Saved      string `json:"saved" doc:"plain_cost less cost; below zero where making room for more_units cost more than that"`
	MoreOrders int64  `json:"more_orders" doc:"that get something and would have waited"`
	MoreUnits  int64  `json:"more_units" doc:"that ship and would have waited"`
	MoreCost   string `json:"more_cost" doc:"money: what shipping those costs"`
}

// AllocationBatch is one batch.
type AllocationBatch struct {
	ID     string `json:"id"`
	At     string `json:"at"`
	Method string `json:"method" enum:"optimised,plain" doc:"plain: nothing better was found, or too much of the plan no longer held"`
	AllocationSaving
	AtLeast string `json:"at_least,omitempty" doc:"no division of the same orders costs less than this (cost and more_cost together); left out where that was not worked out"`
	MS      int64  `json:"ms" doc:"milliseconds the plan was worked on; 0 where the clock stands still"`
}

// AllocationBatchPage is a page of batches, the latest first.
type AllocationBatchPage struct {
	Currency   string            `json:"currency"`
	Batches    []AllocationBatch `json:"batches"`
	NextCursor string            `json:"next_cursor,omitempty"`
}

// AllocationDay is what the batches of a day came to.
type AllocationDay struct {
	Day     string `json:"day" doc:"2026-11-23, in the zone that was asked for"`
	Batches int64  `json:"batches"`
	AllocationSaving
}

// AllocationSavings are the days of a time, and all of them.
type AllocationSavings struct {
	From     string          `json:"from"`
	To       string          `json:"to"`
	Currency string          `json:"currency"`
	Total    AllocationDay   `json:"total" doc:"day is empty"`
	Days     []AllocationDay `json:"days" doc:"those on which there were batches, the first first"`
}

// AllocationRan is what came of deciding over all that waits.
type AllocationRan struct {
	Decided int  `json:"decided" doc:"orders that waited for a warehouse"`
	Served  int  `json:"served" doc:"orders that were owed goods and got something"`
	More    bool `json:"more" doc:"some still wait: call again, or leave it to the worker"`
}

const batchPrefix = "alb"

func (s *Server) allocationPlans() {
	query(s, route{path: "/v1/allocations/batches", tag: "orders", id: "list-allocation-batches", scope: access.OrdersRead, summary: "Batches that were decided over together, the latest first",
		about:  "Each beside the plain rule on the same orders, stock and rates. Problems: http.limit, http.cursor.",
		params: []*huma.Param{text("cursor", "next_cursor of the page before"), number("limit", "1 to 500; 50 without it")}}, (*call).listAllocationBatches)
	query(s, route{path: "/v1/allocations/savings", tag: "orders", id: "get-allocation-savings", scope: access.OrdersRead, summary: "What deciding over orders together saved, by day and in all",
		about:  "Problems: http.time, http.period, http.zone.",
		params: []*huma.Param{text("from", "from when; without it the last 24 hours"), text("to", "until before when; without it now"), text("zone", "time zone of the days, such as Asia/Shanghai; UTC without it")}},
		(*call).getAllocationSavings)
	command(s, route{path: "/v1/allocations/run", tag: "orders", id: "run-allocation", scope: access.OrdersWrite, summary: "Decide now over everything that waits for goods or a warehouse",
		about: "As the worker does by itself. Orders that want the same are decided over together. Doing it twice does no harm."},
		func(c *call, _ Empty) (AllocationRan, error) {
			r, err := c.Allocation.Run(c.ctx, c.once)
			return AllocationRan(r), err
		})
	s.allocationPolicy()
	s.allocationMethods()
}

func (c *call) saving(x allocation.Saving) AllocationSaving {
	return AllocationSaving{Orders: x.Orders, PlainCost: c.costText(x.Plain), Cost: c.costText(x.Chosen), Saved: c.costText(x.Saved()), MoreOrders: x.MoreOrders,
		MoreUnits: x.MoreUnits, MoreCost: c.costText(x.MoreCost)}
}

func (c *call) listAllocationBatches() (AllocationBatchPage, error) {
	page := AllocationBatchPage{Currency: c.Currency, Batches: []AllocationBatch{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	before, err := c.idCursor(batchPrefix)
	if err != nil {
		return page, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := allocation.Records(tx, before, limit)
		for _, r := range list {
			b := AllocationBatch{ID: id.Show(batchPrefix, r.ID), At: at(r.DecidedAt), Method: string(r.Method), AllocationSaving: c.saving(r.Saving), MS: r.Took.Milliseconds()}
			if r.AtLeast > 0 {
				b.AtLeast = c.costText(r.AtLeast)
			}
			page.Batches = append(page.Batches, b)
		}
		if len(list) == limit {
			page.NextCursor = page.Batches[limit-1].ID
		}
		return err
	})
	return page, err
}

func (c *call) getAllocationSavings() (out AllocationSavings, err error) {
	from, to, err := c.period()
	if err != nil {
		return out, err
	}
	zone, err := time.LoadLocation(c.query("zone"))
	if err != nil {
		return out, fault.Invalidf("zone", "http.zone", "%q is no time zone; write it like Asia/Shanghai", c.query("zone")).With("zone", c.query("zone"))
	}
	out = AllocationSavings{From: at(from), To: at(to), Currency: c.Currency, Days: []AllocationDay{}}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		all, err := allocation.Savings(tx, from, to)
		out.Total = AllocationDay{Batches: all.Batches, AllocationSaving: c.saving(all.Saving)}
		for begin := from; begin < to && err == nil && all.Batches > 0; {
			y, m, d := time.UnixMicro(begin).In(zone).Date()
			end := min(to, time.Date(y, m, d+1, 0, 0, 0, 0, zone).UnixMicro())
			var t allocation.Total
			if t, err = allocation.Savings(tx, begin, end); t.Batches > 0 {
				day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
				out.Days = append(out.Days, AllocationDay{Day: day, Batches: t.Batches, AllocationSaving: c.saving(t.Saving)})
			}
			begin = end
		}
		return err
	})
	return out, err
}
