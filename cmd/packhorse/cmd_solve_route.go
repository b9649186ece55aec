package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/packhorse/packhorse/pick/route"
)

// solveRouteCmd walks pickers past their stops.
type solveRouteCmd struct {
	Format string `help:"What the file holds: rows of single-block tours, or floors with their picks as JSON." enum:"single-block,graph" required:""`
	Rules  bool   `help:"Say beside each tour how far the plain rules walk (s-shape, return, midpoint, largest-gap, combined)."`
	File   string `arg:"" help:"The file." type:"existingfile"`
	effort
}

// Help says how the fields of a floor are read.
func (c *solveRouteCmd) Help() string {
	return `single-block: CSV with aisles, instance, aisle_length, aisle_gap and picks (aisle:position;…); the walk begins and
ends at the front of aisle 1. Always the shortest tour.

graph: JSON objects {"cross_aisles":[y…],"aisles":[x…],"one_way":[0|1|-1 per aisle],"depot":[x,y],"drops":[[x,y]…],
"picks":[{"aisle","y","g"}],"heavy_first":false}, aisles and cross aisles ascending, metres. The walk begins at the depot
and ends at whichever drop makes it shortest ("end" in the answer), or back at the depot where there are no drops; these
points stand in the aisle they lie on, or at, straight above or below, the cross aisle nearest to them. one_way 1 leads towards larger y, -1 towards
smaller. heavy_first prefers, among tours of the same length, one that meets heavy picks earlier; it never makes the walk
longer. Up to six cross aisles (five blocks): the shortest tour, "lower_bound" equals "length"; with one-way aisles nearly
always. Beyond, --time is how long the tour is improved.

Lengths are metres. "stops" are in walking order; between two stops the walk takes the shortest way.`
}

// Run solves every problem of the file; those that cannot be walked are told at the end.
func (c *solveRouteCmd) Run() error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	read := map[string]func(io.Reader) ([]route.Problem, error){"single-block": route.ReadSingleBlock, "graph": route.ReadGraph}[c.Format]
	problems, err := read(f)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	progress := newBar("tours")
	defer progress.end()
	var wrong []error
	var planner route.Planner
	for i, p := range problems {
		progress.show(i, float64(i)/float64(len(problems)))
		walked, err := c.walk(&planner, p)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: problem %s: %w", c.File, p.Name, err))
			continue
		}
		if err := answer(walked); err != nil {
			return err
		}
	}
	return errors.Join(wrong...)
}

// walked is what is said of one tour; lengths are metres.
type walked struct {
	Problem string                 `json:"problem"`
	Length  float64                `json:"length"`
	Bound   *float64               `json:"lower_bound,omitempty"`
	Stops   [][2]float64           `json:"stops"`
	End     *[2]float64            `json:"end,omitempty"`
	Climb   float64                `json:"climb,omitempty"`
	Rules   map[route.Rule]float64 `json:"rules,omitempty"`
	Seconds float64                `json:"seconds"`
}

func (c *solveRouteCmd) walk(planner *route.Planner, p route.Problem) (walked, error) {
	began := time.Now()
	o := route.Options{HeavyFirst: p.HeavyFirst}
	if c.Time > 0 {
		o.Stop = func() bool { return time.Since(began) >= c.Time }
	}
	t, err := planner.Plan(p.Floor, p.Stops, o)
	if err != nil {
		return walked{}, err
	}
	w := walked{Problem: p.Name, Length: inMetres(t.Length), Climb: inMetres(t.Climb), Stops: [][2]float64{}, Seconds: time.Since(began).Seconds()}
	for _, i := range t.Order {
		w.Stops = append(w.Stops, [2]float64{float64(p.Stops[i].Aisle), inMetres(p.Stops[i].Y)})
	}
	if c.Format == "graph" {
		bound := inMetres(t.LowerBound)
		w.Bound, w.End = &bound, &[2]float64{inMetres(t.End.X), inMetres(t.End.Y)}
	}
	if c.Rules {
		w.Rules = map[route.Rule]float64{}
		for _, rule := range p.Floor.Rules() {
			if _, length, err := route.Walk(p.Floor, p.Stops, rule); err == nil {
				w.Rules[rule] = inMetres(length)
			}
		}
	}
	return w, nil
}

// inMetres turns the millimetres of the libraries into what people read.
func inMetres(mm int) float64 { return float64(mm) / 1000 }
