package aftersales_test

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

func TestAnExchangeSendsTheOtherGoodsOnceTheseAreLookedAt(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 2})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Exchange, Lines: []aftersales.Asked{{LineNo: 1, Quantity: 1, Swap: "TEE"}}})
		w.work()
		if d := w.wantStatus(c.ID, aftersales.Approved); d.Replacement != aftersales.ReplacementNone {
			t.Fatalf("goods went out before these were here: %s", d.Replacement)
		}
		if _, err := w.after.Grade(t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, SKU: "MUG", Grade: "A", Location: "A-01-01"}); err != nil {
			t.Fatal(err)
		}
		w.work()
		d := w.wantStatus(c.ID, aftersales.Closed)
		if d.Replacement != aftersales.ReplacementMade || len(d.Refunds) != 0 {
			t.Fatalf("%+v", d)
		}
		n := w.Order(t, d.ReplacementID)
		if n.Kind != "exchange" || n.Channel != aftersales.Channel || n.ExternalNo != c.Name() || n.Total != 0 || n.Recipient != o.Recipient ||
			len(n.Lines) != 1 || n.Lines[0].SKU != "TEE" || n.Lines[0].Quantity != 1 || n.Review != order.ReviewPending {
			t.Errorf("%+v", n)
		}
		if back, found, err := w.after.MadeBy(t.Context(), n.ID); err != nil || !found || back.OrderID != o.ID {
			t.Errorf("the new order leads to %+v %v", back, err)
		}
		w.told(o.ID)
		w.told(n.ID)
		w.proven()
	})
}

func TestAReshipIsOneOrderHoweverOftenItsJobRuns(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 3})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Reship, Reason: "missing", Lines: []aftersales.Asked{{LineNo: 1, Quantity: 2}}})
		if _, err := w.after.Approve(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID}); err != nil {
			t.Fatal(err)
		}
		w.work()
		d := w.wantStatus(c.ID, aftersales.Closed)
		if n := w.Order(t, d.ReplacementID); n.Kind != "reship" || n.Lines[0].Quantity != 2 {
			t.Errorf("%+v", n)
		}
		if got := w.Order(t, o.ID); got.AfterSale != order.AfterSaleClosed || got.Payment != order.Paid {
			t.Errorf("%+v", got.Axes)
		}
		_, err := w.after.Open(t.Context(), nil, aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Reship, Reason: "lost", Lines: []aftersales.Asked{{LineNo: 1, Quantity: 2}}})
		wantFault(t, err, "aftersales.too_many")
		_, err = w.after.Receive(t.Context(), nil, aftersales.ReceiveIn{CaseID: c.ID, Lines: []aftersales.Came{{SKU: "MUG", Quantity: 1}}})
		wantFault(t, err, "aftersales.no_goods")
		w.proven()
	})
}

func TestTheReturnWaybillIsBookedOnceAndFindsTheCase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		carrier := simulated(t, d, server.Config{})
		lossy := &lossy{Carrier: carrier, lose: 1}
		w := newDesk(t, d, map[string]ship.Carrier{"SF": lossy})
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
		_, err := w.after.Label(t.Context(), nil, aftersales.LabelIn{CaseID: c.ID})
		wantFault(t, err, "aftersales.no_phone")
		p := aftersales.DefaultPolicy()
		p.Phone = "0571-8888"
		if saved, err := w.after.SavePolicy(t.Context(), nil, "user:boss", p); err != nil || saved.Phone != p.Phone {
			t.Fatal(saved, err)
		}
		got, err := w.after.Label(t.Context(), nil, aftersales.LabelIn{CaseID: c.ID})
		if err != nil || got.Label != aftersales.LabelRequested || got.Carrier != "SF" {
			t.Fatalf("%+v %v", got, err)
		}
		_, err = w.after.Cancel(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID})
		wantFault(t, err, "aftersales.label_pending")
		w.work()
		now := w.detail(c.ID)
		if now.Label != aftersales.LabelBooked || now.Waybill == "" || lossy.books != 1 || lossy.finds != 1 {
			t.Fatalf("%+v, booked %d times, asked %d", now.Case, lossy.books, lossy.finds)
		}
		s, err := w.after.Scan(t.Context(), nil, now.Waybill, "")
		if err != nil || s.Case.ID != c.ID || s.New {
			t.Errorf("%+v %v", s, err)
		}
		if _, err := w.after.Cancel(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID}); err != nil {
			t.Fatal(err)
		}
		w.work()
		if _, found, err := carrier.Find(t.Context(), c.Name()+"-1"); err != nil || found {
			t.Errorf("the waybill of a case that was called off lives on: %v %v", found, err)
		}
		w.wantStatus(c.ID, aftersales.Cancelled)
		w.told(o.ID)
	})
}

func TestAWaybillInHandNeedsNoCarrier(t *testing.T) {
	lite(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
		_, err := w.after.Label(t.Context(), nil, aftersales.LabelIn{CaseID: c.ID})
		wantFault(t, err, "aftersales.no_carrier")
		if _, err := w.after.Label(t.Context(), nil, aftersales.LabelIn{CaseID: c.ID, Waybill: "YTO77"}); err != nil {
			t.Fatal(err)
		}
		if s, err := w.after.Scan(t.Context(), nil, "YTO77", ""); err != nil || s.Case.ID != c.ID {
			t.Errorf("%+v %v", s, err)
		}
	})
}

func TestTheReasonLeadsBackToWhoPackedAndWhatItWeighed(t *testing.T) {
	lite(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 2})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Reason: "wrong_item"})
		list, err := w.after.Evidence(t.Context(), c.ID)
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v %v", list, err)
		}
		e := list[0]
		if e.Packer != "user:pia" || e.Waybill != waybillOf(o) || e.WeightG == 0 || e.Carton == "" || e.Quantity != 2 || e.Lot != "L1" {
			t.Errorf("%+v", e)
		}
	})
}

func TestGoodsToBeRefurbishedAreGradedAgain(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 3})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
		got, err := w.after.Grade(t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, SKU: "MUG", Quantity: 3, Grade: "B"})
		if err != nil {
			t.Fatal(err)
		}
		w.wantStock("MUG", "quarantine 3")
		unit := got.Units[0].ID
		_, err = w.after.Grade(t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, Unit: unit, Quantity: 4, Grade: "A", Location: "A-01-01"})
		wantFault(t, err, "aftersales.few")
		if _, err := w.after.Grade(t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, Unit: unit, Quantity: 2, Grade: "A", Location: "A-01-01"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.after.Grade(t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, Unit: unit, Grade: "D"}); err != nil {
			t.Fatal(err)
		}
		_, err = w.after.Grade(t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, Unit: unit, Grade: "A", Location: "A-01-01"})
		wantFault(t, err, "aftersales.unit")
		w.wantStock("MUG", "good 2")
		w.proven()
	})
}

func TestAParcelRefusedAtTheDoorEndsItsJourney(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		w.update(func(tx *db.Tx) error { // as before anybody had accepted it
			ss, err := ship.LockShipmentsOf(tx, []int64{o.ID})
			for _, s := range ss[o.ID] {
				s.Status, s.Tracking, s.DeliveredAt = ship.HandedOver, "delivery_failed", 0
				ship.SaveProgress(tx, s)
			}
			if err != nil {
				return err
			}
			locked, err := order.LockOne(tx, o.ID)
			to := locked.Axes
			to.Delivery = order.DeliveryReturned
			if err == nil {
				err = order.Move(tx, locked, to)
			}
			if err != nil {
				return err
			}
			to.Delivery = order.DeliveryInTransit
			return order.Move(tx, locked, to)
		})
		s, err := w.after.Scan(t.Context(), nil, waybillOf(o), "user:ria")
		if err != nil || s.Case.Kind != aftersales.Refused {
			t.Fatalf("%+v %v", s, err)
		}
		if _, err := w.after.Receive(t.Context(), nil, aftersales.ReceiveIn{CaseID: s.Case.ID}); err != nil {
			t.Fatal(err)
		}
		if got := w.Order(t, o.ID).Delivery; got != order.DeliveryReturned {
			t.Errorf("delivery is %s", got)
		}
		w.proven()
	})
}

func TestTheWindowAndTheValueDecideWhatAPersonHasToLookAt(t *testing.T) {
	day := 24 * time.Hour
	p := aftersales.Policy{Windows: map[string]int64{aftersales.Return: 7}, Kinds: []string{aftersales.Return}, Limit: 10000}
	for _, c := range []struct {
		name string
		f    aftersales.Facts
		want string
	}{
		{"in time and cheap", aftersales.Facts{Kind: aftersales.Return, Value: 10000}, "granted"},
		{"on the last day", aftersales.Facts{Kind: aftersales.Return, DeliveredAt: dbtest.Noon.Add(-8*day + time.Second)}, "granted"},
		{"a day late", aftersales.Facts{Kind: aftersales.Return, DeliveredAt: dbtest.Noon.Add(-8 * day)}, "late"},
		{"dear", aftersales.Facts{Kind: aftersales.Return, Value: 10001}, "value"},
		{"the second at once", aftersales.Facts{Kind: aftersales.Return, Others: 1}, "others"},
		{"a kind that is not granted", aftersales.Facts{Kind: aftersales.Refund}, "kind"},
	} {
		c.f.Now, c.f.Currency = dbtest.Noon, "CNY"
		d := aftersales.Decide(p, c.f)
		if d.Why.Code != "aftersales.decision."+c.want || d.Approved != (c.want == "granted") {
			t.Errorf("%s: %+v", c.name, d)
		}
	}
}

func TestALateWishWaitsForAPersonWhoMayReject(t *testing.T) {
	lite(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		w.DB.Clock().Advance(9 * 24 * time.Hour)
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
		if c.Status != aftersales.Requested {
			t.Fatalf("%s", c.Status)
		}
		_, err := w.after.Reject(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID})
		wantFault(t, err, "required")
		if _, err := w.after.Reject(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID, Note: "two days too late"}); err != nil {
			t.Fatal(err)
		}
		_, err = w.after.Approve(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID})
		wantFault(t, err, "aftersales.state")
		if got := w.Order(t, o.ID).AfterSale; got != order.AfterSaleClosed {
			t.Errorf("%s", got)
		}
		w.told(o.ID)
		w.proven()
	})
}
