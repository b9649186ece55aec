package db

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const retries = 8 // of serialisation failures and deadlocks

type postgres struct {
	db     *DB
	pool   *pgxpool.Pool
	claims claims
}

func openPostgres(ctx context.Context, d *DB) (*postgres, error) {
	cfg, err := pgxpool.ParseConfig(d.opts.URL)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	cfg.MaxConns = int32(d.opts.Connections)
	if d.opts.Schema != "" {
		cfg.ConnConfig.RuntimeParams["search_path"] = d.opts.Schema
	}
	cfg.ConnConfig.RuntimeParams["jit"] = "off" // short statements only; compiling them costs more than running them
	cfg.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	// A set must find its rows by their keys, one after the other in the order it names them: a hash join or a
	// scan would lock them in the table's order, and two writers would wait for each other.
	for _, way := range []string{"enable_hashjoin", "enable_mergejoin", "enable_seqscan"} {
		cfg.ConnConfig.RuntimeParams[way] = "off"
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	e := &postgres{db: d, pool: pool, claims: claims{config: cfg.ConnConfig.Copy()}}
	if err := e.ensureSchema(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return e, nil
}

func (e *postgres) ensureSchema(ctx context.Context) error {
	s := e.db.opts.Schema
	if s == "" {
		return e.pool.Ping(ctx)
	}
	var n int
	err := e.pool.QueryRow(ctx, "SELECT count(*) FROM information_schema.schemata WHERE schema_name = $1", s).Scan(&n)
	switch {
	case err != nil:
		return err
	case n > 0:
		return nil
	case !e.db.opts.Create:
		return fmt.Errorf("schema %s: %w", s, ErrMissing)
	}
	_, err = e.pool.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+pgx.Identifier{s}.Sanitize())
	return err
}

func (e *postgres) close() error {
	e.claims.close()
	e.pool.Close()
	return nil
}

func (e *postgres) script(ctx context.Context, text string) error {
	_, err := e.pool.Exec(ctx, text)
	return err
}

// update runs fn in a transaction of its own, again when PostgreSQL asks for it: a bounded number of times.
func (e *postgres) update(ctx context.Context, fn func(*Tx) error) error {
	for try := 1; ; try++ {
		err := e.attempt(ctx, fn)
		if err == nil || try == retries || !again(err) {
			return err
		}
		time.Sleep(time.Duration(rand.IntN(1<<try)) * time.Millisecond)
	}
}

func again(err error) bool {
	var p *pgconn.PgError
	return errors.As(err, &p) && (p.Code == "40001" || p.Code == "40P01")
}

func (e *postgres) attempt(ctx context.Context, fn func(*Tx) error) (err error) {
	conn, err := e.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	p := &pgTx{conn: conn.Conn(), begin: "BEGIN", dates: e.db.memory != nil}
	tx := e.db.newTx(ctx, p, true)
	defer func() {
		if r := recover(); r != nil {
			e.db.log.Error("command panicked", "panic", r, "stack", stack())
			err = fmt.Errorf("db: command panicked: %v", r)
		}
		if err != nil && p.begun {
			_, _ = p.conn.Exec(context.WithoutCancel(ctx), "ROLLBACK") // a broken connection is dropped by the pool
		}
	}()
	if err := cmp.Or(fn(tx), tx.broken); err != nil {
		return lost(ctx, p.conn, err)
	}
	ops := tx.buffer
	tx.buffer, tx.index = nil, nil
	tx.count(ops)
	if err := p.finish(ctx, ops); err != nil {
		var said *pgconn.PgError
		if !errors.As(err, &said) && !errors.Is(err, ErrGuard) {
			return fmt.Errorf("%w: %w", ErrUncertain, err) // the commit may have arrived before the line broke
		}
		return err
	}
	e.db.commits.Add(1)
	e.db.sizes.add(tx.rows)
	e.db.wake(tx.events)
	return nil
}

func (e *postgres) view(ctx context.Context, fn func(*Tx) error) error {
	conn, err := e.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	p := &pgTx{conn: conn.Conn(), begin: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", dates: e.db.memory != nil}
	defer func() {
		if p.begun {
			_, _ = p.conn.Exec(context.WithoutCancel(ctx), "COMMIT")
		}
	}()
	return lost(ctx, p.conn, fn(e.db.newTx(ctx, p, false)))
}

// errLost is a line that broke before anything was committed.
var errLost = errors.New("the line to PostgreSQL broke")

// lost marks an error of a transaction whose line broke under it. A caller who gave up breaks it too, and knows.
func lost(ctx context.Context, conn *pgx.Conn, err error) error {
	var said *pgconn.PgError
	if err == nil || !conn.IsClosed() || ctx.Err() != nil || errors.As(err, &said) {
		return err
	}
	return fmt.Errorf("%w: %w", errLost, err)
}

func stack() string { return string(debug.Stack()) }
