package db

import (
	"database/sql/driver"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"
)

// Rows is the answer to a query. Errors stick: read in a loop, then look at what Close returns.
//
//	rows := tx.Query(selOrders, ids)
//	for rows.Next() { rows.Scan(&a, &b) }
//	return rows.Close()
type Rows struct {
	postgres pgx.Rows
	finish   func() error // PostgreSQL: ends the round trip the rows came with
	lite     driver.Rows
	giveBack func()
	values   []driver.Value
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
	}
	err := r.lite.Next(r.values)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return err == nil
}

// Scan copies the row. Destinations are *int64, *int, *string, *bool; NULL does not occur in our tables.
func (r *Rows) Scan(dest ...any) {
	if r.err != nil {
		return
	}
	if r.postgres != nil {
		if err := r.postgres.Scan(dest...); err != nil {
			r.err = err
		}
		return
	}
	if len(dest) != len(r.values) {
		r.err = fmt.Errorf("db: %d columns read into %d places", len(r.values), len(dest))
		return
	}
	for i, d := range dest {
		if err := assign(d, r.values[i]); err != nil {
			r.err = fmt.Errorf("db: column %d: %w", i+1, err)
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
		if err := r.lite.Close(); r.err == nil {
			r.err = err
		}
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

func assign(dest any, v driver.Value) error {
	switch d := dest.(type) {
	case *int64:
		switch x := v.(type) {
		case int64:
			*d = x
			return nil
		case nil:
			return fmt.Errorf("NULL into a number")
		}
	case *int:
		if x, ok := v.(int64); ok {
			*d = int(x)
			return nil
		}
	case *string:
		if x, ok := v.(string); ok {
			*d = x
			return nil
		}
	case *bool:
		if x, ok := v.(int64); ok {
			*d = x != 0
			return nil
		}
	case *float64:
		switch x := v.(type) {
		case float64:
			*d = x
			return nil
		case int64:
			*d = float64(x)
			return nil
		}
	}
	return fmt.Errorf("%T does not fit into %T", v, dest)
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
