package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

var (
	addBalance  = db.Upsert("inventory_balance", "sku_id bigint, node_id bigint, on_hand bigint, reserved bigint, blocked bigint", 2, "on_hand = t.on_hand + excluded.on_hand")
	takeBalance = db.Change("inventory_balance", "sku bigint, node bigint, q bigint", 2,
		"reserved = t.reserved + x.q", "t.sku_id = x.sku AND t.node_id = x.node AND t.on_hand - t.reserved >= x.q")
	dropBalance = db.Remove("inventory_balance", "sku bigint, node bigint", "t.sku_id = x.sku AND t.node_id = x.node")
	selBalance  = db.NewSQL(`SELECT on_hand, reserved FROM inventory_balance WHERE sku_id = $1 AND node_id = $2`)
	selMany     = db.NewSQL(`SELECT sku_id, reserved FROM inventory_balance WHERE sku_id = ANY($1) ORDER BY sku_id FOR UPDATE`)
	countKeys   = db.NewSQL(`SELECT count(*) FROM idempotency`)
	newBalance  = db.Insert("inventory_balance", "sku_id bigint, node_id bigint, on_hand bigint, reserved bigint, blocked bigint")
	setSetting  = db.NewSQL(`INSERT INTO setting (name, value, updated_at, updated_by) VALUES ($2, $3, $1, $2)`)
	getSetting  = db.NewSQL(`SELECT name, value, updated_by, updated_at FROM setting WHERE name = $1`)
)

func balance(t *testing.T, d *db.DB, sku, node int64) (onHand, reserved int64) {
	t.Helper()
	err := d.View(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Query(selBalance, sku, node).One(&onHand, &reserved)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return onHand, reserved
}

func put(t *testing.T, d *db.DB, sku, node, q int64) {
	t.Helper()
	err := d.Update(context.Background(), func(tx *db.Tx) error { tx.Put(addBalance, sku, node, q, 0, 0); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

func TestBufferedWritesAreSeenByLaterReads(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			tx.Put(addBalance, 1, 1, 10, 0, 0)
			tx.Put(addBalance, 1, 1, 5, 0, 0) // the same row twice: two rounds of a set
			tx.Put(addBalance, 2, 1, 7, 0, 0)
			tx.Put(takeBalance, 1, 1, 12)
			var on, res int64
			if _, err := tx.Query(selBalance, 1, 1).One(&on, &res); err != nil {
				return err
			}
			if on != 15 || res != 12 {
				t.Errorf("read inside: %d/%d, want 15/12", on, res)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if on, res := balance(t, d, 1, 1); on != 15 || res != 12 {
			t.Errorf("read after: %d/%d, want 15/12", on, res)
		}
	})
}

func TestPlaceholdersOutOfOrderAndReusedBindRight(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(setSetting, 77, "name", "value")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var name, value, by string
		var at int64
		_ = d.View(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Query(getSetting, "name").One(&name, &value, &by, &at)
			return err
		})
		if name != "name" || value != "value" || by != "name" || at != 77 {
			t.Errorf("stored %q %q %q %d", name, value, by, at)
		}
	})
}

func TestWhatIsRememberedIsForgottenWhenItChanges(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	ctx := context.Background()
	recall := func() (v any) {
		_ = d.View(ctx, func(tx *db.Tx) error { v, _ = tx.Recall("row", 1); return nil })
		return v
	}
	_ = d.View(ctx, func(tx *db.Tx) error { tx.Keep("row", 1, "old"); return nil })
	if recall() != "old" {
		t.Fatal("nothing is remembered")
	}
	_ = d.View(ctx, func(slow *db.Tx) error { // reads before the change, keeps after it
		if err := d.Update(ctx, func(tx *db.Tx) error { tx.Forget("row", 1); return nil }); err != nil {
			t.Error(err)
		}
		slow.Keep("row", 1, "old")
		return nil
	})
	if v := recall(); v != nil {
		t.Errorf("%v is remembered after it changed", v)
	}
	failed := d.Update(ctx, func(tx *db.Tx) error {
		tx.Put(takeBalance, 99, 99, 1)
		tx.Keep("row", 1, "never")
		return nil
	})
	if v := recall(); failed == nil || v != nil {
		t.Errorf("%v is remembered of a transaction that was taken back (%v)", v, failed)
	}
}

// What is asked ahead is the answer as of then, found by equal arguments; a write of our own makes it void.
func TestWhatIsAskedAheadIsFoundAndNeverStale(t *testing.T) {
	sel := db.NewSQL(`SELECT sku_id, on_hand FROM inventory_balance WHERE sku_id = ANY($1) ORDER BY sku_id, node_id`)
	one := db.NewSQL(`SELECT sku_id, on_hand FROM inventory_balance WHERE sku_id = $1`)
	type pair struct{ sku, n int64 }
	read := func(r *db.Rows) (p pair) { r.Scan(&p.sku, &p.n); return p }
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		want := func(got []pair, err error, all ...pair) {
			t.Helper()
			if err != nil || !slices.Equal(got, all) {
				t.Errorf("read %v, %v; want %v", got, err, all)
			}
		}
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			for sku := range int64(4) {
				tx.Put(newBalance, sku, 1, 10*sku, 0, 0)
			}
			tx.Ahead(sel, []int64{1, 3})
			tx.Ahead(one, int64(2))
			tx.Ahead(sel, []int64{9})
			got, err := db.All(tx.Query(one, int64(1)), read)
			want(got, err, pair{1, 10})
			got, err = db.All(tx.Query(sel, []int64{3}), read)
			want(got, err, pair{3, 30})
			got, err = db.All(tx.Query(sel, []int64{1, 3}), read)
			want(got, err, pair{1, 10}, pair{3, 30})
			got, err = db.All(tx.Query(sel, []int64{9}), read)
			want(got, err)
			tx.Put(newBalance, 2, 2, 7, 0, 0)
			got, err = db.All(tx.Query(one, int64(2)), read)
			want(got, err, pair{2, 20}, pair{2, 7})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		_ = d.View(t.Context(), func(tx *db.Tx) error { // the first question of a transaction brings others along
			tx.Ahead(one, int64(3))
			got, err := db.All(tx.Query(one, int64(1)), read)
			want(got, err, pair{1, 10})
			got, err = db.All(tx.Query(one, int64(3)), read)
			want(got, err, pair{3, 30})
			return nil
		})
	})
}

// Two processes on one PostgreSQL: what one changes, the other forgets with its next transaction.
func TestAnotherProcessForgetsToo(t *testing.T) {
	o := dbtest.Postgres(t)
	here, there := dbtest.Open(t, o, clock.Fixed(dbtest.Noon)), dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
	ctx := context.Background()
	recall := func(d *db.DB) (v any) {
		_ = d.View(ctx, func(tx *db.Tx) error { v, _ = tx.Recall("row", "a code"); return nil })
		return v
	}
	keep := func(d *db.DB, v any) {
		_ = d.View(ctx, func(tx *db.Tx) error { tx.Keep("row", "a code", v); return nil })
	}
	keep(here, "old")
	keep(there, "old")
	if recall(here) != "old" || recall(there) != "old" {
		t.Fatal("nothing is remembered")
	}
	_ = here.View(ctx, func(slow *db.Tx) error { // begins before the change, keeps after it
		slow.Recall("row", "a code")
		err := there.Update(ctx, func(tx *db.Tx) error {
			tx.Forget("row", "a code")
			if _, known := tx.Recall("row", "a code"); known {
				t.Error("who changes a row still remembers it")
			}
			tx.Keep("row", "a code", "never")
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if v := recall(here); v != nil {
			t.Errorf("%v is remembered after another process changed it", v)
		}
		slow.Keep("row", "a code", "old")
		return nil
	})
	if a, b := recall(here), recall(there); a != nil || b != nil {
		t.Errorf("%v and %v are remembered after the change", a, b)
	}
	refused := errors.New("refused")
	_ = here.Update(ctx, func(tx *db.Tx) error { tx.Forget("row", "a code"); return refused })
	keep(here, "new")
	if v := recall(here); v != "new" {
		t.Errorf("%v is remembered", v)
	}
}

func TestAListOfAnyLengthFindsWhatItNames(t *testing.T) {
	sel := db.NewSQL(`SELECT sku_id FROM inventory_balance WHERE node_id = $2 AND sku_id = ANY($1) AND on_hand < $3 ORDER BY sku_id`)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, n := range []int64{0, 1, 2, 4, 5, 17, 64, 65, 256, 300} {
			var keys []int64
			err := d.Update(context.Background(), func(tx *db.Tx) error {
				for i := range n {
					tx.Put(addBalance, 1000*n+i, 7, 1, 0, 0)
					tx.Put(addBalance, 1000*n+i, 8, 1, 0, 0)
					keys = append(keys, 1000*n+i)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			var found []int64
			err = d.View(context.Background(), func(tx *db.Tx) error {
				found, err = db.All(tx.Query(sel, keys, 7, 5), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
				return err
			})
			if err != nil || int64(len(found)) != n {
				t.Errorf("a list of %d found %d (%v)", n, len(found), err)
			}
		}
	})
}

func TestABrokenGuardTakesTheWholeTransactionBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, 1, 1, 10)
		put(t, d, 2, 1, 1)
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			tx.Put(takeBalance, 1, 1, 5)
			tx.Put(takeBalance, 2, 1, 5)
			tx.Emit(db.Event{Kind: "test.v1"})
			return nil
		})
		if !errors.Is(err, db.ErrGuard) {
			t.Fatalf("got %v, want ErrGuard", err)
		}
		if _, res := balance(t, d, 1, 1); res != 0 {
			t.Errorf("%d reserved after a failed transaction", res)
		}
		err = d.Update(context.Background(), func(tx *db.Tx) error { tx.Put(dropBalance, 9, 9); return nil })
		if !errors.Is(err, db.ErrGuard) {
			t.Errorf("removing nothing: got %v, want ErrGuard", err)
		}
	})
}

func TestAnErrorInAViewOrAWriteInOneIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.View(context.Background(), func(tx *db.Tx) error {
			tx.Put(addBalance, 1, 1, 1, 0, 0)
			return tx.Query(selBalance, 1, 1).Close()
		})
		if err == nil {
			t.Error("a view wrote")
		}
		if on, _ := balance(t, d, 1, 1); on != 0 {
			t.Error("a view wrote a row")
		}
	})
}

type take struct{ sku, q int64 }

// reserve is a batch in the manner of the product: read all, decide each, write what was granted.
func reserve(d *db.DB) *db.Batch[take, int64] {
	return db.NewBatch(d, 64, func(tx *db.Tx, ins []take) []db.Result[int64] {
		out := make([]db.Result[int64], len(ins))
		for i, in := range ins {
			if in.q < 0 {
				out[i].Err = fault.Invalidf("quantity", "negative", "must not be negative")
				continue
			}
			tx.Put(takeBalance, in.sku, 1, in.q)
			out[i].Out = in.q
		}
		return out
	})
}

func TestOnlyTheGuiltyCommandOfABatchFails(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, 1, 1, 100)
		put(t, d, 2, 1, 1)
		res := reserve(d).All(context.Background(), []take{{1, 5}, {2, 3}, {1, -1}, {1, 7}})
		if res[0].Err != nil || res[3].Err != nil {
			t.Errorf("innocent commands failed: %v, %v", res[0].Err, res[3].Err)
		}
		if !errors.Is(res[1].Err, db.ErrGuard) {
			t.Errorf("the guilty one: %v", res[1].Err)
		}
		if fault.Code(res[2].Err) != "negative" {
			t.Errorf("the refused one: %v", res[2].Err)
		}
		if _, r := balance(t, d, 1, 1); r != 12 {
			t.Errorf("reserved %d, want 12", r)
		}
	})
}

func TestAGuardThatBreaksInTheMiddleOfABatchIsNeverCommitted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, 1, 1, 100)
		put(t, d, 2, 1, 1)
		b := db.NewBatch(d, 10, func(tx *db.Tx, ins []take) []db.Result[int64] {
			out := make([]db.Result[int64], len(ins))
			for i, in := range ins {
				tx.Put(takeBalance, 1, 1, 1)
				tx.Put(takeBalance, in.sku, 1, in.q)
				if err := tx.Query(selBalance, 1, 1).Close(); err != nil { // flushes: the guard breaks here
					out[i].Err = err
				}
			}
			return out
		})
		res := b.All(context.Background(), []take{{1, 1}, {2, 5}, {1, 1}})
		if res[0].Err != nil || res[2].Err != nil || !errors.Is(res[1].Err, db.ErrGuard) {
			t.Errorf("results %+v", res)
		}
		if _, r := balance(t, d, 1, 1); r != 4 {
			t.Errorf("reserved %d, want 4: two commands, nothing of the third", r)
		}
	})
}

func TestBuyersRacingForOneSKUGetExactlyWhatIsThere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, 1, 1, 100)
		b := reserve(d)
		var wg sync.WaitGroup
		var mu sync.Mutex
		granted := 0
		for range 300 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if _, err := b.Do(context.Background(), nil, take{1, 1}); err == nil {
					mu.Lock()
					granted++
					mu.Unlock()
				} else if !errors.Is(err, db.ErrGuard) {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		if _, r := balance(t, d, 1, 1); r != 100 || granted != 100 {
			t.Errorf("granted %d, reserved %d, want 100 of both", granted, r)
		}
	})
}

func TestAKeyedCommandHappensOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, 1, 1, 100)
		b := reserve(d)
		first := &db.Once{Key: "k", Hash: "h"}
		if _, err := b.Do(context.Background(), first, take{1, 5}); err != nil || first.Replayed {
			t.Fatal(err, first.Replayed)
		}
		again := &db.Once{Key: "k", Hash: "h"}
		got, err := b.Do(context.Background(), again, take{1, 5})
		if err != nil || !again.Replayed || got != 5 {
			t.Errorf("repetition: %d %v replayed=%v", got, err, again.Replayed)
		}
		_, err = b.Do(context.Background(), &db.Once{Key: "k", Hash: "other"}, take{1, 6})
		if fault.Code(err) != "idempotency.other_request" {
			t.Errorf("other request, same key: %v", err)
		}
		_, err = b.Do(context.Background(), &db.Once{Key: "bad", Hash: "h"}, take{1, 1000})
		if !errors.Is(err, db.ErrGuard) {
			t.Errorf("too much: %v", err)
		}
		if _, r := balance(t, d, 1, 1); r != 5 {
			t.Errorf("reserved %d, want 5", r)
		}
		one, err := db.Command(context.Background(), d, &db.Once{Key: "k", Hash: "h"}, func(tx *db.Tx) (int64, error) { return 9, nil })
		if err != nil || one != 5 {
			t.Errorf("a single command with a used key: %d %v, want the first answer 5", one, err)
		}
		if err := d.ForgetKeys(context.Background(), dbtest.Noon.UnixMicro()+1); err != nil {
			t.Fatal(err)
		}
		var n int64
		_ = d.View(context.Background(), func(tx *db.Tx) error { _, err := tx.Query(countKeys).One(&n); return err })
		if n != 0 {
			t.Errorf("%d keys left after their time", n)
		}
	})
}

func TestManyWritersWithManyCommandsLoseNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for sku := range int64(20) {
			put(t, d, sku, 1, 1_000_000)
		}
		b := reserve(d)
		var wg sync.WaitGroup
		for g := range int64(32) {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range int64(20) {
					if _, err := b.Do(context.Background(), nil, take{(g + i) % 20, 1}); err != nil {
						t.Error(err)
					}
				}
			}()
		}
		wg.Wait()
		var sum int64
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			skus := make([]int64, 20)
			for i := range skus {
				skus[i] = int64(i)
			}
			rows := tx.Query(selMany, skus)
			for rows.Next() {
				var sku, r int64
				rows.Scan(&sku, &r)
				sum += r
			}
			return rows.Close()
		})
		if err != nil {
			t.Fatal(err)
		}
		if sum != 640 {
			t.Errorf("reserved %d, want 640", sum)
		}
	})
}

func TestEventsComeInOrderAndNoneIsMissed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		seen := map[string]int{}
		done := make(chan error, 1)
		go func() {
			done <- d.Tail(ctx, db.Cursor{}, func(page []db.Fact) error {
				for _, f := range page {
					seen[f.Params]++
				}
				if len(seen) == 200 {
					return errors.New("all")
				}
				return nil
			})
		}()
		var wg sync.WaitGroup
		for g := range 10 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range 20 {
					err := d.Update(ctx, func(tx *db.Tx) error {
						tx.Emit(db.Event{Kind: "test.v1", Order: 1, Params: map[string]int{"n": g*20 + i}})
						return nil
					})
					if err != nil {
						t.Error(err)
					}
				}
			}()
		}
		wg.Wait()
		if err := <-done; err == nil || err.Error() != "all" {
			t.Fatalf("tail ended with %v after %d of 200 events", err, len(seen))
		}
		for k, n := range seen {
			if n != 1 {
				t.Errorf("event %s came %d times", k, n)
			}
		}
	})
}

// The one that trusts ids fails here: the event with the smaller id commits last.
func TestATailerWaitsForATransactionThatIsStillOpen(t *testing.T) {
	d := dbtest.Open(t, dbtest.Postgres(t), clock.Fixed(dbtest.Noon))
	ctx := context.Background()
	inside, release := make(chan struct{}), make(chan struct{})
	late := make(chan error, 1)
	go func() {
		late <- d.Update(ctx, func(tx *db.Tx) error {
			tx.Emit(db.Event{Kind: "late.v1"})
			if err := tx.Query(countKeys).Close(); err != nil { // writes the event, transaction stays open
				return err
			}
			close(inside)
			<-release
			return nil
		})
	}()
	<-inside
	if err := d.Update(ctx, func(tx *db.Tx) error { tx.Emit(db.Event{Kind: "early.v1"}); return nil }); err != nil {
		t.Fatal(err)
	}
	read := func() (kinds []string) {
		_ = d.View(ctx, func(tx *db.Tx) error {
			facts, err := tx.Events(db.Cursor{}, 10)
			for _, f := range facts {
				kinds = append(kinds, f.Kind)
			}
			return err
		})
		return kinds
	}
	if got := read(); len(got) != 0 {
		t.Errorf("read %v while an older transaction was open", got)
	}
	close(release)
	if err := <-late; err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range dbtest.Facts(t, d) {
		got = append(got, f.Kind)
	}
	if fmt.Sprint(got) != "[late.v1 early.v1]" {
		t.Errorf("read %v, want both in order of transaction", got)
	}
}
