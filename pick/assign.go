package pick

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Assign gives a task to a picker, from another one if need be; an empty picker gives it back to all. What was scanned
// stays. once may be nil. Faults: pick.no_task, pick.task_state.
func (s *Service) Assign(ctx context.Context, once *db.Once, task int64, picker string) (Task, error) {
	to := Assigned
	if picker == "" {
		to = Ready
	}
	return s.hand(ctx, once, task, picker, to)
}

// Start says that a picker begins to walk. Faults: pick.no_task, pick.task_state, pick.other_picker, pick.picker.
func (s *Service) Start(ctx context.Context, once *db.Once, task int64, picker string) (Task, error) {
	if picker == "" {
		return Task{}, noPicker()
	}
	return s.hand(ctx, once, task, picker, Started)
}

func (s *Service) hand(ctx context.Context, once *db.Once, key int64, picker, to string) (Task, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Task, error) {
		t, err := taskBy(tx, lockTask, key)
		if err != nil {
			return Task{}, err
		}
		if to == Started && t.Picker != "" && t.Picker != picker {
			return Task{}, fault.New(fault.Conflict, "pick.other_picker", "%s walks this task; take the next one, or have it assigned to you", t.Picker).
				With("picker", t.Picker)
		}
		return t.give(tx, picker, to)
	})
}

func noPicker() error { return fault.Invalidf("picker", "pick.picker", "say who picks") }

// give writes who walks a task now and how it stands.
func (t *Task) give(tx *db.Tx, picker, to string) (Task, error) {
	if !t.open() {
		return Task{}, t.move(to)
	}
	if err := t.move(to); err != nil {
		return Task{}, err
	}
	if picker != "" || to == Ready {
		t.Picker = picker
	}
	t.write(tx)
	return *t, nil
}

// NextTask gives a picker the walk to do next at a node: the one begun, the one assigned, or the oldest that is
// ready, which becomes theirs. found is false when nothing waits. once may be nil. Fault:
// pick.picker.
func (s *Service) NextTask(ctx context.Context, once *db.Once, node int64, picker string) (next Task, found bool, err error) {
	if picker == "" {
		return Task{}, false, noPicker()
	}
	next, err = db.Command(ctx, s.db, once, func(tx *db.Tx) (Task, error) {
		mine, err := db.All(tx.Query(lockMine, node, picker), readTask)
		if err != nil {
			return Task{}, err
		}
		if len(mine) > 0 {
			return *mine[0], nil
		}
		ready, err := db.All(tx.Query(lockReady, node), readTask)
		if err != nil || len(ready) == 0 {
			return Task{}, err
		}
		return ready[0].give(tx, picker, Assigned)
	})
	return next, next.ID != 0, err
}

func taskBy(tx *db.Tx, sql *db.SQL, key int64) (*Task, error) {
	list, err := db.All(tx.Query(sql, key), readTask)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, served{}.closed(key)
	}
	return list[0], nil
}
