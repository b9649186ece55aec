package api

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/packhorse/packhorse/access"
)

// BenchmarkTheEdge measures what a request costs besides its service: routing, credentials, body, answer, metrics.
func BenchmarkTheEdge(b *testing.B) {
	w := newWorld(b)
	eventTells["bench"] = true // as of everything on the hot path
	b.Cleanup(func() { delete(eventTells, "bench") })
	command(w.server, route{path: "/bench/{id}", tag: "bench", id: "bench", scope: access.Work, summary: "nothing"},
		on("ful", func(c *call, key int64, in PickInput) (Picked, error) {
			return Picked{Task: "tsk_0000000000001", TaskStatus: "done", Fulfilments: []string{"ful_0000000000001"}}, nil
		}))
	body := []byte(`{"lines":[{"seq":1,"picked":2},{"seq":2,"picked":1}],"picker":"li"}`)
	b.ReportAllocs()
	for b.Loop() {
		req := httptest.NewRequest(http.MethodPost, "/bench/ful_0000000000001", io.NopCloser(bytes.NewReader(body)))
		req.ContentLength = int64(len(body))
		req.Header.Set("Authorization", "Bearer "+w.key)
		req.Header.Set("Idempotency-Key", "k")
		rec := httptest.NewRecorder()
		w.server.ServeHTTP(rec, req)
		if rec.Code != http.StatusOK {
			b.Fatal(rec.Body)
		}
	}
}

// BenchmarkTakingAnOrderIn is the whole way of one order, without the network.
func BenchmarkTakingAnOrderIn(b *testing.B) {
	w := newWorld(b)
	n := 0
	for b.Loop() {
		n++
		req := httptest.NewRequest(http.MethodPost, "/v1/orders", bytes.NewReader(bytes.Replace([]byte(anOrder), []byte("A-1"), fmt.Append(nil, "A-", n), 1)))
		req.Header.Set("Authorization", "Bearer "+w.key)
		rec := httptest.NewRecorder()
		w.server.ServeHTTP(rec, req)
		if rec.Code != http.StatusCreated {
			b.Fatal(rec.Body)
		}
	}
}
