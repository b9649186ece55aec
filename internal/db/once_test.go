package db_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

// twoProcesses are two programs on one PostgreSQL database.
func twoProcesses(t *testing.T) [2]*db.DB {
	t.Helper()
	o := dbtest.Postgres(t)
	first := dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
	o.Node = 1
	return [2]*db.DB{first, dbtest.Open(t, o, clock.Fixed(dbtest.Noon))}
}

var countNotes = db.NewSQL(`SELECT count(*) FROM event WHERE kind = $1`)

// note is work that nothing makes unique but its key.
func note(tx *db.Tx, kind string) int64 { return tx.Emit(db.Event{Kind: kind}) }

func notes(t *testing.T, d *db.DB, kind string) (n int64) {
	t.Helper()
	if err := d.View(context.Background(), func(tx *db.Tx) error { _, err := tx.Query(countNotes, kind).One(&n); return err }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAKeyUsedByTwoProcessesAtOnceWorksOnce(t *testing.T) {
	ds := twoProcesses(t)
	batch := func(d *db.DB) func(*db.Once, string) (int64, error) {
		b := db.NewBatch(d, 8, func(tx *db.Tx, kinds []string) []db.Result[int64] {
			out := make([]db.Result[int64], len(kinds))
			for i, kind := range kinds {
				out[i].Out = note(tx, kind)
			}
			return out
		})
		return func(once *db.Once, kind string) (int64, error) { return b.Do(context.Background(), once, kind) }
	}
	command := func(d *db.DB) func(*db.Once, string) (int64, error) {
		return func(once *db.Once, kind string) (int64, error) {
			return db.Command(context.Background(), d, once, func(tx *db.Tx) (int64, error) { return note(tx, kind), nil })
		}
	}
	for name, way := range map[string]func(*db.DB) func(*db.Once, string) (int64, error){"batch": batch, "command": command} {
		t.Run(name, func(t *testing.T) {
			ways := []func(*db.Once, string) (int64, error){way(ds[0]), way(ds[1])}
			for k := range 40 {
				kind := fmt.Sprint(name, k)
				var mu sync.Mutex
				answers := map[int64]bool{}
				var all sync.WaitGroup
				for sender := range 6 {
					all.Go(func() {
						id, err := ways[sender%2](&db.Once{Key: kind, Hash: "h"}, kind)
						mu.Lock()
						defer mu.Unlock()
						switch {
						case err == nil:
							answers[id] = true
						case fault.Code(err) != "idempotency.in_flight":
							t.Errorf("%s: %v", kind, err)
						}
					})
				}
				all.Wait()
				if n := notes(t, ds[0], kind); n != 1 || len(answers) != 1 {
					t.Errorf("%s was done %d times and answered %v", kind, n, answers)
				}
			}
		})
	}
}

// The second comes to what the first has just changed before it comes to the key.
func TestWhoFailsAtWhatItsOwnKeyHasDoneGetsTheAnswer(t *testing.T) {
	ds := twoProcesses(t)
	taken := fault.New(fault.Conflict, "taken", "taken")
	once := &db.Once{Key: "k", Hash: "h"}
	out, err := db.Command(context.Background(), ds[0], once, func(tx *db.Tx) (int64, error) {
		_, err := db.Command(context.Background(), ds[1], &db.Once{Key: "k", Hash: "h"}, func(tx *db.Tx) (int64, error) { return 7, nil })
		return 0, errors.Join(taken, err)
	})
	if err != nil || out != 7 || !once.Replayed {
		t.Errorf("%d, %v, replayed %v", out, err, once.Replayed)
	}
	other := &db.Once{Key: "other", Hash: "h"}
	if _, err := db.Command(context.Background(), ds[0], other, func(tx *db.Tx) (int64, error) { return 0, taken }); !errors.Is(err, taken) {
		t.Error(err)
	}
}

func TestAnAnswerIsCompletedUnderItsOwnHashOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		once := func(hash string) *db.Once { return &db.Once{Key: "k", Hash: hash} }
		if _, found, err := db.Kept[string](context.Background(), d, once("h")); found || err != nil {
			t.Fatal(found, err)
		}
		for _, answer := range []string{"half", "whole"} {
			if _, err := db.Complete(context.Background(), d, once("h"), answer); err != nil {
				t.Fatal(err)
			}
			if got, found, err := db.Kept[string](context.Background(), d, once("h")); got != answer || !found || err != nil {
				t.Errorf("%q %v %v, want %q", got, found, err, answer)
			}
		}
		if _, err := db.Complete(context.Background(), d, once("x"), "theirs"); fault.Code(err) != "idempotency.other_request" {
			t.Error(err)
		}
	})
}

func TestAResultIsKeptWithItsFaultAndNeverWithAFailure(t *testing.T) {
	in := []db.Result[int64]{{Out: 3}, {Err: fault.Invalidf("sku", "sku.unknown", "no such SKU").With("n", 5)}}
	raw, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var out []db.Result[int64]
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	f, ok := fault.As(out[1].Err)
	if out[0] != in[0] || !ok || f.Field != "sku" || f.Code != "sku.unknown" || f.Kind != fault.Invalid || fmt.Sprint(f.Params) != "map[n:5]" {
		t.Errorf("%s became %+v", raw, out)
	}
	if _, err := json.Marshal(db.Result[int64]{Err: errors.New("disk")}); err == nil {
		t.Error("a failure was kept as an answer")
	}
}

func TestAClaimHoldsAgainstEveryProcessUntilItIsReleased(t *testing.T) {
	test := func(t *testing.T, ds [2]*db.DB) {
		once := func(key string) *db.Once { return &db.Once{Key: key, Hash: "h"} }
		release, err := ds[0].Claim(context.Background(), once("k"))
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range ds {
			if _, err := d.Claim(context.Background(), once("k")); fault.Code(err) != "idempotency.in_flight" {
				t.Errorf("process %d: %v", i, err)
			}
			free, err := d.Claim(context.Background(), once("other"))
			if err != nil {
				t.Fatal(err)
			}
			free()
		}
		if _, err := db.Command(context.Background(), ds[0], once("k"), func(*db.Tx) (int64, error) { return 1, nil }); err != nil {
			t.Errorf("who holds the claim cannot use the key: %v", err)
		}
		release()
		again, err := ds[1].Claim(context.Background(), once("k"))
		if err != nil {
			t.Fatal(err)
		}
		again()
	}
	t.Run("one process", func(t *testing.T) {
		dbtest.Each(t, func(t *testing.T, d *db.DB) { test(t, [2]*db.DB{d, d}) })
	})
	t.Run("two processes", func(t *testing.T) { test(t, twoProcesses(t)) })
	t.Run("a process that died", func(t *testing.T) {
		ds := twoProcesses(t)
		if _, err := ds[0].Claim(context.Background(), &db.Once{Key: "k"}); err != nil {
			t.Fatal(err)
		}
		ds[0].Close()
		deadline := time.Now().Add(5 * time.Second) // the server needs a moment to see that the session has gone
		for {
			release, err := ds[1].Claim(context.Background(), &db.Once{Key: "k"})
			if err == nil {
				release()
				return
			}
			if time.Now().After(deadline) {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Millisecond)
		}
	})
}
