package db

import (
	"context"
	"time"
)

// Cursor is a place in the event log: behind the event with this transaction and id.
type Cursor struct{ Tx, ID int64 }

// Fact is an event as it is read back.
type Fact struct {
	Tx, ID  int64
	At      int64
	Kind    string
	Order   int64
	Subject int64
	Actor   string
	Params  string // JSON object
}

// Cursor is the place behind this event.
func (f Fact) Cursor() Cursor { return Cursor{f.Tx, f.ID} }

// A tailer on PostgreSQL never trusts id order: the event with the smaller id may commit later. It
// reads in order of transaction number, and only below the oldest transaction still running, so
// that nothing can appear behind the cursor. Numbers are counted from a base that a restore raises, so that a cursor holds
// over a change of the server. SQLite has one writer: order of id is order of commit.
var (
	tailLite = NewSQL(`SELECT tx, id, at, kind, order_id, subject_id, actor, params FROM event
	  WHERE tx = 0 AND id > $1 ORDER BY id LIMIT $2`)
	tailPostgres = NewSQL(`SELECT tx, id, at, kind, order_id, subject_id, actor, params FROM event
	  WHERE (tx, id) > ($1, $2) AND tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) + $4
	  ORDER BY tx, id LIMIT $3`)
	lastLite     = NewSQL(`SELECT tx, id FROM event ORDER BY tx DESC, id DESC LIMIT 1`)
	lastPostgres = NewSQL(`SELECT tx, id FROM event WHERE tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) + $1
	  ORDER BY tx DESC, id DESC LIMIT 1`)
	// Of other kinds only the place matters.
	tailKindsLite = NewSQL(`SELECT tx, id, at, kind, order_id, subject_id, actor, CASE WHEN kind = ANY($3) THEN params ELSE '' END FROM event
	  WHERE tx = 0 AND id > $1 ORDER BY id LIMIT $2`)
	tailKindsPostgres = NewSQL(`SELECT tx, id, at, kind, order_id, subject_id, actor, CASE WHEN kind = ANY($4) THEN params ELSE '' END FROM event
	  WHERE (tx, id) > ($1, $2) AND tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) + $5
	  ORDER BY tx, id LIMIT $3`)
	selByOrder = NewSQL(`SELECT tx, id, at, kind, order_id, subject_id, actor, params FROM event WHERE order_id = $1 AND order_id <> 0 ORDER BY id LIMIT $2`)
)

func fact(r *Rows) (f Fact) {
	r.Scan(&f.Tx, &f.ID, &f.At, &f.Kind, &f.Order, &f.Subject, &f.Actor, &f.Params)
	return f
}

// Events reads up to limit events behind a cursor, in an order in which none can be missed.
func (tx *Tx) Events(after Cursor, limit int) ([]Fact, error) {
	if tx.Postgres() {
		return All(tx.Query(tailPostgres, after.Tx, after.ID, limit, tx.db.base), fact)
	}
	return All(tx.Query(tailLite, after.ID, limit), fact)
}

// EventsOf is Events for who wants some kinds only: all are read, so that the cursor goes on, but the Params of the others
// are left out.
func (tx *Tx) EventsOf(after Cursor, kinds []string, limit int) ([]Fact, error) {
	switch {
	case len(kinds) == 0:
		return tx.Events(after, limit)
	case tx.Postgres():
		return All(tx.Query(tailKindsPostgres, after.Tx, after.ID, limit, kinds, tx.db.base), fact)
	}
	return All(tx.Query(tailKindsLite, after.ID, limit, kinds), fact)
}

// LastEvent is the place behind the newest event that can be read now.
func (tx *Tx) LastEvent() (c Cursor, err error) {
	if tx.Postgres() { // an older transaction that is still open comes behind this place
		_, err = tx.Query(lastPostgres, tx.db.base).One(&c.Tx, &c.ID)
	} else {
		_, err = tx.Query(lastLite).One(&c.Tx, &c.ID)
	}
	return c, err
}

// Timeline reads the events of one order, oldest first.
func (tx *Tx) Timeline(order int64, limit int) ([]Fact, error) {
	return All(tx.Query(selByOrder, order, limit), fact)
}

// Tail calls handle with every event behind a cursor, page by page, and waits for more until ctx ends.
// handle returns an error to stop.
func (d *DB) Tail(ctx context.Context, after Cursor, handle func([]Fact) error) error {
	w := d.Wait("")
	defer w.Stop()
	poll := newTicker()
	defer poll.Stop()
	for {
		var page []Fact
		err := d.View(ctx, func(tx *Tx) (err error) { page, err = tx.Events(after, 500); return err })
		if err != nil {
			return err
		}
		if len(page) > 0 {
			if err := handle(page); err != nil {
				return err
			}
			after = page[len(page)-1].Cursor()
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-w.C:
		case <-poll.C: // another process may have written
		}
	}
}

func newTicker() *time.Ticker { return time.NewTicker(200 * time.Millisecond) }
