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
// and one that checkpoints, so that the checkpoint's fsync is not inside anybody's commit.
type lite struct {
	db     *DB
	writer *liteConn
	pool   chan *liteConn
	queue  chan *command
	quit   chan struct{}
	done   sync.WaitGroup
	dirty  atomic.Bool
	once   sync.Once
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
	w, err := connect(d.opts.Path, -262144)
	if err != nil {
		return nil, err
	}
	e := &lite{db: d, writer: w, pool: make(chan *liteConn, readers), queue: make(chan *command, groupMax), quit: make(chan struct{})}
	for range readers {
		c, err := connect(d.opts.Path, -32768)
		if err != nil {
			return nil, err
		}
		e.pool <- c
	}
	e.done.Add(2)
	go e.commits()
	go e.checkpoints()
	return e, nil
}

// connect opens one connection with the settings the measurements were made with. The size of the
// write-ahead log that triggers a checkpoint inside a commit is a backstop only.
func connect(path string, cache int) (*liteConn, error) {
	c, err := sqlite.Open(path, "busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)", fmt.Sprintf("cache_size(%d)", cache),
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

// commits is the committer: take whatever waits, run it in one transaction, commit once, answer.
// There is no timer: while one group is being made durable, the next one gathers.
func (e *lite) commits() {
	defer e.done.Done()
	for {
		var group []*command
		select {
		case c := <-e.queue:
			group = append(group, c)
		case <-e.quit:
			return
		}
	gather:
		for len(group) < groupMax {
			select {
			case c := <-e.queue:
				group = append(group, c)
			default:
				break gather
			}
		}
		e.commit(group)
		e.dirty.Store(true)
	}
}

// commit runs a group in one transaction. A command that fails before it wrote anything leaves the
// others alone; one that fails after takes the transaction back, and all run one by one.
func (e *lite) commit(group []*command) {
	if err := e.writer.say("BEGIN IMMEDIATE"); err != nil {
		e.answer(group, err)
		return
	}
	var good []*command
	for i, c := range group {
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
	}
	if err := e.writer.say("COMMIT"); err != nil {
		e.rollback()
		e.answer(good, err)
		return
	}
	e.db.commits.Add(1)
	e.db.sizes.add(rowsOf(good))
	e.answer(good, nil)
}

func rowsOf(group []*command) (n int64) {
	for _, c := range group {
		n += c.tx.rows
	}
	return n
}

func (e *lite) oneByOne(good, rest []*command) {
	for _, c := range append(good, rest...) {
		e.commit([]*command{c})
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
			e.db.memory.forget(c.tx.forgotten)
			e.db.wake(c.tx.events)
		}
		c.out <- err
	}
}

func (e *lite) rollback() {
	e.db.memory.doubt()
	if err := e.writer.conn.Exec("ROLLBACK"); err != nil {
		e.db.log.Error("rollback failed", "error", err)
	}
}

// checkpoints moves the write-ahead log into the file beside the committer.
func (e *lite) checkpoints() {
	defer e.done.Done()
	c, err := connect(e.db.opts.Path, -2000)
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

func (e *lite) view(ctx context.Context, fn func(*Tx) error) error {
	var c *liteConn
	select {
	case c = <-e.pool:
	case <-ctx.Done():
		return ctx.Err()
	case <-e.quit:
		return errClosed
	}
	defer func() { e.pool <- c }()
	if err := c.say("BEGIN"); err != nil {
		return err
	}
	defer c.say("COMMIT")
	return fn(e.db.newTx(ctx, c, false))
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
	})
	return nil
}
