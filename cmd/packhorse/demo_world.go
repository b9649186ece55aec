package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/connect/sim/people"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/config"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/seed"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
	"github.com/packhorse/packhorse/web"
)

// world is the company of a demo with everybody around it.
type world struct {
	app      *App
	company  *seed.Company // nil where the orders come from a file
	people   *people.People
	board    *board
	lang     string
	url      string
	screens  bool   // there are screens at it
	dir      string // of the data, removed at the end
	servers  []*http.Server
	began    time.Time // of the wall clock
	opened   time.Time // of the business clock
	busy     bool      // something is left to do in the house
	daily    int       // orders a day, where there is no end
	tomorrow time.Time
}

// opening is the moment at which the made-up company opens its shops: always the same, so that the same seed gives the
// same run.
func opening() time.Time { return time.Date(2026, 3, 2, 8, 0, 0, 0, time.FixedZone("CST", 8*60*60)) }

// carrierSecret guards nothing: the simulated carrier listens on loopback for the length of a demo.
const carrierSecret = "simulated"

// open makes a company, brings in its data and starts its servers.
func (c *demoCmd) open(ctx context.Context) (w *world, err error) {
	p, err := c.plan()
	if err != nil {
		return nil, err
	}
	w = &world{company: p.company, lang: c.language(), began: time.Now(), board: newBoard()}
	if w.dir, err = os.MkdirTemp("", "packhorse-demo-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	road, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return w, err
	}
	if w.app, err = Open(ctx, c.config(w, p, road.Addr().String())); err != nil {
		return w, errors.Join(err, road.Close())
	}
	w.serve(road, carrier.New(carrier.Config{Seed: uint64(c.Seed), Clock: w.clock(), AppKey: "demo", Secret: carrierSecret, Issuers: p.issuers, Fates: p.fates,
		Faults: carrier.Faults{ServerError: 0.005, Duplicate: 0.05}}))
	door, err := freePort(c.anyPort)
	if err != nil {
		return w, err
	}
	files := c.files()
	w.url, w.screens = "http://"+door.Addr().String(), files != nil
	w.serve(door, api.New(api.Options{Access: w.app.Installation.Directory, Companies: w.services, Ready: func(context.Context) error { return nil },
		Explain: w.app.Installation.explain,
		Metrics: prometheus.NewRegistry(), Log: w.app.Installation.Log, Version: version, Screens: files, Tokens: web.Tokens()}))
	if err := p.bringIn(ctx, c, w); err != nil {
		return w, err
	}
	w.opened = w.clock().Now()
	w.people = people.New(p.around(w))
	w.people.Expect(p.orders)
	if c.Orders == 0 && c.From == "" {
		w.daily, w.tomorrow = endless, opening()
	}
	return w, nil
}

func (c *demoCmd) config(w *world, p *plan, road string) config.Config {
	cfg := config.Default()
	cfg.Company, cfg.LogLevel, cfg.Currency, cfg.Clock = "demo", "error", p.currency, "fixed:"+p.begin.UTC().Format(time.RFC3339)
	cfg.CarrierURL, cfg.CarrierKey, cfg.CarrierSecret, cfg.CarrierCodes = "http://"+road, "demo", carrierSecret, p.carriers
	cfg.Node = c.node
	if cfg.DB = c.DB; c.DB == "" {
		cfg.Data = filepath.Join(w.dir, "data")
	} else {
		cfg.Company = fmt.Sprintf("demo%d", os.Getpid())
	}
	return cfg
}

// freePort is 8080 or the next that nobody uses; any where nobody is to find it.
func freePort(whichever bool) (net.Listener, error) {
	for port := 8080; port < 8100 && !whichever; port++ {
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			return l, nil
		}
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

func (w *world) serve(l net.Listener, h http.Handler) {
	s := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	w.servers = append(w.servers, s)
	go func() { _ = s.Serve(l) }() // it ends with close
}

func (w *world) services(name string) *api.Services {
	if name == w.app.Company.Name {
		return w.app.Services
	}
	return nil
}

func (w *world) clock() *clock.Clock { return w.app.Installation.Clock }

// close ends the servers and takes everything away.
func (w *world) close() error {
	var err error
	if w.people != nil {
		w.people.Close()
	}
	for _, s := range w.servers {
		_ = s.Close() // nobody is left who would hear of it
	}
	if w.app != nil {
		if w.app.Installation.Config.DB != "" {
			err = w.app.DB.Close()
			err = errors.Join(err, w.app.Installation.Directory.DropCompany(context.Background(), w.app.Company.Name), w.app.Installation.Close())
		} else {
			err = w.app.Close()
		}
	}
	return errors.Join(err, os.RemoveAll(w.dir))
}

// greet says where to look.
func (w *world) greet(out io.Writer) {
	say := func(code, value string) { fmt.Fprintf(out, "%s %s\n", words.Render(w.lang, code, nil), value) }
	fmt.Fprintln(out, fold(words.Render(w.lang, "demo.greet", nil), widthOf(out)))
	if w.screens {
		say("demo.console", w.url)
	}
	say("demo.api", w.url+"/docs")
	say("demo.company", w.app.Company.Name)
	say("demo.data", w.dir)
	if first := w.app.First; first != nil {
		say("demo.key", first.Key)
		if first.Login != "" {
			say("demo.login", first.Login+" / "+first.Password)
		}
	}
}

// step lets everything happen that is due now: what the company does by itself, then what the people do.
func (w *world) step(ctx context.Context) error {
	if err := w.app.Settle(ctx); err != nil {
		return err
	}
	if err := w.people.Step(ctx); err != nil {
		return err
	}
	if err := w.look(ctx); err != nil {
		return err
	}
	return w.board.read(ctx, w.app.DB)
}

// look finds out whether anything is left to do in the house. It asks the tables: what the event log tells may come later,
// while somebody else holds a transaction open.
func (w *world) look(ctx context.Context) error {
	var v order.Views
	err := w.app.DB.View(ctx, func(tx *db.Tx) (err error) { v, err = order.Counts(tx); return err })
	if err != nil {
		return err
	}
	if w.busy = v.Pending.N+v.Waiting.N > 0; w.busy {
		return nil
	}
	w.busy, err = w.people.Busy(ctx)
	return err
}

// done reports whether nothing will change any more: nothing is in the warehouses, nobody is about to do anything or has
// missed anything, and every parcel has arrived, come back or been given up.
func (w *world) done(ctx context.Context) (bool, error) {
	if w.busy || !w.people.Done() {
		return false, nil
	}
	done := false
	err := w.app.DB.View(ctx, func(tx *db.Tx) error {
		last, err := tx.LastEvent()
		if err != nil || w.people.Heard() != fmt.Sprintf("%d-%d", last.Tx, last.ID) {
			return err
		}
		list, err := ship.Underway(tx, ship.Place{}, underwayMost)
		if err != nil {
			return err
		}
		done = !slices.ContainsFunc(list, func(s *ship.Shipment) bool {
			return !strings.Contains(s.Late, track.LateLost) && !w.people.CameBack(s.Waybill)
		})
		return nil
	})
	return done, err
}

// underwayMost bounds the look at the road; more parcels than these are not the end.
const underwayMost = 500

// endless is how many orders a day the company without end has.
const endless = 500

// nextDay lets tomorrow's orders come.
func (w *world) nextDay(now time.Time) {
	for !w.tomorrow.After(now) {
		w.tomorrow = w.tomorrow.AddDate(0, 0, 1)
		w.people.Expect(w.company.Orders(w.daily, w.tomorrow))
	}
}
