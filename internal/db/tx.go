package db

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// ErrGuard says that a row operation touched another number of rows than it must: somebody was
// faster, or a guard did not hold. Nothing of the transaction was written. A Batch answers it by
// running the commands one by one, so that only the guilty one fails.
var ErrGuard = fault.New(fault.Conflict, "conflict", "the data changed at the same moment; read it again and repeat")

// ErrUncertain says that the line to the database broke while a commit was on its way: what was asked for may
// have been done. It is never repeated by itself; look, or repeat it under the same Idempotency-Key.
var ErrUncertain = fault.New(fault.Unavailable, "uncertain", "the database did not answer in time; look whether it was done, or repeat it under the same Idempotency-Key")

// Tx is one transaction. It is not safe for concurrent use.
type Tx struct {
	db     *DB
	ctx    context.Context
	now    time.Time
	engine engineTx
	write  bool

	buffer     []*pending
	index      map[*Write]*pending
	flushed    bool
	rows       int64           // buffered operations that were sent
	events     map[string]bool // kinds emitted or woken, for those who wait for them
	generation int64           // of the memory when it began
	dated      bool            // PostgreSQL: generation is known
	forgets    bool            // PostgreSQL: it changes something that others remember
	forgotten  []memoryKey
	trace      string // the place of it
	broken     error  // a flush that failed: whatever the closure says, nothing may be committed
}

// engineTx is what the two engines do differently inside a transaction.
type engineTx interface {
	query(ctx context.Context, s *SQL, args []any) *Rows
	exec(ctx context.Context, s *SQL, args []any) (int64, error)
	apply(ctx context.Context, ops []*pending) error // writes all buffered operations
}

// pending gathers the buffered operations of one statement, in the order of their first appearance.
type pending struct {
	write *Write
	rows  [][]any
}

// Now is the business time of the transaction: one moment for all that happens in it.
func (tx *Tx) Now() time.Time { return tx.now }

// Micros is Now as it is stored.
func (tx *Tx) Micros() int64 { return tx.now.UnixMicro() }

// NewID makes an id that grows with time.
func (tx *Tx) NewID() int64 { return tx.db.ids.Next() }

// Context is the context of the caller, for deadlines; never for values.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Postgres reports the engine, for the rare statement that only one of them needs.
func (tx *Tx) Postgres() bool { return tx.db.Postgres() }

// Query reads. Whatever is buffered is written first, so a read sees it.
func (tx *Tx) Query(s *SQL, args ...any) *Rows {
	if err := tx.flush(); err != nil {
		return failed(err)
	}
	return tx.engine.query(tx.ctx, s, args)
}

// Exec runs a statement at once and returns the number of rows it touched: for guarded writes whose
// outcome decides what happens next.
func (tx *Tx) Exec(s *SQL, args ...any) (int64, error) {
	if !tx.write {
		return 0, fmt.Errorf("db: write inside a view: %s", s.postgres)
	}
	if err := tx.flush(); err != nil {
		return 0, err
	}
	tx.flushed = true
	return tx.engine.exec(tx.ctx, s, args)
}

// Put buffers one row operation. Arguments are int64, int, string or bool.
func (tx *Tx) Put(w *Write, args ...any) {
	if len(args) != len(w.types) {
		panic(fmt.Sprintf("db: %s takes %d arguments, got %d", w.name, len(w.types), len(args)))
	}
	p := tx.index[w]
	if p == nil {
		p = &pending{write: w}
		if tx.index == nil {
			tx.index = map[*Write]*pending{}
		}
		tx.index[w] = p
		tx.buffer = append(tx.buffer, p)
	}
	p.rows = append(p.rows, args)
}

// Discard forgets the buffered operations of a command that decided against writing.
func (tx *Tx) discard() { tx.buffer, tx.index, tx.events = nil, nil, nil }

func (tx *Tx) flush() error {
	if len(tx.buffer) == 0 || tx.broken != nil {
		return tx.broken
	}
	if !tx.write {
		return fmt.Errorf("db: write inside a view: %s", tx.buffer[0].write.name)
	}
	ops := tx.buffer
	tx.buffer, tx.index = nil, nil
	tx.flushed = true
	tx.count(ops)
	tx.broken = tx.engine.apply(tx.ctx, ops)
	return tx.broken
}

func (tx *Tx) count(ops []*pending) {
	n := 0
	for _, op := range ops {
		n += len(op.rows)
	}
	tx.rows += int64(n)
	tx.db.rows.Add(int64(n))
}

// Event is a fact, written in the same commit as what it tells of. It is the timeline of the order,
// the decision record, and what tailers relay.
type Event struct {
	Kind    string // "order.received.v1": area, past tense, version
	Order   int64  // the order it belongs to; 0 if none
	Subject int64  // the fulfilment, parcel, task … it is about; 0 if it is the order
	Actor   string // who: "system", "user:…", "key:…", "channel:…", "carrier:…"
	Params  any    // JSON object; what a sentence is made of
}

var insertEvent = func() *Write {
	const given = "base bigint, id bigint, at bigint, kind text, order_id bigint, subject_id bigint, actor text, params text"
	w := Insert("event", given)
	cols := "(tx, id, at, kind, order_id, subject_id, actor, params)"
	w.row = "INSERT INTO event " + cols + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
	w.set = "INSERT INTO event " + cols + " SELECT (SELECT " + xact + ") + x.base, x.id, x.at, x.kind, x.order_id, x.subject_id, x.actor, x.params FROM " +
		unnest(columns(given))
	return w
}()

// Emit records a fact and returns its id.
func (tx *Tx) Emit(e Event) int64 {
	params := "{}"
	if e.Params != nil {
		raw, err := json.Marshal(e.Params)
		if err != nil {
			panic(fmt.Sprintf("db: params of %s: %v", e.Kind, err))
		}
		params = string(raw)
	}
	if e.Actor == "" {
		e.Actor = "system"
	}
	id := tx.NewID()
	tx.Put(insertEvent, tx.db.base, id, tx.Micros(), e.Kind, e.Order, e.Subject, e.Actor, params)
	tx.Wake(e.Kind)
	return id
}

// Wake wakes those who wait for a kind once this transaction has committed, without an event: for what is recorded elsewhere.
func (tx *Tx) Wake(kind string) {
	if tx.events == nil {
		tx.events = map[string]bool{}
	}
	tx.events[kind] = true
}
