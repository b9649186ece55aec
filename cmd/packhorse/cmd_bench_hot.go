package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/packhorse/packhorse/test/load"
	"github.com/packhorse/packhorse/test/load/ceiling"
)

type benchHotCmd struct {
	benchPlace
	Buyers  int   `help:"How many buyers at the same time." default:"64"`
	Units   int64 `help:"How many units there are." default:"100000"`
	Seconds int   `help:"How long at most." default:"30"`
}

type hotReport struct {
	PerSecond        float64 `json:"grants_per_s"`
	CeilingPerSecond float64 `json:"ceiling_grants_per_s"`
	Ratio            float64 `json:"ratio"`
	Granted          int64   `json:"granted"`
	Refused          int64   `json:"refused"`
	Oversold         int64   `json:"oversold"`
	P99              float64 `json:"p99_ms"`
	Engine           string  `json:"engine"`
}

// Run lets buyers race for one SKU, and the raw combined form for the same units before and after.
func (c *benchHotCmd) Run(ctx context.Context) (err error) {
	if c.Buyers < 1 || c.Units < 1 || c.Seconds < 1 {
		return errors.New("--buyers, --units and --seconds are above 0")
	}
	g, err := c.ground()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.close(ctx)) }()
	before, err := c.ceiling(ctx, g)
	if err != nil {
		return err
	}
	hot, err := c.race(ctx, g)
	if err != nil {
		return err
	}
	after, err := c.ceiling(ctx, g)
	if err != nil {
		return err
	}
	r := hotReport{PerSecond: hot.GrantsPerSecond, CeilingPerSecond: (before + after) / 2, Granted: hot.Granted, Refused: hot.Refused,
		Oversold: hot.Oversold, P99: hot.P99, Engine: engineName(c.DB)}
	r.Ratio = r.PerSecond / r.CeilingPerSecond
	if c.JSON {
		return printJSON(r)
	}
	fmt.Printf("%s: %.0f grants/s, %.0f %% of the ceiling of %.0f; %d granted, %d refused, %d oversold; p99 %.1f ms\n",
		r.Engine, r.PerSecond, 100*r.Ratio, r.CeilingPerSecond, r.Granted, r.Refused, r.Oversold, r.P99)
	return nil
}

func (c *benchHotCmd) race(ctx context.Context, g *ground) (hot load.Hot, err error) {
	a, err := Open(ctx, g.config())
	if err != nil {
		return hot, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return load.HotSKU(ctx, a.DB, c.Buyers, c.Units, time.Duration(c.Seconds)*time.Second)
}

func (c *benchHotCmd) ceiling(ctx context.Context, g *ground) (float64, error) {
	if c.DB != "" {
		h, err := ceiling.HotPostgres(ctx, c.DB, c.Buyers, int(c.Units))
		return h.GrantsPerSecond, err
	}
	dir, err := os.MkdirTemp(g.dir, "ceiling-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	h, err := ceiling.HotSQLite(ctx, dir, c.Buyers, int(c.Units))
	return h.GrantsPerSecond, err
}
