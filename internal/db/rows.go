package db

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/packhorse/packhorse/internal/db/sqlite"
)

// Rows is the answer to a query. Errors stick: read in a loop, then look at what Close returns.
//
//	rows := tx.Query(selOrders, ids)
//	for rows.Next() { rows.Scan(&a, &b) }
//	return rows.Close()
type Rows struct {
	postgres pgx.Rows
	finish   func() error // PostgreSQL: ends the round trip the rows came with
	ahead    *answer      // PostgreSQL: read before it was asked for
	lite     *sqlite.Stmt
	giveBack func()
	ended    bool // a further step would run the statement again
	err      error
}

func failed(err error) *Rows { return &Rows{err: err} }

// Next moves to the next row; false at the end and after an error.
func (r *Rows) Next() bool {
	switch {
	case r.err != nil:
		return false
	case r.postgres != nil:
		return r.postgres.Next()
	case r.ahead != nil:
		return r.ahead.next()
	}
	if r.ended {
		return false
	}
	row, err := r.lite.Step()
	r.ended, r.err = !row, err
	return row
}

// Scan copies the row. Destinations are *int64, *int, *string, *bool; NULL does not occur in our tables.
func (r *Rows) Scan(dest ...any) {
	if r.err != nil {
		return
	}
	if r.postgres != nil {
		r.err = scanPostgres(r.postgres, dest)
		return
	}
	if r.ahead != nil {
		r.err = r.ahead.scan(dest)
		return
	}
	if len(dest) != r.lite.Columns() {
		r.err = fmt.Errorf("db: %d columns read into %d places", r.lite.Columns(), len(dest))
		return
	}
	for i, d := range dest {
		if !assign(d, r.lite, i) {
			r.err = fmt.Errorf("db: column %d does not fit into %T", i+1, d)
			return
		}
	}
}

// Close ends the reading and returns the first error of it. It may be called twice.
func (r *Rows) Close() error {
	if r.postgres != nil {
		r.postgres.Close()
		if err := r.postgres.Err(); r.err == nil {
			r.err = err
		}
		r.postgres = nil
	}
	if r.finish != nil {
		if err := r.finish(); r.err == nil {
			r.err = err
		}
		r.finish = nil
	}
	if r.lite != nil {
		r.lite.Reset()
		r.lite = nil
		r.giveBack()
	}
	return r.err
}

// One reads a single row into dest and closes. found is false when there was none.
func (r *Rows) One(dest ...any) (found bool, err error) {
	if r.Next() {
		found = true
		r.Scan(dest...)
	}
	err = r.Close()
	return found && err == nil, err
}

// assign puts column i of the statement's row into dest; false when it is of another kind.
func assign(dest any, row *sqlite.Stmt, i int) (fits bool) {
	switch d := dest.(type) {
	case *int64:
		*d, fits = row.Int(i)
	case *int:
		var v int64
		v, fits = row.Int(i)
		*d = int(v)
	case *string:
		*d, fits = row.Text(i)
	case *bool:
		var v int64
		v, fits = row.Int(i)
		*d = v != 0
	case *float64:
		*d, fits = row.Float(i)
	}
	return fits
}

// All reads every row with read and closes.
func All[T any](r *Rows, read func(*Rows) T) ([]T, error) {
	var out []T
	for r.Next() {
		v := read(r)
		out = append(out, v)
	}
	return out, r.Close()
}
