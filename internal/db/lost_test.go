package db_test

import (
	"errors"
	"io"
	"net"
	"net/url"
	"testing"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

// line stands between a program and its PostgreSQL; cut breaks every connection over it.
func line(t *testing.T, to string) (address string, cut func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	open := make(chan net.Conn, 100)
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", to)
			if err != nil {
				_ = near.Close()
				continue
			}
			open <- near
			go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
			go func() { _, _ = io.Copy(near, far); _ = near.Close() }()
		}
	}()
	return l.Addr().String(), func() {
		for {
			select {
			case c := <-open:
				_ = c.Close()
			default:
				return
			}
		}
	}
}

var ask = db.NewSQL(`SELECT count(*) FROM event`)

func TestALineThatBreaksUnderATransactionIsNoFaultOfOurs(t *testing.T) {
	o := dbtest.Postgres(t)
	u, err := url.Parse(o.URL)
	if err != nil {
		t.Fatal(err)
	}
	address, cut := line(t, u.Host)
	u.Host = address
	o.URL = u.String()
	d := dbtest.Open(t, o, clock.Real())
	read := func(tx *db.Tx) error {
		var n int64
		if _, err := tx.Query(ask).One(&n); err != nil {
			return err
		}
		cut()
		_, err := tx.Query(ask).One(&n)
		return err
	}
	for name, run := range map[string]func(func(*db.Tx) error) error{
		"a command": func(fn func(*db.Tx) error) error { return d.Update(t.Context(), fn) },
		"a view":    func(fn func(*db.Tx) error) error { return d.View(t.Context(), fn) },
	} {
		if err := run(read); !db.Away(err) || errors.Is(err, db.ErrUncertain) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := d.View(t.Context(), func(tx *db.Tx) error { _, err := tx.Query(ask).One(new(int64)); return err }); err != nil {
		t.Errorf("and then: %v", err)
	}
}
