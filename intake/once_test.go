package intake_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

func key() *db.Once { return &db.Once{Key: "key:shop:bulk", Hash: "h"} }

// rejected is a document that is refused whoever asks.
func rejected(number string) intake.Input {
	return sold(number, func(d *intake.Document) { d.Lines[0].Quantity = 0 })
}

func TestABulkAndItsKeyAreOneTransaction(t *testing.T) {
	each(t, func(w *world) {
		ins := slices.Concat(fillers(20, "S-"), []intake.Input{sold("D"), rejected("R"), sold("D", moved), sold("D")})
		before := w.db.Stats().Commits
		first, err := w.inbox.ReceiveOnce(ctx, key(), ins)
		if err != nil {
			w.Fatal(err)
		}
		if commits := w.db.Stats().Commits - before; commits != 1 {
			w.Errorf("%d transactions", commits)
		}
		if got := outcomes(first)[19:]; !slices.Equal(got, []string{"created 1", "created 1", "intake.quantity", "amended 2", "amended 3"}) {
			w.Errorf("%v", got)
		}
		again := key()
		second, err := w.inbox.ReceiveOnce(ctx, again, ins)
		if err != nil || !again.Replayed || !slices.Equal(outcomes(first), outcomes(second)) {
			w.Errorf("replayed %v: %v, %v", again.Replayed, outcomes(second), err)
		}
		f, _ := fault.As(second[21].Err)
		if was, _ := fault.As(first[21].Err); f.Field != was.Field || f.Message != was.Message || f.Kind != was.Kind {
			w.Errorf("%+v was %+v", f, was)
		}
		if n := len(w.timeline(first[20].Out.OrderID)); n != 3 {
			w.Errorf("%d events of an order that was taken in, amended and amended back", n)
		}
		other := key()
		other.Hash = "other"
		if _, err := w.inbox.ReceiveOnce(ctx, other, ins[:1]); fault.Code(err) != "idempotency.other_request" {
			w.Error(err)
		}
	})
}

// The process dies while it decides over an order in work: 256 documents are taken in, 50 are not. What the first
// attempt did to an order that is named several times must not be done again.
func TestABulkThatWasCutOffGoesOnWhereItWas(t *testing.T) {
	each(t, func(w *world) {
		for try := range 20 { // the second part may be through before the first is known to have failed
			name := func(of string) string { return fmt.Sprintf("%s%d", of, try) }
			id := w.inWork(name("W"))
			ins := slices.Concat([]intake.Input{sold(name("D")), sold(name("D"), moved), sold(name("D")), sold(name("W"), moved)}, fillers(300, name("S-")+"-"),
				[]intake.Input{sold(name("D"), unpaid, moved)})
			dying, die := context.WithCancel(ctx)
			w.flow = func(*db.Tx, *intake.Amendment) error { die(); return errors.New("the process died") }
			once := func() *db.Once { return &db.Once{Key: name("api/"), Hash: "h"} }
			if out, err := w.inbox.ReceiveOnce(dying, once(), ins); err == nil {
				w.Fatalf("the cut-off bulk was answered: %v", outcomes(out)[:5])
			}
			if len(w.filed(name("S-")+"-299")) == 0 {
				w.goesOn(ins, once(), id, name)
				return
			}
		}
		w.Fatal("nothing was cut off, twenty times")
	})
}

// goesOn gives a bulk that was cut off again.
func (w *world) goesOn(ins []intake.Input, once *db.Once, id int64, name func(string) string) {
	w.flow = saves
	out, err := w.inbox.ReceiveOnce(ctx, once, ins)
	if err != nil || once.Replayed {
		w.Fatalf("replayed %v, %v", once.Replayed, err)
	}
	got := outcomes(out)
	if !slices.Equal(got[:5], []string{"created 1", "amended 2", "amended 3", "amended 2", "created 1"}) || got[303] != "created 1" || got[304] != "order.state" {
		w.Errorf("%v … %v", got[:5], got[303:])
	}
	w.inboxHolds(name("D"), "1created", "2amended", "3amended", "4refused")
	w.inboxHolds(name("W"), "1created", "2amended")
	w.inboxHolds(name("S-")+"-0", "1created")
	if n := len(w.timeline(out[0].Out.OrderID)); n != 4 {
		w.Errorf("%d events", n)
	}
	w.flow = func(*db.Tx, *intake.Amendment) error { w.Error("asked again"); return nil }
	replay, err := w.inbox.ReceiveOnce(ctx, once, ins)
	if err != nil || !once.Replayed || !slices.Equal(outcomes(replay), got) || w.order(id).Recipient.Address != "2 Street" {
		w.Errorf("replayed %v, %v", once.Replayed, err)
	}
}

func TestOneBulkGivenToTwoProcessesIsTakenInOnce(t *testing.T) {
	o := dbtest.Postgres(t)
	first := newWorld(t, dbtest.Open(t, o, clock.Fixed(dbtest.Noon)))
	o.Node = 1
	second := dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
	first.flow = saves
	inboxes := []*intake.Service{first.inbox, intake.New(second, saves)}
	for _, round := range []string{"A", "B", "C", "D"} {
		first.inWork("W" + round)
		ins := slices.Concat(fillers(8, round), []intake.Input{sold("W"+round, moved), sold("T" + round), sold("T"+round, moved), sold("T" + round)})
		var answers [2][]db.Result[intake.Receipt]
		var all sync.WaitGroup
		for i, inbox := range inboxes {
			all.Go(func() {
				var err error
				if answers[i], err = inbox.ReceiveOnce(ctx, &db.Once{Key: round, Hash: "h"}, ins); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if !reflect.DeepEqual(answers[0], answers[1]) {
			t.Errorf("%v\n%v", outcomes(answers[0]), outcomes(answers[1]))
		}
		first.inboxHolds("W"+round, "1created", "2amended")
		first.inboxHolds("T"+round, "1created", "2amended", "3amended")
	}
}
