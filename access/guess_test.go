package access

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

var ageGuesses = db.NewSQL(`UPDATE access_guess SET last = last - $1, until = until - $1`)

// later lets some time pass for the guesses.
func later(t *testing.T, d *Directory, by time.Duration) {
	t.Helper()
	err := d.db.Update(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(ageGuesses, by.Microseconds()); return err })
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhoGuessesWaitsTwiceAsLongEachTime(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		for i := range freeByAccount {
			if err := d.admit(ctx, "anna", "10.0.0.1"); err != nil {
				t.Fatalf("guess %d: %v", i, err)
			}
		}
		for _, want := range []int{1, 2, 4, 8} {
			err := d.admit(ctx, "anna", "10.0.0.2")
			if f, ok := fault.As(err); !ok || f.Code != "access.locked" || f.Params["seconds"] != want {
				t.Fatalf("want %d seconds: %v", want, err)
			}
			later(t, d, time.Duration(want)*time.Second)
			if err := d.admit(ctx, "anna", "10.0.0.2"); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.admit(ctx, "bob", "10.0.0.1"); err != nil {
			t.Errorf("another account from there: %v", err)
		}
		later(t, d, longestLock)
		forgive := func() {
			t.Helper()
			if err := d.forgive(ctx, "anna", "10.0.0.2"); err != nil {
				t.Fatal(err)
			}
		}
		forgive()
		for range freeByAccount {
			if err := d.admit(ctx, "anna", "10.0.0.2"); err != nil {
				t.Errorf("after the right one: %v", err)
			}
		}
		forgive()
		for i := range 2 * freeByAddress {
			_ = d.admit(ctx, "account"+string(rune('a'+i%26)), "10.0.0.9") // most find the door closed
		}
		if err := d.admit(ctx, "somebody", "10.0.0.9"); fault.Code(err) != "access.locked" {
			t.Errorf("an address that tries many accounts: %v", err)
		}
		later(t, d, 2*guessMemory)
		if err := d.admit(ctx, "somebody", "10.0.0.9"); err != nil {
			t.Errorf("long after: %v", err)
		}
	})
}

// TestAClosedDoorStaysClosedForEveryProcess opens the directory a second time, as a process that starts again or another one does.
func TestAClosedDoorStaysClosedForEveryProcess(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		for range freeByAccount + 1 {
			_, _ = d.Login(t.Context(), "admin", "a wrong password", "10.0.0.1")
		}
		if d.place.URL == "" {
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}
		again, err := OpenDirectory(t.Context(), d.place)
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if _, err := again.Login(t.Context(), "admin", "a wrong password", "10.0.0.2"); fault.Code(err) != "access.locked" {
			t.Errorf("%v", err)
		}
	})
}

func TestManyGuessesAtOnceAreAllCounted(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		var let sync.Map
		var all sync.WaitGroup
		for i := range 30 {
			all.Go(func() {
				if err := d.admit(t.Context(), "anna", ""); err == nil {
					let.Store(i, true)
				} else if fault.Code(err) != "access.locked" {
					t.Error(err)
				}
			})
		}
		all.Wait()
		n := 0
		let.Range(func(any, any) bool { n++; return true })
		if n != freeByAccount {
			t.Errorf("%d of 30 guesses were let through, want %d", n, freeByAccount)
		}
	})
}

func TestWhatIsTriedStandsNowhereInClear(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		if err := d.admit(t.Context(), "my-password-typed-here", "10.0.0.1"); err != nil {
			t.Fatal(err)
		}
		var names []string
		err := d.db.View(t.Context(), func(tx *db.Tx) (err error) {
			names, err = db.All(tx.Query(selGuessed), func(r *db.Rows) (s string) { r.Scan(&s); return s })
			return err
		})
		if err != nil || len(names) != 2 {
			t.Fatalf("%v %v", names, err)
		}
		for _, name := range names {
			if len(name) != 64 {
				t.Error(errors.New(name))
			}
		}
	})
}

var selGuessed = db.NewSQL(`SELECT name FROM access_guess`)
