package access

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Wrong passwords are free up to a number; each further one closes the door for twice as long as the last. An address stands for
// a whole warehouse, so it has more than an account. The counts are rows of the directory: a process that starts again, and every
// other one, goes on counting where this one is.
const (
	freeByAccount = 5
	freeByAddress = 20
	longestLock   = 15 * time.Minute
	guessMemory   = time.Hour // after the last wrong one, all is forgotten
)

var (
	newGuess     = db.NewSQL(`INSERT INTO access_guess (name, count, last, until) VALUES ($1, 0, 0, 0) ON CONFLICT (name) DO NOTHING`)
	lockGuesses  = db.NewSQL(`SELECT name, count, last, until FROM access_guess WHERE name = ANY($1) ORDER BY name FOR UPDATE`)
	putGuess     = db.Upsert("access_guess", "name text, count bigint, last bigint, until bigint", 1, "count = excluded.count, last = excluded.last, until = excluded.until")
	delGuess     = db.NewSQL(`DELETE FROM access_guess WHERE name = $1`)
	delOldGuess  = db.NewSQL(`DELETE FROM access_guess WHERE last < $1`)
	easeGuess    = db.NewSQL(`UPDATE access_guess SET count = count - 1, until = 0 WHERE name = $1 AND count > 0`)
	nameOfGuess  = func(sort, text string) string { return hashKey(sort + " " + text) }
	accountGuess = func(login string) string { return nameOfGuess("account", login) }
	addressGuess = func(from string) string { return nameOfGuess("address", from) }
)

// guess is how often an account or an address was wrong lately.
type guess struct {
	name  string
	count int64
	last  time.Time
	until time.Time // closed until then
}

// admit counts one more guess. Fault: access.locked while the door is closed, which says nothing about the account.
func (d *Directory) admit(ctx context.Context, login, from string) error {
	names := map[string]int64{accountGuess(login): freeByAccount}
	if from != "" {
		names[addressGuess(from)] = freeByAddress
	}
	return d.db.Update(ctx, func(tx *db.Tx) error {
		now := tx.Now()
		seen, err := guesses(tx, names, now)
		if err != nil {
			return err
		}
		var wait time.Duration
		for _, g := range seen {
			wait = max(wait, g.until.Sub(now))
		}
		if wait > 0 {
			seconds := int(math.Ceil(wait.Seconds()))
			return fault.New(fault.TooMany, "access.locked", "too many wrong passwords; wait %d seconds", seconds).With("seconds", seconds)
		}
		for name, free := range names {
			g := seen[name]
			g.failed(now, free)
			tx.Put(putGuess, name, g.count, g.last.UnixMicro(), g.until.UnixMicro())
		}
		return nil
	})
}

// guesses reads and locks what is known of some names; what is long ago counts no more. Names nobody tried before are made rows
// first: many first guesses at once must wait for each other.
func guesses(tx *db.Tx, names map[string]int64, now time.Time) (map[string]*guess, error) {
	seen := map[string]*guess{}
	var keys []string
	for name := range names {
		seen[name], keys = &guess{name: name, until: time.UnixMicro(0)}, append(keys, name)
	}
	slices.Sort(keys)
	for _, name := range keys {
		if _, err := tx.Exec(newGuess, name); err != nil {
			return nil, err
		}
	}
	list, err := db.All(tx.Query(lockGuesses, keys), func(r *db.Rows) (g guess) {
		var last, until int64
		r.Scan(&g.name, &g.count, &last, &until)
		g.last, g.until = time.UnixMicro(last), time.UnixMicro(until)
		return g
	})
	for _, g := range list {
		if now.Sub(g.last) <= guessMemory {
			seen[g.name] = &g
		}
	}
	return seen, err
}

func (g *guess) failed(now time.Time, free int64) {
	g.count++
	g.last = now
	if over := g.count - free; over >= 0 {
		g.until = now.Add(min(time.Second<<min(over, 20), longestLock))
	}
}

// forgive takes back the guess that was right: it clears the account, and for the address what it cost.
func (d *Directory) forgive(ctx context.Context, login, from string) error {
	return d.db.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(delGuess, accountGuess(login))
		if err == nil && from != "" {
			_, err = tx.Exec(easeGuess, addressGuess(from))
		}
		if err == nil {
			_, err = tx.Exec(delOldGuess, tx.Now().Add(-guessMemory).UnixMicro())
		}
		return err
	})
}
