package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

// mortal is reserve in a process that dies in its n-th transaction from now. One input more than once is refused, as
// a fulfilment is that has been picked.
type mortal struct {
	*db.Batch[take, int64]
	lives int
	die   func()
}

func newMortal(d *db.DB) *mortal {
	m := &mortal{die: func() {}}
	m.Batch = db.NewBatch(d, 64, func(tx *db.Tx, ins []take) []db.Result[int64] {
		out := make([]db.Result[int64], len(ins))
		if m.lives--; m.lives == 0 {
			m.die()
			return db.FailAll(out, errors.New("the process died"))
		}
		for i, in := range ins {
			if _, reserved, err := stands(tx, in.sku); err != nil || reserved > 0 {
				out[i].Err = errors.Join(err, fault.New(fault.Conflict, "done", "is done already"))
				continue
			}
			tx.Put(takeBalance, in.sku, 1, in.q)
			out[i].Out = in.sku
		}
		return out
	})
	return m
}

func stands(tx *db.Tx, sku int64) (onHand, reserved int64, err error) {
	_, err = tx.Query(selBalance, sku, 1).One(&onHand, &reserved)
	return onHand, reserved, err
}

// stocked puts two each of n SKUs on the shelf and asks for one of each.
func stocked(t *testing.T, d *db.DB, first, n int64) (ins []take) {
	t.Helper()
	err := d.Update(context.Background(), func(tx *db.Tx) error {
		for sku := first; sku < first+n; sku++ {
			tx.Put(addBalance, sku, 1, 2, 0, 0)
			ins = append(ins, take{sku, 1})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ins
}

func shown(results []db.Result[int64]) (text string) {
	for _, r := range results {
		text += fmt.Sprint(r.Out, fault.Code(r.Err), " ")
	}
	return text
}

// 150 inputs are three transactions; in the second share one breaks a guard, so that each of its inputs has its own.
func TestABulkRepeatedAfterACrashGivesTheAnswersOfTheFirstTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for round, lives := range []int{1, 2, 10, 67} {
			ins := stocked(t, d, int64(round)*1000, 150)
			ins[100].q = 5                                     // more than there is
			ins[40].sku, ins[149].sku = ins[3].sku, ins[5].sku // named twice
			once := func() *db.Once { return &db.Once{Key: fmt.Sprint("key:floor:bulk", round), Hash: "h"} }
			ctx, die := context.WithCancel(context.Background())
			m := newMortal(d)
			m.lives, m.die = lives, die
			if out, err := m.AllOnce(ctx, once(), ins, m.Do); err == nil && db.Failure(out) == nil {
				t.Fatalf("dying in transaction %d was answered: %s", lives, shown(out))
			}
			again := once()
			out, err := m.AllOnce(context.Background(), again, ins, m.Do)
			if err != nil || again.Replayed {
				t.Fatalf("%v, replayed %v", err, again.Replayed)
			}
			for i, r := range out {
				want := map[int]string{40: "done", 100: "conflict", 149: "done"}[i]
				if fault.Code(r.Err) != want || want == "" && (r.Err != nil || r.Out != ins[i].sku) {
					t.Errorf("died in %d: input %d: %+v", lives, i, r)
				}
			}
			replay := once()
			last, err := m.AllOnce(context.Background(), replay, ins, m.Do)
			if err != nil || !replay.Replayed || shown(last) != shown(out) {
				t.Errorf("died in %d: %v, replayed %v: %s", lives, err, replay.Replayed, shown(last))
			}
			other := once()
			other.Hash = "other"
			if _, err := m.AllOnce(context.Background(), other, ins, m.Do); fault.Code(err) != "idempotency.other_request" {
				t.Error(err)
			}
		}
	})
}

func TestABulkThatFitsAndItsKeyAreOneTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, 1, 1, 100)
		m := newMortal(d)
		before := d.Stats()
		out, err := m.AllOnce(context.Background(), &db.Once{Key: "k", Hash: "h"}, []take{{1, 1}}, m.Do)
		if err != nil || shown(out) != "1 " {
			t.Errorf("%s %v", shown(out), err)
		}
		if after := d.Stats(); after.Commits != before.Commits+1 || after.Rows != before.Rows+2 {
			t.Errorf("%+v, was %+v", after, before)
		}
	})
}
