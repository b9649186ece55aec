package review_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

func TestAPersonApprovesRejectsAndLiftsHolds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		var held []*order.Order
		for i := range 4 {
			o := k.good(i)
			o.Payment, o.PaidAmount, o.Recipient.Phone = order.Unpaid, 0, ""
			held = append(held, o)
		}
		k.add(held...)
		k.step()
		ctx := t.Context()
		if out, err := k.svc.Approve(ctx, nil, held[0].ID, "user:ann", "pays monthly"); err != nil || out.Review != order.ReviewApproved {
			t.Fatal(out, err)
		}
		k.want(held[0], order.ReviewApproved, order.FulfilmentWaiting)
		if _, err := k.svc.Approve(ctx, nil, held[0].ID, "user:ann", ""); fault.Code(err) != "order.state" {
			t.Fatalf("approved twice: %v", err)
		}
		if _, err := k.svc.Reject(ctx, nil, held[1].ID, "user:ann", "fraud"); err != nil {
			t.Fatal(err)
		}
		k.want(held[1], order.ReviewRejected, order.FulfilmentCancelled)

		holds := k.want(held[2], order.ReviewHeld, order.FulfilmentNone, "review.unpaid", "review.address")
		if out, err := k.svc.ReleaseHold(ctx, nil, holds[0].ID, "user:ann", ""); err != nil || out.Holds != 1 || out.Review != order.ReviewHeld {
			t.Fatal(out, err)
		}
		if _, err := k.svc.ReleaseHold(ctx, nil, holds[0].ID, "user:ann", ""); fault.Code(err) != "hold.released" {
			t.Fatalf("lifted twice: %v", err)
		}
		if _, err := k.svc.ReleaseHold(ctx, nil, holds[1].ID, "user:ann", ""); err != nil {
			t.Fatal(err)
		}
		k.want(held[2], order.ReviewApproved, order.FulfilmentWaiting)
	})
}

func TestAnEditGoesBackToTheRulesAndLiftsWhatItMended(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		o := k.good(1)
		o.Recipient.Phone, o.Recipient.Address, o.Lines[0].SKU, o.Lines[0].SKUID = "", "", "TAE", 0
		k.add(o)
		k.step()
		k.want(o, order.ReviewHeld, order.FulfilmentNone, "review.unmapped", "review.address")
		to := o.Recipient
		to.Phone = "13812345678"
		if _, err := k.svc.Edit(t.Context(), nil, o.ID, review.Edit{Lines: map[int64]string{1: "NOPE"}}, "user:ann"); fault.Code(err) != "review.unknown_sku" {
			t.Fatal(err)
		}
		if _, err := k.svc.Edit(t.Context(), nil, o.ID, review.Edit{Recipient: &to, Lines: map[int64]string{1: "TEA"}}, "user:ann"); err != nil {
			t.Fatal(err)
		}
		k.step()
		holds := k.want(o, order.ReviewHeld, order.FulfilmentNone, "review.address")
		if missing := fmt.Sprint(holds[0].Params["missing"]); missing != "[address]" {
			t.Fatalf("the hold still speaks of the old mistakes: %s", missing)
		}
	})
}

func TestTheSameReasonIsNotHeldTwiceAndAHoldOfOthersStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		o := k.good(1)
		o.Payment, o.PaidAmount = order.Unpaid, 0
		k.add(o)
		k.step()
		if _, err := k.svc.Stop(t.Context(), nil, "user:ann", order.Hold{OrderID: o.ID, Reason: "hold.customer", Owner: "customer"}); err != nil {
			t.Fatal(err)
		}
		again := func() {
			k.update(func(tx *db.Tx) error {
				locked, err := order.LockOne(tx, o.ID)
				if err != nil {
					return err
				}
				to := locked.Axes
				to.Review = order.ReviewPending
				return order.Move(tx, locked, to)
			})
			k.step()
		}
		again()
		k.want(o, order.ReviewHeld, order.FulfilmentNone, "review.unpaid", "hold.customer")
		out, err := k.svc.Approve(t.Context(), nil, o.ID, "user:ann", "")
		if err != nil || out.Review != order.ReviewHeld || out.Holds != 1 {
			t.Fatalf("the customer's hold still stands: %+v %v", out, err)
		}
		k.want(o, order.ReviewHeld, order.FulfilmentNone, "hold.customer")
	})
}

func TestAHoldWhoseTimeIsOverLapsesAndTheOrderIsReviewedAgain(t *testing.T) {
	c := clock.Fixed(dbtest.Noon)
	k := newDesk(t, dbtest.Open(t, dbtest.SQLite(t), c))
	o := k.good(1)
	k.add(o)
	k.step()
	until := dbtest.Noon.Add(time.Hour).UnixMicro()
	if _, err := k.svc.Stop(t.Context(), nil, "user:ann", order.Hold{OrderID: o.ID, Reason: "hold.customer", Owner: "customer", Until: until}); err != nil {
		t.Fatal(err)
	}
	k.want(o, order.ReviewHeld, order.FulfilmentNone, "hold.customer")
	if n, err := k.svc.LapseHolds(t.Context()); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	c.Advance(time.Hour)
	if n, err := k.svc.LapseHolds(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	k.want(o, order.ReviewPending, order.FulfilmentNone)
	k.step()
	k.want(o, order.ReviewPassed, order.FulfilmentWaiting)
}

func TestASavedRuleHoldsFromTheNextStepAndADefaultCanBeSwitchedOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		ctx := t.Context()
		first := k.good(1)
		first.Payment, first.PaidAmount = order.Unpaid, 0
		k.add(first)
		k.step()
		rules, err := k.svc.Rules(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rules {
			if r.ID == "unpaid" {
				r.Enabled = false
				if saved, err := k.svc.SaveRule(ctx, nil, "user:ann", r); err != nil || saved.Version != 2 {
					t.Fatal(saved, err)
				}
			}
		}
		own := review.Rule{ID: "big", Name: "Large orders", Expr: `order.total >= 100000`, Action: review.ActionHold, Reason: review.CodeCustom,
			Params: map[string]string{"text": `"more than 1000: " + money(order.total, order.currency)`}, Enabled: true}
		if saved, err := k.svc.SaveRule(ctx, nil, "user:ann", own); err != nil || saved.Version != 1 {
			t.Fatal(saved, err)
		}
		if _, err := k.svc.SaveRule(ctx, nil, "user:ann", review.Rule{ID: "bad", Name: "x", Expr: `order.nothing > 1`, Action: "hold", Reason: "review.custom"}); fault.Code(err) != "review.rule_syntax" {
			t.Fatalf("a rule that cannot be read was saved: %v", err)
		}
		second, third := k.good(2), k.good(3)
		second.Payment, second.PaidAmount = order.Unpaid, 0
		third.Total, third.PaidAmount, third.Lines[0].UnitPrice = 100000, 100000, 100000
		k.add(second, third)
		k.step()
		k.want(first, order.ReviewHeld, order.FulfilmentNone, "review.unpaid")
		k.want(second, order.ReviewPassed, order.FulfilmentWaiting)
		holds := k.want(third, order.ReviewHeld, order.FulfilmentNone, "review.custom")
		if holds[0].Params["text"] != "more than 1000: 1000.00" {
			t.Fatal(holds[0].Params)
		}
		if list, err := k.svc.RuleVersions(ctx, "unpaid", 10); err != nil || len(list) != 1 || list[0].Version != 2 || list[0].Params["total"] == "" {
			t.Fatal(list, err)
		}
	})
}

func TestATrialSaysWhatARuleWouldChangeAndWritesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		var orders []*order.Order
		for i := range 300 { // more than a page
			o := k.good(i)
			o.Total, o.PaidAmount = int64(2000+i), int64(2000+i)
			orders = append(orders, o)
		}
		orders[299].Payment, orders[299].PaidAmount = order.Unpaid, 0
		k.add(orders...)
		for k.step() > 0 {
		}
		rule := review.Rule{ID: "big", Name: "big", Expr: `order.total >= 2290`, Action: review.ActionHold, Reason: review.CodeCustom, Enabled: true}
		got, err := k.svc.Try(t.Context(), rule, 300)
		if err != nil || got.Orders != 300 || got.Fired != 10 || got.Changed != 9 || got.Before[review.OutcomePass] != 299 || got.After[review.OutcomeHold] != 10 || len(got.Changes) != 9 {
			t.Fatalf("%+v %v", got, err)
		}
		if c := got.Changes[0]; c.Order != orders[298].ID || c.From != review.OutcomePass || c.To != review.OutcomeHold {
			t.Errorf("the newest that changes is %+v", c)
		}
		if got, err = k.svc.Try(t.Context(), rule, 5); err != nil || got.Orders != 5 || got.Changed != 4 {
			t.Errorf("the newest five: %+v %v", got, err)
		}
		unpaid := review.Rule{ID: "unpaid", Name: "unpaid", Expr: `order.payment == "unpaid"`, Action: review.ActionReject, Reason: review.CodeCustom, Enabled: true}
		if got, err = k.svc.Try(t.Context(), unpaid, 300); err != nil || got.Changed != 1 || got.Changes[0].To != review.OutcomeReject || got.After[review.OutcomeHold] != 0 {
			t.Errorf("in the place of the one that holds now: %+v %v", got, err)
		}
		unpaid.Enabled = false
		if got, err = k.svc.Try(t.Context(), unpaid, 300); err != nil || got.After[review.OutcomePass] != 300 || got.Fired != 0 {
			t.Errorf("switched off: %+v %v", got, err)
		}
		k.want(orders[295], order.ReviewPassed, order.FulfilmentWaiting)
		for _, n := range []int{0, review.MaxTrial + 1} {
			if _, err := k.svc.Try(t.Context(), rule, n); fault.Code(err) != "review.trial_orders" {
				t.Error(err)
			}
		}
		rule.Expr = `order.totall > 1`
		if _, err := k.svc.Try(t.Context(), rule, 10); err == nil {
			t.Error("a rule that cannot be read was tried")
		}
	})
}

func TestEveryInputOfARuleIsListedAsItsExpressionNamesIt(t *testing.T) {
	list := review.Inputs()
	if len(list) < 40 {
		t.Fatalf("%d inputs", len(list))
	}
	var rules []review.Rule
	for i, in := range list {
		expr := "size(string(" + in.Name + ")) >= 0"
		switch {
		case in.Type == "list":
			expr = "size(" + in.Name + ") >= 0"
		case strings.HasPrefix(in.Type, "list("):
			expr = "size(" + in.Name + ") >= 0"
		case strings.HasPrefix(in.Name, "line."):
			expr = "lines.exists(line, string(" + in.Name + ") != '')"
		}
		rules = append(rules, review.Rule{ID: fmt.Sprint("r", i), Version: 1, Name: "x", Expr: expr, Action: review.ActionTag, Reason: review.CodeCustom, Enabled: true})
	}
	for _, r := range rules { // one by one: a set has a budget
		if _, err := review.Compile([]review.Rule{r}); err != nil {
			t.Errorf("%s: %v", r.Expr, err)
		}
	}
}
