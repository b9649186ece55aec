package db

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
)

// CommitSizes are the upper bounds of the classes in which commits are counted, in rows; a last class takes the rest.
var CommitSizes = [...]int64{1, 4, 16, 64, 256, 1024, 4096}

// commitCounts counts commits by how many rows they wrote.
type commitCounts [len(CommitSizes) + 1]atomic.Int64

func (c *commitCounts) add(rows int64) {
	i := 0
	for i < len(CommitSizes) && rows > CommitSizes[i] {
		i++
	}
	c[i].Add(1)
}

func (c *commitCounts) read() (out [len(CommitSizes) + 1]int64) {
	for i := range c {
		out[i] = c[i].Load()
	}
	return out
}

var selSize = NewSQL(`SELECT CAST(COALESCE(sum(pg_total_relation_size(c.oid)), 0) AS BIGINT) FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'`)

// Size is how many bytes the database takes on its disk, on SQLite with the write-ahead log.
func (d *DB) Size(ctx context.Context) (bytes int64, err error) {
	if d.Postgres() {
		err = d.View(ctx, func(tx *Tx) error { _, err := tx.Query(selSize).One(&bytes); return err })
		return bytes, err
	}
	for _, path := range []string{d.opts.Path, d.opts.Path + "-wal"} {
		info, err := os.Stat(path)
		if errors.Is(err, os.ErrNotExist) {
			continue // there is no log before the first write
		}
		if err != nil {
			return 0, err
		}
		bytes += info.Size()
	}
	return bytes, nil
}
