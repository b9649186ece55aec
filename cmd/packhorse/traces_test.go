package main

import (
	"compress/gzip"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	otlp "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/config"
)

// receiver takes traces as a collector does.
type receiver struct {
	*httptest.Server
	mu    sync.Mutex
	spans []*spans.Span
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body := io.Reader(req.Body)
		if req.Header.Get("Content-Encoding") == "gzip" {
			var err error
			if body, err = gzip.NewReader(body); err != nil {
				t.Error(err)
			}
		}
		raw, err := io.ReadAll(body)
		var in otlp.ExportTraceServiceRequest
		if err == nil {
			err = proto.Unmarshal(raw, &in)
		}
		if err != nil || req.URL.Path != "/v1/traces" {
			t.Errorf("%s: %v", req.URL.Path, err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, resource := range in.ResourceSpans {
			for _, scope := range resource.ScopeSpans {
				r.spans = append(r.spans, scope.Spans...)
			}
		}
	}))
	t.Cleanup(r.Close)
	return r
}

// way is the names of a span and all that are around it, the outermost first.
func (r *receiver) way(of *spans.Span) string {
	name := of.Name
	for _, s := range r.spans {
		if slices.Equal(s.SpanId, of.ParentSpanId) {
			return r.way(s) + " > " + name
		}
	}
	return name
}

// ways lists the way to every span of a trace.
func (r *receiver) ways(trace string) (list []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.spans {
		if hex.EncodeToString(s.TraceId) == trace {
			list = append(list, r.way(s))
		}
	}
	slices.Sort(list)
	return list
}

const (
	callersTrace = "0af7651916cd43dd8448eb211c80319c"
	callersPlace = "00-" + callersTrace + "-b7ad6b7169203331-01"
	labelCall    = "POST /v1/fulfilments/{id}/label > command > transaction > job ship.label > call"
)

func TestATraceLeadsFromTheRequestOverTheCommandToTheCarrier(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { traceOfALabel(t, testConfig(t)) })
	t.Run("postgres", func(t *testing.T) {
		cfg := testConfig(t)
		cfg.Data, cfg.DB = "", freshDatabase(t)
		traceOfALabel(t, cfg)
	})
}

func traceOfALabel(t *testing.T, cfg config.Config) {
	to := newReceiver(t)
	places := make(chan string, 1)
	world := carrier.New(carrier.Config{Seed: 7, Clock: clock.Real(), AppKey: "packhorse", Secret: "secret"})
	sim := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/book" {
			select {
			case places <- r.Header.Get("Traceparent"):
			default:
			}
		}
		world.ServeHTTP(w, r)
	}))
	t.Cleanup(sim.Close)
	cfg.Traces = to.URL
	cfg.CarrierURL, cfg.CarrierKey, cfg.CarrierSecret, cfg.CarrierCodes = sim.URL, "packhorse", "secret", []string{"SF"}
	s := startSite(t, cfg)
	s.furnish()
	f := s.allocated(s.do("POST", "/v1/orders", shopOrder("T-1"))["id"].(string))
	s.do("POST", "/v1/fulfilments/"+f+"/release", "")
	s.do("POST", "/v1/fulfilments/"+f+"/pick", "{}")
	s.do("POST", "/v1/fulfilments/"+f+"/pack", "{}")
	req, err := http.NewRequestWithContext(t.Context(), "POST", "http://"+s.server.Address()+"/v1/fulfilments/"+f+"/label", strings.NewReader(`{"carrier":"SF"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.key)
	req.Header.Set("Traceparent", callersPlace)
	res, err := http.DefaultClient.Do(req)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatal(res, err)
	}
	_ = res.Body.Close()
	var told string
	select {
	case told = <-places:
	case <-time.After(10 * time.Second):
		t.Fatal("the carrier was not called")
	}
	if !strings.HasPrefix(told, "00-"+callersTrace+"-") || told == callersPlace {
		t.Errorf("the carrier was told %q", told)
	}
	ways := to.await(t, callersTrace, labelCall)
	for _, want := range []string{"POST /v1/fulfilments/{id}/label > command", "POST /v1/fulfilments/{id}/label > command > wait"} {
		if !slices.Contains(ways, want) {
			t.Errorf("no %s in %v", want, ways)
		}
	}
	to.mu.Lock()
	defer to.mu.Unlock()
	for _, span := range to.spans {
		if text := span.String(); strings.Contains(text, "王芳") || strings.Contains(text, "文三路") {
			t.Errorf("a span tells of a person: %s", text)
		}
	}
}

// await waits until a way is told of.
func (r *receiver) await(t *testing.T, trace, want string) (ways []string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ways = r.ways(trace); slices.Contains(ways, want) {
			return ways
		}
	}
	t.Fatalf("no %s in %s", want, strings.Join(ways, "\n"))
	return nil
}

func TestAServerWhoseCollectorIsAwayServesAndEnds(t *testing.T) {
	cfg := testConfig(t)
	cfg.Traces = "http://127.0.0.1:1"
	s := startSite(t, cfg)
	s.furnish()
	s.allocated(s.do("POST", "/v1/orders", shopOrder("T-1"))["id"].(string))
	s.clean()
}
