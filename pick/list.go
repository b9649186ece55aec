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
