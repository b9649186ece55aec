package review_test

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// cause is why an order waits for a person now; empty when it does not.
func (k *desk) cause(o *order.Order) (cause string) {
	k.t.Helper()
	err := k.db.View(k.t.Context(), func(tx *db.Tx) error {
		cases, err := review.OpenCases(tx)
		for _, c := range cases.List {
			if c.ID == o.ID {
				cause = c.Cause
			}
		}
		return err
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return cause
}

func TestAnOrderWaitsForTheCustomersAnswerAndTheAnswerReleasesIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		ctx, due := t.Context(), d.Clock().Now().Add(24*time.Hour).UnixMicro()
		corrected, confirmed, silent, early := k.good(1), k.good(2), k.good(3), k.good(4)
		k.add(corrected, confirmed, silent)
		k.step()
		k.add(early) // asked about before the rules have seen it
		for _, o := range []*order.Order{corrected, confirmed, silent, early} {
			if _, err := k.svc.Ask(ctx, nil, o.ID, "user:ann", due); err != nil {
				t.Fatal(err)
			}
			h := k.want(o, order.ReviewHeld, order.FulfilmentNone, review.CodeAsked)[0]
			if h.Owner != "customer" || k.cause(o) != review.CauseSnoozed {
				t.Errorf("%+v %s", h, k.cause(o))
			}
		}
		if n, err := k.svc.Recheck(ctx); n != 0 || err != nil {
			t.Errorf("no fact is an answer: %d %v", n, err)
		}
		to := corrected.Recipient
		to.Address = "文三路 9 号 1 单元 101 室"
		if _, err := k.svc.Edit(ctx, nil, corrected.ID, review.Edit{Recipient: &to}, "customer"); err != nil {
			t.Fatal(err)
		}
		for _, o := range []*order.Order{confirmed, early} {
			if _, err := k.svc.Confirm(ctx, o.ID, "customer"); err != nil {
				t.Fatal(err)
			}
			if _, err := k.svc.Confirm(ctx, o.ID, "customer"); fault.Code(err) != "review.not_asked" {
				t.Errorf("answered twice: %v", err)
			}
		}
		k.step()
		for _, o := range []*order.Order{corrected, confirmed, early} {
			k.want(o, order.ReviewPassed, order.FulfilmentWaiting)
		}
		// Without an answer the case comes back, once it was due.
		if _, err := k.svc.Snooze(ctx, nil, silent.ID, "user:ann", 0); err != nil {
			t.Fatal(err)
		}
		if got := k.cause(silent); got != review.CauseAddress {
			t.Errorf("it waits as %q", got)
		}
		if _, err := k.svc.Ask(ctx, nil, silent.ID, "user:ann", due); err != nil {
			t.Errorf("asked once more: %v", err)
		}
		if len(k.want(silent, order.ReviewHeld, order.FulfilmentNone, review.CodeAsked)) != 1 {
			t.Error("two questions are open")
		}
		if _, err := k.svc.Approve(ctx, nil, silent.ID, "user:ann", ""); err != nil {
			t.Fatal(err)
		}
		k.want(silent, order.ReviewApproved, order.FulfilmentWaiting)
		if _, err := k.svc.Ask(ctx, nil, silent.ID, "user:ann", due-25*3600e6); fault.Code(err) != "review.snooze" {
			t.Errorf("due yesterday: %v", err)
		}
	})
}

func TestWhatAChannelCallsGoodsIsLearntAndReleasesTheOrdersThatWait(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		ctx, in := t.Context(), intake.New(d, nil)
		strange := func(n int, channel string, codes ...string) *order.Order {
			o := k.good(n)
			o.Channel, o.Lines = channel, nil
			for i, code := range codes {
				o.Lines = append(o.Lines, order.Line{No: int64(i + 1), SKU: code, Title: "tea of " + channel, Quantity: 2, UnitPrice: 2000})
			}
			o.Total = int64(len(codes)) * 4000
			o.PaidAmount = o.Total
			return o
		}
		one, two, other := strange(1, "mall", "T-1"), strange(2, "mall", "T-1", "T-2"), strange(3, "web", "T-1")
		k.add(one, two, other)
		k.step()
		list := k.strangers()
		if len(list) != 3 || list[0].Called != (intake.Called{Channel: "mall", Code: "T-1"}) || list[0].Orders != 2 || list[0].Units != 4 || list[0].Oldest != one.ID || list[0].Title != "tea of mall" {
			t.Fatalf("%+v", list)
		}
		learn := func(channel, code string, sku int64) error {
			_, err := in.SaveMapping(ctx, nil, "user:ann", intake.Mapping{Called: intake.Called{Channel: channel, Code: code}, SKU: sku})
			return err
		}
		for _, c := range []struct {
			code, fault string
			sku         int64
		}{{"", "intake.mapping_code", k.sku}, {"TEA", "intake.mapping_known", k.sku}, {"T-1", "intake.mapping_sku", 1}} {
			if err := learn("mall", c.code, c.sku); fault.Code(err) != c.fault {
				t.Errorf("%q: %v", c.code, err)
			}
		}
		if err := learn("mall", "T-1", k.sku); err != nil {
			t.Fatal(err)
		}
		if n, err := k.svc.Recheck(ctx); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		k.step()
		k.want(one, order.ReviewPassed, order.FulfilmentWaiting)
		k.want(two, order.ReviewHeld, order.FulfilmentNone, review.CodeUnmapped) // its other line is still strange
		k.want(other, order.ReviewHeld, order.FulfilmentNone, review.CodeUnmapped)
		_ = d.View(ctx, func(tx *db.Tx) error {
			found, err := order.ByIDs(tx, []int64{one.ID})
			if l := found[one.ID].Lines[0]; l.SKUID != k.sku || l.SKU != "T-1" {
				t.Errorf("%+v", l)
			}
			return err
		})
		if list = k.strangers(); len(list) != 2 {
			t.Errorf("%+v", list)
		}
		if err := in.RemoveMapping(ctx, nil, "user:ann", intake.Called{Channel: "mall", Code: "T-1"}); err != nil {
			t.Fatal(err)
		}
		if len(k.strangers()) != 3 {
			t.Errorf("%+v", k.strangers())
		}
		if err := in.RemoveMapping(ctx, nil, "user:ann", intake.Called{Channel: "mall", Code: "T-1"}); fault.Code(err) != "intake.mapping_unknown" {
			t.Error(err)
		}
	})
}

func (k *desk) strangers() (list []review.Stranger) {
	k.t.Helper()
	err := k.db.View(k.t.Context(), func(tx *db.Tx) (err error) {
		list, err = review.Strangers(tx, func(ids []int64) ([]int64, error) { return ids, nil })
		return err
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return list
}
