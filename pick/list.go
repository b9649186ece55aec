package pick

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
)

// Filter narrows a list of open tasks; empty fields do not.
type Filter struct {
	Node   int64 // required: lists are of one node
	Status string
	Picker string
}

// Tasks lists open tasks of a node, oldest first, behind a task id. Finished ones are read by id.
func (s *Service) Tasks(ctx context.Context, f Filter, after int64, limit int) (page []Task, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err := db.All(tx.Query(selOpenTasks, f.Node, after, f.Status, f.Picker, limit), readTask)
		for _, t := range list {
			page = append(page, *t)
		}
		return err
	})
	return page, err
}

// Detail is a task with its lines as a picker reads them, in order of the walk.
type Detail struct {
	Task
	Lines []Visit
}

// Visit is a line with the names of its goods and its place.
type Visit struct {
	Line
	Location string
	SKU      string
	Title    string
}

// Task reads one task with its lines, open or not. Fault: pick.no_task.
func (s *Service) Task(ctx context.Context, key int64) (d Detail, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		t, err := taskBy(tx, selTask, key)
		if err != nil {
			return err
		}
		if err := readLines(tx, []*Task{t}); err != nil {
			return err
		}
		n, err := namesOf(tx, t.lines)
		if err != nil {
			return err
		}
		d.Task = *t
		for _, l := range t.lines {
			d.Lines = append(d.Lines, Visit{*l, n.locations[l.LocationID].Code, n.skus[l.SKUID].Code, n.skus[l.SKUID].Title})
		}
		return nil
	})
	return d, err
}

// Size is how much a task is, and how much of it is behind its picker.
type Size struct {
	Lines  int64
	Closed int64 // of the lines: picked, short or called off
	Units  int64
	Picked int64 // of the units, in the tote
	Orders int64 // fulfilments that the walk is for
}

var selSizes = db.NewSQL(`SELECT task_id, count(*), CAST(sum(CASE WHEN status = 'open' THEN 0 ELSE 1 END) AS BIGINT), CAST(sum(quantity) AS BIGINT), CAST(sum(picked) AS BIGINT),
  count(DISTINCT fulfilment_id)
  FROM pick_line WHERE task_id = ANY($1) GROUP BY task_id`)

// Sizes reads how much some tasks are, by id.
func Sizes(tx *db.Tx, tasks []int64) (map[int64]Size, error) {
	out := make(map[int64]Size, len(tasks))
	if len(tasks) == 0 {
		return out, nil
	}
	rows := tx.Query(selSizes, tasks)
	for rows.Next() {
		var key int64
		var s Size
		rows.Scan(&key, &s.Lines, &s.Closed, &s.Units, &s.Picked, &s.Orders)
		out[key] = s
	}
	return out, rows.Close()
}

var selOpenAt = db.NewSQL(`SELECT l.location_id, count(*) FROM pick_task t JOIN pick_line l ON l.task_id = t.id
  WHERE t.status IN ('ready', 'assigned', 'started') AND t.node_id = $1 AND l.status = 'open' GROUP BY l.location_id`)

// OpenAt counts, by location, the lines that wait to be picked at a node.
func OpenAt(tx *db.Tx, node int64) (map[int64]int64, error) {
	out := map[int64]int64{}
	rows := tx.Query(selOpenAt, node)
	for rows.Next() {
		var at, n int64
		rows.Scan(&at, &n)
		out[at] = n
	}
	return out, rows.Close()
}
