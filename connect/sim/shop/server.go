package shop

import (
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
)

// Config is what a shop is like.
type Config struct {
	Seed    uint64
	Clock   *clock.Clock  // of the business: when orders are placed
	Secret  string        // whsec_ and base64, of both directions
	SKUs    []string      // what it sells
	Every   time.Duration // business time between two orders; 0 = it sells when it is asked to
	Orders  int           // after so many it sells no more by itself; 0 = never
	Cancels float64       // share of the orders whose customers change their minds, 0 to 1
	Faults  float64       // share of calls that go wrong, 0 to 1: busy, broken before, broken after
	Push    string        // where it sends its orders; empty = it is asked for them
	Page    int           // documents of a page at most; 0 = 100
}

// Server is the shop. It is safe for concurrent use.
type Server struct {
	cfg  Config
	key  []byte
	news chan struct{} // there is something to send
	mux  *http.ServeMux

	mu      sync.Mutex
	dice    *rand.Rand
	orders  map[string]*order
	feed    []json.RawMessage
	seen    map[string]reply  // by webhook-id
	parcels map[string]parcel // by the caller's id
	stock   map[string]int64
	busy    int // calls that will be refused for a moment
	lose    int // answers that will be lost
}

// parcel is one the shop was told of.
type parcel struct{ reference, order, waybill string }

type reply struct {
	status int
	body   any
}

// New makes a shop. It fails when the secret is none, or nothing is sold.
func New(cfg Config) (*Server, error) {
	key, err := keyOf(cfg.Secret)
	switch {
	case err != nil:
		return nil, err
	case len(cfg.SKUs) == 0:
		return nil, errors.New("a shop must sell something: name its SKUs")
	}
	if cfg.Page == 0 {
		cfg.Page = mostPage
	}
	s := &Server{cfg: cfg, key: key, news: make(chan struct{}, 1), mux: http.NewServeMux(), dice: rand.New(rand.NewPCG(cfg.Seed, 0)), orders: map[string]*order{},
		seen: map[string]reply{}, parcels: map[string]parcel{}, stock: map[string]int64{}}
	s.mux.HandleFunc("GET /orders", s.signed(func(r *http.Request, _ []byte) reply {
		limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
		if err != nil || limit < 1 {
			limit = defaultPage
		}
		return reply{http.StatusOK, s.page(r.URL.Query().Get("cursor"), min(limit, s.cfg.Page))}
	}))
	s.mux.HandleFunc("POST /told", s.signed(func(r *http.Request, body []byte) reply { return s.once(r.Header.Get(headerID), body) }))
	s.mux.HandleFunc("POST /sell", s.sellMore)
	s.mux.HandleFunc("POST /cancel", s.cancelOne)
	s.mux.HandleFunc("GET /state", func(w http.ResponseWriter, _ *http.Request) { answer(w, reply{http.StatusOK, s.State()}) })
	return s, nil
}

const (
	defaultPage = 50
	mostPage    = 100
	maxBody     = 8 << 20
	mostSold    = 10_000 // in one call
)

// ServeHTTP answers one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// signed is the way every call of the connector goes: who is it, what goes wrong on the way, what is the answer.
func (s *Server) signed(act func(*http.Request, []byte) reply) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			answer(w, refuse(http.StatusRequestEntityTooLarge, "too_large", "the body is too large, or ended early"))
			return
		}
		if err := verify(r.Header, s.key, body, time.Now()); err != nil {
			answer(w, refuse(http.StatusUnauthorized, "signature", err.Error()))
			return
		}
		s.mu.Lock()
		before, after := s.mishap(r.Method)
		var out reply
		if before == 0 {
			out = act(r, body)
		}
		s.mu.Unlock()
		switch {
		case before == http.StatusTooManyRequests:
			w.Header().Set("Retry-After", "7")
			answer(w, refuse(before, "busy", "too many calls; wait"))
		case before != 0:
			answer(w, refuse(before, "broken", "something is wrong with us"))
		case after:
			panic(http.ErrAbortHandler) // the work is done, and the caller does not hear of it
		default:
			answer(w, out)
		}
	}
}

// mishap throws what goes wrong with a call: it is refused before anything is done, or its answer is lost. Called with mu held.
func (s *Server) mishap(method string) (before int, after bool) {
	switch {
	case s.busy > 0:
		s.busy--
		return http.StatusTooManyRequests, false
	case s.lose > 0 && method == http.MethodPost:
		s.lose--
		return 0, true
	case s.dice.Float64() >= s.cfg.Faults:
		return 0, false
	}
	switch s.dice.IntN(3) {
	case 0:
		return http.StatusTooManyRequests, false
	case 1:
		return http.StatusBadGateway, false
	}
	return 0, true
}

// Busy refuses the next call for a moment.
func (s *Server) Busy() { s.mu.Lock(); defer s.mu.Unlock(); s.busy++ }

// LoseAnswer does what the next message asks for, and the caller does not hear of it.
func (s *Server) LoseAnswer() { s.mu.Lock(); defer s.mu.Unlock(); s.lose++ }

func refuse(status int, code, message string) reply {
	return reply{status, map[string]string{"code": code, "message": message}}
}

func answer(w http.ResponseWriter, r reply) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(r.status)
	_ = json.NewEncoder(w).Encode(r.body) // a caller who has gone hears nothing
}

func (s *Server) sellMore(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.URL.Query().Get("n"))
	if r.URL.Query().Get("n") == "" {
		n, err = 1, nil
	}
	if err != nil || n < 1 || n > mostSold {
		answer(w, refuse(http.StatusUnprocessableEntity, "n", "n is between 1 and 10000"))
		return
	}
	answer(w, reply{http.StatusOK, map[string]any{"orders": s.Sell(n)}})
}

func (s *Server) cancelOne(w http.ResponseWriter, r *http.Request) {
	number := r.URL.Query().Get("order_no")
	if !s.Cancel(number) {
		answer(w, refuse(http.StatusNotFound, "unknown_order", "no order "+number+" was sold here"))
		return
	}
	answer(w, reply{http.StatusOK, map[string]string{"order_no": number}})
}

// State is what the shop knows.
type State struct {
	Sold   int               `json:"sold"`
	Orders map[string]toldOf `json:"orders"`
	Stock  map[string]int64  `json:"stock"`
}

// State shows what was sold, and what the shop was told of it.
func (s *Server) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := State{Sold: len(s.orders), Orders: map[string]toldOf{}, Stock: map[string]int64{}}
	for number, o := range s.orders {
		out.Orders[number] = o.told
	}
	for sku, n := range s.stock {
		out.Stock[sku] = n
	}
	return out
}
