package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/ship"
)

// life runs one order through an app whose clock stands still, with a carrier that can be asked, until it is delivered.
// It returns the app's event log.
func life(t *testing.T) []byte {
	t.Helper()
	ctx := t.Context()
	cfg := testConfig(t)
	cfg.Clock = "fixed:2026-03-02T04:00:00Z"
	sim := httptest.NewUnstartedServer(nil) // begins when the app has made the clock they share
	cfg.CarrierURL, cfg.CarrierKey, cfg.CarrierSecret, cfg.CarrierCodes = "http://"+sim.Listener.Addr().String(), "packhorse", "secret", []string{"SF"}
	a, err := Open(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	clk := a.Installation.Clock
	sim.Config.Handler = carrier.New(carrier.Config{Seed: 7, Clock: clk, AppKey: "packhorse", Secret: "secret"})
	sim.Start()
	defer sim.Close()
	furnishApp(t, a)
	a.must(t, func() error { return one(a.Intake.Receive(ctx, nil, inputOf(t, shopOrder("D-1")))) })
	a.must(t, func() error { return a.Settle(ctx) })
	f := a.onlyFulfilment(t)
	a.must(t, func() error { return one(a.Pick.Release(ctx, nil, pick.ReleaseIn{FulfilmentID: f.ID})) })
	a.must(t, func() error { return one(a.Pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: f.ID, Picker: "li"})) })
	a.must(t, func() error { return one(a.Pack.Pack(ctx, nil, pack.In{FulfilmentID: f.ID, Packer: "li"})) })
	a.must(t, func() error { return one(a.Ship.Label(ctx, nil, ship.LabelIn{FulfilmentID: f.ID})) })
	a.must(t, func() error { return a.Settle(ctx) })
	a.must(t, func() error { return one(a.Ship.HandOver(ctx, nil, ship.HandOverIn{Fulfilments: []int64{f.ID}})) })
	for range 60 {
		a.must(t, func() error { return a.Settle(ctx) })
		clk.Advance(3 * time.Hour)
	}
	var o *order.Order
	a.must(t, func() error {
		return a.DB.View(ctx, func(tx *db.Tx) error {
			found, err := order.ByIDs(tx, []int64{f.OrderID})
			o = found[f.OrderID]
			return err
		})
	})
	if o.Fulfilment != order.FulfilmentShipped || o.Delivery != order.DeliveryDelivered {
		t.Errorf("the order ended %s, %s", o.Fulfilment, o.Delivery)
	}
	report, err := prove(ctx, a)
	if err != nil || !report.Clean {
		t.Errorf("%v %+v", err, report.Findings)
	}
	var log bytes.Buffer
	a.must(t, func() error { return check.Dump(ctx, a.DB, "events", &log) })
	return log.Bytes()
}

func one[T any](_ T, err error) error { return err }

func (a *App) must(t *testing.T, do func() error) {
	t.Helper()
	if err := do(); err != nil {
		t.Fatal(err)
	}
}

func inputOf(t *testing.T, body string) intake.Input {
	d, err := intake.Decode([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return intake.Input{Document: d, Source: intake.SourceAPI, Raw: body}
}

func furnishApp(t *testing.T, a *App) {
	t.Helper()
	for _, f := range furniture {
		r, err := sheet.Open(f[0], bytes.NewReader([]byte(f[1])), int64(len(f[1])), sheet.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		answer, err := a.Importer(f[0], "", "")(context.Background(), r, false, nil)
		if err != nil || len(answer.Rejected) > 0 {
			t.Fatalf("%s: %v %v", f[0], err, answer.Rejected)
		}
	}
}

func (a *App) onlyFulfilment(t *testing.T) *order.Fulfilment {
	t.Helper()
	var list []*order.Fulfilment
	a.must(t, func() error {
		return a.DB.View(t.Context(), func(tx *db.Tx) error {
			page, err := order.List(tx, order.Filter{}, 0, 1)
			if err != nil {
				return err
			}
			found, err := order.FulfilmentsOf(tx, []int64{page.Orders[0].ID})
			list = found[page.Orders[0].ID]
			return err
		})
	})
	if len(list) != 1 {
		t.Fatalf("%d fulfilments", len(list))
	}
	return list[0]
}

func TestUnderAStandingClockALifeIsTheSameEveryTime(t *testing.T) {
	first, second := life(t), life(t)
	if !bytes.Equal(first, second) {
		a, b := bytes.Split(first, []byte("\n")), bytes.Split(second, []byte("\n"))
		for i := range min(len(a), len(b)) {
			if !bytes.Equal(a[i], b[i]) {
				t.Fatalf("event %d differs:\n%s\n%s", i, a[i], b[i])
			}
		}
		t.Fatalf("%d events, then %d", len(a), len(b))
	}
	if !json.Valid(bytes.SplitN(first, []byte("\n"), 2)[0]) {
		t.Error("no events")
	}
}
