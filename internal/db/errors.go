package db

import (
	"errors"

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
