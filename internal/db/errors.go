package db

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// Duplicate reports whether err says that a unique key exists already.
func Duplicate(err error) bool {
	var p *pgconn.PgError
	if errors.As(err, &p) {
		return p.Code == "23505"
	}
	var s *sqlite.Error
	return errors.As(err, &s) && (s.Code() == 1555 || s.Code() == 2067) // SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE
}
