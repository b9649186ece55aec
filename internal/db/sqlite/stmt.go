package sqlite

import (
	"fmt"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Stmt is a prepared statement: Bind, Step while it yields rows, Reset.
type Stmt struct {
	conn    *Conn
	handle  uintptr
	texts   uintptr // where bound texts lie until the next Bind
	room    int
	columns int
}

// Prepare compiles one statement for long use.
func (c *Conn) Prepare(text string) (*Stmt, error) {
	t, err := libc.CString(text)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, t)
	rc := lib.Xsqlite3_prepare_v3(c.tls, c.db, t, int32(len(text)+1), lib.SQLITE_PREPARE_PERSISTENT, c.out, 0)
	if rc != lib.SQLITE_OK {
		return nil, fmt.Errorf("%w in %s", c.failure(rc), text)
	}
	s := &Stmt{conn: c, handle: *place[uintptr](c.out)}
	s.columns = int(lib.Xsqlite3_column_count(c.tls, s.handle))
	return s, nil
}

// Columns is how many columns a row has.
func (s *Stmt) Columns() int { return s.columns }

// Bind sets all parameters ?1 … ?n. Values are int64, int, float64, string, bool or nil.
func (s *Stmt) Bind(args []any) error {
	if err := s.reserve(args); err != nil {
		return err
	}
	at := s.texts
	for i, a := range args {
		n := int32(i + 1)
		var rc int32
		switch v := a.(type) {
		case int64:
			rc = lib.Xsqlite3_bind_int64(s.conn.tls, s.handle, n, v)
		case int:
			rc = lib.Xsqlite3_bind_int64(s.conn.tls, s.handle, n, int64(v))
		case string:
			copy(unsafe.Slice(place[byte](at), len(v)), v)
			rc = lib.Xsqlite3_bind_text(s.conn.tls, s.handle, n, at, int32(len(v)), 0)
			at += uintptr(len(v))
		case bool:
			rc = lib.Xsqlite3_bind_int64(s.conn.tls, s.handle, n, number(v))
		case float64:
			rc = lib.Xsqlite3_bind_double(s.conn.tls, s.handle, n, v)
		case nil:
			rc = lib.Xsqlite3_bind_null(s.conn.tls, s.handle, n)
		default:
			return fmt.Errorf("sqlite: argument %d is a %T; want a number, text, bool or nil", n, a)
		}
		if rc != lib.SQLITE_OK {
			return s.conn.failure(rc)
		}
	}
	return nil
}

// reserve makes room for the texts among args. What was bound before may be freed: all of it is bound anew.
func (s *Stmt) reserve(args []any) error {
	need := 1 // an empty text has an address too: no address would be NULL
	for _, a := range args {
		if v, ok := a.(string); ok {
			need += len(v)
		}
	}
	if need <= s.room {
		return nil
	}
	lib.Xsqlite3_free(s.conn.tls, s.texts)
	s.room = max(need, 2*s.room, 64)
	if s.texts = lib.Xsqlite3_malloc64(s.conn.tls, uint64(s.room)); s.texts == 0 {
		s.room = 0
		return errMemory
	}
	return nil
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Step runs to the next row, or to the end: then row is false.
func (s *Stmt) Step() (row bool, err error) {
	rc := lib.Xsqlite3_step(s.conn.tls, s.handle)
	if rc == lib.SQLITE_ROW {
		return true, nil
	}
	return false, s.conn.failure(rc)
}

// Reset makes the statement ready for the next Bind. A failure of the last Step is not told again.
func (s *Stmt) Reset() { lib.Xsqlite3_reset(s.conn.tls, s.handle) }

// Run is Bind, Step to the end and Reset: for a statement whose rows nobody reads.
func (s *Stmt) Run(args []any) error {
	err := s.Bind(args)
	for row := err == nil; row; {
		row, err = s.Step()
	}
	s.Reset()
	return err
}

// Int is column i of the current row as a number; ok is false where it holds something else.
func (s *Stmt) Int(i int) (v int64, ok bool) {
	if lib.Xsqlite3_column_type(s.conn.tls, s.handle, int32(i)) != lib.SQLITE_INTEGER {
		return 0, false
	}
	return lib.Xsqlite3_column_int64(s.conn.tls, s.handle, int32(i)), true
}

// Float is column i of the current row as a floating-point number.
func (s *Stmt) Float(i int) (v float64, ok bool) {
	switch lib.Xsqlite3_column_type(s.conn.tls, s.handle, int32(i)) {
	case lib.SQLITE_INTEGER, lib.SQLITE_FLOAT:
		return lib.Xsqlite3_column_double(s.conn.tls, s.handle, int32(i)), true
	}
	return 0, false
}

// Text is a copy of column i of the current row.
func (s *Stmt) Text(i int) (v string, ok bool) {
	if lib.Xsqlite3_column_type(s.conn.tls, s.handle, int32(i)) != lib.SQLITE_TEXT {
		return "", false
	}
	p := lib.Xsqlite3_column_text(s.conn.tls, s.handle, int32(i))
	n := int(lib.Xsqlite3_column_bytes(s.conn.tls, s.handle, int32(i)))
	if p == 0 || n == 0 {
		return "", true
	}
	return string(unsafe.Slice(place[byte](p), n)), true
}

// Close frees the statement.
func (s *Stmt) Close() {
	lib.Xsqlite3_finalize(s.conn.tls, s.handle)
	lib.Xsqlite3_free(s.conn.tls, s.texts)
}
