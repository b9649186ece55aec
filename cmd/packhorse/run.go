package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"sync/atomic"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/connect/carrier/manual"
	"github.com/packhorse/packhorse/connect/carrier/sim"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/insight"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/config"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/seal"
	"github.com/packhorse/packhorse/internal/telemetry"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/search"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

// This file is the only place that knows everything: it builds an installation and the companies in it.

// use says what a command is about to do with the data.
type use int

const (
	reading use = iota // beside whoever writes; missing data are an error
	writing            // alone; missing data are an error
	making             // alone; missing data are made
)

// Installation is an open data folder or PostgreSQL server.
type Installation struct {
	Config    config.Config
	Clock     *clock.Clock
	Log       *slog.Logger
	Directory *access.Directory

	secrets *seal.Key // what secrets in the database are sealed with; without a key where there is none

	traces *telemetry.Traces // nil: off; only a server tells
	lock   *lock
	node   *nodeClaim
	full   atomic.Bool  // the disk of the database was full when somebody wrote last
	probed atomic.Int64 // when a write was tried last, wall time in nanoseconds
}

// App is one company, open and wired: its services and the work that goes on by itself.
type App struct {
	*api.Services
	Installation *Installation
	Company      access.Company
	First        *access.First // of a company that was made just now

	telling *job.Worker // messages and webhooks
	jobs    *job.Worker
	steps   []step
	pulses  pulses
	owns    bool // closing the company closes the installation
}

// Open opens an installation for one company, which is made where it is missing. It is how the demo, the benchmarks
// and tests begin.
func Open(ctx context.Context, cfg config.Config) (*App, error) {
	return openCompany(ctx, cfg, making, "packhorse")
}

// openCompany is Open for any use; who names the command in the lock.
func openCompany(ctx context.Context, cfg config.Config, purpose use, who string) (*App, error) {
	in, err := openInstallation(ctx, cfg, purpose, who)
	if err != nil {
		return nil, err
	}
	a, err := in.company(ctx, cfg.Company, purpose)
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	a.owns = true
	if purpose == making {
		err = in.keepSecrets(ctx, a)
	}
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// openInstallation opens the directory, and takes the lock or a process number where the use is to write.
func openInstallation(ctx context.Context, cfg config.Config, purpose use, who string) (in *Installation, err error) {
	in = &Installation{Config: cfg, Log: telemetry.Log(os.Stderr, cfg.LogLevel, cfg.LogFormat)}
	if in.Clock, err = clock.Parse(cfg.Clock); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(missing(cfg, err), in.Close())
			in = nil
		}
	}()
	if err := in.claim(ctx, purpose, who); err != nil {
		return in, err
	}
	if in.secrets, err = in.secretKey(); err != nil {
		return in, err
	}
	in.Directory, err = access.OpenDirectory(ctx, access.Place{Dir: cfg.Data, URL: cfg.DB, Create: purpose == making, Node: in.number(), Clock: in.Clock, Log: in.Log,
		Sessions: access.SessionLimits{Idle: cfg.SessionIdle, Life: cfg.SessionLife}})
	return in, err
}

// claim makes sure that no two processes write where only one may, or make the same ids.
func (in *Installation) claim(ctx context.Context, purpose use, who string) (err error) {
	switch {
	case purpose == reading:
		return nil
	case in.Config.DB != "":
		if in.Config.Node < 0 {
			in.node, err = claimNode(ctx, in.Config.DB)
		}
		return err
	}
	if purpose == making {
		if err := os.MkdirAll(in.Config.Data, 0o700); err != nil {
			return err
		}
	} else if _, err := os.Stat(in.Config.Data); err != nil {
		return fmt.Errorf("%s: %w", in.Config.Data, db.ErrMissing)
	}
	in.lock, err = takeLock(in.Config.Data, holder{Command: who})
	return err
}

// number is this process among those that write to the same database.
func (in *Installation) number() int {
	if in.node != nil {
		return in.node.number
	}
	return max(in.Config.Node, 0)
}

// company opens and wires a company; the name may be empty where there is one.
func (in *Installation) company(ctx context.Context, name string, purpose use) (*App, error) {
	a := &App{Installation: in}
	var err error
	if purpose == making {
		a.Company, a.First, err = in.Directory.Ensure(ctx, name)
	} else {
		a.Company, err = in.Directory.Pick(ctx, name)
	}
	if err != nil {
		return nil, err
	}
	d, err := in.Directory.OpenCompany(ctx, a.Company.Name)
	if err != nil {
		return nil, missing(in.Config, err)
	}
	if err := a.wire(d); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if _, err := a.Logins.Refresh(ctx); err != nil {
		in.Log.Error("a carrier cannot be called", "company", a.Company.Name, "error", err)
	}
	return a, nil
}

// jobsAtOnce is how many calls to the outside world are under way at once.
const jobsAtOnce = 8

// wire makes the services, up-stream first, and the steps of the worker.
func (a *App) wire(d *db.DB) error {
	currency := a.Installation.Config.Currency
	carriers, err := a.Installation.carriers()
	if err != nil {
		return err
	}
	logins := ship.NewLogins(d, carrierKinds(), a.Installation.secrets)
	printers := a.printers(d)
	shipping := ship.New(d, carriers, ship.Settings{Currency: currency, Logins: logins, Labelled: printers.Labelled, Instead: printers.Instead})
	allocating := allocation.New(d, shipping.Lanes, allocation.Settings{Currency: currency, Region: ship.RegionKey, Stopwatch: a.Installation.stopwatch()})
	picking := pick.New(d, labelsAtRelease(shipping, printers))
	picking.Foresee = pack.Foresee
	flows := flow.New(d, allocating, picking, shipping)
	a.Services = &api.Services{DB: d, Currency: currency,
		Catalog: catalog.New(d, currency), Warehouse: warehouse.New(d, currency), Intake: intake.New(d, flows.Amend),
		Review: review.New(d, review.Settings{Currency: currency, Then: allocating.Next}), Inventory: inventory.New(d), Allocation: allocating, Wave: wave.New(d), Pick: picking, Pack: pack.New(d),
		Ship: shipping, Logins: logins, Track: track.New(d, carriers, track.Settings{Logins: logins, Families: a.Installation.families(), Log: a.Installation.Log}), Flow: flows, Printed: printing.OnPaper, Search: search.New(d), Insight: insight.New(d), Printing: printers}
	parallel := jobsAtOnce
	if a.Installation.Clock.Standing() {
		parallel = 1 // a run with a fixed clock is the same every time
	}
	handlers := shipping.Handlers()
	maps.Copy(handlers, a.wireShops(d))
	maps.Copy(handlers, a.wireAfterSales(d, carriers))
	maps.Copy(handlers, flows.Handlers())
	a.jobs = job.NewWorker(d, parallel, handlers)
	if !d.Postgres() { // there, taking orders in would wait for the locks on the stock that they want
		a.Intake.Then(a.Review.Arrive)
	}
	if err := a.wireTelling(d, parallel); err != nil {
		return err
	}
	a.steps = a.work()
	a.pulses = newPulses(a.steps)
	return nil
}

// carriers are those that can be called, by the code that rates bear.
func (in *Installation) carriers() (map[string]ship.Carrier, error) {
	list := map[string]ship.Carrier{"manual": manual.Carrier{}}
	if in.Config.CarrierURL == "" {
		return list, nil
	}
	account, err := sim.New(sim.Config{BaseURL: in.Config.CarrierURL, AppKey: in.Config.CarrierKey, Secret: in.Config.CarrierSecret})
	if err != nil {
		return nil, err
	}
	for _, code := range in.Config.CarrierCodes {
		list[code] = account
	}
	return list, nil
}

// carrierKinds are the adapters that log-ins with carriers can choose. track knows their scan codes by the same names.
func carrierKinds() map[string]ship.Maker {
	return map[string]ship.Maker{"sim": func(a ship.Access) (ship.Carrier, error) {
		c, err := sim.New(sim.Config{BaseURL: a.Address, AppKey: a.Key, Secret: a.Secret})
		if err != nil {
			return nil, err
		}
		return c, nil
	}}
}

// stopwatch measures wall time; none where the clock stands still, so that a run is the same every time.
func (in *Installation) stopwatch() func() func() time.Duration {
	if in.Clock.Standing() {
		return nil
	}
	return func() func() time.Duration {
		began := time.Now()
		return func() time.Duration { return time.Since(began) }
	}
}

// families says whose scan codes the carriers speak: those behind the simulator's protocol speak its own.
func (in *Installation) families() map[string]string {
	out := map[string]string{}
	for _, code := range in.Config.CarrierCodes {
		out[code] = "sim"
	}
	return out
}

// Close closes the company, and the installation where it was opened for this company only.
func (a *App) Close() error {
	err := a.DB.Close()
	if a.owns {
		err = errors.Join(err, a.Installation.Close())
	}
	return err
}

// Close closes the directory and gives the lock back; companies are closed by themselves.
func (in *Installation) Close() error {
	var err error
	if in.Directory != nil {
		err = in.Directory.Close()
	}
	if in.node != nil {
		err = errors.Join(err, in.node.release(context.Background()))
	}
	if in.lock != nil {
		err = errors.Join(err, in.lock.release())
	}
	if closed := in.traces.Close(context.Background()); closed != nil {
		in.Log.Warn("the last traces did not reach their collector", "error", closed)
	}
	return err
}
