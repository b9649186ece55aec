package db

import (
	"context"
	"sync"
)

// followers are those who follow the event log, by the name under which the metrics show them.
type followers struct {
	mu  sync.Mutex
	all map[*follower]bool
}

type follower struct {
	name   string
	places func(*Tx) ([]Cursor, error)
}

// Follow makes known who follows the event log, so that Lags tells how far behind he is; stop takes him off the list. Every
// tailer says it, under a name of its own kind. places gives where he reads; nothing where he follows nothing now.
func (d *DB) Follow(name string, places func(*Tx) ([]Cursor, error)) (stop func()) {
	f := &follower{name, places}
	d.followers.mu.Lock()
	defer d.followers.mu.Unlock()
	if d.followers.all == nil {
		d.followers.all = map[*follower]bool{}
	}
	d.followers.all[f] = true
	return func() {
		d.followers.mu.Lock()
		defer d.followers.mu.Unlock()
		delete(d.followers.all, f)
	}
}

// Lags tells for each kind of follower how many events the one furthest behind has not read, counted to most.
func (d *DB) Lags(ctx context.Context, most int) (lags map[string]int64, err error) {
	var list []*follower
	d.followers.mu.Lock()
	for f := range d.followers.all {
		list = append(list, f)
	}
	d.followers.mu.Unlock()
	err = d.View(ctx, func(tx *Tx) error {
		lags = map[string]int64{}
		for _, f := range list {
			behind, err := f.behind(tx, most)
			if err != nil {
				return err
			}
			lags[f.name] = max(lags[f.name], behind)
		}
		return nil
	})
	return lags, err
}

var (
	behindLite     = NewSQL(`SELECT count(*) FROM (SELECT id FROM event WHERE tx = 0 AND id > $1 ORDER BY id LIMIT $2) AS unread`)
	behindPostgres = NewSQL(`SELECT count(*) FROM (SELECT id FROM event
	  WHERE (tx, id) > ($1, $2) AND tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) + $4
	  ORDER BY tx, id LIMIT $3) AS unread`)
)

// behind counts what is there to read.
func (f *follower) behind(tx *Tx, most int) (events int64, err error) {
	places, err := f.places(tx)
	if err != nil || len(places) == 0 {
		return 0, err
	}
	first := places[0]
	for _, p := range places[1:] {
		if p.before(first) {
			first = p
		}
	}
	if tx.Postgres() {
		_, err = tx.Query(behindPostgres, first.Tx, first.ID, most, tx.db.base).One(&events)
	} else {
		_, err = tx.Query(behindLite, first.ID, most).One(&events)
	}
	return events, err
}

func (c Cursor) before(o Cursor) bool { return c.Tx < o.Tx || c.Tx == o.Tx && c.ID < o.ID }
