package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/internal/config"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/telemetry"
	"github.com/packhorse/packhorse/web"
)

// serveCmd runs the server.
type serveCmd struct {
	place
	Listen   string `help:"Address; the default is loopback only." placeholder:"127.0.0.1:8080"`
	Role     string `help:"all, api or worker." placeholder:"all"`
	Clock    string `help:"real, fixed:TIME or xN." placeholder:"real"`
	LogLevel string `help:"debug, info, warn or error." placeholder:"info"`
	TLS      string `name:"tls" help:"own: HTTPS with a certificate of its own authority; files: with the one of --tls-cert and --tls-key; or off." placeholder:"off"`
	TLSCert  string `name:"tls-cert" help:"File of a certificate with its chain, PEM." placeholder:"FILE" type:"path"`
	TLSKey   string `name:"tls-key" help:"File of its key, PEM." placeholder:"FILE" type:"path"`
	screensFrom
}

// Run serves until it is told to stop, then lets requests in flight end.
func (c *serveCmd) Run(ctx context.Context) error {
	cfg, err := c.load(map[string]string{"listen": c.Listen, "role": c.Role, "clock": c.Clock, "log-level": c.LogLevel,
		"tls": c.TLS, "tls-cert": c.TLSCert, "tls-key": c.TLSKey})
	if err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1) // whoever commits never waits for a request that computes; the system shares the cores
	}
	s, err := openServer(ctx, cfg, c.files())
	if err != nil {
		return err
	}
	for _, a := range s.apps {
		sayFirst(a.First)
	}
	if c.JSON {
		if err := printJSON(map[string]string{"listen": s.Address(), "url": s.front.scheme() + "://" + s.Address()}); err != nil {
			return errors.Join(err, s.Close())
		}
	} else {
		sayServing(s.front.scheme(), s.Address())
		s.front.say(s.Address())
	}
	return errors.Join(s.Run(ctx), s.Close())
}

// collectAt is how much the heap may grow before it is collected, in percent: the heap of a server is small, and
// collecting it half as often leaves the second core to the requests.
const collectAt = 400

// Server is an installation that answers HTTP and does the work that goes on by itself, as its role says.
type Server struct {
	installation *Installation
	apps         map[string]*App
	metrics      *prometheus.Registry
	listener     net.Listener // nil for role worker
	front        front
	api          *api.Server
	closing      chan struct{}
	screens      fs.FS // nil: none are served
}

// openServer opens every company of the installation, or the one that is named, and begins to listen. It does not
// answer before Run.
func openServer(ctx context.Context, cfg config.Config, screens fs.FS) (*Server, error) {
	in, err := openInstallation(ctx, cfg, making, "serve")
	if err != nil {
		return nil, err
	}
	s := &Server{installation: in, apps: map[string]*App{}, metrics: prometheus.NewRegistry(), closing: make(chan struct{}), screens: screens}
	if in.traces, err = telemetry.Open(ctx, telemetry.Collector{URL: cfg.Traces, Share: cfg.TracesShare, Version: version, Log: in.Log}); err == nil {
		err = s.open(ctx)
	}
	if err != nil {
		for _, a := range s.apps {
			sayFirst(a.First) // it was made, and there is no other moment
		}
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// open listens before it makes anything: a company whose server cannot start is not made.
func (s *Server) open(ctx context.Context) error {
	if err := s.listen(); err != nil {
		return err
	}
	names, err := s.companies(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		a, err := s.installation.company(ctx, name, making)
		if err != nil {
			return err
		}
		s.apps[a.Company.Name] = a
	}
	if err := s.installation.keepSecrets(ctx, slices.Collect(maps.Values(s.apps))...); err != nil {
		return err
	}
	s.metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &companyGauges{apps: s.apps})
	s.api = api.New(api.Options{Access: s.installation.Directory, Companies: s.services, Ready: s.ready, Explain: s.installation.explain, Closing: s.closing, Metrics: s.metrics, Log: s.installation.Log, Traces: s.installation.traces,
		Limits:    api.Limits{Key: s.installation.Config.RateKey, Person: s.installation.Config.RatePerson, Stranger: s.installation.Config.RateStranger},
		Proxies:   s.installation.Config.TrustedProxies,
		AccessLog: s.installation.Config.AccessLog, Version: version, Screens: s.screens, Tokens: web.Tokens()})
	if s.listener != nil && s.installation.lock != nil {
		return s.installation.lock.say(holder{Command: "serve", Listen: s.Address()})
	}
	return nil
}

func (s *Server) listen() (err error) {
	if s.installation.Config.Role == "worker" {
		return nil
	}
	if s.front, err = openFront(s.installation.Config); err != nil {
		return err
	}
	if s.listener, err = net.Listen("tcp", s.installation.Config.Listen); err != nil {
		return fmt.Errorf("%w; choose another address with --listen", err)
	}
	return nil
}

// companies lists what this process serves; a new installation begins with one.
func (s *Server) companies(ctx context.Context) ([]string, error) {
	if name := s.installation.Config.Company; name != "" {
		return []string{name}, nil
	}
	list, err := s.installation.Directory.Companies(ctx)
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Name
	}
	if len(names) == 0 {
		names = []string{""}
	}
	return names, err
}

func (s *Server) services(name string) *api.Services {
	if a := s.apps[name]; a != nil {
		return a.Services
	}
	return nil
}

// ready reports whether every company's database answers and takes writes, and the steps of the worker are not stuck.
func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	for name, a := range s.apps {
		if err := a.DB.View(ctx, func(tx *db.Tx) error { _, err := tx.LastEvent(); return err }); err != nil {
			return fault.New(fault.Unavailable, "http.not_ready", "the database of %s does not answer", name).With("company", name)
		}
	}
	if err := s.installation.room(ctx, s.apps); err != nil {
		return err
	}
	return s.alive()
}

// alive reports whether all that goes on by itself does, where this process does it.
func (s *Server) alive() error {
	if s.installation.Config.Role == "api" {
		return nil
	}
	for name, a := range s.apps {
		if step, still := a.pulses.stuck(); step != "" {
			return fault.New(fault.Unavailable, "http.not_working", "the step %s of %s has been at it for %s", step, name, still.Round(time.Second)).
				With("step", step).With("company", name).With("seconds", int64(still.Seconds()))
		}
	}
	return nil
}

// Address is where the server listens, with the port it was given.
func (s *Server) Address() string {
	if s.listener == nil {
		return ""
	}
	return s.listener.Addr().String()
}

// Run answers and works until ctx ends, then lets requests in flight end.
func (s *Server) Run(ctx context.Context) error {
	var running sync.WaitGroup
	defer running.Wait()
	ctx, stop := context.WithCancel(s.installation.traces.Carry(ctx))
	defer stop()
	if s.installation.Config.Role != "api" {
		for _, a := range s.apps {
			running.Go(func() { a.Work(ctx) })
		}
	}
	if s.listener == nil {
		<-ctx.Done()
		return nil
	}
	server := &http.Server{Handler: s.api, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(s.installation.Log.Handler(), slog.LevelDebug)} // of devices that do not trust us, and the like
	failed := make(chan error, 1)
	go func() { failed <- s.front.serve(server, s.listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	close(s.closing) // commands in flight end by themselves; who waits for events would not
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.installation.Config.Shutdown)
	defer cancel()
	return server.Shutdown(end)
}

// Close closes the companies and the installation.
func (s *Server) Close() error {
	var err error
	if s.listener != nil {
		_ = s.listener.Close() // Run may have closed it
	}
	for _, a := range s.apps {
		err = errors.Join(err, a.Close())
	}
	return errors.Join(err, s.installation.Close())
}

// sayServing tells where the server is; a worker listens nowhere.
func sayServing(scheme, address string) {
	if address == "" {
		fmt.Fprintln(os.Stderr, "packhorse works; it listens nowhere (role worker)")
		return
	}
	fmt.Fprintf(os.Stderr, "packhorse serves at %s://%s (screens at /, handheld at /pda, docs of the API at /docs)\n", scheme, address)
}
