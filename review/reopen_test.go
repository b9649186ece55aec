package review_test

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// stop places a hold by hand and returns it.
func (k *desk) stop(o *order.Order, reason string, until int64) *order.Hold {
	k.t.Helper()
	if _, err := k.svc.Stop(k.t.Context(), nil, "user:ann", order.Hold{OrderID: o.ID, Reason: reason, Owner: "customer", Until: until}); err != nil {
		k.t.Fatal(err)
	}
	_, holds := k.state(o)
	return holds[len(holds)-1]
}

func (k *desk) lift(h *order.Hold) review.Outcome {
	k.t.Helper()
	out, err := k.svc.ReleaseHold(k.t.Context(), nil, h.ID, "user:ann", "")
	if err != nil {
		k.t.Fatal(err)
	}
	return out
}

func TestAnOrderStoppedBeforeItsReviewIsReviewedWhenTheStopIsLifted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		unpaid, good := k.good(1), k.good(2)
		unpaid.Payment, unpaid.PaidAmount = order.Unpaid, 0
		k.add(unpaid, good)
		first, second := k.stop(unpaid, "hold.customer", 0), k.stop(good, "hold.customer", 0)
		also := k.stop(good, "hold.stock_take", 0)
		if n := k.step(); n != 0 {
			t.Fatalf("%d stopped orders were reviewed", n)
		}
		if out := k.lift(first); out.Review != order.ReviewPending {
			t.Fatalf("nobody has looked at the order, yet it is %s", out.Review)
		}
		k.lift(second)
		k.step()
		k.want(unpaid, order.ReviewHeld, order.FulfilmentNone, "review.unpaid")
		k.want(good, order.ReviewHeld, order.FulfilmentNone, "hold.stock_take")
		if out := k.lift(also); out.Review != order.ReviewApproved {
			t.Fatalf("the rules have had their say, yet the order is %s", out.Review)
		}
	})
}

func TestAnEditedOrderThatIsStoppedIsReviewedWhicheverHoldIsLiftedFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		o := k.good(1)
		o.Payment, o.PaidAmount = order.Unpaid, 0
		k.add(o)
		k.step()
		unpaid := k.want(o, order.ReviewHeld, order.FulfilmentNone, "review.unpaid")[0]
		to := o.Recipient
		to.Address = "***"
		if _, err := k.svc.Edit(t.Context(), nil, o.ID, review.Edit{Recipient: &to}, "user:ann"); err != nil {
			t.Fatal(err)
		}
		stop := k.stop(o, "hold.customer", 0)
		k.lift(stop)
		if out := k.lift(unpaid); out.Review != order.ReviewPending {
			t.Fatalf("nobody has looked at the new address, yet the order is %s", out.Review)
		}
		k.step()
		k.want(o, order.ReviewHeld, order.FulfilmentNone, "review.unpaid", "review.address")
	})
}

func TestAnApprovalBesideAStopOutlivesTheStop(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		o := k.good(1)
		o.Payment, o.PaidAmount = order.Unpaid, 0
		k.add(o)
		h := k.stop(o, "hold.customer", 0)
		if out, err := k.svc.Approve(t.Context(), nil, o.ID, "user:ann", "pays monthly"); err != nil || out.Review != order.ReviewHeld {
			t.Fatal(out, err)
		}
		if out := k.lift(h); out.Review != order.ReviewApproved {
			t.Fatalf("the order was approved and is %s", out.Review)
		}
	})
}

func TestAStopThatLapsesLetsTheReviewGoOnBesideOtherHolds(t *testing.T) {
	c := clock.Fixed(dbtest.Noon)
	k := newDesk(t, dbtest.Open(t, dbtest.SQLite(t), c))
	o := k.good(1)
	o.Payment, o.PaidAmount = order.Unpaid, 0
	k.add(o)
	k.stop(o, "hold.customer", dbtest.Noon.Add(time.Hour).UnixMicro())
	k.stop(o, "hold.stock_take", 0)
	c.Advance(time.Hour)
	if n, err := k.svc.LapseHolds(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	k.step()
	k.want(o, order.ReviewHeld, order.FulfilmentNone, "hold.stock_take", "review.unpaid")
}
