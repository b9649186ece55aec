package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/access"
)

func TestWithoutARightKeyNobodyComesIn(t *testing.T) {
	w := newWorld(t)
	for _, header := range []string{"", "Bearer phk_default_WRONG", "Bearer", "Token x", "Basic !!!"} {
		r := w.want(http.StatusUnauthorized, "GET", "/v1/orders", "", "Authorization", header)
		if r.code() != "access.unknown" || r.header.Get("WWW-Authenticate") == "" || r.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%q: %s %v", header, r.raw, r.header)
		}
	}
	floor, err := w.directory.CreateKey(t.Context(), access.FirstCompany, "floor", []access.Scope{access.Work})
	if err != nil {
		t.Fatal(err)
	}
	if r := w.want(http.StatusForbidden, "POST", "/v1/orders", anOrder, "Authorization", "Bearer "+floor); r.code() != "access.denied" {
		t.Errorf("%s", r.raw)
	}
	if r := w.want(http.StatusForbidden, "POST", "/v1/keys", `{"name":"k","scopes":["*"]}`, "Authorization", "Bearer "+floor); r.code() != "access.denied" {
		t.Errorf("%s", r.raw)
	}
}

func TestAnOrderIsTakenInOnceWhateverTheChannelRepeats(t *testing.T) {
	w := newWorld(t)
	first := w.want(http.StatusCreated, "POST", "/v1/orders", anOrder)
	again := w.want(http.StatusOK, "POST", "/v1/orders", anOrder)
	if first.body["outcome"] != "created" || again.body["outcome"] != "unchanged" || first.body["id"] != again.body["id"] {
		t.Errorf("%s then %s", first.raw, again.raw)
	}
	r := w.want(http.StatusOK, "GET", "/v1/orders/"+first.body["id"].(string), "")
	if r.body["external_no"] != "A-1" || r.body["total"] != "20.00" || r.body["review"] != "pending" || r.body["standing"] == nil {
		t.Errorf("%s", r.raw)
	}
	r = w.want(http.StatusOK, "GET", "/v1/orders/lookup?channel=webshop&external_no=A-1", "")
	if r.body["id"] != first.body["id"] {
		t.Errorf("%s", r.raw)
	}
	r = w.want(http.StatusOK, "GET", "/v1/orders/"+first.body["id"].(string)+"/timeline", "", "Accept-Language", "zh-CN")
	if events := r.body["events"].([]any); len(events) != 1 || events[0].(map[string]any)["text"] == "" {
		t.Errorf("%s", r.raw)
	}
}

func TestAKeyRepeatsTheFirstAnswer(t *testing.T) {
	w := newWorld(t)
	first := w.want(http.StatusCreated, "POST", "/v1/orders", anOrder, "Idempotency-Key", "k1")
	again := w.want(http.StatusCreated, "POST", "/v1/orders", anOrder, "Idempotency-Key", "k1")
	if !bytes.Equal(first.raw, again.raw) || again.header.Get("Idempotency-Replayed") != "true" || first.header.Get("Idempotency-Replayed") != "" {
		t.Errorf("%s then %s (%v)", first.raw, again.raw, again.header)
	}
	other := strings.Replace(anOrder, "A-1", "A-2", 1)
	if r := w.want(http.StatusUnprocessableEntity, "POST", "/v1/orders", other, "Idempotency-Key", "k1"); r.code() != "idempotency.other_request" {
		t.Errorf("%s", r.raw)
	}
	if r := w.want(http.StatusBadRequest, "POST", "/v1/orders", other, "Idempotency-Key", "a\tb"); r.code() != "idempotency.key" {
		t.Errorf("%s", r.raw)
	}
}

func TestAKeyInFlightIsRefusedAndCountsOnce(t *testing.T) {
	w := newWorld(t)
	var mu sync.Mutex
	seen := map[int]int{}
	var running sync.WaitGroup
	for range 32 {
		running.Go(func() {
			r := w.do("POST", "/v1/orders", anOrder, "Idempotency-Key", "same")
			mu.Lock()
			defer mu.Unlock()
			seen[r.status]++
			if r.status == http.StatusConflict && r.code() != "idempotency.in_flight" {
				t.Errorf("%s", r.raw)
			}
		})
	}
	running.Wait()
	if seen[http.StatusCreated] == 0 || seen[http.StatusCreated]+seen[http.StatusConflict] != 32 {
		t.Errorf("%v", seen)
	}
}

func TestABulkAnswersForEachItem(t *testing.T) {
	w := newWorld(t)
	body := `{"orders":[` + anOrder + `,{"channel":"webshop","order_no":"A-2"},` + strings.Replace(anOrder, "A-1", "A-3", 1) + `]}`
	r := w.want(http.StatusOK, "POST", "/v1/orders/bulk", body, "Idempotency-Key", "b1")
	results := r.body["results"].([]any)
	for i, status := range []float64{200, 422, 200} {
		if results[i].(map[string]any)["status"] != status {
			t.Errorf("item %d: %s", i, r.raw)
		}
	}
	again := w.want(http.StatusOK, "POST", "/v1/orders/bulk", body, "Idempotency-Key", "b1")
	if again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("%v %s", again.header, again.raw)
	}
	if r := w.want(http.StatusUnprocessableEntity, "POST", "/v1/orders/bulk", `{"orders":[`+anOrder+`]}`, "Idempotency-Key", "b1"); r.code() != "idempotency.other_request" {
		t.Errorf("%s", r.raw)
	}
	if r := w.want(http.StatusUnprocessableEntity, "POST", "/v1/orders/bulk", `{"orders":[]}`); r.code() != "http.bulk_size" {
		t.Errorf("%s", r.raw)
	}
	tooMany := `{"orders":[` + strings.Repeat(`{},`, bulkMost) + `{}]}`
	if r := w.want(http.StatusUnprocessableEntity, "POST", "/v1/orders/bulk", tooMany); r.code() != "http.bulk_size" {
		t.Errorf("%s", r.raw)
	}
}

func TestEveryListAnswersForAnEmptyCompany(t *testing.T) {
	w := newWorld(t)
	for _, r := range w.server.Routes() {
		if r[0] != http.MethodGet || strings.Contains(r[1], "{") {
			continue
		}
		path, want := r[1], http.StatusOK
		switch path {
		case "/v1/search":
			path += "?q=A-1"
		case "/v1/mappings":
			path += "?channel=webshop"
		case "/v1/wave-candidates", "/v1/today/orders":
			want = http.StatusUnprocessableEntity // of a warehouse, and there is none
		case "/v1/stream":
			want = http.StatusUnprocessableEntity // this test's connection cannot be streamed over
		case "/v1/orders/lookup":
			path, want = path+"?channel=a&external_no=b", http.StatusNotFound
		case "/pda/v1/lookup":
			path, want = path+"?code=6901234567892", http.StatusNotFound
		}
		got := w.do(http.MethodGet, path, "")
		if got.status != want {
			t.Errorf("%s: %d %s", path, got.status, got.raw)
		}
		if strings.HasPrefix(path, "/v1/") && (!json.Valid(got.raw) || bytes.Contains(got.raw, []byte(":null"))) {
			t.Errorf("%s: %s", path, got.raw)
		}
	}
}

func TestOneThingThatIsNotThereIsNotFound(t *testing.T) {
	w := newWorld(t)
	for path, prefix := range map[string]string{"/v1/orders/%s": "ord", "/v1/orders/%s/timeline": "ord", "/v1/fulfilments/%s": "ful",
		"/v1/fulfilments/%s/proposal": "ful", "/v1/tasks/%s": "tsk", "/v1/shipments/%s": "shp"} {
		w.want(http.StatusNotFound, "GET", fmt.Sprintf(path, prefix+"_0000000000007"), "")
		w.want(http.StatusNotFound, "GET", fmt.Sprintf(path, "%27%3B%20DROP%20TABLE%20event"), "")
	}
}

func TestTheDocumentListsEveryRoute(t *testing.T) {
	w := newWorld(t)
	r := w.want(http.StatusOK, "GET", "/openapi.json", "", "Authorization", "")
	if v, _ := r.body["openapi"].(string); !strings.HasPrefix(v, "3.1") {
		t.Fatalf("version %v", r.body["openapi"])
	}
	paths := r.body["paths"].(map[string]any)
	open := map[string]bool{"/openapi.json": true, "/docs": true, "/healthz": true, "/readyz": true, "/metrics": true}
	for _, route := range w.server.Routes() {
		if open[route[1]] || strings.Contains(route[1], "/{company}/{token}") || route[1] == "/track/{company}" {
			continue // pages for people
		}
		item, ok := paths[route[1]].(map[string]any)
		if !ok || item[strings.ToLower(route[0])] == nil {
			t.Errorf("%s %s is not in the document", route[0], route[1])
		}
	}
	ids := map[string]bool{}
	walk(t, r.body, r.body, ids)
	page := w.want(http.StatusOK, "GET", "/docs", "", "Authorization", "")
	if !bytes.Contains(page.raw, []byte("/v1/orders/bulk")) || bytes.Contains(page.raw, []byte("<script")) || bytes.Contains(page.raw, []byte(`src="http`)) {
		t.Errorf("%.300s", page.raw)
	}
}

// walk follows every reference of the document and sees that no operation has the name of another.
func walk(t *testing.T, root, at any, ids map[string]bool) {
	switch x := at.(type) {
	case map[string]any:
		if ref, ok := x["$ref"].(string); ok {
			name := strings.TrimPrefix(ref, "#/components/schemas/")
			if root.(map[string]any)["components"].(map[string]any)["schemas"].(map[string]any)[name] == nil {
				t.Errorf("%s leads nowhere", ref)
			}
		}
		if id, ok := x["operationId"].(string); ok {
			if ids[id] {
				t.Errorf("operation %s twice", id)
			}
			ids[id] = true
		}
		for _, v := range x {
			walk(t, root, v, ids)
		}
	case []any:
		for _, v := range x {
			walk(t, root, v, ids)
		}
	}
}

func TestTheEventFeedMissesNothingAndWaits(t *testing.T) {
	w := newWorld(t)
	var cursor string
	var got []string
	for i := range 25 {
		w.want(http.StatusCreated, "POST", "/v1/orders", strings.Replace(anOrder, "A-1", fmt.Sprintf("N-%d", i), 1))
	}
	for range 10 {
		r := w.want(http.StatusOK, "GET", "/v1/events?kind=order.received.v1&limit=7&after="+cursor, "")
		for _, e := range r.body["events"].([]any) {
			got = append(got, e.(map[string]any)["order"].(string))
		}
		cursor = r.body["next_cursor"].(string)
	}
	if len(got) != 25 || len(slices.Compact(slices.Sorted(slices.Values(got)))) != 25 {
		t.Errorf("%d events", len(got))
	}
	answer := make(chan reply)
	go func() { answer <- w.do("GET", "/v1/events?wait=20&after="+cursor, "") }()
	w.want(http.StatusCreated, "POST", "/v1/orders", strings.Replace(anOrder, "A-1", "late", 1))
	if r := <-answer; len(r.body["events"].([]any)) != 1 {
		t.Errorf("%s", r.raw)
	}
	for _, bad := range []string{"x", "1", "0-", "0-1x", "-0-1"} {
		w.want(http.StatusUnprocessableEntity, "GET", "/v1/events?after="+bad, "")
	}
}

func TestAPanicIsAnswered(t *testing.T) {
	w := newWorld(t)
	w.services.Catalog = nil
	if r := w.want(http.StatusInternalServerError, "GET", "/v1/skus", ""); r.code() != "internal" || bytes.Contains(r.raw, []byte("nil pointer")) {
		t.Errorf("%s", r.raw)
	}
}

func TestAFileIsImportedOnceUnderAKey(t *testing.T) {
	w := newWorld(t)
	csv := "sku,title,barcodes\nS1,Tea,6901234567892\n"
	first := w.want(http.StatusOK, "POST", "/v1/imports/catalog", csv, "Idempotency-Key", "f")
	again := w.want(http.StatusOK, "POST", "/v1/imports/catalog", csv, "Idempotency-Key", "f")
	if first.body["created"] != 1.0 || !bytes.Equal(first.raw, again.raw) || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("%s then %s", first.raw, again.raw)
	}
	if r := w.want(http.StatusOK, "GET", "/pda/v1/lookup?code=6901234567892", ""); r.body["sku"] != "S1" {
		t.Errorf("%s", r.raw)
	}
	w.want(http.StatusNotFound, "POST", "/v1/imports/secrets", csv)
	w.want(http.StatusUnprocessableEntity, "POST", "/v1/imports/orders", csv)
}
