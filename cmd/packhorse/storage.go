package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/sqlite"
)

const (
	sqliteFull   = 13      // SQLITE_FULL: the primary result code, https://www.sqlite.org/rescode.html#full
	postgresFull = "53100" // disk_full, https://www.postgresql.org/docs/current/errcodes-appendix.html
)

// storageFull reports whether an error says that the disk of the database has no room.
func storageFull(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code&0xff == sqliteFull
	}
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return server.Code == postgresFull
	}
	return errors.Is(err, syscall.ENOSPC)
}

// explain makes a full disk a fault, and remembers it: until a write works again the installation is not ready.
func (in *Installation) explain(err error) error {
	if err == nil || errors.Is(err, api.ErrStorageFull) || !storageFull(err) {
		return err
	}
	in.full.Store(true)
	return fmt.Errorf("%w: %w", api.ErrStorageFull, err)
}

// probeEvery is how often, in wall time, a server that is asked whether it is ready tries to write.
const probeEvery = 30 * time.Second

// room reports whether the companies can be written to. It tries when that was not known for a while, and each time after
// the disk was full, and writes the least there is: an idempotency key, which is forgotten with the others.
func (in *Installation) room(ctx context.Context, apps map[string]*App) error {
	now, last := time.Now().UnixNano(), in.probed.Load()
	if !in.full.Swap(false) && now-last < int64(probeEvery) {
		return nil
	}
	in.probed.Store(now)
	for _, a := range apps {
		key := db.Once{Key: fmt.Sprintf("readyz/%d", a.DB.NewID())}
		_, err := db.Command(ctx, a.DB, &key, func(*db.Tx) (bool, error) { return true, nil })
		if err != nil {
			in.probed.Store(0) // look again at once
			return in.explain(err)
		}
	}
	return nil
}
