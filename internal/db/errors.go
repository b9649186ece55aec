package db

import (
	"errors"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/packhorse/packhorse/internal/db/sqlite"
)

// Duplicate reports whether err says that a unique key exists already.
func Duplicate(err error) bool {
	var p *pgconn.PgError
	if errors.As(err, &p) {
		return p.Code == "23505"
	}
	return sqlite.Duplicate(err)
}

// Away reports whether err says that PostgreSQL cannot be reached, or ended the session before a commit was on its way:
// it is restarted, or recovers. Nothing of the transaction was written.
func Away(err error) bool {
	var p *pgconn.PgError
	if errors.As(err, &p) {
		return p.Code == "57P01" || p.Code == "57P02" || p.Code == "57P03" // shut down by an operator, after a crash, starting up
	}
	var unreached *pgconn.ConnectError
	return errors.As(err, &unreached) || errors.Is(err, errLost)
}

// Full reports whether err says that the disk of the database has no room: SQLITE_FULL, disk_full of PostgreSQL, or the
// system's own word.
func Full(err error) bool {
	var p *pgconn.PgError
	if errors.As(err, &p) {
		return p.Code == "53100"
	}
	return sqlite.Full(err) || errors.Is(err, syscall.ENOSPC)
}
