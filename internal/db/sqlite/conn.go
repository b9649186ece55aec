package sqlite

import (
	"errors"
	"fmt"
	"unsafe"

	"modernc.org/libc"
	_ "modernc.org/sqlite" // its init mends the library on the platforms that need it
	lib "modernc.org/sqlite/lib"
)

// Conn is one connection. It is not safe for concurrent use.
type Conn struct {
	tls *libc.TLS
	db  uintptr
	out uintptr // one pointer wide: where the library puts what it made
}

// Error is what SQLite refused, with its extended result code.
type Error struct {
	Code int
	text string
}

func (e *Error) Error() string { return fmt.Sprintf("sqlite: %s (%d)", e.text, e.Code) }

// Duplicate reports whether err says that a unique key exists already.
func Duplicate(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Code == lib.SQLITE_CONSTRAINT_PRIMARYKEY || e.Code == lib.SQLITE_CONSTRAINT_UNIQUE)
}

// Full reports whether err says that the disk has no room.
func Full(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code&0xff == lib.SQLITE_FULL
}

// Open opens or creates the file at path. Each of pragmas is run first: "journal_mode(wal)".
func Open(path string, pragmas ...string) (*Conn, error) {
	c := &Conn{tls: libc.NewTLS()}
	c.out = lib.Xsqlite3_malloc64(c.tls, 16)
	name, err := libc.CString(path)
	if err != nil || c.out == 0 {
		c.Close()
		return nil, errors.Join(err, errMemory)
	}
	defer libc.Xfree(c.tls, name)
	*place[uintptr](c.out) = 0
	rc := lib.Xsqlite3_open_v2(c.tls, name, c.out, lib.SQLITE_OPEN_READWRITE|lib.SQLITE_OPEN_CREATE|lib.SQLITE_OPEN_NOMUTEX, 0)
	c.db = *place[uintptr](c.out)
	if rc != lib.SQLITE_OK {
		err := c.failure(rc)
		c.Close()
		return nil, err
	}
	lib.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
	if err := c.settle(pragmas); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

var errMemory = &Error{Code: lib.SQLITE_NOMEM, text: "out of memory"}

func (c *Conn) settle(pragmas []string) error {
	args := libc.NewVaList(int32(1), uintptr(0))
	defer libc.Xfree(c.tls, args)
	if rc := lib.Xsqlite3_db_config(c.tls, c.db, lib.SQLITE_DBCONFIG_ENABLE_QPSG, args); rc != lib.SQLITE_OK {
		return c.failure(rc)
	}
	for _, p := range pragmas {
		if err := c.Exec("PRAGMA " + p); err != nil {
			return fmt.Errorf("pragma %s: %w", p, err)
		}
	}
	return nil
}

// Exec runs a script of any number of statements without arguments; rows they yield are dropped.
func (c *Conn) Exec(script string) error {
	text, err := libc.CString(script)
	if err != nil {
		return err
	}
	defer libc.Xfree(c.tls, text)
	return c.failure(lib.Xsqlite3_exec(c.tls, c.db, text, 0, 0, 0))
}

// Changes is how many rows the last INSERT, UPDATE or DELETE touched.
func (c *Conn) Changes() int64 { return lib.Xsqlite3_changes64(c.tls, c.db) }

// Begun reports whether a transaction is open. SQLite takes one back by itself when the disk is full.
func (c *Conn) Begun() bool { return lib.Xsqlite3_get_autocommit(c.tls, c.db) == 0 }

// Close ends the connection. Its statements are closed before.
func (c *Conn) Close() {
	if c.db != 0 {
		lib.Xsqlite3_close_v2(c.tls, c.db)
		c.db = 0
	}
	lib.Xsqlite3_free(c.tls, c.out)
	c.tls.Close()
}

// failure is the error of a result code; nil for the codes that are none.
func (c *Conn) failure(rc int32) error {
	switch rc {
	case lib.SQLITE_OK, lib.SQLITE_ROW, lib.SQLITE_DONE:
		return nil
	}
	text := libc.GoString(lib.Xsqlite3_errstr(c.tls, rc))
	if c.db != 0 {
		if more := libc.GoString(lib.Xsqlite3_errmsg(c.tls, c.db)); more != text {
			text += ": " + more
		}
	}
	return &Error{Code: int(rc), text: text}
}

// place is the memory of the library at an address as a Go value. The library allocates outside Go's heap, so
// nothing moves it; the detour keeps the conversion in one line.
func place[T any](address uintptr) *T { return (*T)(*(*unsafe.Pointer)(unsafe.Pointer(&address))) }
