package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

var moment = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

// installation is a place with one company and some events in it.
func installation(t *testing.T, p access.Place, events int) *db.DB {
	t.Helper()
	p.Create, p.Clock = true, clock.Real()
	dir, err := access.OpenDirectory(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dir.Close() })
	c, _, err := dir.Ensure(t.Context(), "nord")
	if err != nil {
		t.Fatal(err)
	}
	d, err := dir.OpenCompany(t.Context(), c.Name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	emit(t, d, events)
	return d
}

func emit(t *testing.T, d *db.DB, n int) {
	t.Helper()
	for range n {
		if err := d.Update(context.Background(), func(tx *db.Tx) error {
			tx.Emit(db.Event{Kind: "order.seen.v1", Params: map[string]string{"name": "小明\t\\N\n\""}})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func count(t *testing.T, p access.Place) (n int) {
	t.Helper()
	p.Clock = clock.Real()
	dir, err := access.OpenDirectory(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	d, err := dir.OpenCompany(t.Context(), "nord")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	_ = dbtest.Facts(t, d)
	err = d.View(t.Context(), func(tx *db.Tx) error { all, err := tx.Events(db.Cursor{}, 10000); n = len(all); return err })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func freshServer(t *testing.T) string {
	t.Helper()
	server := os.Getenv("PACKHORSE_TEST_POSTGRES")
	if server == "" {
		t.Skip("no PostgreSQL: PACKHORSE_TEST_POSTGRES is not set (make test sets it)")
	}
	name := fmt.Sprintf("backup_%d_%d", os.Getpid(), time.Now().UnixNano())
	run := func(sql string) error {
		c, err := pgx.Connect(context.Background(), server)
		if err != nil {
			return err
		}
		defer c.Close(context.Background())
		_, err = c.Exec(context.Background(), sql)
		return err
	}
	if err := run("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run("DROP DATABASE " + name + " WITH (FORCE)") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// each runs a test from one fresh place to another, on both engines.
func each(t *testing.T, test func(t *testing.T, from, to access.Place)) {
	t.Run("sqlite", func(t *testing.T) {
		test(t, access.Place{Dir: t.TempDir()}, access.Place{Dir: filepath.Join(t.TempDir(), "new")})
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, access.Place{URL: freshServer(t)}, access.Place{URL: freshServer(t)})
	})
}

func place(p access.Place) Source { return Source{Dir: p.Dir, URL: p.URL} }

func TestABackupTakenWhileOthersWriteIsRestoredWhole(t *testing.T) {
	each(t, func(t *testing.T, from, to access.Place) {
		d := installation(t, from, 50)
		stop, stopped := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(stopped)
			for {
				select {
				case <-stop:
					return
				default:
					emit(t, d, 1)
				}
			}
		}()
		file := filepath.Join(t.TempDir(), "b.packhorse")
		sum, err := Write(t.Context(), place(from), file, Header{Program: "test", TakenAt: moment})
		close(stop)
		<-stopped
		if err != nil || len(sum.Databases) != 2 || sum.Bytes == 0 {
			t.Fatalf("%+v %v", sum, err)
		}
		back, err := Restore(t.Context(), file, place(to))
		if err != nil || back.Program != "test" {
			t.Fatalf("%+v %v", back, err)
		}
		if n := count(t, to); n < 50 {
			t.Errorf("%d events came back", n)
		}
		if _, err := Write(t.Context(), place(from), file, Header{TakenAt: moment}); !errors.Is(err, ErrExists) {
			t.Errorf("the file was overwritten: %v", err)
		}
		if _, err := Restore(t.Context(), file, place(to)); !errors.Is(err, ErrExists) {
			t.Errorf("the installation was overwritten: %v", err)
		}
		left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".*"))
		if len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

// What a server tells after a restore goes on from where its readers stood, inside and outside: none is left out and none
// told again. The old server had made many more transactions than the new one.
func TestReadersOfTheLogGoOnBehindARestore(t *testing.T) {
	from, to := access.Place{URL: freshServer(t)}, access.Place{URL: freshServer(t)}
	d := installation(t, from, 5)
	places := dbtest.Facts(t, d)
	const more = 1_000_000_000
	inside, outside := places[2].Cursor(), places[4].Cursor()
	inside.Tx, outside.Tx = inside.Tx+more, outside.Tx+more+1000 // behind what was lost with the old server
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec(db.NewSQL(`UPDATE event SET tx = tx + $1`), more); err != nil {
			return err
		}
		_, err := tx.Exec(db.NewSQL(`UPDATE search_cursor SET tx = $1, id = $2`), inside.Tx, inside.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, round := range []string{"a restore", "a restore of what was restored"} {
		file := filepath.Join(t.TempDir(), "b")
		if _, err := Write(t.Context(), place(from), file, Header{TakenAt: moment}); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(t.Context(), file, place(to)); err != nil {
			t.Fatal(err)
		}
		back := opened(t, to)
		emit(t, back, 1)
		facts := dbtest.Facts(t, back)
		err = back.View(t.Context(), func(tx *db.Tx) error {
			var c db.Cursor
			if _, err := tx.Query(db.NewSQL(`SELECT tx, id FROM search_cursor`)).One(&c.Tx, &c.ID); err != nil {
				return err
			}
			if rest, err := tx.Events(c, 10); err != nil || len(rest) != len(facts)-3 {
				t.Errorf("%s: %d of %d events are behind the place inside, %v", round, len(rest), len(facts), err)
			}
			if rest, err := tx.Events(outside, 10); err != nil || len(rest) != len(facts)-5 {
				t.Errorf("%s: %d of %d events are behind the place outside, %v", round, len(rest), len(facts), err)
			}
			last, err := tx.LastEvent()
			if last != facts[len(facts)-1].Cursor() {
				t.Errorf("%s: the last event is %v", round, last)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		from, to = to, access.Place{URL: freshServer(t)}
	}
}

// opened opens the company of an installation.
func opened(t *testing.T, p access.Place) *db.DB {
	t.Helper()
	p.Clock = clock.Real()
	dir, err := access.OpenDirectory(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dir.Close() })
	d, err := dir.OpenCompany(t.Context(), "nord")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestAFileThatWasCutOrChangedLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, from, to access.Place) {
		installation(t, from, 20)
		file := filepath.Join(t.TempDir(), "b")
		if _, err := Write(t.Context(), place(from), file, Header{TakenAt: moment}); err != nil {
			t.Fatal(err)
		}
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{0, 10, len(whole) / 2, len(whole) - 1} {
			if err := os.WriteFile(file, whole[:n], 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := Restore(t.Context(), file, place(to)); !errors.Is(err, ErrBroken) {
				t.Errorf("cut at %d: %v", n, err)
			}
		}
		changed := bytes.Clone(whole)
		changed[len(changed)/2] ^= 1
		if err := os.WriteFile(file, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(t.Context(), file, place(to)); err == nil {
			t.Error("a changed file was restored")
		}
		if err := os.WriteFile(file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(t.Context(), file, place(to)); err != nil {
			t.Errorf("after the refusals something is in the way: %v", err)
		}
	})
}

func TestABackupOfANewerProgramIsRefused(t *testing.T) {
	var b bytes.Buffer
	w, err := newWriter(&b, Header{Form: Form, Engine: SQLite, TakenAt: moment})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.object("directory/database.json", Database{Name: "directory", Kind: db.Directory, Migrations: []string{"0001_companies", "9999_tomorrow"}}), w.close()); err != nil {
		t.Fatal(err)
	}
	file, dir := filepath.Join(t.TempDir(), "b"), filepath.Join(t.TempDir(), "new")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), file, Source{Dir: dir}); err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made")
	}
}

func TestWhatAKilledBackupLeftIsTakenAway(t *testing.T) {
	from, at := access.Place{Dir: t.TempDir()}, t.TempDir()
	installation(t, from, 1)
	left := filepath.Join(at, workPrefix+"999999999")
	if err := os.Mkdir(left, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(t.Context(), place(from), filepath.Join(at, "b"), Header{TakenAt: moment}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("it is still there")
	}
}
