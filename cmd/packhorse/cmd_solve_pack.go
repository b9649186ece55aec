package main

import (
	"fmt"
	"os"
	"time"

	"github.com/packhorse/packhorse/pack/carton"
	"github.com/packhorse/packhorse/pack/container"
)

// solvePackCmd loads a container, or chooses the cartons of an order.
type solvePackCmd struct {
	Format  string  `help:"What the file holds: br = containers to be loaded, as Bischoff and Ratcliff write them; json = orders to be put into cartons." enum:"br,json" required:""`
	Support float64 `help:"How much of every base must be carried. Containers: 0 or 1.0. Orders: 0 (anything, and half where that is no dearer) or 0.5." default:"0"`
	Picture string  `help:"Containers: draw the last one into this file, as SVG." placeholder:"FILE" type:"path"`
	File    string  `arg:"" help:"The file." type:"existingfile"`
	effort

	picture string
}

// Run solves every problem of the file.
func (c *solvePackCmd) Run() error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	if c.Format == "json" {
		err = c.orders(f)
	} else {
		err = c.containers(f)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	return nil
}

func (c *solvePackCmd) containers(f *os.File) error {
	if c.Support != 0 && c.Support != 1 {
		return fmt.Errorf("--support of a container is 0 (none demanded) or 1.0 (the whole base), not %v", c.Support)
	}
	problems, err := container.ReadBR(f)
	if err != nil {
		return err
	}
	progress := newBar("containers")
	defer progress.end()
	for i, p := range problems {
		p.Supported = c.Support == 1
		if err := answer(c.load(p, func() { progress.show(i, float64(i)/float64(len(problems))) })); err != nil {
			return err
		}
	}
	if c.Picture == "" {
		return nil
	}
	return os.WriteFile(c.Picture, []byte(c.picture), 0o644)
}

// loaded is what is said of one container.
type loaded struct {
	Problem     string                `json:"problem"`
	Container   [3]int                `json:"container"`
	Volume      int                   `json:"volume"`
	Packed      int                   `json:"packed_volume"`
	Bound       int                   `json:"packed_volume_bound"`
	Utilisation float64               `json:"utilisation"`
	Placements  []container.Placement `json:"placements"`
	Seconds     float64               `json:"seconds"`
}

// ownNodes is the measure of work where no time is given: about a second for a usual problem.
const ownNodes = 5_000

// load solves one problem; look is called now and then.
func (c *solvePackCmd) load(p container.Problem, look func()) loaded {
	began := time.Now()
	o := container.Options{Stop: func() bool {
		look()
		return c.Time > 0 && time.Since(began) >= c.Time
	}}
	if c.Time == 0 {
		o.Nodes = ownNodes
	}
	a := container.Load(p, o)
	if c.Picture != "" {
		c.picture = container.Picture(p, a)
	}
	return loaded{p.ID, p.Container, p.Volume(), a.Packed, a.Bound, float64(a.Packed) / float64(p.Volume()), a.Placements, time.Since(began).Seconds()}
}

func (c *solvePackCmd) orders(f *os.File) error {
	if c.Support != 0 && c.Support != 0.5 {
		return fmt.Errorf("--support of an order is 0 (any part of a base) or 0.5 (half of it), not %v", c.Support)
	}
	problems, err := carton.ReadJSON(f)
	if err != nil {
		return err
	}
	progress := newBar("orders")
	defer progress.end()
	for i, p := range problems {
		p.AnySupport = c.Support == 0
		if err := answer(c.choose(p)); err != nil {
			return err
		}
		progress.show(i+1, float64(i+1)/float64(len(problems)))
	}
	return nil
}

// boxed is what is said of one order.
type boxed struct {
	carton.Answer
	Seconds float64 `json:"seconds"`
}

// The effort for an order where time is given: the first, by how much it grows, and where that ends.
const (
	firstEffort  = 200_000
	effortGrowth = 8
	mostEffort   = 1 << 30
)

// choose packs one order: with the usual effort, or with more and more as long as the time allows and nothing is proven.
func (c *solvePackCmd) choose(p carton.Problem) boxed {
	began := time.Now()
	if c.Time == 0 {
		return boxed{carton.Choose(p, carton.Options{}), time.Since(began).Seconds()}
	}
	effort := firstEffort
	best := carton.Choose(p, carton.Options{Effort: effort})
	for !best.Optimal && effort < mostEffort && time.Since(began)*effortGrowth < c.Time {
		effort *= effortGrowth
		next := carton.Choose(p, carton.Options{Effort: effort})
		next.LowerBound = max(next.LowerBound, best.LowerBound)
		if next.Cost >= best.Cost {
			next.Parcels, next.Cost = best.Parcels, best.Cost
		}
		next.Optimal = next.Cost == next.LowerBound
		best = next
	}
	return boxed{best, time.Since(began).Seconds()}
}
