package telemetry

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// collector counts how often it is told something.
func collector(t *testing.T, share float64) (*Traces, *atomic.Int64) {
	t.Helper()
	var told atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { told.Add(1) }))
	t.Cleanup(server.Close)
	traces, err := Open(t.Context(), Collector{URL: server.URL, Share: share, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return traces, &told
}

func TestWithoutTracesNothingIsMade(t *testing.T) {
	off, err := Open(t.Context(), Collector{})
	if err != nil || off != nil {
		t.Fatal(off, err)
	}
	ctx := off.Carry(t.Context())
	if n := testing.AllocsPerRun(100, func() {
		in, span := Start(ctx, "command")
		span.Text("id", "ord_1")
		span.Number("attempt", 1)
		span.End(nil)
		_, job := Begin(in, "job", "")
		job.End(nil)
		_, call := Call(in, "call", "host")
		call.Answered(500)
		if Place(in) != "" {
			t.Error("a place in no trace")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if err := off.Close(ctx); err != nil {
		t.Error(err)
	}
}

const place = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

func TestWorkGoesOnWithTheTraceThatAskedForIt(t *testing.T) {
	traces, told := collector(t, 0) // the caller has decided
	ctx, span := Begin(traces.Carry(t.Context()), "job", place)
	if !span.On() || !strings.HasPrefix(Place(ctx), place[:36]) || Place(ctx) == place {
		t.Errorf("%v %s", span.On(), Place(ctx))
	}
	in, inner := Start(ctx, "command")
	if !inner.On() || Place(in)[:36] != place[:36] {
		t.Error("a span inside is in another trace")
	}
	inner.End(errors.New("王芳 did not like it"))
	span.End(nil)
	if err := traces.Close(t.Context()); err != nil || told.Load() == 0 {
		t.Errorf("%v, told %d times", err, told.Load())
	}
}

func TestWhatBeginsHereIsToldByItsShare(t *testing.T) {
	for share, on := range map[float64]bool{0: false, 1: true} {
		traces, told := collector(t, share)
		_, span := Begin(traces.Carry(t.Context()), "job", "")
		if span.On() != on {
			t.Errorf("share %v: %v", share, span.On())
		}
		span.End(nil)
		if err := traces.Close(t.Context()); err != nil || told.Load() > 0 != on {
			t.Errorf("share %v: %v, told %d times", share, err, told.Load())
		}
	}
}

func TestACallTakesItsPlaceAlongAlsoWhereNobodyTellsOfIt(t *testing.T) {
	var header string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { header = r.Header.Get("Traceparent") }))
	t.Cleanup(server.Close)
	traces, _ := collector(t, 1)
	call := func(ctx context.Context) string {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := (&http.Client{Transport: Client(nil)}).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if req.Header.Get("Traceparent") != "" {
			t.Error("the caller's own request was changed")
		}
		return header
	}
	if got := call(t.Context()); got != "" {
		t.Errorf("without traces: %q", got)
	}
	if got := call(traces.Carry(t.Context())); !strings.HasSuffix(got, "-01") {
		t.Errorf("a call by itself begins a trace: %q", got)
	}
	req := httptest.NewRequest(http.MethodGet, "/", nil)
	req.Header.Set("Traceparent", strings.TrimSuffix(place, "1")+"0")
	quiet, span := traces.Request(req)
	if got := call(quiet); span.On() || got[:36] != place[:36] || !strings.HasSuffix(got, "-00") {
		t.Errorf("its caller tells nothing: %v %q", span.On(), got)
	}
	if err := traces.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestALineNamesItsTrace(t *testing.T) {
	traces, _ := collector(t, 1)
	ctx, span := Begin(traces.Carry(t.Context()), "job", place)
	var b bytes.Buffer
	log := Log(&b, "info", "json").With("request", "r1")
	log.InfoContext(ctx, "inside")
	log.Info("outside")
	lines := strings.Split(b.String(), "\n")
	if !strings.Contains(lines[0], `"trace_id":"`+place[3:35]+`"`) || !strings.Contains(lines[0], `"request":"r1"`) || strings.Contains(lines[1], "trace_id") {
		t.Errorf("%q", lines)
	}
	span.End(nil)
	if err := traces.Close(t.Context()); err != nil {
		t.Error(err)
	}
}
