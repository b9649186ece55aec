package aftersales_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/packtest"
)

func TestTheSharesOfAnOrderAreWhatWasPaidForIt(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := &order.Order{ShippingFee: rapid.Int64Range(0, 5000).Draw(rt, "shipping"), PaidAmount: rapid.Int64Range(0, 900_000_000_000_000).Draw(rt, "paid")}
		var goods int64
		for i := range rapid.IntRange(1, 8).Draw(rt, "lines") {
			l := order.Line{No: int64(i + 1), Quantity: rapid.Int64Range(1, 50).Draw(rt, "quantity"), UnitPrice: rapid.Int64Range(0, 1_000_000_000).Draw(rt, "price")}
			l.Discount = rapid.Int64Range(0, l.UnitPrice*l.Quantity).Draw(rt, "off")
			goods += l.Amount()
			o.Lines = append(o.Lines, l)
		}
		o.Discount = rapid.Int64Range(0, goods).Draw(rt, "discount")
		var sum int64
		for line, share := range aftersales.Shares(o) {
			if sum += share; share < 0 {
				rt.Fatalf("the share of line %d is %d", line, share)
			}
			if l := slices.IndexFunc(o.Lines, func(l order.Line) bool { return l.No == line }); l >= 0 && o.Lines[l].Amount() == 0 && share > 0 {
				rt.Fatalf("line %d was for nothing, and %d were paid for it", line, share)
			}
		}
		if sum != o.PaidAmount {
			rt.Fatalf("the shares are %d of %d", sum, o.PaidAmount)
		}
	})
}

func TestPaidInFullEachLineIsWorthItsPriceLessItsPartOfTheDiscount(t *testing.T) {
	o := &order.Order{ShippingFee: 800, Discount: 300, PaidAmount: 3500, Lines: []order.Line{{No: 1, Quantity: 2, UnitPrice: 1000}, {No: 2, Quantity: 1, UnitPrice: 1200, Discount: 200}}}
	got := aftersales.Shares(o)
	if fmt.Sprint(got) != fmt.Sprint(map[int64]int64{0: 800, 1: 1800, 2: 900}) {
		t.Errorf("%v", got)
	}
}

func TestNoSequenceOfRefundsGivesBackMoreThanWasPaidForALine(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	w := newDesk(t, d, nil)
	rapid.Check(t, func(rt *rapid.T) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 3}, packtest.Line{SKU: "TEE", Quantity: 1})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
		back := map[int64]int64{}
		var ids []int64
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0, 1:
				line := rapid.Int64Range(0, 3).Draw(rt, "line")
				amount := rapid.Int64Range(0, 2500).Draw(rt, "amount")
				r, err := w.after.Refund(t.Context(), nil, aftersales.RefundIn{CaseID: c.ID, Lines: []aftersales.PaybackLine{{LineNo: line, Amount: amount}}})
				if err == nil {
					ids = append(ids, r.ID)
					back[line] += amount
				} else if _, refused := fault.As(err); !refused {
					rt.Fatal(err)
				}
			case 2:
				if len(ids) > 0 {
					key := rapid.SampledFrom(ids).Draw(rt, "which")
					if r, err := w.after.RejectRefund(t.Context(), nil, aftersales.MoneyIn{RefundID: key, Note: "no"}); err == nil {
						for _, l := range r.Lines {
							back[l.LineNo] -= l.Amount
						}
					}
				}
			case 3:
				if len(ids) > 0 {
					key := rapid.SampledFrom(ids).Draw(rt, "which")
					if _, err := w.after.ApproveRefund(t.Context(), nil, aftersales.MoneyIn{RefundID: key}); err == nil {
						_, err = w.after.Paid(t.Context(), nil, aftersales.MoneyIn{RefundID: key, Reference: "bank 1"})
						if err != nil {
							rt.Fatal(err)
						}
					}
				}
			}
		}
		for line, most := range map[int64]int64{0: 0, 1: 3000, 2: 1000, 3: 0} {
			if back[line] > most {
				rt.Fatalf("%d go back of line %d, %d were paid", back[line], line, most)
			}
		}
		left, err := w.after.Refundable(t.Context(), o.ID)
		if err != nil {
			rt.Fatal(err)
		}
		for _, l := range left {
			if most := map[int64]int64{0: 0, 1: 3000, 2: 1000}[l.LineNo]; l.Amount != most-back[l.LineNo] {
				rt.Fatalf("of line %d %d are left, want %d", l.LineNo, l.Amount, most-back[l.LineNo])
			}
		}
	})
}

// refunded opens a case for money only, and approves it and its refund.
func (w *desk) refunded(o *order.Order) aftersales.Detail {
	w.t.Helper()
	c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Refund, Reason: "late"})
	if c.Status != aftersales.Requested {
		w.t.Fatalf("money by itself was approved: %s", c.Status)
	}
	if _, err := w.after.Approve(w.t.Context(), nil, aftersales.DecideIn{CaseID: c.ID, Actor: "user:sue"}); err != nil {
		w.t.Fatal(err)
	}
	d := w.detail(c.ID)
	if len(d.Refunds) != 1 {
		w.t.Fatalf("%+v", d.Refunds)
	}
	if _, err := w.after.ApproveRefund(w.t.Context(), nil, aftersales.MoneyIn{RefundID: d.Refunds[0].ID, Actor: "user:fin"}); err != nil {
		w.t.Fatal(err)
	}
	return d
}

func TestALostAnswerOfTheShopIsAskedForAndNotPaidTwice(t *testing.T) {
	each(t, func(w *desk) {
		w.shop.lose, w.shop.unreachable = 1, 2
		d := w.refunded(w.delivered(packtest.Line{SKU: "MUG", Quantity: 1}))
		w.work()
		d = w.wantStatus(d.ID, aftersales.Closed)
		if w.shop.calls != 3 || w.shop.asks != 3 || w.shop.total() != 1000 || d.Refunds[0].Status != aftersales.RefundDone || d.Refunds[0].Attempts != 4 {
			t.Errorf("calls %d, asked %d, paid %d, %+v", w.shop.calls, w.shop.asks, w.shop.total(), d.Refunds[0])
		}
		w.proven()
	})
}

func TestARefusedRefundIsRetriedAfterTheShopWasAsked(t *testing.T) {
	each(t, func(w *desk) {
		w.shop.wrong = 1
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		d := w.refunded(o)
		w.work()
		d = w.wantStatus(d.ID, aftersales.Approved)
		r := d.Refunds[0]
		if r.Status != aftersales.RefundFailed || r.Failure != "channel.refused" || w.Order(t, o.ID).AfterSale != order.AfterSaleOpen {
			t.Fatalf("%+v", r)
		}
		_, err := w.after.Refund(t.Context(), nil, aftersales.RefundIn{CaseID: d.ID, Lines: []aftersales.PaybackLine{{LineNo: 1, Amount: 1}}})
		wantFault(t, err, "refund.too_much")
		if _, err := w.after.RetryRefund(t.Context(), nil, aftersales.MoneyIn{RefundID: r.ID}); err != nil {
			t.Fatal(err)
		}
		w.work()
		d = w.wantStatus(d.ID, aftersales.Closed)
		if w.shop.asks != 1 || w.shop.calls != 2 || w.shop.total() != 1000 || d.Refunds[0].Failure != "" {
			t.Errorf("asked %d, calls %d, paid %d, %+v", w.shop.asks, w.shop.calls, w.shop.total(), d.Refunds[0])
		}
		w.told(o.ID)
		w.proven()
	})
}

func TestAShopThatNeverAnswersLeavesARefundThatCannotBeKept(t *testing.T) {
	lite(t, func(w *desk) {
		d := w.refunded(w.delivered(packtest.Line{SKU: "MUG", Quantity: 1}))
		w.shop = &shop{paid: map[string]int64{}, lose: 100, deaf: true}
		for range 30 {
			w.work()
		}
		r := w.detail(d.ID).Refunds[0]
		if r.Status != aftersales.RefundFailed || r.Failure != "channel.uncertain" {
			t.Fatalf("%+v", r)
		}
		_, err := w.after.RejectRefund(t.Context(), nil, aftersales.MoneyIn{RefundID: r.ID, Note: "no"})
		wantFault(t, err, "refund.doubt")
		if _, err := w.after.Paid(t.Context(), nil, aftersales.MoneyIn{RefundID: r.ID, Reference: "seen in the shop"}); err != nil {
			t.Fatal(err)
		}
		w.wantStatus(d.ID, aftersales.Closed)
	})
}

func TestWithoutAShopThatPaysAPersonPaysAndSaysSo(t *testing.T) {
	lite(t, func(w *desk) {
		w.shop = nil
		d := w.refunded(w.delivered(packtest.Line{SKU: "MUG", Quantity: 1}))
		w.work()
		if r := w.wantStatus(d.ID, aftersales.Approved).Refunds[0]; r.Status != aftersales.RefundApproved {
			t.Fatalf("%+v", r)
		}
		_, err := w.after.Paid(t.Context(), nil, aftersales.MoneyIn{RefundID: d.Refunds[0].ID})
		wantFault(t, err, "required")
		if _, err := w.after.Paid(t.Context(), nil, aftersales.MoneyIn{RefundID: d.Refunds[0].ID, Reference: "ALI-1", Actor: "user:fin"}); err != nil {
			t.Fatal(err)
		}
		if r := w.wantStatus(d.ID, aftersales.Closed).Refunds[0]; r.Way != aftersales.ByHand || r.Reference != "ALI-1" {
			t.Errorf("%+v", r)
		}
	})
}

func TestTwoRefundsAtTheSameMomentShareOneLine(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newDesk(t, d, nil)
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
		done := make(chan error)
		for range 8 {
			go func() {
				_, err := w.after.Refund(t.Context(), nil, aftersales.RefundIn{CaseID: c.ID, Lines: []aftersales.PaybackLine{{LineNo: 1, Amount: 400}}})
				done <- err
			}()
		}
		granted := 0
		for range 8 {
			if err := <-done; err == nil {
				granted++
			} else {
				wantFault(t, err, "refund.too_much")
			}
		}
		if granted != 2 {
			t.Errorf("%d refunds of 4.00 fit into 10.00", granted)
		}
		w.proven()
	})
}

func TestAPaidCaseIsNeitherCancelledNorForgotten(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		w.DB.Clock().Advance(8 * 24 * time.Hour)
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
		ahead := aftersales.RefundIn{CaseID: c.ID, Lines: []aftersales.PaybackLine{{LineNo: 1, Amount: 300}}}
		_, err := w.after.Refund(t.Context(), nil, ahead)
		wantFault(t, err, "refund.undecided")
		if _, err := w.after.Approve(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID}); err != nil {
			t.Fatal(err)
		}
		r, err := w.after.Refund(t.Context(), nil, ahead)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.after.Cancel(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID})
		wantFault(t, err, "aftersales.begun")
		if _, err := w.after.ApproveRefund(t.Context(), nil, aftersales.MoneyIn{RefundID: r.ID}); err != nil {
			t.Fatal(err)
		}
		_, err = w.after.Close(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID})
		wantFault(t, err, "aftersales.state")
		w.work()
		w.DB.Clock().Advance(15 * 24 * time.Hour)
		if n, err := w.after.LapseStep(t.Context()); n != 1 || err != nil {
			t.Fatalf("%d %v", n, err)
		}
		w.wantStatus(c.ID, aftersales.Approved)
		if _, err := w.after.Close(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID}); err != nil {
			t.Fatal(err)
		}
		w.wantStatus(c.ID, aftersales.Closed)
		w.proven()
	})
}
