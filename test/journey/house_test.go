// Package journey walks whole ways through the product: from a shop's document to the parcel at the door and
// back, with everything that goes wrong in between. Single decisions are tested where they are made; here is
// tested what only shows when the stages follow each other, run beside each other, or are lied to.
package journey

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/connect/carrier/sim"
	road "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

// judge is what a test and a property have in common.
type judge interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// house is a company, wired as the program wires it.
type house struct {
	t judge
	*api.Services
	allocation *allocation.Service
	worker     *job.Worker
}

// found wires a company on an open database.
func found(t judge, d *db.DB, carriers map[string]ship.Carrier) *house {
	const currency = "CNY"
	h := &house{t: t}
	families := map[string]string{}
	for code := range carriers {
		families[code] = "sim"
	}
	shipping := ship.New(d, carriers, ship.Settings{Currency: currency})
	h.allocation = allocation.New(d, shipping.Lanes, allocation.Settings{Currency: currency, Region: ship.RegionKey})
	picking := pick.New(d, nil)
	flows := flow.New(d, h.allocation, picking, shipping)
	h.Services = &api.Services{DB: d, Currency: currency,
		Catalog: catalog.New(d, currency), Warehouse: warehouse.New(d, currency), Intake: intake.New(d, flows.Amend),
		Review: review.New(d, review.Settings{Currency: currency}), Inventory: inventory.New(d), Wave: wave.New(d), Pick: picking, Pack: pack.New(d),
		Ship: shipping, Track: track.New(d, carriers, track.Settings{Families: families}), Flow: flows}
	h.AfterSales = aftersales.New(d, h.Intake, carriers, aftersales.Settings{})
	handlers := shipping.Handlers()
	maps.Copy(handlers, flows.Handlers())
	maps.Copy(handlers, h.AfterSales.Handlers())
	h.worker = job.NewWorker(d, 1, handlers)
	return h
}

// account is a carrier of the simulator behind a wire that can swallow answers.
type account struct {
	ship.Carrier
	swallow atomic.Int64 // so many answers to a booking get lost after the carrier has acted
	books   atomic.Int64 // bookings that reached the carrier
	finds   atomic.Int64
	voids   atomic.Int64
}

func openAccount(t *testing.T, d *db.DB, cfg road.Config) *account {
	t.Helper()
	a := &account{}
	cfg.Clock, cfg.AppKey, cfg.Secret = d.Clock(), "shop", "secret"
	far := road.New(cfg)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/find":
			a.finds.Add(1)
		case "/v1/void":
			a.voids.Add(1)
		case "/v1/book":
			a.books.Add(1)
			if a.swallow.Add(-1) >= 0 {
				far.ServeHTTP(httptest.NewRecorder(), r)
				panic(http.ErrAbortHandler) // the line is cut before the answer is sent
			}
		}
		far.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	c, err := sim.New(sim.Config{BaseURL: server.URL, AppKey: "shop", Secret: "secret", Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	a.Carrier = c
	return a
}

// Collect passes on what embedding the contract hides.
func (a *account) Collect(ctx context.Context, waybills []string) error {
	return a.Carrier.(ship.Collector).Collect(ctx, waybills)
}

// read brings a file in through its importer and wants every row taken.
func (h *house) read(kind string, raw []byte) sheet.Answer {
	h.t.Helper()
	a := h.bring(kind, "", "", raw)
	if len(a.Rejected) > 0 {
		h.t.Fatalf("%s: %+v", kind, a.Rejected)
	}
	return a
}

func (h *house) bring(kind, channel, shop string, raw []byte) sheet.Answer {
	h.t.Helper()
	r, err := sheet.Open(kind+".csv", bytes.NewReader(raw), int64(len(raw)), sheet.DefaultLimits())
	if err != nil {
		h.t.Fatalf("%s: %v", kind, err)
	}
	defer r.Close()
	a, err := h.Importer(kind, channel, shop)(context.Background(), r, false, nil)
	if err != nil {
		h.t.Fatalf("%s: %v", kind, err)
	}
	return a
}

// file writes a table as the CSV that people send.
func file(table [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(table) // a buffer does not fail
	return b.Bytes()
}

// clean proves the books.
func (h *house) clean(when string) {
	h.t.Helper()
	report, err := check.Run(context.Background(), h.DB, check.Options{})
	if err != nil {
		h.t.Fatalf("%s: %v", when, err)
	}
	for _, f := range report.Findings {
		h.t.Errorf("%s: %+v", when, f)
	}
	if !report.Clean {
		h.t.Fatalf("%s: the books are wrong", when)
	}
}

// settle lets the company do what follows by itself, until nothing is left that is due now.
func (h *house) settle() {
	h.t.Helper()
	steps := []func(context.Context) (int, error){h.Review.Recheck, h.Review.LapseHolds, h.Review.Step, h.allocation.Step, h.allocation.StepBackorders, h.worker.Step}
	for done := 1; done > 0; {
		done = 0
		for i, step := range steps {
			n, err := step(context.Background())
			if err != nil {
				h.t.Fatalf("step %d: %v", i, err)
			}
			done += n
		}
	}
}

// rows reads a list for a test.
func rows[T any](h *house, sql *db.SQL, args ...any) (list []T) {
	h.t.Helper()
	err := h.DB.View(context.Background(), func(tx *db.Tx) (err error) {
		list, err = db.All(tx.Query(sql, args...), func(r *db.Rows) (v T) { r.Scan(&v); return v })
		return err
	})
	if err != nil {
		h.t.Fatalf("%v", err)
	}
	return list
}

// view reads something on one snapshot.
func view[T any](h *house, read func(tx *db.Tx) (T, error)) (out T) {
	h.t.Helper()
	if err := h.DB.View(context.Background(), func(tx *db.Tx) (err error) { out, err = read(tx); return err }); err != nil {
		h.t.Fatalf("%v", err)
	}
	return out
}

// want checks that something was refused with the right code.
func (h *house) want(code string, err error) {
	h.t.Helper()
	if got := fault.Code(err); err == nil || got != code {
		h.t.Errorf("want %s, got %q (%v)", code, got, err)
	}
}

// must ends the test when something was refused that should not be.
func must[T any](h *house, out T, err error) T {
	h.t.Helper()
	if err != nil {
		h.t.Fatalf("%v", err)
	}
	return out
}

// sold is an order as a shop sends it: paid in full, from a customer of its own, to a good address.
func sold(no int, province string, lines ...intake.Line) intake.Document {
	split, total := true, int64(0)
	for i := range lines {
		lines[i].UnitPrice = "10.00"
		total += 10 * lines[i].Quantity
	}
	city := map[string][2]string{"浙江省": {"杭州市", "西湖区"}, "广东省": {"广州市", "天河区"}, "北京市": {"北京市", "朝阳区"}}[province]
	return intake.Document{Channel: "webshop", OrderNo: fmt.Sprintf("W-%04d", no), PlacedAt: "2026-03-02T03:00:00Z", Currency: "CNY",
		PaymentStatus: "paid", PaidAmount: intake.Decimal(fmt.Sprintf("%d.00", total)), RecipientName: "王芳", Phone: fmt.Sprintf("139%08d", no),
		Country: "CN", Province: province, City: city[0], District: city[1], Address: fmt.Sprintf("文三路 %d 号 3 单元 %d 室", no, no), MaySplit: &split, Lines: lines}
}

func item(sku string, quantity int64) intake.Line { return intake.Line{SKU: sku, Quantity: quantity} }

// receive takes a document in and answers the order.
func (h *house) receive(doc intake.Document) (intake.Receipt, error) {
	return h.Intake.Receive(context.Background(), nil, intake.Input{Document: doc, Source: intake.SourceAPI})
}

// text joins lines of a small file.
func text(lines ...string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }
