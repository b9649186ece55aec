package carrier

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"time"
)

const maxBody = 1 << 20

type server struct {
	cfg    Config
	bucket bucket
	dice   dice

	mu          sync.Mutex
	byReference map[string]*parcel
	byWaybill   map[string]*parcel
}

// New makes the carrier's server. It is safe for concurrent use.
func New(cfg Config) http.Handler {
	cfg = cfg.withDefaults()
	s := &server{
		cfg:         cfg,
		bucket:      bucket{rate: float64(cfg.RatePerSecond)},
		dice:        dice{seed: cfg.Seed, faults: cfg.Faults, attempts: map[uint64]uint64{}},
		byReference: map[string]*parcel{},
		byWaybill:   map[string]*parcel{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/book", call(s, s.book))
	mux.HandleFunc("/v1/find", call(s, s.find))
	mux.HandleFunc("/v1/void", call(s, s.void))
	mux.HandleFunc("/v1/collect", call(s, s.collect))
	mux.HandleFunc("/v1/track", call(s, s.track))
	mux.HandleFunc("/v1/quote", call(s, s.quote))
	mux.HandleFunc("/v1/areas", call(s, s.areas))
	mux.HandleFunc("/v1/balance", call(s, s.balance))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { answer(w, nothing{}, errNoCall) })
	return mux
}

// call is the way every request goes: whose is it, how often, what does it say, what goes wrong on the way.
func call[In, Out any](s *server, act func(In) (Out, *refusal)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, bad := s.admit(r)
		if bad != nil {
			answer(w, nothing{}, bad)
			return
		}
		var in In
		d := json.NewDecoder(bytes.NewReader(body))
		d.DisallowUnknownFields()
		if err := d.Decode(&in); err != nil {
			answer(w, nothing{}, refuse(http.StatusUnprocessableEntity, "invalid", "the body cannot be read: "+err.Error()))
			return
		}
		mishap := s.dice.throw(r.URL.Path, body)
		switch mishap {
		case busy:
			answer(w, nothing{}, errBusy)
			return
		case brokenBefore:
			answer(w, nothing{}, errBroken)
			return
		}
		s.mu.Lock()
		out, bad := act(in)
		s.mu.Unlock()
		switch mishap {
		case brokenAfter:
			answer(w, nothing{}, errBroken)
		case silence:
			hangUp(r, s.cfg.Faults.Silence)
		default:
			answer(w, out, bad)
		}
	}
}

func (s *server) admit(r *http.Request) ([]byte, *refusal) {
	if r.Method != http.MethodPost {
		return nil, errMethod
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "invalid", "the body ended early")
	}
	if len(body) > maxBody {
		return nil, errTooLarge
	}
	now := time.Now()
	if bad := s.cfg.authenticate(r.Header, body, now); bad != nil {
		return nil, bad
	}
	if !s.bucket.take(now) {
		return nil, errBusy
	}
	return body, nil
}

// hangUp is the worst answer: the work is done, and the caller does not hear of it.
func hangUp(r *http.Request, after time.Duration) {
	select {
	case <-r.Context().Done():
	case <-time.After(after):
	}
	panic(http.ErrAbortHandler)
}

func answer(w http.ResponseWriter, out any, bad *refusal) {
	w.Header().Set("Content-Type", "application/json")
	status := http.StatusOK
	if bad != nil {
		status, out = bad.status, bad
	}
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "1")
	}
	w.WriteHeader(status)
	// The status is sent: a caller that went away cannot be told anything else.
	_ = json.NewEncoder(w).Encode(out)
}
