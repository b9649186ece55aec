package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/packhorse/packhorse/wave/batching"
)

// solveBatchCmd divides orders into walks.
type solveBatchCmd struct {
	Format string   `help:"What the files hold: order batching problems in the text format of the benchmark sets." enum:"obp" required:""`
	Files  []string `arg:"" help:"The files, one problem each." type:"existingfile"`
	effort
}

// Help says how a file is read and what the answer means.
func (c *solveBatchCmd) Help() string {
	return `obp: KEY : value lines (PICKER_CAPACITY, LAYOUT single-block, NUM_AISLES, NUM_CELLS, DEPOT_AISLE, DEPOT_LOCATION,
DISTANCE_…), then ARTICLE_SECTION, SKU_SECTION and ORDER_SECTION. Cell 0 is at the top of an aisle. The load of an order
is the sum of quantity × WEIGHT, 1 where no weight is given; an article in several cells is picked from the one nearest
to the depot.

"orders" are positions in ORDER_SECTION from 0, "stops" are [AISLE, CELL] of the file in walking order; "length" is in
the file's unit and includes the way from and to the depot. "first_come_s_shape" is what the plain rule walks: orders
as they come, the next walk when the cart is full, S-shaped. No division is shorter than "lower_bound".

Without --time: about a second for up to a hundred orders, at most five for more.`
}

// Run solves the files one after the other; those that cannot be read or solved are told at the end.
func (c *solveBatchCmd) Run() error {
	progress := newBar("problems")
	defer progress.end()
	var wrong []error
	for i, name := range c.Files {
		show := func(part float64) { progress.show(i, (float64(i)+part)/float64(len(c.Files))) }
		solved, err := c.solve(name, show)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", name, err))
			continue
		}
		progress.end()
		if err := answer(solved); err != nil {
			return err
		}
	}
	return errors.Join(wrong...)
}

// batched is what is said of one problem.
type batched struct {
	Problem   string        `json:"problem"`
	Batches   []batchedWalk `json:"batches"`
	Length    float64       `json:"length"`
	FirstCome float64       `json:"first_come_s_shape"`
	Bound     float64       `json:"lower_bound"`
	Optimal   bool          `json:"optimal"`
	Seconds   float64       `json:"seconds"`
}

type batchedWalk struct {
	Orders []int    `json:"orders"`
	Length float64  `json:"length"`
	Stops  [][2]int `json:"stops"`
}

func (c *solveBatchCmd) solve(name string, show func(float64)) (batched, error) {
	began := time.Now()
	in, err := os.Open(name)
	if err != nil {
		return batched{}, err
	}
	defer in.Close()
	f, err := batching.Read(in)
	if err != nil {
		return batched{}, err
	}
	o := c.options(began, len(f.Problem.Orders), show)
	plain, err := batching.FirstComeSShape(f.Problem)
	if err != nil {
		return batched{}, err
	}
	a, err := batching.Solve(f.Problem, o)
	if err != nil {
		return batched{}, err
	}
	out := batched{Problem: filepath.Base(name), Length: f.Length(a.Length), FirstCome: f.Length(plain),
		Bound: f.Length(a.LowerBound), Optimal: a.Optimal}
	for _, b := range a.Batches {
		w := batchedWalk{Orders: b.Orders, Length: f.Length(b.Length), Stops: [][2]int{}}
		for _, s := range b.Stops {
			w.Stops = append(w.Stops, f.Place(s))
		}
		out.Batches = append(out.Batches, w)
	}
	out.Seconds = time.Since(began).Seconds()
	return out, nil
}

// options gives a problem its time. Without --time the steps end the search, so that the answer is the same every time,
// and on a slow machine the time they should take. The last of the time is for drawing the walks.
func (c *solveBatchCmd) options(began time.Time, orders int, show func(float64)) batching.Options {
	o := batching.Options{Seed: c.Seed, Threads: c.Threads}
	limit := time.Second + 4*time.Second*time.Duration(min(max(orders-100, 0), 900))/900
	if c.Time > 0 {
		limit, o.Work = c.Time, 1<<60
	}
	limit = limit * 93 / 100
	o.Elapsed = func() float64 {
		share := float64(time.Since(began)) / float64(limit)
		if c.Threads <= 1 {
			show(min(share, 1))
		}
		return share
	}
	return o
}
