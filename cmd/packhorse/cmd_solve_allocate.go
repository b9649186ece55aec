package main

import (
	"fmt"
	"math"
	"os"
	"time"

	"github.com/packhorse/packhorse/allocation/assign"
)

// solveAllocateCmd decides over a waiting batch at once.
type solveAllocateCmd struct {
	File string `arg:"" help:"The file." type:"existingfile"`
	effort
}

// Help says how the fields of a problem are read.
func (c *solveAllocateCmd) Help() string {
	return `JSON objects {"nodes":[{"id","lat","lng","capacity_orders","handling_cost","cutoff_passed":false}],
"stock":[{"node","sku","quantity"}],"rates":[{"node","zone","first_g","first_cost","step_g","step_cost","days"}],
"orders":[{"id","zone","promised_days","late_cost_per_day","split_cost","max_parcels","unfilled_cost",
"lines":[{"sku","quantity","g"}]}]}; one answer for each. Costs are whole minor units. Ids, SKUs and zones are texts or
numbers. capacity_orders left out is any number of parcels, max_parcels as well; promised_days left out promises nothing.

An order costs the freight and handling of its parcels, split_cost for each parcel after the first, late_cost_per_day for
each day that the slowest comes late, and unfilled_cost for each unit that does not ship: leaving units is taken where it
is cheaper. greedy_cost is the plain rule, order by order, the cheapest complete plan first. No answer costs less than
lower_bound; prices prove it: what a unit or a parcel more would save, not listed where that is nothing.

Without --time the work is bounded, and the time by a second for each thousand orders. One thread, whatever --threads says.`
}

// Run answers every problem of the file.
func (c *solveAllocateCmd) Run() error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	files, err := assign.Read(text)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	for i := range files {
		if err := c.assign(&files[i]); err != nil {
			return err
		}
	}
	return nil
}

// assign solves one problem and writes the answer.
func (c *solveAllocateCmd) assign(f *assign.File) error {
	began, limit := time.Now(), c.limit(len(f.Orders), len(f.Nodes))
	progress := newBar("assigning")
	defer progress.end()
	e := assign.Effort{Seed: c.Seed, Left: func() float64 {
		share := float64(time.Since(began)) / float64(limit)
		progress.show(len(f.Orders), share)
		return 1 - share
	}}
	if c.Time > 0 {
		e.Tries = math.MaxInt
	}
	problem, names := f.Problem()
	found := assign.Solve(problem, e)
	return assign.NewReport(problem, names, &found, c.Lang).Write(os.Stdout, func() float64 { return time.Since(began).Seconds() })
}

// limit is when an answer must be found. Explaining and writing it come after: some time is kept for each order and for each reason why
// a node ships nothing of it.
func (c *solveAllocateCmd) limit(orders, nodes int) time.Duration {
	given := c.Time
	if given == 0 {
		given = max(time.Second, time.Duration(orders)*time.Millisecond)
	}
	kept := given/30 + time.Duration(orders)*(30*time.Microsecond+time.Duration(nodes)*time.Microsecond/2)
	return max(given/2, given-kept)
}
