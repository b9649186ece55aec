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

// Full reports whether err says that the disk of the database has no room: SQLITE_FULL, disk_full of PostgreSQL, or the
// system's own word.
func Full(err error) bool {
	var p *pgconn.PgError
	if errors.As(err, &p) {
		return p.Code == "53100"
	}
	return sqlite.Full(err) || errors.Is(err, syscall.ENOSPC)
}
