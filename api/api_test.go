package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

// world is an empty company behind a server.
type world struct {
	t          testing.TB
	server     *Server
	services   *Services
	allocation *allocation.Service
	directory  *access.Directory
	key        string // for everything
}

func newWorld(t testing.TB) *world {
	t.Helper()
	c := clock.Fixed(dbtest.Noon)
	dir, err := access.OpenDirectory(t.Context(), access.Place{Dir: t.TempDir(), Create: true, Clock: c})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dir.Close() })
	company, first, err := dir.Ensure(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	d, err := dir.OpenCompany(t.Context(), company.Name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	w := &world{t: t, directory: dir, key: first.Key}
	shipping := ship.New(d, nil, ship.Settings{})
	w.allocation = allocation.New(d, shipping.Lanes, allocation.Settings{Region: ship.RegionKey})
	picking := pick.New(d)
	flows := flow.New(d, w.allocation, picking, shipping)
	w.services = &Services{DB: d, Currency: "CNY", Catalog: catalog.New(d, ""), Warehouse: warehouse.New(d, ""), Intake: intake.New(d, flows.Amend),
		Review: review.New(d, review.Settings{}), Inventory: inventory.New(d), Wave: wave.New(d), Pick: picking, Pack: pack.New(d), Ship: shipping,
		Track: track.New(d, nil, track.Settings{}), Flow: flows}
	companies := func(name string) *Services {
		if name == company.Name {
			return w.services
		}
		return nil
	}
	w.server = New(Options{Access: dir, Companies: companies, Metrics: prometheus.NewRegistry(), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Version: "test"})
	return w
}

// reply is an answer, decoded.
type reply struct {
	status int
	header http.Header
	raw    []byte
	body   map[string]any
}

func (r reply) code() string { s, _ := r.body["code"].(string); return s }

func (w *world) do(method, path, body string, header ...string) reply {
	w.t.Helper()
	req := httptest.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(body))
	req.Header.Set("Authorization", "Bearer "+w.key)
	for i := 0; i < len(header); i += 2 {
		if header[i+1] == "" {
			req.Header.Del(header[i])
			continue
		}
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	w.server.ServeHTTP(rec, req)
	out := reply{status: rec.Code, header: rec.Header(), raw: rec.Body.Bytes()}
	_ = json.Unmarshal(out.raw, &out.body)
	return out
}

func (w *world) want(status int, method, path, body string, header ...string) reply {
	w.t.Helper()
	r := w.do(method, path, body, header...)
	if r.status != status {
		w.t.Fatalf("%s %s: %d, want %d: %s", method, path, r.status, status, r.raw)
	}
	return r
}

const anOrder = `{"channel":"webshop","order_no":"A-1","placed_at":"2026-03-02T03:00:00Z","currency":"CNY","recipient_name":"王芳",
  "phone":"13812345678","country":"CN","province":"浙江省","city":"杭州市","district":"西湖区","address":"文三路 100 号 3 单元 502 室","payment_status":"paid",
  "lines":[{"sku":"S1","quantity":2,"unit_price":"10.00"}],"their_own":{"x":1}}`

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

func TestABadBodyIsToldWhatIsWrongWithIt(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		path, body string
		status     int
		code       string
	}{
		"broken UTF-8":       {"/v1/orders", `{"channel":"` + "\xff\xfe" + `"}`, 400, "http.utf8"},
		"NUL byte":           {"/v1/orders", "{\"channel\":\"a\x00\"}", 400, "http.nul"},
		"NUL escape":         {"/v1/stock", `{"note":"a\u0000"}`, 400, "http.nul"},
		"escaped backslash":  {"/v1/stock", `{"note":"a\\u0000"}`, 422, "inventory.quantity"},
		"nesting":            {"/v1/orders", strings.Repeat("[", 50_000), 400, "http.depth"},
		"no JSON":            {"/v1/stock", `{"kind":`, 400, "http.json"},
		"not JSON at all":    {"/v1/orders", `hello`, 400, "intake.json"},
		"goes on":            {"/v1/stock", `{} {}`, 400, "http.json"},
		"wrong type":         {"/v1/stock", `{"quantity":"many"}`, 422, "http.type"},
		"unknown field":      {"/v1/stock", `{"qantity":1}`, 422, "http.field_unknown"},
		"a list":             {"/v1/stock", `[]`, 422, "http.type"},
		"no fields":          {"/v1/orders", `{}`, 422, "invalid"},
		"unknown id":         {"/v1/fulfilments/ful_0000000000001/release", `{}`, 404, "pick.no_fulfilment"},
		"something as an id": {"/v1/fulfilments/abc/release", `{}`, 404, "http.id"},
	} {
		r := w.do("POST", c.path, c.body)
		if r.status != c.status || r.code() != c.code {
			t.Errorf("%s: %d %s, want %d %s (%.200s)", name, r.status, r.code(), c.status, c.code, r.raw)
		}
		if r.body["request_id"] == "" || r.body["type"] != "urn:packhorse:problem:"+c.code {
			t.Errorf("%s: %s", name, r.raw)
		}
	}
	r := w.want(http.StatusUnprocessableEntity, "POST", "/v1/orders", `{"channel":"c","order_no":"1","lines":[{"sku":"x","quantity":0,"unit_price":"1"}]}`)
	fields := []string{}
	for _, e := range r.body["errors"].([]any) {
		fields = append(fields, e.(map[string]any)["field"].(string))
	}
	if !slices.Contains(fields, "lines[0].quantity") || !slices.Contains(fields, "recipient_name") {
		t.Errorf("%v", fields)
	}
}

// endless is a body that somebody never stops sending.
type endless struct{ sent int64 }

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	e.sent += int64(len(b))
	return len(b), nil
}

func TestAHugeBodyIsRefusedBeforeItIsRead(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewServer(w.server)
	defer server.Close()
	for _, length := range []int64{50 << 20, -1} {
		body := &endless{}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/v1/orders", io.LimitReader(body, 50<<20))
		if err != nil {
			t.Fatal(err)
		}
		req.ContentLength = length
		req.Header.Set("Authorization", "Bearer "+w.key)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusRequestEntityTooLarge || !bytes.Contains(raw, []byte("http.body_too_large")) || body.sent > 10<<20 {
			t.Errorf("length %d: %d after %d bytes: %s", length, res.StatusCode, body.sent, raw)
		}
	}
}

func TestUnknownPathsAndMethodsAreProblemsToo(t *testing.T) {
	w := newWorld(t)
	if r := w.want(http.StatusNotFound, "GET", "/v2/orders", ""); r.code() != "http.no_route" {
		t.Errorf("%s", r.raw)
	}
	if r := w.want(http.StatusMethodNotAllowed, "DELETE", "/v1/orders", ""); r.code() != "http.method" {
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
		if open[route[1]] {
			continue
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
