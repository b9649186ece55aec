package intake_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

func hold(w *world, id int64, reason string) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		o, err := order.LockOne(tx, id)
		if err != nil {
			return err
		}
		to := o.Axes
		to.Review = order.ReviewHeld
		if err := order.Move(tx, o, to); err != nil {
			return err
		}
		return order.PlaceHold(tx, &order.Hold{OrderID: id, Reason: reason, Owner: "customer"})
	})
}

func liveHolds(w *world, id int64) (reasons []string) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		m, err := order.Holds(tx, []int64{id})
		reasons = nil
		for _, h := range m[id] {
			if h.Live() {
				reasons = append(reasons, h.Reason)
			}
		}
		return err
	})
	return reasons
}

func debts(w *world, id int64) (n int) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		m, err := order.BackOrders(tx, []int64{id})
		n = len(m[id])
		return err
	})
	return n
}

func owe(w *world, id, line int64, sku string) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		order.Owe(tx, order.BackOrder{OrderID: id, LineNo: line, SKUID: w.skus[sku], Quantity: 1, Reason: "out_of_stock"}, false)
		return nil
	})
}

// begin gives an order a fulfilment of its first line.
func begin(w *world, id int64) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		order.AddFulfilment(tx, &order.Fulfilment{OrderID: id, NodeID: 1, Status: order.Allocated,
			Lines: []order.FulfilmentLine{{LineNo: 1, SKUID: w.skus["A"], Quantity: 2}}})
		return nil
	})
}

func TestAnotherAddressSendsAnOrderThatWaitsBackToReview(t *testing.T) {
	for _, passed := range []string{order.ReviewPassed, order.ReviewApproved} {
		each(t, func(w *world) {
			r := w.want(sold("S-1"), "created 1")
			w.move(r.OrderID, passed, order.FulfilmentWaiting)
			w.want(sold("S-1", moved), "amended 2")
			o := w.order(r.OrderID)
			if o.Review != "pending" || o.Fulfilment != "none" || o.Recipient.Address != "2 Street" || o.Total != 2800 {
				w.Errorf("%+v", o)
			}
			w.told(r.OrderID, `order.amended.v1 {"changes":["recipient"],"revision":2`)
			if strings.Contains(strings.Join(w.timeline(r.OrderID), ""), "Street") {
				w.Error("the timeline tells where the customer lives")
			}
		})
	}
}

func TestNotesAndDeadlinesDoNotSendAnOrderBack(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("S-1"), "created 1")
		w.move(r.OrderID, order.ReviewPassed, order.FulfilmentWaiting)
		w.want(sold("S-1", func(d *intake.Document) { d.BuyerNote, d.ShipBy = "ring twice", "2026-03-01T20:00:00+08:00" }), "amended 2")
		o := w.order(r.OrderID)
		if o.Review != "passed" || o.Fulfilment != "waiting" || o.Notes.Buyer != "ring twice" || o.Priority == 0 {
			w.Errorf("%+v", o)
		}
		w.told(r.OrderID, `{"changes":["times","notes"]`)
	})
}

func TestLinesFollowTheChannel(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("S-1"), "created 1")
		w.want(sold("S-1", func(d *intake.Document) {
			d.Lines[0].Quantity = 1
			d.Lines[1] = intake.Line{LineNo: 3, SKU: "B", Quantity: 4, UnitPrice: "2"}
			d.PaidAmount = "21"
		}), "amended 2")
		w.told(r.OrderID, `{"changes":["lines","amounts","payment"]`)
		o := w.order(r.OrderID)
		sum := o.ShippingFee - o.Discount
		var wanted []int64
		for _, l := range o.Lines {
			sum += l.Amount()
			wanted = append(wanted, l.Wanted())
		}
		if o.Total != 2100 || sum != o.Total || !slices.Equal(wanted, []int64{1, 0, 4}) || o.Lines[2].SKUID != w.skus["B"] {
			w.Errorf("total %d, lines %+v", o.Total, o.Lines)
		}
		w.want(sold("S-1"), "amended 3")
		if o := w.order(r.OrderID); o.Total != 2800 || o.Lines[0].Wanted() != 2 || o.Lines[1].Wanted() != 1 || o.Lines[1].UnitPrice != 500 || o.Lines[2].Wanted() != 0 {
			w.Errorf("total %d, lines %+v", o.Total, o.Lines)
		}
	})
}

func TestWhatAReviewerCorrectedStaysWhenTheChannelChangesSomethingElse(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("S-1", unpaid, func(d *intake.Document) { d.Lines[0].SKU = "typo" }), "created 1")
		w.update(func(tx *db.Tx) error {
			o, err := order.LockOne(tx, r.OrderID)
			if err != nil {
				return err
			}
			o.Recipient.Address = "1 Right Road"
			o.Lines[0].SKU, o.Lines[0].SKUID = "A", w.skus["A"]
			order.SaveContent(tx, o)
			order.SaveLine(tx, o.Lines[0])
			return nil
		})
		w.want(sold("S-1", func(d *intake.Document) { d.Lines[0].SKU, d.Lines[0].Quantity, d.PaidAmount = "typo", 3, "38" }), "amended 2")
		o := w.order(r.OrderID)
		if o.Recipient.Address != "1 Right Road" || o.Lines[0].SKUID != w.skus["A"] || o.Lines[0].Quantity != 3 || o.Payment != "paid" || o.Total != 3800 {
			w.Errorf("%+v", o)
		}
	})
}

func TestPaymentIsBookedAtEveryStage(t *testing.T) {
	stages := map[string]func(w *world, id int64){
		"new":         func(w *world, id int64) {},
		"waiting":     func(w *world, id int64) { w.move(id, order.ReviewApproved, order.FulfilmentWaiting) },
		"allocated":   func(w *world, id int64) { w.move(id, order.ReviewApproved, order.FulfilmentAllocated) },
		"shipped":     func(w *world, id int64) { w.move(id, order.ReviewApproved, order.FulfilmentShipped) },
		"called off":  func(w *world, id int64) { w.move(id, order.ReviewApproved, order.FulfilmentCancelled) },
		"backordered": func(w *world, id int64) { w.move(id, order.ReviewApproved, order.FulfilmentBackordered); begin(w, id) },
	}
	for name, stage := range stages {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				r := w.want(sold("S-1", unpaid), "created 1")
				stage(w, r.OrderID)
				was := w.order(r.OrderID)
				w.want(sold("S-1", func(d *intake.Document) { d.PaidAt, d.PaymentMethod = at, "card" }), "amended 2")
				is := w.order(r.OrderID)
				if is.Payment != "paid" || is.PaidAmount != 2800 || is.PaidAt == 0 || is.PaymentMethod != "card" || is.Review != was.Review || is.Fulfilment != was.Fulfilment {
					w.Errorf("%+v", is)
				}
			})
		})
	}
}

func TestTheMoneyFreesAHeldOrder(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("S-1", unpaid), "created 1")
		hold(w, r.OrderID, "order.unpaid")
		hold(w, r.OrderID, "customer.asked")
		w.want(sold("S-1"), "amended 2")
		if o := w.order(r.OrderID); o.Review != "pending" {
			w.Errorf("review is %s", o.Review)
		}
		if left := liveHolds(w, r.OrderID); !slices.Equal(left, []string{"customer.asked"}) {
			w.Errorf("%v", left)
		}
	})
}

func TestAChannelCancelsBeforeWork(t *testing.T) {
	each(t, func(w *world) {
		stages := []struct {
			number, review string
			stage          func(id int64)
		}{
			{"S-1", "cancelled", func(id int64) { hold(w, id, "review.address") }},
			{"S-2", "passed", func(id int64) { w.move(id, order.ReviewPassed, order.FulfilmentWaiting) }},
			{"S-3", "passed", func(id int64) { w.move(id, order.ReviewPassed, order.FulfilmentBackordered); owe(w, id, 1, "A") }},
		}
		for _, s := range stages {
			r := w.want(sold(s.number), "created 1")
			s.stage(r.OrderID)
			off := sold(s.number, cancelled, unpaid, moved)
			w.want(off, "cancelled 2")
			w.want(off, "unchanged 2")
			o := w.order(r.OrderID)
			if o.Fulfilment != "cancelled" || o.Review != s.review || o.Payment != "paid" || o.Recipient.Address != "1 Road" ||
				slices.ContainsFunc(o.Lines, func(l order.Line) bool { return l.Wanted() != 0 }) {
				w.Errorf("%+v", o)
			}
			if n := debts(w, r.OrderID); n != 0 || len(liveHolds(w, r.OrderID)) != 0 {
				w.Errorf("%d debts, holds %v", n, liveHolds(w, r.OrderID))
			}
			if !strings.Contains(strings.Join(w.timeline(r.OrderID), "\n"), "order.cancelled.v1") {
				w.Errorf("%v", w.timeline(r.OrderID))
			}
			w.want(sold(s.number), "intake.order_closed")
			w.told(r.OrderID, `order.amend_refused.v1 {"code":"intake.order_closed","revision":3}`)
			w.want(sold(s.number, cancelled, func(d *intake.Document) { d.PaymentStatus = "refunded" }), "cancelled 4")
			if o := w.order(r.OrderID); o.Payment != "refunded" {
				w.Errorf("payment is %s", o.Payment)
			}
		}
	})
}

func TestAnOrderCancelledBeforeWeHeardOfItIsAnOrderToo(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("S-1", cancelled), "cancelled 1")
		if o := w.order(r.OrderID); o.Review != "cancelled" || o.Fulfilment != "cancelled" || o.Lines[0].Wanted() != 0 {
			w.Errorf("%+v", o)
		}
		w.told(r.OrderID, "order.cancelled.v1")
	})
}

func TestDebtsOfChangedLinesEndAndOthersStay(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("S-1"), "created 1")
		w.move(r.OrderID, order.ReviewPassed, order.FulfilmentBackordered)
		owe(w, r.OrderID, 1, "A")
		owe(w, r.OrderID, 2, "B")
		w.want(sold("S-1", func(d *intake.Document) { d.Lines[0].SKU = "B" }), "amended 2")
		if n, o := debts(w, r.OrderID), w.order(r.OrderID); n != 1 || o.Fulfilment != "none" {
			w.Errorf("%d debts, %s", n, o.Fulfilment)
		}
	})
}

func TestWhatCannotChangeIsRefusedAndKept(t *testing.T) {
	each(t, func(w *world) {
		w.want(sold("S-1"), "created 1")
		w.want(sold("S-1", func(d *intake.Document) { d.Currency = "USD" }), "intake.fixed")
		w.want(sold("S-1", func(d *intake.Document) { d.OrderKind = "cod" }), "intake.fixed")
		w.want(sold("S-1", unpaid), "order.state")
		w.inboxHolds("S-1", "1created", "2refused", "3refused", "4refused")
		w.want(sold("S-1", moved), "amended 5")
	})
}

func TestGoodsInWorkAreForTheFlowToDecide(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("S-1", unpaid), "created 1")
		w.move(r.OrderID, order.ReviewApproved, order.FulfilmentAllocated)
		var asked []intake.Amendment
		w.flow = func(tx *db.Tx, a *intake.Amendment) error {
			asked = append(asked, *a)
			tx.Emit(db.Event{Kind: "flow.tried.v1", Order: a.Order.ID})
			return fault.New(fault.Conflict, "flow.too_late", "the parcel is closed")
		}
		w.want(sold("S-1", moved), "flow.too_late")
		w.inboxHolds("S-1", "1created", "2refused")
		if o := w.order(r.OrderID); o.Payment != "paid" || o.Recipient.Address != "1 Road" {
			w.Errorf("the money came all the same: %+v", o)
		}
		if all := strings.Join(w.timeline(r.OrderID), "\n"); strings.Contains(all, "tried") || !strings.Contains(all, "order.amend_refused.v1") {
			w.Errorf("%s", all)
		}
		if a := asked[0]; a.Changes != (intake.Changes{Recipient: true}) || a.Order.Payment != "paid" || a.New.Recipient.Address != "2 Street" || a.Cancel || a.Actor != "channel:web" {
			w.Errorf("%+v", a)
		}

		w.flow = func(tx *db.Tx, a *intake.Amendment) error { return a.Save(tx) }
		w.want(sold("S-1", moved), "amended 3")
		if o := w.order(r.OrderID); o.Recipient.Address != "2 Street" || o.Fulfilment != "allocated" {
			w.Errorf("%+v", o)
		}

		w.flow = func(tx *db.Tx, a *intake.Amendment) error {
			if !a.Cancel || a.Changes.Any() {
				w.Errorf("%+v", a)
			}
			return nil
		}
		w.want(sold("S-1", cancelled, moved), "cancel_pending 4") // the flow asks somebody first
	})
}

func TestOneOrderInWorkDoesNotHoldUpABatch(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("S-1"), "created 1")
		w.move(r.OrderID, order.ReviewPassed, order.FulfilmentAllocated)
		w.flow = func(tx *db.Tx, a *intake.Amendment) error {
			return fault.New(fault.Conflict, "flow.too_late", "the parcel is closed")
		}
		out := w.inbox.ReceiveAll(ctx, []intake.Input{sold("S-2"), sold("S-1", moved), sold("S-3")})
		if out[0].Out.Outcome != "created" || fault.Code(out[1].Err) != "flow.too_late" || out[2].Out.Outcome != "created" {
			w.Errorf("%+v", out)
		}
	})
}
