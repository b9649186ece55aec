package intake_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// inWork makes an order that a node has begun with.
func (w *world) inWork(number string, change ...func(*intake.Document)) int64 {
	w.Helper()
	r := w.want(sold(number, change...), "created 1")
	w.move(r.OrderID, order.ReviewPassed, order.FulfilmentAllocated)
	return r.OrderID
}

func tooLate(*db.Tx, *intake.Amendment) error {
	return fault.New(fault.Conflict, "flow.too_late", "the parcel is closed")
}

func saves(tx *db.Tx, a *intake.Amendment) error { return a.Save(tx) }

func fillers(n int, name string) (list []intake.Input) {
	for i := range n {
		list = append(list, sold(fmt.Sprint(name, i)))
	}
	return list
}

// outcomes shows results as "outcome revision", or the code of the fault.
func outcomes(results []db.Result[intake.Receipt]) (list []string) {
	for _, r := range results {
		if r.Err != nil {
			list = append(list, fault.Code(r.Err))
			continue
		}
		list = append(list, fmt.Sprint(r.Out.Outcome, " ", r.Out.Revision))
	}
	return list
}

func TestAnOrderInWorkCostsTheBulkOneTransactionMore(t *testing.T) {
	each(t, func(w *world) {
		w.inWork("W")
		w.flow = saves
		before := w.db.Stats().Commits
		out := w.inbox.ReceiveAll(ctx, slices.Concat(fillers(10, "S-"), []intake.Input{sold("W", moved)}, fillers(10, "T-")))
		if got := outcomes(out); got[0] != "created 1" || got[10] != "amended 2" || got[20] != "created 1" {
			w.Errorf("%v", got)
		}
		if commits := w.db.Stats().Commits - before; commits > 3 {
			w.Errorf("%d transactions for 21 documents of which one needed its own", commits)
		}
	})
}

// The second document differs from what the order follows in the payment alone, which needs nobody's leave: taken before
// the first is decided, it would be undone by it.
func TestTheDocumentsOfOneOrderAreTakenInTheirOrder(t *testing.T) {
	for _, between := range []int{0, 300} {
		t.Run(fmt.Sprint(between, " orders between"), func(t *testing.T) {
			each(t, func(w *world) {
				id := w.inWork("W", unpaid)
				w.flow = saves
				out := w.inbox.ReceiveAll(ctx, slices.Concat([]intake.Input{sold("W", unpaid, moved)}, fillers(between, "S-"), []intake.Input{sold("W")}))
				if got := outcomes(out); got[0] != "amended 2" || got[len(got)-1] != "amended 3" {
					w.Errorf("%s, then %s (%v)", got[0], got[len(got)-1], out[len(out)-1].Err)
				}
				if o := w.order(id); o.Recipient.Address != "1 Road" || o.Payment != "paid" {
					w.Errorf("%s %+v", o.Payment, o.Recipient)
				}
			})
		})
	}
}

var selWaiting = db.NewSQL(`SELECT count(*) FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid`)

// untilSomebodyWaits returns when another transaction waits for the end of this one.
func untilSomebodyWaits(w *world, tx *db.Tx) {
	for range 1000 {
		time.Sleep(10 * time.Millisecond)
		waiting := int64(1) // on SQLite whoever comes waits in the queue of the committer
		if tx.Postgres() {
			if _, err := tx.Query(selWaiting).One(&waiting); err != nil {
				w.Error(err)
			}
		}
		if waiting > 0 {
			time.Sleep(20 * time.Millisecond)
			return
		}
	}
	w.Error("nobody came")
}

// While the refusal is on its way to be recorded, somebody takes the order out of work: then the change is applied, and
// the answer says so. A server of PostgreSQL may let the record pass whoever waited first; then the refusal is what
// happened, and another order is tried.
func TestTheAnswerToAnAmendmentIsWhatHappened(t *testing.T) {
	each(t, func(w *world) {
		for try := range 50 {
			number := fmt.Sprint("W-", try)
			once := &db.Once{Key: number, Hash: "h"}
			r, err := w.amendedWhileItMoves(number, once)
			if w.Failed() {
				return
			}
			if err != nil {
				w.inboxHolds(number, "1created", "2refused")
				continue
			}
			if r.Outcome != intake.Amended {
				w.Errorf("answered %q", r.Outcome)
			}
			w.inboxHolds(number, "1created", "2amended")
			if again, err := w.inbox.Receive(ctx, once, sold(number, moved)); err != nil || again != r || !once.Replayed {
				w.Errorf("under the same key %+v, %v", again, err)
			}
			return
		}
		w.Error("the order never moved before the refusal was recorded")
	})
}

// amendedWhileItMoves is the answer to a new address for an order in work that is taken out of work at the same moment;
// the address is the new one exactly if the answer is no refusal.
func (w *world) amendedWhileItMoves(number string, once *db.Once) (intake.Receipt, error) {
	id := w.inWork(number)
	moving := make(chan error, 1)
	w.flow = func(tx *db.Tx, a *intake.Amendment) error {
		w.flow = tooLate
		go func() { moving <- w.takenOutOfWork(id) }()
		untilSomebodyWaits(w, tx)
		return tooLate(tx, a)
	}
	r, err := w.inbox.Receive(ctx, once, sold(number, moved))
	if e := <-moving; e != nil {
		w.Error(e)
	}
	if applied := w.order(id).Recipient.Address == "2 Street"; applied != (err == nil) {
		w.Errorf("applied: %v; answered %q, %v", applied, r.Outcome, err)
	}
	return r, err
}

func (w *world) takenOutOfWork(id int64) error {
	return w.db.Update(ctx, func(tx *db.Tx) error {
		o, err := order.LockOne(tx, id)
		if err != nil {
			return err
		}
		to := o.Axes
		to.Fulfilment = order.FulfilmentWaiting
		return order.Move(tx, o, to)
	})
}

func TestTheHighestRevisionIsKeptWhenAFileFollows(t *testing.T) {
	each(t, func(w *world) {
		w.want(sold("S-1", revision(5)), "created 1")
		file := sold("S-1", moved) // an order file does not count revisions
		file.Source = intake.SourceFile
		w.want(file, "amended 2")
		w.want(sold("S-1", revision(3)), "intake.stale_revision")
		w.want(sold("S-1", revision(5), moved), "unchanged 2")
		w.want(sold("S-1", revision(6)), "amended 4")
	})
}
