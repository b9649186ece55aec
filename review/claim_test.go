package review_test

import (
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// cases reads the queue as causes by order.
func (k *desk) cases() map[int64]review.Case {
	k.t.Helper()
	out := map[int64]review.Case{}
	err := k.db.View(k.t.Context(), func(tx *db.Tx) error {
		cases, err := review.OpenCases(tx)
		for _, c := range cases.List {
			out[c.ID] = c
		}
		return err
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return out
}

func eachWithClock(t *testing.T, test func(t *testing.T, d *db.DB, c *clock.Clock)) {
	for name, options := range map[string]func(testing.TB) db.Options{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			c := clock.Fixed(dbtest.Noon)
			test(t, dbtest.Open(t, options(t), c), c)
		})
	}
}

// unpaid is an order that review holds; its address is incomplete, too.
func (k *desk) unpaid(n int) *order.Order {
	o := k.good(n)
	o.Payment, o.PaidAmount, o.Recipient.Phone = order.Unpaid, 0, ""
	return o
}

func TestEveryStoppedOrderIsOneCaseWithItsFirstCause(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		both, address, stranger, fine := k.unpaid(1), k.good(2), k.good(3), k.good(4)
		address.Recipient.Phone = ""
		stranger.Lines[0].SKU, stranger.Lines[0].SKUID = "TAE", 0
		k.add(both, address, stranger, fine)
		k.step()
		got := k.cases()
		for o, want := range map[*order.Order]string{both: review.CausePayment, address: review.CauseAddress, stranger: review.CauseGoods, fine: ""} {
			if got[o.ID].Cause != want {
				t.Errorf("%s: %q, want %q", o.ExternalNo, got[o.ID].Cause, want)
			}
		}
		if _, err := k.svc.Stop(t.Context(), nil, "user:ann", order.Hold{OrderID: both.ID, Reason: "order.hold.manual", Owner: "customer"}); err != nil {
			t.Fatal(err)
		}
		if got := k.cases()[both.ID].Cause; got != review.CauseParked {
			t.Errorf("held by hand: %q", got)
		}
		if _, err := k.svc.Force(t.Context(), nil, both.ID, "user:ann", " "); fault.Code(err) != "required" {
			t.Errorf("forced without a word: %v", err)
		}
		if out, err := k.svc.Force(t.Context(), nil, both.ID, "user:ann", "pays monthly"); err != nil || out.Holds != 0 || out.Review != order.ReviewApproved {
			t.Error(out, err)
		}
		if _, err := k.svc.Force(t.Context(), nil, both.ID, "user:ann", "again"); fault.Code(err) != "order.state" {
			t.Errorf("forced what nothing stops: %v", err)
		}
		if _, err := k.svc.Force(t.Context(), nil, stranger.ID, "user:ann", "ship it"); fault.Code(err) != review.CodeUnmapped {
			t.Errorf("forced goods that nobody knows: %v", err)
		}
		if got := k.cases(); len(got) != 2 {
			t.Errorf("after the decision: %v", got)
		}
	})
}

func TestTwoReviewersNeverHaveTheSameCase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		o := k.unpaid(1)
		k.add(o)
		k.step()
		var mu sync.Mutex
		won := map[string]bool{}
		var wait sync.WaitGroup
		for _, who := range []string{"user:ann", "user:bob", "user:cem", "user:dee"} {
			wait.Go(func() {
				c, err := k.svc.Claim(t.Context(), nil, o.ID, who)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won[c.Who] = true
				} else if fault.Code(err) != "review.claimed" {
					t.Errorf("%s: %v", who, err)
				}
			})
		}
		wait.Wait()
		if len(won) != 1 || !won[k.cases()[o.ID].Claim.Who] {
			t.Errorf("it is open at %v, the queue says %q", won, k.cases()[o.ID].Claim.Who)
		}
	})
}

func TestAClaimRunsOutAndTheTimeOfADecisionCounts(t *testing.T) {
	eachWithClock(t, func(t *testing.T, d *db.DB, c *clock.Clock) {
		k := newDesk(t, d)
		var held []*order.Order
		for i := range 4 {
			held = append(held, k.unpaid(i))
		}
		k.add(held...)
		k.step()
		ctx := t.Context()
		claim := func(i int, who string) error { _, err := k.svc.Claim(ctx, nil, held[i].ID, who); return err }
		for i, seconds := range []int{2, 8, 40} {
			if err := claim(i, "user:ann"); err != nil {
				t.Fatal(err)
			}
			c.Advance(time.Duration(seconds) * time.Second)
			if err := claim(i, "user:ann"); err != nil {
				t.Fatalf("it goes on: %v", err)
			}
			if err := k.svc.Leave(ctx, nil, held[i].ID, "user:ann", true); err != nil {
				t.Fatal(err)
			}
		}
		pace := func() (p review.Pace) {
			err := d.View(ctx, func(tx *db.Tx) (err error) { p, err = review.PaceLately(tx); return err })
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		if got := pace(); got.Decided != 3 || got.Median != 8_000_000 {
			t.Errorf("%+v", got)
		}
		if err := claim(3, "user:ann"); err != nil {
			t.Fatal(err)
		}
		if err := k.svc.Leave(ctx, nil, held[3].ID, "user:bob", true); err != nil {
			t.Fatal(err)
		}
		if err := claim(3, "user:bob"); fault.Code(err) != "review.claimed" {
			t.Errorf("somebody else gave it back: %v", err)
		}
		c.Advance(review.ClaimFor)
		if err := claim(3, "user:bob"); err != nil {
			t.Errorf("it ran out: %v", err)
		}
		c.Advance(3 * review.Lately)
		if got := pace(); got.Decided != 0 {
			t.Errorf("days later: %+v", got)
		}
		if err := claim(0, "user:bob"); err != nil { // sweeps the old ones away, but not itself
			t.Fatal(err)
		}
		if got := k.cases(); got[held[0].ID].Claim.Who != "user:bob" || got[held[3].ID].Claim.Who != "" {
			t.Errorf("%v", got)
		}
	})
}

func TestWhatIsPutOffComesBack(t *testing.T) {
	eachWithClock(t, func(t *testing.T, d *db.DB, c *clock.Clock) {
		k := newDesk(t, d)
		o := k.unpaid(1)
		k.add(o)
		k.step()
		ctx, now := t.Context(), c.Now()
		for _, until := range []time.Time{now, now.AddDate(0, 2, 0)} {
			if _, err := k.svc.Snooze(ctx, nil, o.ID, "user:ann", until.UnixMicro()); fault.Code(err) != "review.snooze" {
				t.Errorf("%s: %v", until, err)
			}
		}
		if _, err := k.svc.Claim(ctx, nil, o.ID, "user:bob"); err != nil {
			t.Fatal(err)
		}
		if _, err := k.svc.Snooze(ctx, nil, o.ID, "user:ann", now.Add(time.Hour).UnixMicro()); fault.Code(err) != "review.claimed" {
			t.Errorf("bob has it open: %v", err)
		}
		if _, err := k.svc.Snooze(ctx, nil, o.ID, "user:bob", now.Add(time.Hour).UnixMicro()); err != nil {
			t.Fatal(err)
		}
		if got := k.cases()[o.ID].Cause; got != review.CauseSnoozed {
			t.Errorf("%q", got)
		}
		if _, err := k.svc.Snooze(ctx, nil, o.ID, "user:bob", 0); err != nil || k.cases()[o.ID].Cause != review.CausePayment {
			t.Errorf("taken up again: %v %v", k.cases(), err)
		}
		if _, err := k.svc.Snooze(ctx, nil, o.ID, "user:bob", c.Now().Add(time.Hour).UnixMicro()); err != nil {
			t.Fatal(err)
		}
		c.Advance(time.Hour + time.Second)
		if got := k.cases()[o.ID].Cause; got != review.CausePayment {
			t.Errorf("an hour later: %q", got)
		}
	})
}

func TestTheShareOfWhatNeedsNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		k.add(k.good(1), k.good(2), k.good(3), k.unpaid(4))
		k.step()
		k.add(k.good(5)) // nobody has looked at it
		err := d.View(t.Context(), func(tx *db.Tx) error {
			got, err := review.PassedLately(tx)
			if got != (review.Share{Passed: 3, Reviewed: 4}) {
				t.Errorf("%+v", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
