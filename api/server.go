package api

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/telemetry"
)

// Options are what the edge stands on.
type Options struct {
	Access    *access.Directory
	Companies func(name string) *Services // nil for a company that this process does not serve
	Ready     func(context.Context) error // nil error = requests may be sent here
	Explain   func(error) error           // turns an error of the storage into a fault, such as ErrStorageFull; may be nil
	Closing   <-chan struct{}             // closed when the server ends: who waits for events is answered then; may be nil
	Limits    Limits
	Proxies   []netip.Prefix // whose X-Forwarded-For and X-Forwarded-Proto are believed
	Metrics   *prometheus.Registry
	Log       *slog.Logger
	Traces    *telemetry.Traces // nil: requests are not traced
	AccessLog bool              // a line for every request
	Version   string            // of the program, for the document
	Screens   fs.FS             // the built screens; nil = none are served
	Tokens    string            // colours and sizes of the screens, as CSS, for customers' pages
}

// Server answers requests. It is safe for concurrent use.
type Server struct {
	options Options
	router  *chi.Mux
	open    *huma.OpenAPI
	meter   *meter
	rates   rates
	live    live
	exports *exports
	built   screens
	document,
	page []byte
}

// New makes the server with all its routes.
func New(o Options) *Server {
	s := &Server{options: o, router: chi.NewRouter(), open: newDocument(o.Version), meter: newMeter(o.Metrics), rates: newRates(o.Limits), exports: newExports()}
	s.router.NotFound(func(w http.ResponseWriter, r *http.Request) {
		if s.built.wanted(r) {
			s.built.at(w, r)
			return
		}
		s.refuse(w, r, fault.New(fault.NotFound, "http.no_route", "there is nothing at %s; /docs lists what there is", r.URL.Path).With("path", r.URL.Path))
	})
	s.router.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, status(http.StatusMethodNotAllowed, "http.method", "%s is not possible at %s; /docs lists what is", r.Method, r.URL.Path))
	})
	s.orders()
	s.reviews()
	s.exceptions()
	s.claims()
	s.asking()
	s.fulfilments()
	s.bench()
	s.dock()
	s.shipping()
	s.labels()
	s.carriers()
	s.carrierLogins()
	s.returnTrial()
	s.backOrders()
	s.stops()
	s.queueing()
	s.allocating()
	s.byHand()
	s.neighbours()
	s.together()
	s.allocationPlans()
	s.returnedGoods()
	s.tracking()
	s.shipmentLists()
	s.today()
	s.waves()
	s.trolleys()
	s.plainRules()
	s.savings()
	s.waveOutlook()
	s.waveLive()
	s.tasks()
	s.stock()
	s.masterData()
	s.nodes()
	s.imports()
	s.events()
	s.stream()
	s.searching()
	s.rules()
	s.keys()
	s.sessions()
	s.people()
	s.audit()
	s.privacy()
	s.persons()
	s.afterSales()
	s.channels()
	s.mappings()
	s.buffers()
	s.notifications()
	s.customers()
	s.webhooks()
	s.printing()
	s.handheld()
	s.walks()
	s.levels()
	s.shelves()
	s.counting()
	s.floor()
	s.exporting()
	s.jobs()
	s.figures()
	s.health()
	s.screens()
	s.documents()
	return s
}

// ServeHTTP is the way every request goes.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.outer(w, r) }

// Routes lists method and path of everything that is served.
func (s *Server) Routes() (list [][2]string) {
	_ = chi.Walk(s.router, func(method, path string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		list = append(list, [2]string{method, path})
		return nil
	})
	return list
}
