package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/access"
)

// benchHistoryCmd writes a company with a long history and leaves it there, so that its screens can be looked at.
type benchHistoryCmd struct {
	Data   string `required:"" help:"New folder of the data; it stays." placeholder:"DIR" type:"path"`
	Orders int    `help:"How long the history is." default:"1000000"`
	SKUs   int    `name:"skus" help:"How many SKUs." default:"2000"`
	Nodes  int    `help:"How many nodes." default:"3"`
}

// Run writes the history and the index of the search, and prints who gets in. Followers of the event log have read nothing
// of it: serve the folder with --role api, for a company with such a past has long read it.
func (c *benchHistoryCmd) Run(ctx context.Context) (err error) {
	if c.Orders < 1000 || c.SKUs < 50 || c.Nodes < 1 {
		return errors.New("--orders is at least 1000, --skus 50, --nodes 1")
	}
	g := &ground{company: "history"}
	cfg := g.config()
	cfg.Data, cfg.Clock = c.Data, pastClock(c.Orders)
	a, err := Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if a.First == nil || a.First.Login == "" {
		return fmt.Errorf("%s holds an installation already; name a new folder", c.Data)
	}
	w := &readsWorld{App: a, yard: yard{c.SKUs, c.Nodes}, orders: c.Orders}
	if err := w.yard.fill(ctx, a); err != nil {
		return err
	}
	if err := w.learn(ctx); err != nil {
		return err
	}
	if err := w.past(ctx); err != nil {
		return err
	}
	if err := w.index(ctx); err != nil {
		return err
	}
	return c.say(a.First)
}

func (c *benchHistoryCmd) say(f *access.First) error {
	return printJSON(map[string]any{"data": c.Data, "orders": c.Orders, "login": f.Login, "password": f.Password, "key": f.Key})
}

// index makes the index of the search for all of the history.
func (w *readsWorld) index(ctx context.Context) error {
	b := newBar("making the index of the search")
	defer b.end()
	for done := 0; ; {
		n, err := w.Search.Step(ctx)
		if err != nil || n == 0 {
			return err
		}
		done += n
		b.show(done, float64(done)/float64(w.orders))
	}
}

// pastClock stands so long ago that a history of so many orders ends now.
func pastClock(orders int) string {
	return "fixed:" + time.Now().Add(-time.Duration(orders)*historyStep).UTC().Format(time.RFC3339)
}
