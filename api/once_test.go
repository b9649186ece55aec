package api

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

// beside is a second server of the same company, as another process has it.
func (w *world) beside(s *Services) *world {
	companies := func(string) *Services { return s }
	return &world{t: w.t, services: s, directory: w.directory, key: w.key,
		server: New(Options{Access: w.directory, Companies: companies, Metrics: prometheus.NewRegistry(), Log: slog.New(slog.NewTextHandler(io.Discard, nil))})}
}

func TestOneKeySentToTwoServersWorksOnce(t *testing.T) {
	o := dbtest.Postgres(t)
	w := newWorld(t)
	var servers [2]*world
	for i := range servers {
		o.Node = i
		d := dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
		servers[i] = w.beside(&Services{DB: d, Catalog: catalog.New(d, ""), Intake: intake.New(d, nil)})
	}
	requests := map[string]func(n int) string{
		"/v1/imports/catalog":                func(n int) string { return fmt.Sprintf("sku,title\nS%d,Tea\nT%d,Cup\n", n, n) },
		"/v1/imports/orders?channel=webshop": func(n int) string { return fmt.Sprintf(orderCSV, n) },
		"/v1/orders/bulk": func(n int) string {
			return `{"orders":[` + strings.Replace(anOrder, "A-1", fmt.Sprintf("B-%d", n), 1) + `,{"channel":"webshop"}]}`
		},
		"/v1/orders": func(n int) string { return strings.Replace(anOrder, "A-1", fmt.Sprintf("C-%d", n), 1) },
	}
	for path, body := range requests {
		for n := range 10 {
			var mu sync.Mutex
			var answers [][]byte
			var all sync.WaitGroup
			for sender := range 4 {
				all.Go(func() {
					r := servers[sender%2].do("POST", path, body(n), "Idempotency-Key", fmt.Sprint(path, n))
					mu.Lock()
					defer mu.Unlock()
					switch {
					case r.status == http.StatusOK || r.status == http.StatusCreated:
						answers = append(answers, r.raw)
					case r.code() != "idempotency.in_flight":
						t.Errorf("%s: %d %s", path, r.status, r.raw)
					}
				})
			}
			all.Wait()
			if len(answers) == 0 || bytes.Contains(answers[0], []byte(`"unchanged"`)) && !bytes.Contains(answers[0], []byte(`"unchanged":0`)) {
				t.Fatalf("%s: nobody was told that it was done: %s", path, answers)
			}
			for _, a := range answers {
				if !bytes.Equal(a, answers[0]) {
					t.Errorf("%s: answered %s and %s", path, answers[0], a)
				}
			}
		}
	}
}

const orderCSV = "order_no,placed_at,sku,quantity,unit_price,currency,recipient_name,address\nF-%d,2026-03-02T03:00:00Z,S1,1,2.50,CNY,Li,1 Road\n"

// The process died after the work and before the answer was kept: what went in is there, the key is not.
func TestAnImportRepeatedAfterACrashChangesNothing(t *testing.T) {
	w := newWorld(t)
	for path, body := range map[string]string{"/v1/imports/orders?channel=webshop": fmt.Sprintf(orderCSV, 1), "/v1/imports/catalog": "sku,title\nS1,Tea\n"} {
		w.want(http.StatusOK, "POST", path, body)
		before := w.services.DB.Stats().Rows
		r := w.want(http.StatusOK, "POST", path, body, "Idempotency-Key", "k"+path)
		if r.body["unchanged"] != 1.0 || r.body["created"] != 0.0 || r.body["updated"] != 0.0 {
			t.Errorf("%s", r.raw)
		}
		if rows := w.services.DB.Stats().Rows - before; rows != 2 {
			t.Errorf("%s: %d rows were written beside the key and the line of the audit log", path, rows-2)
		}
	}
}

func TestABulkOfOrdersAndItsKeyAreOneTransaction(t *testing.T) {
	w := newWorld(t)
	body := `{"orders":[` + anOrder + `,{"channel":"webshop","order_no":"A-2"},{"lines":5},` + strings.Replace(anOrder, "A-1", "A-3", 1) + `]}`
	before := w.services.DB.Stats().Commits
	first := w.want(http.StatusOK, "POST", "/v1/orders/bulk", body, "Idempotency-Key", "b", "Accept-Language", "zh-CN")
	if n := w.services.DB.Stats().Commits - before; n != 1 {
		t.Errorf("%d transactions", n)
	}
	again := w.want(http.StatusOK, "POST", "/v1/orders/bulk", body, "Idempotency-Key", "b", "Accept-Language", "zh-CN")
	if !bytes.Equal(first.raw, again.raw) || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("%s\n%s", first.raw, again.raw)
	}
}

func TestAKeyIsRevokedOnceUnderAnIdempotencyKey(t *testing.T) {
	w := newWorld(t)
	create := func() {
		t.Helper()
		if _, err := w.directory.CreateKey(t.Context(), access.FirstCompany, "floor", []access.Scope{access.Work}); err != nil {
			t.Fatal(err)
		}
	}
	create()
	revoke := func() reply {
		return w.want(http.StatusOK, "POST", "/v1/keys/floor/revoke", "", "Idempotency-Key", "r")
	}
	if r := revoke(); r.header.Get("Idempotency-Replayed") != "" || r.body["name"] != "floor" {
		t.Errorf("%v %s", r.header, r.raw)
	}
	create()
	if r := revoke(); r.header.Get("Idempotency-Replayed") != "true" || r.body["name"] != "floor" {
		t.Errorf("%v %s", r.header, r.raw)
	}
	keys, err := w.directory.Keys(t.Context(), access.FirstCompany)
	if err != nil || len(keys) != 3 || keys[2].RevokedAt != 0 {
		t.Errorf("%+v %v", keys, err)
	}
}
