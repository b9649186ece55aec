package db_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

var selApplied = db.NewSQL(`SELECT name FROM schema_migration ORDER BY name`)

func applied(t *testing.T, d *db.DB) (names []string) {
	t.Helper()
	err := d.View(context.Background(), func(tx *db.Tx) (err error) {
		names, err = db.All(tx.Query(selApplied), func(r *db.Rows) (name string) { r.Scan(&name); return name })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// write runs statements in an installation, one after the other, and closes it.
func write(t *testing.T, d *db.DB, texts ...string) {
	t.Helper()
	err := d.Update(context.Background(), func(tx *db.Tx) error {
		for _, text := range texts {
			if _, err := tx.Exec(db.NewSQL(text)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

func engines(t *testing.T, test func(t *testing.T, o db.Options)) {
	t.Run("sqlite", func(t *testing.T) { test(t, dbtest.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, dbtest.Postgres(t)) })
}

func TestAMigrationThatComesBelowOthersIsAppliedToCompaniesThatExist(t *testing.T) {
	engines(t, func(t *testing.T, o db.Options) {
		all := db.Migrations(db.Company)
		o.Only = slices.DeleteFunc(slices.Clone(all), func(name string) bool { return name == "0031_carrier_logins" })
		d := dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
		if got := applied(t, d); !slices.Equal(got, o.Only) {
			t.Fatalf("%v", got)
		}
		write(t, d)
		o.Only = nil
		for range 2 {
			d := dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
			if got := applied(t, d); !slices.Equal(got, all) {
				t.Errorf("%v", got)
			}
			write(t, d)
		}
	})
}

const (
	byNumber = "CREATE TABLE schema_version (version BIGINT PRIMARY KEY, applied_at BIGINT NOT NULL)"
	tomorrow = "INSERT INTO schema_migration VALUES ('9999_tomorrow', 1)"
)

func TestACompanyOfANewerProgramIsRefusedAndLeftAsItIs(t *testing.T) {
	for name, texts := range map[string][]string{"by its name": {tomorrow}, "by its number": {byNumber, "INSERT INTO schema_version VALUES (99, 1)", "DROP TABLE schema_migration"}} {
		t.Run(name, func(t *testing.T) {
			engines(t, func(t *testing.T, o db.Options) {
				write(t, dbtest.Open(t, o, clock.Fixed(dbtest.Noon)), texts...)
				o.Clock = clock.Fixed(dbtest.Noon)
				for range 2 {
					if d, err := db.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "use the newer program") {
						t.Errorf("%v %v", d, err)
					}
				}
			})
		})
	}
}
