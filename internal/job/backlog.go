package job

import "github.com/packhorse/packhorse/internal/db"

// Backlog is what waits of one kind of work.
type Backlog struct {
	Kind   string
	Due    int64 // could run now, those under way with them
	Later  int64 // waits for its time, most often after a failure
	Failed int64 // given up for good
	First  int64 // since when the oldest is due, UTC microseconds; 0 = none is
}

var selBacklog = db.NewSQL(`SELECT kind, CAST(COALESCE(sum(CASE WHEN run_at <= $1 THEN 1 ELSE 0 END), 0) AS BIGINT),
  CAST(COALESCE(sum(CASE WHEN run_at > $1 AND run_at < $2 THEN 1 ELSE 0 END), 0) AS BIGINT),
  CAST(COALESCE(sum(CASE WHEN run_at >= $2 THEN 1 ELSE 0 END), 0) AS BIGINT),
  COALESCE(min(CASE WHEN run_at <= $1 THEN run_at END), 0) FROM job GROUP BY kind ORDER BY kind`)

// Backlogs counts the jobs of every kind that has any.
func Backlogs(tx *db.Tx) ([]Backlog, error) {
	return db.All(tx.Query(selBacklog, tx.Micros(), never), func(r *db.Rows) (b Backlog) {
		r.Scan(&b.Kind, &b.Due, &b.Later, &b.Failed, &b.First)
		return b
	})
}
