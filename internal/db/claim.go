package db

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// claims are what this process holds against others on the same PostgreSQL database: advisory locks of one session.
// They end with the process, however it ends, so that nothing has to lapse. Where only the session breaks, another
// process may come to what is still being done here.
type claims struct {
	mu     sync.Mutex
	config *pgx.ConnConfig
	conn   *pgx.Conn // nil until the first claim
}

const (
	tryLock = "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || ' ' || $1, 0))"
	unlock  = "SELECT pg_advisory_unlock(hashtextextended(current_schema() || ' ' || $1, 0))"

	claimTime = 10 * time.Second // to reach the server
)

// ask says one of the two statements. The caller's context does not reach it: a caller who gives up must not break the
// session that holds the claims of others.
func (c *claims) ask(ctx context.Context, statement, name string) (yes bool, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), claimTime)
	defer cancel()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn == nil || c.conn.IsClosed() {
		if c.conn, err = pgx.ConnectConfig(ctx, c.config); err != nil {
			c.conn = nil
			return false, err
		}
	}
	err = c.conn.QueryRow(ctx, statement, name).Scan(&yes)
	return yes, err
}

func (c *claims) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn != nil {
		_ = c.conn.Close(context.Background()) // the locks end all the same
	}
}

// Claim holds a key for a command that is several transactions, until release is called, against every other that
// claims it: in this process, and on PostgreSQL in any. Fault: idempotency.in_flight.
func (d *DB) Claim(ctx context.Context, once *Once) (release func(), err error) {
	here := &Once{Key: "claim " + once.Key} // the key itself is for the transactions of the command
	if err := d.begin(here); err != nil {
		return nil, err
	}
	e, several := d.engine.(*postgres)
	if !several {
		return func() { d.end(here) }, nil
	}
	won, err := e.claims.ask(ctx, tryLock, once.Key)
	if err == nil && !won {
		err = inFlight()
	}
	if err != nil {
		d.end(here)
		return nil, err
	}
	return func() {
		if _, err := e.claims.ask(ctx, unlock, once.Key); err != nil {
			d.log.Warn("a claim ends with its session only", "error", err)
		}
		d.end(here)
	}, nil
}
