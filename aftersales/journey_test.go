package aftersales_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/packtest"
)

func (w *desk) facts(key int64) (list []db.Fact) {
	w.t.Helper()
	err := w.DB.View(w.t.Context(), func(tx *db.Tx) (err error) { list, err = tx.Timeline(key, 200); return err })
	if err != nil {
		w.t.Fatal(err)
	}
	return slices.DeleteFunc(list, func(f db.Fact) bool { return f.Kind[:5] != "after" && f.Kind[:6] != "refund" })
}

func params(t *testing.T, text string) map[string]any {
	t.Helper()
	var p map[string]any
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func each(t *testing.T, test func(w *desk)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { test(newDesk(t, d, nil)) })
}

func TestFromDeliveredToRefundedAndRestocked(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 2})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Lines: []aftersales.Asked{{LineNo: 1, Quantity: 2}}, Actor: "user:sue"})
		if c.Status != aftersales.Approved || w.Order(w.t, o.ID).AfterSale != order.AfterSaleOpen {
			t.Fatalf("case %s, order %s", c.Status, w.Order(w.t, o.ID).AfterSale)
		}
		if _, err := w.after.Receive(t.Context(), nil, aftersales.ReceiveIn{CaseID: c.ID, Actor: "user:ria"}); err != nil {
			t.Fatal(err)
		}
		w.wantStock("MUG", "quarantine 2")
		w.wantStatus(c.ID, aftersales.Received)
		for _, in := range []aftersales.GradeIn{
			{CaseID: c.ID, SKU: "6901234567892", Grade: "A", Location: "A-01-01", Actor: "user:ria"},
			{CaseID: c.ID, SKU: "MUG", Grade: "C", Note: "handle broken", Photos: []string{"s3://p/1.jpg"}, Actor: "user:ria"},
		} {
			if _, err := w.after.Grade(t.Context(), nil, in); err != nil {
				t.Fatal(err)
			}
		}
		w.wantStock("MUG", "defective 1, good 1")
		d := w.wantStatus(c.ID, aftersales.Inspected)
		if len(d.Refunds) != 1 || d.Refunds[0].Amount != 2000 || d.Refunds[0].Status != aftersales.RefundRequested {
			t.Fatalf("refunds %+v", d.Refunds)
		}
		if _, err := w.after.ApproveRefund(t.Context(), nil, aftersales.MoneyIn{RefundID: d.Refunds[0].ID, Actor: "user:fin"}); err != nil {
			t.Fatal(err)
		}
		w.work()
		d = w.wantStatus(c.ID, aftersales.Closed)
		if d.Refunds[0].Status != aftersales.RefundDone || w.shop.total() != 2000 || d.Refunds[0].Reference == "" {
			t.Errorf("refund %+v, the shop paid %d", d.Refunds[0], w.shop.total())
		}
		now := w.Order(w.t, o.ID)
		if now.AfterSale != order.AfterSaleClosed || now.Payment != order.Refunded || now.Delivery != order.DeliveryDelivered {
			t.Errorf("the order ends as %+v", now.Axes)
		}
		w.told(o.ID)
		w.proven()
	})
}

// lite is for what runs no statement that the other tests do not run on both engines.
func lite(t *testing.T, test func(w *desk)) {
	test(newDesk(t, dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon)), nil))
}

func TestTheSameParcelScannedTwiceIsOneCaseAndItsGoodsCountOnce(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		first, err := w.after.Scan(t.Context(), nil, waybillOf(o), "user:ria")
		if err != nil || !first.New || first.Case.Status != aftersales.Approved {
			t.Fatalf("%+v %v", first, err)
		}
		again, err := w.after.Scan(t.Context(), nil, waybillOf(o), "user:ria")
		if err != nil || again.New || again.Case.ID != first.Case.ID {
			t.Fatalf("%+v %v", again, err)
		}
		once := func() *db.Once { return &db.Once{Key: "pda:1", Hash: "h"} }
		good := aftersales.GradeIn{CaseID: first.Case.ID, SKU: "MUG", Grade: "A", Location: "A-01-01"}
		for range 2 {
			if _, err := w.after.Grade(t.Context(), once(), good); err != nil {
				t.Fatal(err)
			}
		}
		w.wantStock("MUG", "good 1")
		_, err = w.after.Grade(t.Context(), nil, good)
		wantFault(t, err, "aftersales.too_many_back")
		slip, err := w.after.Scan(t.Context(), nil, first.Case.Name(), "user:ria")
		if err != nil || slip.Case.ID != first.Case.ID {
			t.Errorf("the slip finds %+v %v", slip, err)
		}
		w.proven()
	})
}

func TestAPartComesBackAndTheRestLapses(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 3})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
		if _, err := w.after.Grade(t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, SKU: "MUG", Grade: "A", Location: "A-01-01"}); err != nil {
			t.Fatal(err)
		}
		d := w.wantStatus(c.ID, aftersales.Inspected)
		if len(d.Refunds) != 1 || d.Refunds[0].Amount != 1000 {
			t.Fatalf("a third came back, %+v is given back", d.Refunds)
		}
		if _, err := w.after.Grade(t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, SKU: "MUG", Grade: "D"}); err != nil {
			t.Fatal(err)
		}
		d = w.detail(c.ID)
		if len(d.Refunds) != 1 || d.Refunds[0].Amount != 2000 || d.Refunds[0].Lines[0].Amount != 2000 {
			t.Fatalf("two thirds came back, %+v are given back", d.Refunds)
		}
		for _, r := range d.Refunds {
			if _, err := w.after.ApproveRefund(t.Context(), nil, aftersales.MoneyIn{RefundID: r.ID}); err != nil {
				t.Fatal(err)
			}
		}
		w.work()
		w.wantStatus(c.ID, aftersales.Inspected)
		if n, err := w.after.LapseStep(t.Context()); n != 0 || err != nil {
			t.Errorf("lapsed %d %v before the time", n, err)
		}
		w.DB.Clock().Advance(15 * 24 * time.Hour)
		if n, err := w.after.LapseStep(t.Context()); n != 1 || err != nil {
			t.Errorf("lapsed %d %v", n, err)
		}
		w.wantStatus(c.ID, aftersales.Closed)
		if n, _ := w.after.LapseStep(t.Context()); n != 0 {
			t.Errorf("lapsed again")
		}
		w.wantStock("MUG", "good 1")
		w.proven()
	})
}

func TestTheWrongGoodsInsideStandInQuarantineAndAreNotPaidFor(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
		got, err := w.after.Receive(t.Context(), nil, aftersales.ReceiveIn{CaseID: c.ID, Lines: []aftersales.Came{{SKU: "TEE", Quantity: 1}}})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Units) != 1 || got.Units[0].LineNo != 0 || got.Lines[0].Received != 0 {
			t.Fatalf("%+v", got)
		}
		w.wantStock("TEE", "quarantine 1")
		if _, err := w.after.Grade(t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, Unit: got.Units[0].ID, Grade: "C"}); err != nil {
			t.Fatal(err)
		}
		if d := w.wantStatus(c.ID, aftersales.Inspected); len(d.Refunds) != 0 {
			t.Errorf("%+v", d.Refunds)
		}
		w.wantStock("TEE", "defective 1")
		w.proven()
	})
}

func TestMoreThanLeftCannotComeBack(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 2})
		_, err := w.after.Open(t.Context(), nil, aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Reason: "other", Lines: []aftersales.Asked{{LineNo: 1, Quantity: 3}}})
		wantFault(t, err, "aftersales.too_many")
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
		_, err = w.after.Open(t.Context(), nil, aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Exchange, Reason: "other"})
		wantFault(t, err, "aftersales.nothing_left")
		_, err = w.after.Receive(t.Context(), nil, aftersales.ReceiveIn{CaseID: c.ID, Lines: []aftersales.Came{{SKU: "MUG", Quantity: 3}}})
		wantFault(t, err, "aftersales.too_many_back")
		w.wantStock("MUG", "")
		w.wantStatus(c.ID, aftersales.Approved)
		w.proven()
	})
}

func TestACustomerWhoseCaseIsOverIsSuggestedByPhoneNotByGoods(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 2})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Lines: []aftersales.Asked{{LineNo: 1, Quantity: 1}}})
		if _, err := w.after.Cancel(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID}); err != nil {
			t.Fatal(err)
		}
		pool := func(tail string) []aftersales.Owner {
			p, err := w.after.Pool(t.Context(), nil, aftersales.PoolIn{Node: "HZ", PhoneTail: tail, Lines: []aftersales.Came{{SKU: "MUG", Quantity: 1}}, Actor: "user:ria"})
			if err != nil {
				t.Fatal(err)
			}
			return p.Perhaps
		}
		if got := pool("9999"); len(got) != 0 {
			t.Errorf("the goods alone suggest %+v", got)
		}
		if got := pool("0000"); len(got) != 1 || got[0].CaseID != c.ID || !got[0].Over || got[0].OrderID != o.ID || got[0].Score != 25 || got[0].SKUs != 1 {
			t.Errorf("suggested %+v", got)
		}
		w.proven()
	})
}

func TestAParcelWithoutAnOwnerIsClaimedLater(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 5})
		other := w.delivered(packtest.Line{SKU: "TEE", Quantity: 1})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Lines: []aftersales.Asked{{LineNo: 1, Quantity: 4}}})
		w.open(aftersales.OpenIn{OrderID: other.ID, Kind: aftersales.Return})
		if s, err := w.after.Scan(t.Context(), nil, "YT-UNKNOWN", ""); err != nil || s.State != aftersales.FoundUnknown {
			t.Fatalf("%+v %v", s, err)
		}
		p, err := w.after.Pool(t.Context(), nil, aftersales.PoolIn{Node: "HZ", Waybill: "YT-UNKNOWN", PhoneTail: "0000", Lines: []aftersales.Came{{SKU: "MUG", Quantity: 4}}, Photos: []string{"x"}, Actor: "user:ria"})
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Perhaps) != 2 || p.Perhaps[0].CaseID != c.ID || !p.Perhaps[0].Phone || p.Perhaps[0].SKUs != 4 || p.Perhaps[1].SKUs != 0 {
			t.Errorf("suggested %+v", p.Perhaps)
		}
		w.wantStock("MUG", "quarantine 4")
		w.proven()
		got, err := w.after.Claim(t.Context(), nil, p.Parcel.ID, c.ID, "user:ria")
		if err != nil {
			t.Fatal(err)
		}
		if got.Status != aftersales.Received || got.Lines[0].Received != 4 || got.Units[0].Photos[0] != "x" {
			t.Errorf("%+v", got)
		}
		w.wantStock("MUG", "quarantine 4")
		_, err = w.after.Claim(t.Context(), nil, p.Parcel.ID, c.ID, "user:ria")
		wantFault(t, err, "aftersales.claimed")
		if list, err := w.after.OpenParcels(t.Context(), 0, 10); err != nil || len(list) != 0 {
			t.Errorf("%v %v", list, err)
		}
		w.told(o.ID)
		w.proven()
	})
}
