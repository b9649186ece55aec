package review_test

import (
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

func TestAGoodOrderPassesABadOneIsHeldARefundedOneIsRejected(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		good, unpaid, refunded, cheap := k.good(1), k.good(2), k.good(3), k.good(4)
		unpaid.Payment, unpaid.PaidAmount = order.Unpaid, 0
		refunded.Payment = order.Refunded
		cheap.Lines[0].UnitPrice, cheap.Total, cheap.PaidAmount = 999, 999, 999
		k.add(good, unpaid, refunded, cheap)
		if n := k.step(); n != 4 {
			t.Fatalf("%d orders decided over, want 4", n)
		}
		k.want(good, order.ReviewPassed, order.FulfilmentWaiting)
		k.want(unpaid, order.ReviewHeld, order.FulfilmentNone, "review.unpaid")
		k.want(refunded, order.ReviewRejected, order.FulfilmentCancelled)
		k.want(cheap, order.ReviewHeld, order.FulfilmentNone, "review.price_floor")
		if n := k.step(); n != 0 {
			t.Fatalf("%d orders left in the queue", n)
		}
	})
}

func TestPaymentThatArrivesSendsTheOrderBackToTheRules(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		o, other := k.good(1), k.good(2)
		o.Payment, o.PaidAmount = order.Unpaid, 0
		other.Payment, other.PaidAmount = order.Unpaid, 0
		k.add(o, other)
		k.step()
		if n, err := k.svc.Recheck(t.Context()); n != 0 || err != nil {
			t.Fatalf("nothing was paid, yet %d orders go back: %v", n, err)
		}
		k.update(func(tx *db.Tx) error {
			locked, err := order.LockOne(tx, o.ID)
			if err != nil {
				return err
			}
			to := locked.Axes
			to.Payment = order.Paid
			if err := order.Move(tx, locked, to); err != nil {
				return err
			}
			locked.PaidAmount = locked.Total
			order.SaveContent(tx, locked)
			return nil
		})
		if n, err := k.svc.Recheck(t.Context()); n != 1 || err != nil {
			t.Fatalf("%d orders go back, want the paid one: %v", n, err)
		}
		k.step()
		k.want(o, order.ReviewPassed, order.FulfilmentWaiting)
		k.want(other, order.ReviewHeld, order.FulfilmentNone, "review.unpaid")
	})
}

func TestASKUThatIsCreatedLaterIsMappedAndReviewedAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		o := k.good(1)
		o.Lines[0].SKUID, o.Lines[0].SKU = 0, "COFFEE"
		k.add(o)
		k.step()
		k.want(o, order.ReviewHeld, order.FulfilmentNone, "review.unmapped")
		if _, err := catalog.New(d, "CNY").Save(t.Context(), nil, "user:ann", catalog.Entry{SKU: catalog.SKU{Code: "COFFEE"}}); err != nil {
			t.Fatal(err)
		}
		if n, err := k.svc.Recheck(t.Context()); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		k.step()
		k.want(o, order.ReviewPassed, order.FulfilmentWaiting)
	})
}

func TestOrdersThatShareAPhoneAreCountedAlsoAfterARestart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		limit := review.DefaultThresholds().SamePhone
		for i := range limit + 1 {
			o := k.good(i)
			o.Recipient.Phone = "13900001111"
			k.add(o)
			k.step()
			k.want(o, order.ReviewPassed, order.FulfilmentWaiting)
		}
		for i := range 2 { // the second one by a new process
			o := k.good(100 + i)
			o.Recipient.Phone = "+86 139-0000-1111"
			k.add(o)
			k.step()
			k.want(o, order.ReviewHeld, order.FulfilmentNone, "review.same_phone")
			k.svc = review.New(d, review.Settings{})
		}
	})
}

func TestAnOrderInWorkIsHeldWhereARuleWouldRejectIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		o := k.good(1)
		o.Payment, o.Fulfilment = order.Refunded, order.FulfilmentAllocated
		k.add(o)
		k.update(func(tx *db.Tx) error {
			order.AddFulfilment(tx, &order.Fulfilment{OrderID: o.ID, NodeID: 1, Status: order.Allocated,
				Lines: []order.FulfilmentLine{{LineNo: 1, SKUID: k.sku, Quantity: 1}}})
			return nil
		})
		k.step()
		k.want(o, order.ReviewHeld, order.FulfilmentAllocated, "review.refunded")
		if _, err := k.svc.Reject(t.Context(), nil, o.ID, "user:ann", ""); fault.Code(err) != "review.in_work" {
			t.Fatal(err)
		}
	})
}

func TestAnOrderWithAnImpossibleStateDoesNotStopTheOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		broken, good := k.good(1), k.good(2)
		broken.Fulfilment = order.FulfilmentShipped // and nothing was
		k.add(broken, good)
		if n, err := k.svc.Step(t.Context()); n != 1 || fault.Code(err) != "order.state" {
			t.Fatal(n, err)
		}
		k.want(good, order.ReviewPassed, order.FulfilmentWaiting)
		if n, err := k.svc.Step(t.Context()); n != 0 || err == nil {
			t.Fatalf("the broken order counts as done: %d %v", n, err)
		}
	})
}

func TestEveryEventHasASentence(t *testing.T) {
	for _, kind := range []string{"review.passed", "review.held", "review.rejected", "review.approved", "review.edited", "review.rule_saved"} {
		for _, lang := range words.Languages {
			if !words.Has(lang, "event."+kind+".v1") {
				t.Errorf("%s has no sentence in %s", kind, lang)
			}
		}
	}
}
