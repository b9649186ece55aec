package db

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/packhorse/packhorse/internal/db/sqlite"
	"github.com/packhorse/packhorse/internal/fault"
)

const (
	groupMax   = 256 // commands in one commit
	readers    = 4
	checkEvery = 1000 * time.Millisecond
)

// lite is a SQLite file: one connection that writes, in the hands of the committer, a few that read,
// and one that checkpoints. No fsync is inside anybody's commit: that of the write-ahead log is the flusher's.
type lite struct {
	db      *DB
	writer  *liteConn
	flusher *flusher
	pool    chan *liteConn
	queue   chan *command
	quit    chan struct{}
	done    sync.WaitGroup
	dirty   atomic.Bool
	once    sync.Once
}

type command struct {
	ctx context.Context
	fn  func(*Tx) error
	out chan error
	tx  *Tx
}

func openSQLite(ctx context.Context, d *DB) (*lite, error) {
	if _, err := os.Stat(d.opts.Path); err != nil {
		if !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		if !d.opts.Create {
			return nil, fmt.Errorf("%s: %w", d.opts.Path, ErrMissing)
		}
	}
	w, err := connect(d.opts.Path, -262144, "normal")
	if err != nil {
		return nil, err
	}
	e := &lite{db: d, writer: w, pool: make(chan *liteConn, readers), queue: make(chan *command, groupMax), quit: make(chan struct{})}
	if err := w.conn.Exec("BEGIN IMMEDIATE; COMMIT"); err != nil { // now there is a write-ahead log
		return nil, err
	}
	if e.flusher, err = newFlusher(d.opts.Path, e.answer); err != nil {
		return nil, err
	}
	for range readers {
		c, err := connect(d.opts.Path, -32768, "full")
		if err != nil {
			return nil, err
		}
		e.pool <- c
	}
	e.done.Go(e.flusher.run)
	e.done.Go(e.commits)
	e.done.Go(e.checkpoints)
	return e, nil
}

// connect opens one connection with the settings the measurements were made with. The size of the
// write-ahead log that triggers a checkpoint inside a commit is a backstop only. Whoever commits with synchronous=NORMAL
// leaves it to the flusher to make that durable; checkpoints are safe with either.
func connect(path string, cache int, synchronous string) (*liteConn, error) {
	c, err := sqlite.Open(path, "busy_timeout(10000)", "journal_mode(wal)", "synchronous("+synchronous+")", fmt.Sprintf("cache_size(%d)", cache),
		"wal_autocheckpoint(16000)", "foreign_keys(on)", "temp_store(memory)")
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return &liteConn{conn: c, stmts: map[string]*sqlite.Stmt{}}, nil
}

func (e *lite) update(ctx context.Context, fn func(*Tx) error) error {
	c := &command{ctx: ctx, fn: fn, out: make(chan error, 1)}
	select {
	case e.queue <- c:
	case <-ctx.Done():
		return ctx.Err()
	case <-e.quit:
		return errClosed
	}
	select {
	case err := <-c.out:
		return err
	case <-e.quit:
		return errClosed
	}
}

var errClosed = fault.New(fault.Unavailable, "closing", "the database is being closed; try again")

// commits is the committer: take whatever waits, run it in one transaction, commit once, hand it to the flusher.
// There is no timer: while one group runs, the next one gathers.
func (e *lite) commits() {
	defer e.flusher.close()
	for {
		select {
		case c := <-e.queue:
			e.commit(e.waiting([]*command{c}), e.join)
			e.dirty.Store(true)
		case <-e.quit:
			return
		}
	}
}

// waiting adds to a group whatever waits.
func (e *lite) waiting(group []*command) []*command {
	for len(group) < groupMax {
		select {
		case c := <-e.queue:
			group = append(group, c)
		default:
			return group
		}
	}
	return group
}

// join yields what goes into a group that has run: as long as the flusher is busy with the groups before, nothing is gained
// by a commit, and every commit writes the same last pages of all tables and indexes again. nil ends the group.
func (e *lite) join(group []*command) []*command {
	if len(group) >= groupMax {
		return nil
	}
	select {
	case <-e.flusher.free():
		return nil
	default:
	}
	select {
	case c := <-e.queue:
		return e.waiting([]*command{c})
	case <-e.flusher.free():
	case <-e.quit:
	}
	return nil
}

// alone lets nobody join.
func alone([]*command) []*command { return nil }

// commit runs a group in one transaction, and then those that join it. A command that fails before it wrote anything leaves the
// others alone; one that fails after takes the transaction back, and all run one by one.
func (e *lite) commit(group []*command, join func(group []*command) []*command) {
	if err := e.writer.say("BEGIN IMMEDIATE"); err != nil {
		e.answer(group, err)
		return
	}
	var good []*command
	for i := 0; i < len(group); i++ {
		c := group[i]
		err := e.perform(c)
		switch {
		case err == nil:
			good = append(good, c)
		case !c.tx.flushed:
			c.out <- err
		case len(group) == 1:
			e.rollback()
			c.out <- err
			return
		default:
			e.rollback()
			e.oneByOne(good, group[i:])
			return
		}
		if i == len(group)-1 {
			group = append(group, join(group)...)
		}
	}
	err := e.flusher.commits()
	if err == nil {
		err = e.writer.say("COMMIT")
	}
	if err != nil {
		e.flusher.failed()
		e.rollback()
		e.answer(good, err)
		return
	}
	e.db.commits.Add(1)
	e.db.sizes.add(rowsOf(good))
	for _, c := range good {
		e.db.memory.forget(c.tx.forgotten)
	}
	e.flusher.committed(good)
}

func rowsOf(group []*command) (n int64) {
	for _, c := range group {
		n += c.tx.rows
	}
	return n
}

func (e *lite) oneByOne(good, rest []*command) {
	for _, c := range append(good, rest...) {
		e.commit([]*command{c}, alone)
	}
}

func (e *lite) perform(c *command) (err error) {
	// The statement runs without the caller's context: one that gives up must not interrupt the group.
	c.tx = e.db.newTx(c.ctx, e.writer, true)
	if err := c.ctx.Err(); err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			c.tx.flushed = true // unknown how far it came
			err = fmt.Errorf("db: command panicked: %v", p)
			e.db.log.Error("command panicked", "panic", p, "stack", stack())
		}
	}()
	if err := cmp.Or(c.fn(c.tx), c.tx.broken); err != nil {
		c.tx.discard()
		e.db.memory.forget(c.tx.forgotten)
		return err
	}
	return c.tx.flush()
}

func (e *lite) answer(group []*command, err error) {
	for _, c := range group {
		if err == nil {
			e.db.wake(c.tx.events)
		}
		c.out <- err
	}
}

func (e *lite) rollback() {
	e.db.memory.doubt()
	if !e.writer.conn.Begun() {
		return // it is taken back already
	}
	if err := e.writer.conn.Exec("ROLLBACK"); err != nil {
		e.db.log.Error("rollback failed", "error", err)
	}
}

// checkpoints moves the write-ahead log into the file beside the committer.
func (e *lite) checkpoints() {
	c, err := connect(e.db.opts.Path, -2000, "full")
	if err != nil {
		e.db.log.Warn("no connection for checkpoints; commits will do them", "error", err)
		return
	}
	defer c.close()
	tick := time.NewTicker(checkEvery)
	defer tick.Stop()
	for {
		select {
		case <-e.quit:
			return
		case <-tick.C:
			if e.dirty.Swap(false) {
				_ = c.conn.Exec("PRAGMA wal_checkpoint(PASSIVE)") // the next tick tries again
			}
		}
	}
}

// view returns once all that fn may have seen is durable, so that nobody acts upon what a power cut takes back.
func (e *lite) view(ctx context.Context, fn func(*Tx) error) error {
	var c *liteConn
	select {
	case c = <-e.pool:
	case <-ctx.Done():
		return ctx.Err()
	case <-e.quit:
		return errClosed
	}
	seen, err := e.read(ctx, c, fn)
	e.pool <- c
	return cmp.Or(err, e.flusher.await(seen))
}

// read runs fn on one state of the database and says how many commits are in it at most.
func (e *lite) read(ctx context.Context, c *liteConn, fn func(*Tx) error) (seen int64, err error) {
	if err := c.say("BEGIN"); err != nil {
		return 0, err
	}
	defer c.say("COMMIT")
	if _, err := c.execText("SELECT 1 FROM sqlite_schema LIMIT 1", nil); err != nil { // from here on the state is fixed
		return 0, err
	}
	seen = e.flusher.seen()
	return seen, fn(e.db.newTx(ctx, c, false))
}

func (e *lite) script(ctx context.Context, text string) error { return e.writer.conn.Exec(text) }

func (e *lite) close() error {
	e.once.Do(func() {
		close(e.quit)
		e.done.Wait()
		for range readers {
			(<-e.pool).close()
		}
		e.writer.close()
		_ = e.flusher.log.Close()
	})
	return nil
}
