package api

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/connect/carrier/sim"
	"github.com/packhorse/packhorse/connect/channel/webhook"
	"github.com/packhorse/packhorse/connect/printer/raw"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/insight"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/internal/seal"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/report"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/search"
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
	sealing, err := seal.Parse(seal.NewText())
	if err != nil {
		t.Fatal(err)
	}
	logins := ship.NewLogins(d, map[string]ship.Maker{"sim": func(a ship.Access) (ship.Carrier, error) {
		return sim.New(sim.Config{BaseURL: a.Address, AppKey: a.Key, Secret: a.Secret})
	}}, sealing)
	shipping := ship.New(d, nil, ship.Settings{Logins: logins})
	w.allocation = allocation.New(d, shipping.Lanes, allocation.Settings{Region: ship.RegionKey})
	picking := pick.New(d, nil)
	flows := flow.New(d, w.allocation, picking, shipping)
	w.services = &Services{DB: d, Allocation: w.allocation, Currency: "CNY", Catalog: catalog.New(d, ""), Warehouse: warehouse.New(d, ""), Intake: intake.New(d, flows.Amend),
		Review: review.New(d, review.Settings{}), Inventory: inventory.New(d), Wave: wave.New(d), Pick: picking, Pack: pack.New(d), Ship: shipping, Logins: logins,
		Track: track.New(d, nil, track.Settings{}), Flow: flows, Notify: notify.New(d, notify.Settings{Company: company.Name, Show: EventBody, Key: sealing}), Search: search.New(d), Insight: insight.New(d)}
	w.services.Links = link.Maker{Company: company.Name, Key: sealing}
	w.services.Printing = printing.New(d, printing.Settings{Makers: map[string]printing.Maker{printing.Raw: raw.New}})
	w.services.AfterSales = aftersales.New(d, w.services.Intake, nil, aftersales.Settings{})
	w.services.Channels = intake.NewChannels(d, w.services.Intake, map[string]intake.Connector{"webhook": webhook.New}, sealing)
	w.services.Report = report.New(d, w.services.Channels, w.services.Catalog, report.Settings{})
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
