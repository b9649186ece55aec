package intake_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// passes lets every order pass, and counts how often it was asked.
func passes(asked *int) func(*db.Tx, []*order.Order) error {
	return func(tx *db.Tx, fresh []*order.Order) error {
		*asked++
		for _, o := range fresh {
			to := o.Axes
			to.Review, to.Fulfilment = order.ReviewPassed, order.FulfilmentWaiting
			if err := order.Move(tx, o, to); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestAnOrderIsDecidedOverInTheTransactionThatTakesItIn(t *testing.T) {
	each(t, func(w *world) {
		asked := 0
		w.inbox.Then(passes(&asked))
		o := w.order(w.want(sold("1"), "created 1").OrderID)
		if o.Review != order.ReviewPassed || o.Fulfilment != order.FulfilmentWaiting || len(o.Lines) != 2 {
			w.Fatalf("the order is %+v with %d lines", o.Axes, len(o.Lines))
		}
		if o.UpdatedAt == o.CreatedAt {
			w.Fatal("an order that was decided over looks like a new one")
		}
		w.want(sold("1"), "unchanged 1")
		w.want(sold("2", cancelled), "cancelled 1")
		if asked != 1 {
			w.Fatalf("asked %d times: a repeated document and a cancelled order need no decision", asked)
		}
	})
}

func TestWhatIsSaidOfANewOrderInTheSameBulkMeetsItsDecision(t *testing.T) {
	each(t, func(w *world) {
		asked := 0
		w.inbox.Then(passes(&asked))
		results := w.inbox.ReceiveAll(ctx, []intake.Input{sold("1"), sold("2"), sold("1", moved)})
		for i, r := range results {
			if r.Err != nil {
				w.Fatalf("document %d: %v", i, r.Err)
			}
		}
		if o := w.order(results[2].Out.OrderID); o.ID != results[0].Out.OrderID || o.Recipient.Address != "2 Street" || o.Review != order.ReviewPending {
			w.Fatalf("the order goes to %s and its review is %s", o.Recipient.Address, o.Review)
		}
		if o := w.order(results[1].Out.OrderID); o.Review != order.ReviewPassed {
			w.Fatalf("the review of the other order is %s", o.Review)
		}
	})
}

func TestAnOrderThatCannotBeDecidedOverIsTakenInAndWaits(t *testing.T) {
	for name, why := range map[string]error{"a race": db.ErrGuard, "a failure": errors.New("no such function")} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				asked, ids := 0, map[int64]bool{}
				w.inbox.Then(func(tx *db.Tx, fresh []*order.Order) error {
					asked++
					for _, o := range fresh {
						ids[o.ID] = true
						if strings.HasPrefix(o.ExternalNo, "bad") {
							return why
						}
					}
					return passes(new(int))(tx, fresh)
				})
				o := w.order(w.want(sold("bad 1"), "created 1").OrderID)
				if o.Review != order.ReviewPending || len(ids) != 1 || !ids[o.ID] {
					w.Fatalf("the review is %s, the order %d was called %v", o.Review, o.ID, ids)
				}
				for _, r := range w.inbox.ReceiveAll(ctx, []intake.Input{sold("good"), sold("bad 2")}) {
					if r.Err != nil {
						w.Fatal(r.Err)
					}
					o := w.order(r.Out.OrderID)
					if want := map[string]string{"good": order.ReviewPassed, "bad 2": order.ReviewPending}[o.ExternalNo]; o.Review != want {
						w.Fatalf("the review of %s is %s, want %s", o.ExternalNo, o.Review, want)
					}
				}
			})
		})
	}
}
