package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/clock"
)

// simCmd groups the simulators.
type simCmd struct {
	Carrier simCarrierCmd `cmd:"" help:"A parcel carrier: waybills, tracks, and the faults a real one has."`
	Shop    simShopCmd    `cmd:"" help:"A shop that sells by itself, sends its orders, and verifies what it is told, as a platform does."`
}

type simCarrierCmd struct {
	Listen  string        `help:"Address." default:"127.0.0.1:9100"`
	Key     string        `help:"Account of the caller." default:"packhorse"`
	Secret  string        `help:"Secret of the account." default:"simulated" env:"PACKHORSE_SIM_SECRET"`
	Seed    uint64        `help:"Of fates and faults." default:"1"`
	Clock   string        `help:"Of the parcels: real, fixed:TIME or xN." default:"real"`
	Step    time.Duration `help:"Business time between two scans." default:"6h"`
	Faults  float64       `help:"Share of calls that go wrong, 0 to 1." default:"0"`
	Smooth  bool          `help:"Every parcel arrives in time."`
	Issuers []string      `help:"Platforms whose recipient tokens it can resolve."`
	Balance int           `help:"Waybills the account may take; 0 is no limit." default:"0"`
	Suspend []string      `help:"Provinces without service, each from a time: 西藏自治区@2026-12-01T00:00:00Z; without a time, since ever."`
	JSON    bool          `name:"json" help:"Print the address as one JSON object."`
}

// Run serves until it is told to stop.
func (c *simCarrierCmd) Run(ctx context.Context) error {
	clk, err := clock.Parse(c.Clock)
	if err != nil {
		return err
	}
	if c.Faults < 0 || c.Faults > 1 {
		return errors.New("--faults must be between 0 and 1")
	}
	cfg := carrier.Config{Seed: c.Seed, Clock: clk, AppKey: c.Key, Secret: c.Secret, Issuers: c.Issuers, StepTime: c.Step, Fates: carrier.Everyday(),
		Faults: carrier.Faults{Timeout: c.Faults / 4, ServerError: c.Faults / 4, Busy: c.Faults / 4, Duplicate: c.Faults / 4, Silence: 15 * time.Second}}
	if cfg.Balance = c.Balance; c.Balance < 0 {
		return errors.New("--balance cannot be below 0")
	}
	for _, text := range c.Suspend {
		a := carrier.Area{Reason: "停发"}
		var from string
		if a.Province, from, _ = strings.Cut(text, "@"); from != "" {
			if a.From, err = time.Parse(time.RFC3339, from); err != nil {
				return fmt.Errorf("--suspend %s: the time after @ must be like 2026-12-01T00:00:00Z", text)
			}
		}
		cfg.Areas = append(cfg.Areas, a)
	}
	if c.Smooth {
		cfg.Fates = carrier.Fates{}
	}
	return simulate(ctx, "carrier", c.Listen, c.JSON, carrier.New(cfg))
}

// simulate serves a simulator until it is told to stop, and says where.
func simulate(ctx context.Context, what, listen string, asJSON bool, handler http.Handler) error {
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	if asJSON {
		if err := printJSON(map[string]string{"url": "http://" + l.Addr().String()}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(os.Stderr, "the simulated %s answers at http://%s\n", what, l.Addr())
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close() // a simulator has nothing to lose
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
