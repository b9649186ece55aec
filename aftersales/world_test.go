package aftersales_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

// desk is a world whose parcels have been delivered, with a returns desk and a worker.
type desk struct {
	*packtest.World
	t      *testing.T
	after  *aftersales.Service
	pack   *pack.Service
	ship   *ship.Service
	worker *job.Worker
	shop   *shop
}

func newDesk(t *testing.T, d *db.DB, carriers map[string]ship.Carrier) *desk {
	t.Helper()
	w := &desk{World: packtest.New(t, d), t: t, pack: pack.New(d), ship: ship.New(d, carriers, ship.Settings{}), shop: &shop{paid: map[string]int64{}}}
	w.after = aftersales.New(d, intake.New(d, nil), carriers, aftersales.Settings{Refunder: func(context.Context, string, string) (intake.Refunder, error) {
		if w.shop == nil {
			return nil, nil
		}
		return w.shop, nil
	}, Currency: "CNY"})
	w.worker = job.NewWorker(d, 1, w.after.Handlers())
	return w
}

// delivered sells, ships and delivers one order of these lines; everything was paid.
func (w *desk) delivered(lines ...packtest.Line) *order.Order {
	w.t.Helper()
	f := w.Picked(w.t, lines)[0]
	if _, err := w.pack.Pack(w.t.Context(), nil, pack.In{FulfilmentID: f.ID, Packer: "user:pia"}); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.ship.Ship(w.t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "SF", Waybill: fmt.Sprint("SF", f.OrderID), Actor: "user:pia"}); err != nil {
		w.t.Fatal(err)
	}
	w.update(func(tx *db.Tx) error {
		o, err := order.LockOne(tx, f.OrderID)
		if err != nil {
			return err
		}
		o.PaidAmount, o.PaidAt = o.Total, tx.Micros()
		order.SaveContent(tx, o)
		ss, err := ship.LockShipmentsOf(tx, []int64{o.ID})
		for _, s := range ss[o.ID] {
			s.Tracking, s.DeliveredAt = "delivered", tx.Micros()
			ship.SaveProgress(tx, s)
		}
		to := o.Axes
		to.Delivery = ship.Delivery(o.Fulfilment, ss[o.ID])
		if err == nil {
			err = order.Move(tx, o, to)
		}
		return err
	})
	return w.Order(w.t, f.OrderID)
}

func waybillOf(o *order.Order) string { return fmt.Sprint("SF", o.ID) }

func (w *desk) update(fn func(*db.Tx) error) {
	w.t.Helper()
	if err := w.DB.Update(w.t.Context(), fn); err != nil {
		w.t.Fatal(err)
	}
}

// open asks for something and expects that it can be asked for.
func (w *desk) open(in aftersales.OpenIn) aftersales.Case {
	w.t.Helper()
	if in.Reason == "" {
		in.Reason = "changed_mind"
	}
	c, err := w.after.Open(w.t.Context(), nil, in)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// work runs the jobs until none is due, over the pauses between attempts too.
func (w *desk) work() {
	w.t.Helper()
	for range 12 {
		for {
			n, err := w.worker.Step(w.t.Context())
			if err != nil {
				w.t.Fatal(err)
			}
			if n == 0 {
				break
			}
		}
		w.DB.Clock().Advance(10 * time.Minute)
	}
}

func (w *desk) detail(key int64) aftersales.Detail {
	w.t.Helper()
	d, err := w.after.Case(w.t.Context(), key)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

func (w *desk) wantStatus(key int64, status string) aftersales.Detail {
	w.t.Helper()
	d := w.detail(key)
	if d.Status != status {
		w.t.Errorf("the case is %s, want %s", d.Status, status)
	}
	return d
}

var selStock = db.NewSQL(`SELECT quality, CAST(COALESCE(sum(on_hand), 0) AS BIGINT) FROM inventory_stock WHERE sku_id = $1 GROUP BY quality ORDER BY quality`)

// stock is what stands here of a SKU, by quality: "good 1, quarantine 2".
func (w *desk) stock(code string) string {
	w.t.Helper()
	var parts []string
	err := w.DB.View(w.t.Context(), func(tx *db.Tx) error {
		rows := tx.Query(selStock, w.SKUs[code])
		for rows.Next() {
			var quality string
			var n int64
			rows.Scan(&quality, &n)
			if n != 0 {
				parts = append(parts, fmt.Sprint(quality, " ", n))
			}
		}
		return rows.Close()
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.Join(parts, ", ")
}

func (w *desk) wantStock(code, want string) {
	w.t.Helper()
	if got := w.stock(code); got != want {
		w.t.Errorf("%s: %q stands here, want %q", code, got, want)
	}
}

// proven sees that the books are clean.
func (w *desk) proven() {
	w.t.Helper()
	report, err := check.Run(w.t.Context(), w.DB, check.Options{})
	if err != nil || !report.Clean {
		w.t.Errorf("check: %v %+v", err, report.Findings)
	}
}

func wantFault(t *testing.T, err error, code string) {
	t.Helper()
	if fault.Code(err) != code {
		t.Errorf("got %v (%s), want %s", err, fault.Code(err), code)
		return
	}
	f, _ := fault.As(err)
	for _, lang := range words.Languages {
		if s := words.Render(lang, f.Code, f.Params); strings.ContainsAny(s, "{}") || !words.Has(lang, f.Code) {
			t.Errorf("%s in %s reads %q", f.Code, lang, s)
		}
	}
}

// told sees that every entry of the timeline reads well in both languages.
func (w *desk) told(key int64) {
	w.t.Helper()
	for _, f := range w.facts(key) {
		for _, lang := range words.Languages {
			if s := words.Render(lang, "event."+f.Kind, params(w.t, f.Params)); strings.ContainsAny(s, "{}") || strings.Contains(s, "aftersales.") {
				w.t.Errorf("%s in %s reads %q", f.Kind, lang, s)
			}
		}
	}
}

// shop is one that pays back when it is told to.
type shop struct {
	paid                     map[string]int64 // by our reference
	calls, asks              int
	lose, unreachable, wrong int  // so many calls are paid without an answer, do not arrive, are refused
	deaf                     bool // it does not answer when it is asked
}

func (s *shop) Refund(_ context.Context, r intake.RefundOrder) (string, error) {
	s.calls++
	switch {
	case s.unreachable > 0:
		s.unreachable--
		return "", intake.ErrUnreachable
	case s.wrong > 0:
		s.wrong--
		return "", intake.ErrRefused
	}
	s.paid[r.Reference] = r.AmountMinor
	if s.lose > 0 {
		s.lose--
		return "", intake.ErrUncertain
	}
	return "shop-" + r.Reference, nil
}

func (s *shop) FindRefund(_ context.Context, r intake.RefundOrder) (string, bool, error) {
	s.asks++
	if s.deaf {
		return "", false, intake.ErrUncertain
	}
	_, found := s.paid[r.Reference]
	return "shop-" + r.Reference, found, nil
}

func (s *shop) total() (n int64) {
	for _, v := range s.paid {
		n += v
	}
	return n
}
