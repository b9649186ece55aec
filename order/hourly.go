package order

import (
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
)

// hourMost is how far one hour is counted; beyond it a curve needs no more.
const hourMost = 10_000

var cntBetween = db.NewSQL(`SELECT count(*) FROM (SELECT 1 AS one FROM order_head WHERE id >= $1 AND id < $2 LIMIT $3) AS q`)

// Hourly counts the orders that came in during each of the last hours, the oldest hour first; the last one is the one that runs.
func Hourly(tx *db.Tx, hours int) ([]int64, error) {
	out := make([]int64, hours)
	begin := tx.Now().Truncate(time.Hour)
	for i := range out {
		from := begin.Add(-time.Duration(hours-1-i) * time.Hour)
		if _, err := tx.Query(cntBetween, id.Floor(from.UnixMicro()), id.Floor(from.Add(time.Hour).UnixMicro()), hourMost).One(&out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}
