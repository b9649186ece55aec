package db

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/id"
)

// Options say which database to open and how.
type Options struct {
	Path   string // SQLite file; or
	URL    string // postgres://…
	Schema string // PostgreSQL schema that holds this company

	Clock *clock.Clock
	Node  int // number of this process among those that write to one database, 0..63

	Connections int      // PostgreSQL pool; 16 if 0
	Create      bool     // make the file or schema when it is missing
	Kind        Kind     // which tables: Company or Directory
	Only        []string // the migrations to apply, for a back-up of an older program; nil = all
	Log         *slog.Logger
}

// DB is one open database: a company's, or the directory.
type DB struct {
	opts   Options
	clock  *clock.Clock
	ids    *id.Source
	log    *slog.Logger
	engine engine
	lanes  *lanes // PostgreSQL only

	base    int64        // what transactions are counted from in the event log; it never changes while the data are open
	memory  *memory      // SQLite only
	rows    atomic.Int64 // row operations written, committed or not
	commits atomic.Int64
	sizes   commitCounts

	followers followers

	mu       sync.Mutex
	waiters  map[string][]chan struct{}
	inflight map[string]bool // idempotency keys being worked on in this process
}

// engine is one of two: a SQLite file with its committer, or a PostgreSQL pool.
type engine interface {
	update(ctx context.Context, fn func(*Tx) error) error
	view(ctx context.Context, fn func(*Tx) error) error
	script(ctx context.Context, text string) error // runs DDL
	close() error
}

// ErrMissing says that there is no such database and Create was not set.
var ErrMissing = errors.New("there is no data here yet")

// Open opens a database and brings its tables up to date.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Connections == 0 {
		o.Connections = 16
	}
	d := &DB{opts: o, clock: o.Clock, ids: id.NewSource(o.Clock, o.Node), log: o.Log,
		waiters: map[string][]chan struct{}{}, inflight: map[string]bool{}}
	var err error
	if o.URL != "" {
		d.lanes = &lanes{free: laneCount}
		d.engine, err = openPostgres(ctx, d)
	} else {
		d.engine, err = openSQLite(ctx, d)
	}
	if err != nil {
		return nil, err
	}
	if err := d.migrate(ctx); err != nil {
		d.engine.close()
		return nil, err
	}
	if o.Kind == Company {
		d.memory = &memory{rows: map[memoryKey]any{}}
	}
	if err := d.resume(ctx); err != nil {
		d.engine.close()
		return nil, err
	}
	return d, nil
}

// Stats counts what this process has done to the database since it was opened.
type Stats struct {
	Rows    int64                       // rows written
	Commits int64                       // transactions that were made durable
	Sizes   [len(CommitSizes) + 1]int64 // of these, by how many rows each wrote: the classes of CommitSizes
}

// Stats is for metrics and benchmarks.
func (d *DB) Stats() Stats { return Stats{d.rows.Load(), d.commits.Load(), d.sizes.read()} }

// Drop removes a PostgreSQL schema with everything in it. A SQLite company is its file: close it and remove that.
func Drop(ctx context.Context, url, schema string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "DROP SCHEMA IF EXISTS "+pgx.Identifier{schema}.Sanitize()+" CASCADE")
	return err
}

// Close ends all work and closes the files. Commands still waiting are refused.
func (d *DB) Close() error { return d.engine.close() }

// Postgres reports which engine this is.
func (d *DB) Postgres() bool { return d.opts.URL != "" }

// Clock is the business clock.
func (d *DB) Clock() *clock.Clock { return d.clock }

// NewID makes an id outside a transaction.
func (d *DB) NewID() int64 { return d.ids.Next() }

// Update runs fn in one transaction, and returns after the commit is on disk. fn may run more than
// once (a serialisation failure, a neighbour in the group that failed), so it must not change anything but tx.
func (d *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	return d.update(ctx, begun(ctx), fn)
}

func (d *DB) update(ctx context.Context, t *trace, fn func(*Tx) error) error {
	if t == nil {
		return d.engine.update(ctx, fn)
	}
	err := d.engine.update(ctx, func(tx *Tx) error {
		tx.trace = t.runs(1)
		return fn(tx)
	})
	t.ran(err)
	t.answered(err)
	return err
}

// Take is Update for a step that takes whatever waits in a state. On PostgreSQL it waits for its turn among the batches,
// so that more has gathered by then.
func (d *DB) Take(ctx context.Context, fn func(*Tx) error) error {
	since, t := time.Now(), begun(ctx)
	if err := d.lanes.enter(ctx, func(now time.Time) time.Duration { return gathered * now.Sub(since) }); err != nil {
		t.ran(err)
		t.answered(err)
		return err
	}
	defer d.lanes.leave()
	return d.update(ctx, t, fn)
}

// View runs fn on one consistent snapshot. Writing in it is an error.
func (d *DB) View(ctx context.Context, fn func(*Tx) error) error {
	return d.engine.view(ctx, fn)
}

// newTx begins the frame of a transaction; the engine fills in its part.
func (d *DB) newTx(ctx context.Context, e engineTx, write bool) *Tx {
	return &Tx{db: d, ctx: ctx, now: d.clock.Now(), engine: e, write: write, generation: d.memory.now()}
}

// Waiter wakes when events of some kinds were committed in this process.
type Waiter struct {
	C     <-chan struct{}
	c     chan struct{}
	db    *DB
	kinds []string
}

// Wait asks to be woken after commits that emitted one of kinds ("" = any). Wakes that nobody has
// taken yet melt into one. Stop gives it back.
func (d *DB) Wait(kinds ...string) *Waiter {
	c := make(chan struct{}, 1)
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, k := range kinds {
		d.waiters[k] = append(d.waiters[k], c)
	}
	return &Waiter{C: c, c: c, db: d, kinds: kinds}
}

// Stop ends the waiting.
func (w *Waiter) Stop() {
	w.db.mu.Lock()
	defer w.db.mu.Unlock()
	for _, k := range w.kinds {
		kept := w.db.waiters[k][:0:0]
		for _, c := range w.db.waiters[k] {
			if c != w.c {
				kept = append(kept, c)
			}
		}
		w.db.waiters[k] = kept
	}
}

func (d *DB) wake(kinds map[string]bool) {
	if len(kinds) == 0 {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for k := range kinds {
		for _, c := range d.waiters[k] {
			nudge(c)
		}
	}
	for _, c := range d.waiters[""] {
		nudge(c)
	}
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

var (
	lastEvent = NewSQL(`SELECT COALESCE(max(id), 0) FROM event`)
	selBase   = NewSQL(`SELECT base FROM event_base WHERE one = 1`)
)

// resume goes on where the event log ends. Ids keep growing over a restart under a clock that is not the wall's.
func (d *DB) resume(ctx context.Context) error {
	if d.opts.Kind != Company {
		return nil
	}
	return d.View(ctx, func(tx *Tx) error {
		var last int64
		if _, err := tx.Query(lastEvent).One(&last); err != nil {
			return err
		}
		d.ids.After(last)
		if d.opts.Only != nil {
			return nil // tables of an older program, which nobody works with
		}
		_, err := tx.Query(selBase).One(&d.base)
		return err
	})
}
