package check

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

// A company of an older version of the tables is brought up to date: everything that could be dumped before is there word for
// word, and the books prove. What it holds is what stands today in orders of every state, as far as its tables had a place for it.
func TestACompanyOfAnOlderVersionKeepsEverythingAndItsBooksProve(t *testing.T) {
	all := db.Migrations(db.Company)
	newest := len(all)
	for engine, c := range map[string]struct {
		fresh func(testing.TB) db.Options
		step  int // how many versions later the next one is tried
	}{"sqlite": {dbtest.SQLite, 4}, "postgres": {dbtest.Postgres, newest}} {
		t.Run(engine, func(t *testing.T) {
			today := dbtest.Open(t, c.fresh(t), clock.Fixed(dbtest.Noon))
			build(t, today)
			for version := 1; version < newest; version += c.step {
				t.Run(fmt.Sprint("version ", version), func(t *testing.T) {
					o := c.fresh(t)
					o.Only = all[:version]
					old := dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
					goBack(t, today, old)
					do(t, old, func(tx *db.Tx) error { return numbered(tx, version) })
					if err := old.Close(); err != nil {
						t.Fatal(err)
					}
					o.Only = nil
					d := dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
					proves(t, d)
					for _, kind := range Kinds() {
						if had, has := dumped(t, today, kind), dumped(t, d, kind); !reflect.DeepEqual(had, has) {
							t.Errorf("%s: %v\nwere %v", kind, has, had)
						}
					}
				})
			}
		})
	}
}

// numbered leaves a database with how many migrations it has instead of their names, as they were.
func numbered(tx *db.Tx, version int) error {
	for _, text := range []string{"DROP TABLE schema_migration", "CREATE TABLE schema_version (version BIGINT PRIMARY KEY, applied_at BIGINT NOT NULL)"} {
		if _, err := tx.Exec(db.NewSQL(text)); err != nil {
			return err
		}
	}
	for v := range version {
		if _, err := tx.Exec(db.NewSQL("INSERT INTO schema_version VALUES ($1, 1)"), v+1); err != nil {
			return err
		}
	}
	return nil
}

func proves(t *testing.T, d *db.DB) {
	t.Helper()
	report, err := Run(context.Background(), d, Options{})
	if err != nil || !report.Clean || report.Checked["orders"] == 0 {
		t.Errorf("%+v %v", report, err)
	}
}

// column is a column of a table, with a value of its type.
type column struct {
	name string
	none any
}

// goBack copies what stands in a company into one of older tables. A column that there is no more today has nothing in it, a
// table that the older ones fill themselves keeps what it has.
func goBack(t *testing.T, from, to *db.DB) {
	t.Helper()
	has := columnsOf(t, from)
	for table, columns := range columnsOf(t, to) {
		if len(has[table]) == 0 || len(rowsOf(t, to, table, columns[:1])) > 0 {
			continue
		}
		var both []column
		for _, c := range columns {
			for _, h := range has[table] {
				if h.name == c.name {
					both = append(both, c)
				}
			}
		}
		rows := rowsOf(t, from, table, both)
		do(t, to, func(tx *db.Tx) error {
			for _, row := range rows {
				given := map[string]any{}
				for i, c := range both {
					given[c.name] = row[i]
				}
				if err := insert(tx, table, columns, given); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func insert(tx *db.Tx, table string, columns []column, given map[string]any) error {
	var names, places []string
	var values []any
	for i, c := range columns {
		value, ok := given[c.name]
		if !ok {
			value = c.none
		}
		names, places, values = append(names, c.name), append(places, fmt.Sprint("$", i+1)), append(values, value)
	}
	_, err := tx.Exec(db.NewSQL("INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(places, ", ")+")"), values...)
	if err != nil {
		err = fmt.Errorf("%s: %w", table, err)
	}
	return err
}

var (
	selColumns = db.NewSQL(`SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`)
	// The tables of the search are an index, and virtual ones on SQLite; what is in them is made again from the log.
	selColumnsLite = db.NewSQL(`SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid`)
)

// columnsOf lists the tables of a database that were filled, but for the index of the search and the version itself.
func columnsOf(t *testing.T, d *db.DB) map[string][]column {
	t.Helper()
	out := map[string][]column{}
	read(t, d, func(tx *db.Tx) error {
		clear(out)
		sql := selColumnsLite
		if tx.Postgres() {
			sql = selColumns
		}
		rows := tx.Query(sql)
		for rows.Next() {
			var table, name, kind string
			rows.Scan(&table, &name, &kind)
			if strings.HasPrefix(table, "search_") || table == "schema_migration" {
				continue
			}
			none := map[string]any{"text": "", "boolean": false}[strings.ToLower(kind)]
			if none == nil {
				none = int64(0)
			}
			out[table] = append(out[table], column{name, none})
		}
		return rows.Close()
	})
	return out
}

func rowsOf(t *testing.T, d *db.DB, table string, columns []column) (list [][]any) {
	t.Helper()
	var names []string
	for _, c := range columns {
		names = append(names, c.name)
	}
	sql := db.NewSQL("SELECT " + strings.Join(names, ", ") + " FROM " + table)
	read(t, d, func(tx *db.Tx) error {
		list = nil
		rows := tx.Query(sql)
		for rows.Next() {
			into := make([]any, len(columns))
			for i, c := range columns {
				into[i] = reflect.New(reflect.TypeOf(c.none)).Interface()
			}
			rows.Scan(into...)
			for i := range into {
				into[i] = reflect.ValueOf(into[i]).Elem().Interface()
			}
			list = append(list, into)
		}
		return rows.Close()
	})
	return list
}

func read(t *testing.T, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.View(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}
