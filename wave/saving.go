package wave

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
)

// Saving is what some waves were predicted to take when they were released, beside two plain rules for the same work: every
// fulfilment walked for by itself, and, of the walks for several, orders as they come in S-shaped walks.
type Saving struct {
	Waves        int64 // with a prediction
	Metres       int64
	PlainMetres  int64 // order by order, each on its own shortest walk
	Seconds      int64
	PlainSeconds int64

	Divided   int64 // waves of them that were divided between walks for several
	Together  int64 // millimetres of those walks
	FirstCome int64 // millimetres of the plain rule for the same fulfilments
}

var sumSavings = db.NewSQL(`SELECT w.node_id, count(*), CAST(sum(w.metres) AS BIGINT), CAST(sum(w.plain_metres) AS BIGINT), CAST(sum(w.seconds) AS BIGINT), CAST(sum(w.plain_seconds) AS BIGINT),
  count(d.wave_id), CAST(COALESCE(sum(d.mm), 0) AS BIGINT), CAST(COALESCE(sum(d.first_come_mm), 0) AS BIGINT)
  FROM wave_wave w LEFT JOIN wave_division d ON d.wave_id = w.id WHERE w.id >= $1 AND w.id < $2 AND w.plain_metres > 0 GROUP BY w.node_id`)

// SavingsOf sums, by node, the waves that were released from a moment until before another, both UTC microseconds.
func SavingsOf(tx *db.Tx, from, until int64) (map[int64]Saving, error) {
	out := map[int64]Saving{}
	rows := tx.Query(sumSavings, id.Floor(from), id.Floor(until))
	for rows.Next() {
		var node int64
		var s Saving
		rows.Scan(&node, &s.Waves, &s.Metres, &s.PlainMetres, &s.Seconds, &s.PlainSeconds, &s.Divided, &s.Together, &s.FirstCome)
		out[node] = s
	}
	return out, rows.Close()
}

// Add sums the savings of several nodes.
func (s *Saving) Add(o Saving) {
	s.Waves += o.Waves
	s.Metres += o.Metres
	s.PlainMetres += o.PlainMetres
	s.Seconds += o.Seconds
	s.PlainSeconds += o.PlainSeconds
	s.Divided += o.Divided
	s.Together += o.Together
	s.FirstCome += o.FirstCome
}
