package pick

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/warehouse"
)

// lostSight says that nobody knows how a walk went: something of it was said without a scan.
const lostSight = -1

// went follows the picker of a task to the next place that was scanned.
func (t *Task) went(g ground, to warehouse.Location, locations map[int64]warehouse.Location) {
	if t.WalkedMM == lostSight || to.ID == t.at {
		return
	}
	from := g.stage
	if t.at != 0 {
		from = locations[t.at]
	}
	t.WalkedMM += g.way(from, to)
	t.at, t.touched = to.ID, true
}

// lose notes that nobody knows how the walk goes.
func (t *Task) lose() {
	if t.WalkedMM != lostSight {
		t.WalkedMM, t.touched = lostSight, true
	}
}

// home follows the picker back to the stage when nothing is left to pick.
func (t *Task) home(g ground, locations map[int64]warehouse.Location) {
	if t.open() || t.WalkedMM == lostSight || t.at == 0 {
		return
	}
	t.WalkedMM += g.way(locations[t.at], g.stage)
	t.at, t.touched = 0, true
}

// way is how far it is between two places in millimetres: along their aisle, or out at the nearer end of the racks and over. The stage
// is no place in an aisle: straight to it counts as along and across.
func (g ground) way(a, b warehouse.Location) int64 {
	across := abs(a.XMM - b.XMM)
	if aisleOf(a) == aisleOf(b) || a.Aisle != 0 && a.Aisle == b.Aisle || a.ID == g.stage.ID || b.ID == g.stage.ID {
		return across + abs(a.YMM-b.YMM)
	}
	front, back := min(g.front, a.YMM, b.YMM), max(g.back, a.YMM, b.YMM)
	return across + min(a.YMM-front+b.YMM-front, back-a.YMM+back-b.YMM)
}

func abs(n int64) int64 { return max(n, -n) }

// Went is how the walks of a wave that are over and were followed by scans went, beside what they were planned to be.
type Went struct {
	Walks   int64
	Planned int64 // metres
	Walked  int64 // metres
	Seconds int64 // from the first scan to the last
}

var selWent = db.NewSQL(`SELECT wave_id, count(*), CAST(sum(metres) AS BIGINT), CAST(sum(walked_mm) AS BIGINT), CAST(sum(updated_at - started_at) AS BIGINT) FROM pick_task
  WHERE wave_id = ANY($1) AND wave_id > 0 AND status = 'done' AND walked_mm > 0 AND started_at > 0 GROUP BY wave_id`)

// WentOf reads how the walks of some waves went, by wave. Waves without such a walk are left out.
func WentOf(tx *db.Tx, waves []int64) (map[int64]Went, error) {
	out := map[int64]Went{}
	if len(waves) == 0 {
		return out, nil
	}
	rows := tx.Query(selWent, waves)
	for rows.Next() {
		var wave, mm, micros int64
		var w Went
		rows.Scan(&wave, &w.Walks, &w.Planned, &mm, &micros)
		w.Walked, w.Seconds = (mm+500)/1000, micros/1_000_000
		out[wave] = w
	}
	return out, rows.Close()
}
