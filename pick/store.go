package pick

import (
	"github.com/packhorse/packhorse/internal/db"
)

const (
	taskColumns = `id, wave_id, node_id, method, zone, status, picker, metres, plain_metres, created_at, updated_at, started_at, walked_mm, location_id`
	lineColumns = `task_id, seq, fulfilment_id, fulfilment_seq, part, sku_id, lot, location_id, quantity, picked, status`
)

var (
	insTask = db.Insert("pick_task", "id bigint, wave_id bigint, node_id bigint, method text, zone text, status text, picker text, metres bigint, plain_metres bigint, created_at bigint, updated_at bigint")
	insLine = db.Insert("pick_line", "task_id bigint, seq bigint, fulfilment_id bigint, fulfilment_seq bigint, part bigint, sku_id bigint, lot text, location_id bigint, quantity bigint, picked bigint, status text")
	setTask = db.Change("pick_task", "id bigint, was text, status text, picker text, at bigint, started bigint, walked bigint, location bigint", 1,
		"status = x.status, picker = x.picker, updated_at = x.at, started_at = x.started, walked_mm = x.walked, location_id = x.location", "t.id = x.id AND t.status = x.was")
	setLine = db.Change("pick_line", "task bigint, seq bigint, picked bigint, status text", 2,
		"picked = x.picked, status = x.status", "t.task_id = x.task AND t.seq = x.seq AND t.status = 'open'")

	selTask  = db.NewSQL(`SELECT ` + taskColumns + ` FROM pick_task WHERE id = $1`)
	lockTask = db.NewSQL(`SELECT ` + taskColumns + ` FROM pick_task WHERE id = $1 FOR UPDATE`)
	// lockOpen locks those of some tasks that are open; selTasksOf names the tasks that fulfilments are in.
	lockOpen = db.NewSQL(`SELECT ` + taskColumns + ` FROM pick_task
	  WHERE id = ANY($1) AND status IN ('ready', 'assigned', 'started') ORDER BY id FOR UPDATE`)
	selTasksOf = db.NewSQL(`SELECT DISTINCT task_id FROM pick_line WHERE fulfilment_id = ANY($1)`)
	selLines   = db.NewSQL(`SELECT ` + lineColumns + ` FROM pick_line WHERE task_id = ANY($1) ORDER BY task_id, seq`)
	// selServed names the fulfilments that tasks are for. A line never changes hers, so no lock is needed; another may join a task that
	// nobody has begun.
	selServed = db.NewSQL(`SELECT DISTINCT t.id, t.status, l.fulfilment_id FROM pick_task t JOIN pick_line l ON l.task_id = t.id
	  WHERE t.id = ANY($1) ORDER BY t.id, l.fulfilment_id`)
	selOpenTasks = db.NewSQL(`SELECT ` + taskColumns + ` FROM pick_task
	  WHERE status IN ('ready', 'assigned', 'started') AND node_id = $1 AND id > $2 AND (status = $3 OR $3 = '') AND (picker = $4 OR $4 = '')
	  ORDER BY id LIMIT $5`)
	// lockMine and lockReady take the next walk; another picker's request skips the row. Both repeat the words of
	// the partial index, without which it is not used.
	lockMine = db.NewSQL(`SELECT ` + taskColumns + ` FROM pick_task
	  WHERE status <> 'ready' AND status IN ('ready', 'assigned', 'started') AND node_id = $1 AND picker = $2
	  ORDER BY CASE WHEN status = 'started' THEN 0 ELSE 1 END, id LIMIT 1 FOR UPDATE`)
	lockReady = db.NewSQL(`SELECT ` + taskColumns + ` FROM pick_task
	  WHERE status = 'ready' AND status IN ('ready', 'assigned', 'started') AND node_id = $1 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`)
)

func readTask(r *db.Rows) *Task {
	t := &Task{}
	r.Scan(&t.ID, &t.WaveID, &t.NodeID, &t.Method, &t.Zone, &t.Status, &t.Picker, &t.Metres, &t.PlainMetres, &t.CreatedAt, &t.UpdatedAt, &t.StartedAt, &t.WalkedMM, &t.at)
	t.stored = t.Status
	return t
}

func readLine(r *db.Rows) *Line {
	l := &Line{}
	r.Scan(&l.TaskID, &l.Seq, &l.FulfilmentID, &l.FulfilmentSeq, &l.Part, &l.SKUID, &l.Lot, &l.LocationID, &l.Quantity, &l.Picked, &l.Status)
	return l
}

// insert writes a new task with its lines.
func (t *Task) insert(tx *db.Tx) {
	t.CreatedAt, t.UpdatedAt = tx.Micros(), tx.Micros()
	tx.Put(insTask, t.ID, t.WaveID, t.NodeID, t.Method, t.Zone, t.Status, t.Picker, t.Metres, t.PlainMetres, t.CreatedAt, t.UpdatedAt)
	t.putLines(tx)
}

func (t *Task) putLines(tx *db.Tx) {
	for _, l := range t.lines {
		tx.Put(insLine, t.ID, l.Seq, l.FulfilmentID, l.FulfilmentSeq, l.Part, l.SKUID, l.Lot, l.LocationID, l.Quantity, l.Picked, l.Status)
	}
}

// write sends what has changed of a task and its lines since it was read.
func (t *Task) write(tx *db.Tx) {
	if t.touched {
		if t.StartedAt == 0 && t.Status == Started {
			t.StartedAt = tx.Micros()
		}
		tx.Put(setTask, t.ID, t.stored, t.Status, t.Picker, tx.Micros(), t.StartedAt, t.WalkedMM, t.at)
		t.stored, t.touched, t.UpdatedAt = t.Status, false, tx.Micros()
	}
	for _, l := range t.lines {
		if l.touched {
			tx.Put(setLine, t.ID, l.Seq, l.Picked, l.Status)
			l.touched = false
		}
	}
}

// readLines fills in the lines of tasks.
func readLines(tx *db.Tx, tasks []*Task) error {
	if len(tasks) == 0 {
		return nil
	}
	at := make(map[int64]*Task, len(tasks))
	ids := make([]int64, len(tasks))
	for i, t := range tasks {
		at[t.ID], ids[i] = t, t.ID
	}
	lines, err := db.All(tx.Query(selLines, ids), readLine)
	for _, l := range lines {
		at[l.TaskID].lines = append(at[l.TaskID].lines, l)
	}
	return err
}
