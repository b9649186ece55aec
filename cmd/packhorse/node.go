package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/packhorse/packhorse/internal/id"
)

// nodeLocks is the first key of the advisory locks that number the processes on one PostgreSQL server.
const nodeLocks = 0x7061636b // "pack"

// nodeClaim keeps a process number for as long as the process lives, so that no two make the same ids.
type nodeClaim struct {
	number int
	conn   *pgx.Conn
}

// claimNode takes the first process number that is free. PostgreSQL gives it back when the connection ends.
func claimNode(ctx context.Context, url string) (*nodeClaim, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	for n := range id.MaxNode + 1 {
		var got bool
		if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1, $2)", nodeLocks, n).Scan(&got); err != nil {
			return nil, errors.Join(err, conn.Close(ctx))
		}
		if got {
			return &nodeClaim{n, conn}, nil
		}
	}
	return nil, errors.Join(errors.New("64 processes work on this database already; no more can"), conn.Close(ctx))
}

func (c *nodeClaim) release(ctx context.Context) error { return c.conn.Close(ctx) }
