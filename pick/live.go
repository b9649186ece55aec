package pick

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// Lines counts the lines of walks by how they stand, and what is in them.
type Lines struct {
	Open, Picked, Short, Cancelled int64
	Units, UnitsPicked             int64 // units of cancelled lines do not count
}

// All is how many lines there are that count.
func (l Lines) All() int64 { return l.Open + l.Picked + l.Short }

// Closed is how many of them need nobody any more.
func (l Lines) Closed() int64 { return l.Picked + l.Short }

func (l *Lines) add(status string, n, units, picked int64) {
	switch status {
	case Open:
		l.Open += n
	case Picked:
		l.Picked += n
	case Short:
		l.Short += n
	case Cancelled:
		l.Cancelled += n
		return
	}
	l.Units += units
	l.UnitsPicked += picked
}

// WalkState is one walk of a wave as it stands.
type WalkState struct {
	Task
	Lines Lines
	At    int64 // location of its first open line; 0 = none is open
}

// ZoneState is one zone of a wave.
type ZoneState struct {
	Zone  string
	Lines Lines
}

// Missed is a line of a wave of which less was found.
type Missed struct {
	TaskID, Seq, FulfilmentID, SKUID, LocationID, Missing int64
}

// WaveState is how far a wave is.
type WaveState struct {
	Lines  Lines
	Walks  []WalkState
	Zones  []ZoneState
	Missed []Missed // of the walks that changed last, first
}

const mostMissed = 100

var (
	selWaveTasks = db.NewSQL(`SELECT ` + taskColumns + ` FROM pick_task WHERE wave_id = $1 AND wave_id > 0 ORDER BY id`)
	selWaveLines = db.NewSQL(`SELECT l.task_id, w.zone, l.status, count(*), CAST(sum(l.quantity) AS BIGINT), CAST(sum(l.picked) AS BIGINT)
	  FROM pick_line l JOIN warehouse_location w ON w.id = l.location_id WHERE l.task_id = ANY($1) GROUP BY l.task_id, w.zone, l.status`)
	selNextPlace = db.NewSQL(`SELECT l.task_id, l.location_id FROM pick_line l JOIN
	  (SELECT task_id, min(seq) AS seq FROM pick_line WHERE task_id = ANY($1) AND status = 'open' GROUP BY task_id) AS n ON n.task_id = l.task_id AND n.seq = l.seq`)
	selMissed = db.NewSQL(`SELECT l.task_id, l.seq, l.fulfilment_id, l.sku_id, l.location_id, l.quantity - l.picked FROM pick_line l JOIN pick_task t ON t.id = l.task_id
	  WHERE l.task_id = ANY($1) AND l.status = 'short' ORDER BY t.updated_at DESC, l.task_id, l.seq LIMIT $2`)
	cntWaveTasks = db.NewSQL(`SELECT wave_id, status, count(*) FROM pick_task WHERE wave_id = ANY($1) AND wave_id > 0 GROUP BY wave_id, status`)
)

// StateOf reads how far a wave is.
func StateOf(tx *db.Tx, wave int64) (out WaveState, err error) {
	tasks, err := db.All(tx.Query(selWaveTasks, wave), readTask)
	if err != nil || len(tasks) == 0 {
		return out, err
	}
	ids := make([]int64, len(tasks))
	walks := make(map[int64]*WalkState, len(tasks))
	out.Walks = make([]WalkState, len(tasks))
	for i, t := range tasks {
		ids[i], out.Walks[i].Task = t.ID, *t
		walks[t.ID] = &out.Walks[i]
	}
	if err := out.count(tx, ids, walks); err != nil {
		return out, err
	}
	rows := tx.Query(selNextPlace, ids)
	for rows.Next() {
		var task, location int64
		rows.Scan(&task, &location)
		walks[task].At = location
	}
	if err := rows.Close(); err != nil {
		return out, err
	}
	out.Missed, err = db.All(tx.Query(selMissed, ids, mostMissed), func(r *db.Rows) (m Missed) {
		r.Scan(&m.TaskID, &m.Seq, &m.FulfilmentID, &m.SKUID, &m.LocationID, &m.Missing)
		return m
	})
	return out, err
}

// count counts the lines by walk and by zone.
func (s *WaveState) count(tx *db.Tx, ids []int64, walks map[int64]*WalkState) error {
	zones := map[string]*Lines{}
	rows := tx.Query(selWaveLines, ids)
	for rows.Next() {
		var task, n, units, picked int64
		var zone, status string
		rows.Scan(&task, &zone, &status, &n, &units, &picked)
		if zones[zone] == nil {
			zones[zone] = &Lines{}
		}
		for _, l := range []*Lines{&s.Lines, &walks[task].Lines, zones[zone]} {
			l.add(status, n, units, picked)
		}
	}
	for zone, l := range zones {
		s.Zones = append(s.Zones, ZoneState{zone, *l})
	}
	slices.SortFunc(s.Zones, func(a, b ZoneState) int {
		if a.Zone < b.Zone {
			return -1
		}
		return 1
	})
	return rows.Close()
}

// Walked is how many walks of a wave there are, and how many are over.
type Walked struct{ All, Over int64 }

// WalksOf counts the walks of some waves, by wave.
func WalksOf(tx *db.Tx, waves []int64) (map[int64]Walked, error) {
	out := map[int64]Walked{}
	if len(waves) == 0 {
		return out, nil
	}
	rows := tx.Query(cntWaveTasks, waves)
	for rows.Next() {
		var wave, n int64
		var status string
		rows.Scan(&wave, &status, &n)
		w := out[wave]
		w.All += n
		if status == Done || status == Cancelled {
			w.Over += n
		}
		out[wave] = w
	}
	return out, rows.Close()
}

// Served is one fulfilment of a wave as its walks stand.
type Served struct {
	FulfilmentID, TaskID int64
	Lines                Lines
}

var selServedIn = db.NewSQL(`SELECT l.fulfilment_id, max(l.task_id), l.status, count(*), CAST(sum(l.quantity) AS BIGINT), CAST(sum(l.picked) AS BIGINT)
  FROM pick_task t JOIN pick_line l ON l.task_id = t.id WHERE t.wave_id = $1 AND t.wave_id > 0 AND l.fulfilment_id IN
  (SELECT DISTINCT x.fulfilment_id FROM pick_task y JOIN pick_line x ON x.task_id = y.id WHERE y.wave_id = $1 AND y.wave_id > 0 AND x.fulfilment_id > $2 ORDER BY x.fulfilment_id LIMIT $3)
  GROUP BY l.fulfilment_id, l.status ORDER BY l.fulfilment_id`)

// ServedIn lists the fulfilments of a wave behind one of them, oldest first.
func ServedIn(tx *db.Tx, wave, after int64, limit int) (out []Served, err error) {
	rows := tx.Query(selServedIn, wave, after, limit)
	for rows.Next() {
		var s Served
		var status string
		var n, units, picked int64
		rows.Scan(&s.FulfilmentID, &s.TaskID, &status, &n, &units, &picked)
		if len(out) == 0 || out[len(out)-1].FulfilmentID != s.FulfilmentID {
			out = append(out, s)
		}
		out[len(out)-1].Lines.add(status, n, units, picked)
	}
	return out, rows.Close()
}
