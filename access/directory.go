package access

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
)

// Place says where the data of an installation lie.
type Place struct {
	Dir string // folder of SQLite files; or
	URL string // postgres://…

	Create bool // make what is missing
	Node   int  // number of this process among those that write at the same time, 0..63
	Clock  *clock.Clock
	Log    *slog.Logger

	Sessions SessionLimits // zero = UsualSessions
}

// Directory is the open directory database. It is safe for concurrent use.
type Directory struct {
	place  Place
	db     *db.DB
	proofs proofs

	limits SessionLimits
	note   *note // of whoever acts; nil for a command on this machine
}

// OpenDirectory opens the directory, and makes it where Place.Create is set. Error: db.ErrMissing when there is none.
func OpenDirectory(ctx context.Context, p Place) (*Directory, error) {
	if p.URL == "" && p.Create {
		if err := os.MkdirAll(p.Dir, 0o700); err != nil {
			return nil, err
		}
	}
	d, err := db.Open(ctx, p.options("directory", db.Directory, p.Create))
	if err != nil {
		return nil, err
	}
	return &Directory{place: p, db: d, proofs: newProofs(), limits: cmp.Or(p.Sessions, UsualSessions)}, nil
}

// Close closes the directory; company databases are closed by those who opened them.
func (d *Directory) Close() error { return d.db.Close() }

// options are the same for every database of the installation. Who may come in is a matter of the wall clock.
func (p Place) options(name string, kind db.Kind, create bool) db.Options {
	o := db.Options{Kind: kind, Create: create, Clock: p.Clock, Node: p.Node, Log: p.Log}
	if kind == db.Directory {
		o.Clock, o.Connections = clock.Real(), 4
	}
	if p.URL != "" {
		o.URL, o.Schema = p.URL, "packhorse_"+name
	} else {
		o.Path = filepath.Join(p.Dir, name+".db")
	}
	return o
}
