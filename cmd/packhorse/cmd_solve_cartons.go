package main

import (
	"fmt"
	"os"
	"time"

	"github.com/packhorse/packhorse/pack/carton"
)

// solveCartonsCmd proposes which sizes of cartons to keep, from what was sent.
type solveCartonsCmd struct {
	File string `arg:"" help:"JSON: orders [{items, times}], now and offered [cartons], keep (how many sizes), odd (what a box made for one order costs more), freight, board {cost, per_m2, g_per_m2, step_mm, max_g} of boxes made to measure where nothing is offered." type:"existingfile"`
	effort
}

// stocked is what is said of one history.
type stocked struct {
	carton.Stock
	Seconds float64 `json:"seconds"`
}

// Run answers every history of the file.
func (c *solveCartonsCmd) Run() error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	histories, err := carton.ReadHistories(f)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	for _, h := range histories {
		began := time.Now()
		s := carton.ProposeStock(h, func() bool { return c.Time > 0 && time.Since(began) >= c.Time })
		if err := answer(stocked{s, time.Since(began).Seconds()}); err != nil {
			return err
		}
	}
	return nil
}
