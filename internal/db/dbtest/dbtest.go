// Package dbtest runs a store test on every database the product supports. What is not tested on
// both is not tested: SQLite hides mistakes of lock order, PostgreSQL those of types.
package dbtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
)

// Noon is when the clock of a test database stands, unless the test moves it.
var Noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC) // 12:00 in Shanghai

var serial atomic.Int64

// Each runs test on a fresh SQLite file and, where PACKHORSE_TEST_POSTGRES names a server, on a fresh
// PostgreSQL schema. `make test` starts such a server.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, Open(t, SQLite(t), clock.Fixed(Noon))) })
	t.Run("postgres", func(t *testing.T) { test(t, Open(t, Postgres(t), clock.Fixed(Noon))) })
}

// SQLite gives the options of a fresh file.
func SQLite(t testing.TB) db.Options {
	return db.Options{Path: filepath.Join(t.TempDir(), "company.db"), Create: true, Kind: db.Company}
}

// Postgres gives the options of a fresh schema, dropped when the test ends. It skips the test where
// there is no server.
func Postgres(t testing.TB) db.Options {
	t.Helper()
	url := os.Getenv("PACKHORSE_TEST_POSTGRES")
	if url == "" {
		t.Skip("no PostgreSQL: PACKHORSE_TEST_POSTGRES is not set (make test sets it)")
	}
	schema := fmt.Sprintf("t%d_%d", os.Getpid(), serial.Add(1))
	t.Cleanup(func() {
		ctx := context.Background()
		c, err := pgx.Connect(ctx, url)
		if err != nil {
			t.Logf("drop %s: %v", schema, err)
			return
		}
		defer c.Close(ctx)
		if _, err := c.Exec(ctx, "DROP SCHEMA IF EXISTS "+schema+" CASCADE"); err != nil {
			t.Logf("drop %s: %v", schema, err)
		}
	})
	return db.Options{URL: url, Schema: schema, Create: true, Kind: db.Company}
}

// Open opens a database for the length of the test.
func Open(t testing.TB, o db.Options, c *clock.Clock) *db.DB {
	t.Helper()
	o.Clock = c
	d, err := db.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

var newest = db.NewSQL(`SELECT tx, id FROM event ORDER BY tx DESC, id DESC LIMIT 1`)

// Facts reads the whole event log. On PostgreSQL a tailer does not read past a transaction that is still
// open anywhere on the server, another test's too, so this waits until the newest event can be read.
func Facts(t testing.TB, d *db.DB) (all []db.Fact) {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		var last db.Cursor
		err := d.View(context.Background(), func(tx *db.Tx) (err error) {
			if _, err := tx.Query(newest).One(&last.Tx, &last.ID); err != nil {
				return err
			}
			all, err = tx.Events(db.Cursor{}, 1_000_000)
			return err
		})
		switch {
		case err != nil:
			t.Fatal(err)
		case last == db.Cursor{} || len(all) > 0 && all[len(all)-1].Cursor() == last:
			return all
		}
		select {
		case <-late:
			t.Fatalf("the newest event cannot be read after 30 s: some transaction stays open")
		case <-time.After(10 * time.Millisecond):
		}
	}
}
