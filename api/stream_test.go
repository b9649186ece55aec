package api

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
)

// reading is an open stream of a test; it ends with the test.
type reading struct {
	t    *testing.T
	scan *bufio.Scanner
	stop context.CancelFunc
	code int
}

func (w *world) listen(t *testing.T, url, query string, header ...string) *reading {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(stop)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/v1/stream"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+w.key)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	scan := bufio.NewScanner(res.Body)
	scan.Buffer(make([]byte, 1<<16), 1<<20)
	r := &reading{t: t, scan: scan, stop: stop, code: res.StatusCode}
	if r.code == http.StatusOK {
		r.frame() // where the stream begins
	}
	return r
}

// frame reads up to the next empty line.
func (r *reading) frame() map[string]string {
	r.t.Helper()
	out := map[string]string{}
	for r.scan.Scan() {
		name, value, found := strings.Cut(r.scan.Text(), ": ")
		if !found {
			return out
		}
		out[name] = value
	}
	return nil
}

func serveWorld(t *testing.T) (*world, string, chan struct{}) {
	w := newWorld(t)
	closing := make(chan struct{})
	w.server.options.Closing = closing
	server := httptest.NewServer(w.server)
	t.Cleanup(server.Close)
	return w, server.URL, closing
}

func (w *world) emit(events ...db.Event) {
	w.t.Helper()
	if err := w.services.DB.Update(w.t.Context(), func(tx *db.Tx) error {
		for _, e := range events {
			tx.Emit(e)
		}
		return nil
	}); err != nil {
		w.t.Fatal(err)
	}
}

func TestAStreamGoesOnBehindTheLastEventThatWasSeen(t *testing.T) {
	w, url, _ := serveWorld(t)
	first := w.listen(t, url, "?kind=order.held.v1")
	w.emit(db.Event{Kind: "order.held.v1", Order: 7}, db.Event{Kind: "order.received.v1", Order: 8}, db.Event{Kind: "order.held.v1", Order: 9})
	seen := first.frame()
	if seen["event"] != "order.held.v1" || seen["id"] == "" {
		t.Fatalf("%v", seen)
	}
	first.stop()
	w.emit(db.Event{Kind: "order.held.v1", Order: 10})
	again := w.listen(t, url, "?kind=order.held.v1", "Last-Event-ID", seen["id"])
	for _, want := range []string{"ord_0000000000009", "ord_000000000000a"} {
		var e Event
		if f := again.frame(); json.Unmarshal([]byte(f["data"]), &e) != nil || e.Order != want || e.Cursor != f["id"] {
			t.Errorf("%v, want %s", f, want)
		}
	}
}

func TestAStreamOfOneOrderShowsNoOther(t *testing.T) {
	w, url, _ := serveWorld(t)
	s := w.listen(t, url, "?order=ord_0000000000009")
	w.emit(db.Event{Kind: "order.held.v1", Order: 8}, db.Event{Kind: "order.held.v1", Order: 9})
	if f := s.frame(); !strings.Contains(f["data"], "ord_0000000000009") {
		t.Errorf("%v", f)
	}
}

func TestAStreamEndsWithAWordWhenTheServerDoes(t *testing.T) {
	w, url, closing := serveWorld(t)
	s := w.listen(t, url, "")
	close(closing)
	if f := s.frame(); f["event"] != "end" || f["data"] != `{"reason":"closing"}` {
		t.Errorf("%v", f)
	}
	if f := s.frame(); f != nil {
		t.Errorf("it goes on: %v", f)
	}
}

func TestNobodyHoldsMoreStreamsThanAllowedAndOthersAreNotHindered(t *testing.T) {
	w, url, _ := serveWorld(t)
	var open []*reading
	for range streamsEach {
		open = append(open, w.listen(t, url, ""))
	}
	if s := w.listen(t, url, ""); s.code != http.StatusTooManyRequests {
		t.Errorf("one more: %d", s.code)
	}
	key, err := w.directory.CreateKey(t.Context(), access.FirstCompany, "other", []access.Scope{access.OrdersRead})
	if err != nil {
		t.Fatal(err)
	}
	if s := w.listen(t, url, "", "Authorization", "Bearer "+key); s.code != http.StatusOK {
		t.Errorf("somebody else: %d", s.code)
	}
	open[0].stop()
	for range 100 {
		if s := w.listen(t, url, ""); s.code == http.StatusOK {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the place of a reader that left is not free again")
}

// A reader that sleeps costs nobody anything: commands go on, and other readers get their events.
func TestAReaderThatSleepsBlocksNobody(t *testing.T) {
	w, url, _ := serveWorld(t)
	_ = w.listen(t, url, "") // reads nothing more
	awake := w.listen(t, url, "")
	big := strings.Repeat("x", 4000)
	for range 100 {
		var many []db.Event
		for range 20 {
			many = append(many, db.Event{Kind: "order.held.v1", Order: 7, Params: map[string]string{"note": big}})
		}
		w.emit(many...)
	}
	for i := range 2000 {
		if f := awake.frame(); f["event"] != "order.held.v1" {
			t.Fatalf("event %d: %v", i, f)
		}
	}
}

func TestAStreamIsRefusedForACursorThatIsNone(t *testing.T) {
	w, url, _ := serveWorld(t)
	if s := w.listen(t, url, "?after=x"); s.code != http.StatusUnprocessableEntity {
		t.Errorf("%d", s.code)
	}
	w.want(http.StatusUnprocessableEntity, "GET", "/v1/stream?node=nobody", "")
	if r := w.want(http.StatusUnprocessableEntity, "GET", "/v1/stream", ""); r.code() != "stream.connection" {
		t.Errorf("%s", r.raw)
	}
}
