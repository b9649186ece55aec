package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/packhorse/packhorse/internal/words"
)

// demoCmd runs a made-up company through the real code: its shops, carrier, warehouses and customers are simulated,
// everything between them is not.
type demoCmd struct {
	Orders  int     `help:"How many orders to run through; 0 goes on with new ones every day until Ctrl-C." default:"500"`
	Seed    int64   `help:"Of the company, its orders and what goes wrong. The same seed gives the same run." default:"1"`
	Speed   float64 `help:"Business seconds per second. The default settles an order's life in seconds on a terminal, and is as fast as possible elsewhere."`
	Exit    bool    `help:"Stop when all are settled, as fast as possible; exit 0 only if the books are clean and every order is settled or waits for a reason."`
	From    string  `name:"from-orders" help:"Order file instead of made-up orders; nodes, stock and rates are made to fit." placeholder:"FILE" type:"existingfile"`
	Catalog string  `name:"from-catalog" help:"Catalogue file that belongs to it." placeholder:"FILE" type:"existingfile"`
	Channel string  `help:"Where the orders of the file were sold." default:"file"`
	DB      string  `name:"db" help:"PostgreSQL instead of a temporary folder; the company is dropped at the end." placeholder:"postgres://…"`
	Lang    string  `help:"en or zh; the default follows LANG." enum:"en,zh," default:""`
	JSON    bool    `name:"json" help:"The last line of the output is one JSON object with the figures."`
	screensFrom

	node    int       // of the process; 0 = the first free one. Tests set it, so that ids are the same
	anyPort bool      // 8080 is left to people
	out     io.Writer // nil = standard output
}

// Run runs the demo.
func (c *demoCmd) Run(ctx context.Context) (err error) {
	if (c.From == "") != (c.Catalog == "") {
		return errors.New("--from-orders and --from-catalog belong together")
	}
	if c.Orders < 0 || c.Speed < 0 {
		return errors.New("--orders and --speed cannot be negative")
	}
	c.node = cmp.Or(c.node, -1)
	if c.out == nil {
		c.out = os.Stdout
	}
	w, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	w.greet(c.out)
	if err := c.drive(ctx, w); err != nil {
		return err
	}
	f, err := w.figures(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	f.tell(c.out, w.lang)
	if c.JSON {
		if err := printJSON(f); err != nil {
			return err
		}
	}
	if !c.Exit {
		return c.stay(ctx, w)
	}
	return f.verdict()
}

// verdict is the exit code of --exit.
func (f *figures) verdict() error {
	switch {
	case f.Check != "clean":
		return failure{code: 1, err: fmt.Errorf("the books are wrong: %d findings", len(f.Findings))}
	case f.Unsettled > 0:
		return failure{code: 1, err: fmt.Errorf("%d orders are neither settled nor waiting for a reason", f.Unsettled)}
	}
	return nil
}

// stay leaves the server up for whoever wants to look around. Time goes on as on the wall, and what is asked for is done.
func (c *demoCmd) stay(ctx context.Context, w *world) error {
	if ctx.Err() == nil {
		fmt.Fprintf(os.Stderr, "\n%s\n", words.Render(w.lang, "demo.stay", map[string]any{"url": w.url}))
	}
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(stayTick):
		}
		w.clock().Advance(stayTick)
		if err := c.serveOnce(ctx, w); err != nil && ctx.Err() == nil {
			return err
		}
		if _, err := w.app.index(ctx); err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}

// serveOnce does what a server does besides: what is asked for, labels on paper, and what can be found.
func (c *demoCmd) serveOnce(ctx context.Context, w *world) error {
	if err := w.app.Settle(ctx); err != nil {
		return err
	}
	if _, err := w.app.Printing.Step(ctx); err != nil {
		return err
	}
	_, err := w.app.index(ctx)
	return err
}

// stayTick is how often a company that stays up looks after its work.
const stayTick = 500 * time.Millisecond

// language is what is asked for, else what the terminal speaks.
func (c *demoCmd) language() string {
	return words.Language(cmp.Or(c.Lang, os.Getenv("LC_ALL"), os.Getenv("LANG")))
}

// Strides of business time between two looks at everything.
const (
	stride     = 10 * time.Minute
	night      = 30 * time.Minute // the warehouses are closed
	quiet      = 2 * time.Hour    // nothing is left in them
	longRun    = 2 * time.Hour    // a history: thousands of orders at once
	longRoad   = 4 * time.Hour    // and as many parcels on the road
	horizon    = 14 * 24 * time.Hour
	usualSpeed = 8 * 60 * 60 // business seconds per second, where somebody watches
)

// drive lets business time pass until everything is settled, or two weeks are over.
func (c *demoCmd) drive(ctx context.Context, w *world) error {
	screen := newScreen(ctx, c, w)
	defer screen.end()
	begin := w.clock().Now()
	for {
		worked := time.Now()
		if err := w.step(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		screen.draw()
		now := w.clock().Now()
		if c.Orders == 0 && c.From == "" {
			w.nextDay(now)
		} else if done, err := w.done(ctx); err != nil || done || now.Sub(begin) >= horizon {
			return err
		}
		d := c.stride(w)
		c.pace(ctx, d, time.Since(worked))
		if ctx.Err() != nil {
			return nil
		}
		w.clock().Advance(d)
	}
}

// stride is how much business time passes until the next look: less while something can happen.
func (c *demoCmd) stride(w *world) time.Duration {
	now, next := w.clock().Now(), w.people.Next()
	hour := now.In(opening().Location()).Hour()
	switch {
	case c.From != "" && w.busy:
		return longRun
	case c.From != "":
		return longRoad
	case !w.busy && (next.IsZero() || next.Sub(now) > quiet):
		return quiet
	case hour >= 22 || hour < 8:
		return night
	}
	return stride
}

// pace waits until the business time has taken as long as it should at the wanted speed, what was worked counted in.
// Quiet hours, in which only parcels travel, pass more quickly unless a speed was asked for.
func (c *demoCmd) pace(ctx context.Context, d time.Duration, worked time.Duration) {
	speed := c.Speed
	if endless := c.Orders == 0 && c.From == ""; speed == 0 && !c.Exit && (endless || watched(c.out)) {
		speed = usualSpeed
		if d == quiet {
			speed *= 4
		}
	}
	if speed == 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(float64(d)/speed) - worked):
	}
}

// watched reports whether somebody looks at a terminal.
func watched(out io.Writer) bool {
	f, ok := out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
