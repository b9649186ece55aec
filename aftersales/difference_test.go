package aftersales_test

import (
	"testing"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/packtest"
)

// costs sets what a SKU costs in the catalogue.
func (w *desk) costs(code string, minor int64) {
	w.t.Helper()
	goods := catalog.New(w.DB, "CNY")
	e, err := goods.Get(w.t.Context(), w.SKUs[code])
	if err == nil {
		e.SKU.Price = minor
		_, err = goods.Save(w.t.Context(), nil, "user:ann", e)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// swapped brings a mug (10.00) back for a shirt, and lets the order for it be made.
func (w *desk) swapped(o *order.Order) aftersales.Detail {
	w.t.Helper()
	c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Exchange, Lines: []aftersales.Asked{{LineNo: 1, Quantity: 1, Swap: "TEE"}}})
	if _, err := w.after.Grade(w.t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, SKU: "MUG", Grade: "A", Location: "A-01-01"}); err != nil {
		w.t.Fatal(err)
	}
	w.work()
	return w.detail(c.ID)
}

func TestWhoeverTakesDearerGoodsInsteadOwesTheDifference(t *testing.T) {
	each(t, func(w *desk) {
		w.costs("TEE", 1500)
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 2})
		d := w.swapped(o)
		n := w.Order(t, d.ReplacementID)
		if d.Difference != 500 || n.Total != 500 || n.Payment != order.Unpaid || n.Lines[0].UnitPrice != 1500 || n.Discount != 1000 || len(d.Refunds) != 0 {
			t.Fatalf("owed %d, the order %+v", d.Difference, n)
		}
		w.proven()
		_, err := w.after.Owed(t.Context(), nil, aftersales.DecideIn{CaseID: d.ID, Actor: "user:ann"}, "")
		wantFault(t, err, "required")
		if _, err := w.after.Owed(t.Context(), nil, aftersales.DecideIn{CaseID: d.ID, Actor: "user:ann"}, "BANK-7"); err != nil {
			t.Fatal(err)
		}
		w.work()
		if n = w.Order(t, n.ID); n.Payment != order.Paid || n.PaidAmount != 500 {
			t.Errorf("%+v", n)
		}
		_, err = w.after.Owed(t.Context(), nil, aftersales.DecideIn{CaseID: d.ID, Actor: "user:ann"}, "BANK-8")
		wantFault(t, err, "aftersales.nothing_owed")
		w.wantStatus(d.ID, aftersales.Closed)
		w.told(o.ID)
		w.proven()
	})
}

func TestWhoeverTakesCheaperGoodsInsteadGetsTheDifferenceOnce(t *testing.T) {
	each(t, func(w *desk) {
		w.costs("TEE", 700)
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 2})
		d := w.swapped(o)
		if n := w.Order(t, d.ReplacementID); d.Difference != -300 || n.Total != 0 || n.Payment != order.Paid {
			t.Fatalf("%d, the order %+v", d.Difference, n)
		}
		if len(d.Refunds) != 1 || d.Refunds[0].Amount != 300 || d.Status != aftersales.Inspected {
			t.Fatalf("%+v", d)
		}
		if _, err := w.after.ApproveRefund(t.Context(), nil, aftersales.MoneyIn{RefundID: d.Refunds[0].ID}); err != nil {
			t.Fatal(err)
		}
		w.work()
		if d = w.wantStatus(d.ID, aftersales.Closed); len(d.Refunds) != 1 || d.Refunds[0].Status != aftersales.RefundDone {
			t.Errorf("%+v", d.Refunds)
		}
		if got := w.Order(t, o.ID); got.Payment != order.Paid {
			t.Errorf("a part went back, and the order is %s", got.Payment)
		}
		w.proven()
	})
}

func TestSentAtOnceTheDifferenceGoesBackWhenTheGoodsAreHere(t *testing.T) {
	lite(t, func(w *desk) {
		w.costs("TEE", 700)
		p := aftersales.DefaultPolicy()
		p.Kinds = []string{aftersales.Return}
		if _, err := w.after.SavePolicy(t.Context(), nil, "user:ann", p); err != nil {
			t.Fatal(err)
		}
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Exchange, Lines: []aftersales.Asked{{LineNo: 1, Quantity: 1, Swap: "TEE"}}})
		if _, err := w.after.Approve(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID, AtOnce: true}); err != nil {
			t.Fatal(err)
		}
		w.work()
		if d := w.detail(c.ID); d.Replacement != aftersales.ReplacementMade || d.Difference != -300 || len(d.Refunds) != 0 {
			t.Fatalf("%+v", d)
		}
		if _, err := w.after.Grade(t.Context(), nil, aftersales.GradeIn{CaseID: c.ID, SKU: "MUG", Grade: "A", Location: "A-01-01"}); err != nil {
			t.Fatal(err)
		}
		if d := w.detail(c.ID); len(d.Refunds) != 1 || d.Refunds[0].Amount != 300 {
			t.Errorf("%+v", d.Refunds)
		}
	})
}
