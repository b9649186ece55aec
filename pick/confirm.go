package pick

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// ConfirmIn says what was picked, without scans: of a fulfilment, or of a whole task.
type ConfirmIn struct {
	FulfilmentID int64
	TaskID       int64         // when FulfilmentID is 0
	Lines        []ConfirmLine // nil = everything that is open, in full
	Picker       string        // who walked; kept on a task that has none
	Actor        string        // who says so, as in events; empty = the picker
}

// ConfirmLine is how much of a line is in the tote by now, earlier scans included. Less than the line asks for
// leaves it open: say that the rest is missing with a short pick.
type ConfirmLine struct {
	Seq    int64 // of the task's line
	Picked int64
}

// Confirmed is where the work stands after it.
type Confirmed struct {
	TaskID      int64
	TaskStatus  string
	Fulfilments []int64 // those that are picked whole now and can be packed
}

// Confirm books picked goods to the stage. once may be nil. Faults: pick.no_fulfilment, pick.no_task, pick.task_closed,
// pick.not_released, order.on_hold, pick.nothing_open, and of a line pick.no_line, pick.line_twice, pick.line_closed, pick.over.
func (s *Service) Confirm(ctx context.Context, once *db.Once, in ConfirmIn) (Confirmed, error) {
	return s.confirm.Do(ctx, once, in)
}

// ConfirmAll is Confirm for many at once; the answers are in order of ins.
func (s *Service) ConfirmAll(ctx context.Context, ins []ConfirmIn) []db.Result[Confirmed] {
	return s.confirm.All(ctx, ins)
}

// ConfirmOnce is ConfirmAll under a key, see db.Bulk.
func (s *Service) ConfirmOnce(ctx context.Context, once *db.Once, ins []ConfirmIn) ([]db.Result[Confirmed], error) {
	return s.confirm.AllOnce(ctx, once, ins, s.confirm.Do)
}

func (s *Service) confirmMany(tx *db.Tx, ins []ConfirmIn) []db.Result[Confirmed] {
	out := make([]db.Result[Confirmed], len(ins))
	served, err := servedBy(tx, ins)
	if err != nil {
		return db.FailAll(out, err)
	}
	d, err := openDesk(tx, served.with(ins))
	if err != nil {
		return db.FailAll(out, err)
	}
	grounds, err := s.survey(tx, d.nodes())
	if err != nil {
		return db.FailAll(out, err)
	}
	for i, in := range ins {
		out[i].Out, out[i].Err = d.confirm(tx, served, in)
	}
	d.write(tx, stageOf(grounds))
	return out
}

// served says what tasks are for, and how they stood when they were read.
type served struct {
	fulfilments map[int64][]int64
	status      map[int64]string
}

func servedBy(tx *db.Tx, ins []ConfirmIn) (served, error) {
	var tasks []int64
	for _, in := range ins {
		if in.FulfilmentID == 0 {
			tasks = append(tasks, in.TaskID)
		}
	}
	return readServed(tx, tasks)
}

func readServed(tx *db.Tx, tasks []int64) (served, error) {
	s := served{map[int64][]int64{}, map[int64]string{}}
	if len(tasks) == 0 {
		return s, nil
	}
	rows := tx.Query(selServed, tasks)
	for rows.Next() {
		var task, fulfilment int64
		var status string
		rows.Scan(&task, &status, &fulfilment)
		s.fulfilments[task] = append(s.fulfilments[task], fulfilment)
		s.status[task] = status
	}
	return s, rows.Close()
}

// with lists all fulfilments that the inputs are about.
func (s served) with(ins []ConfirmIn) []int64 {
	var ids []int64
	for _, in := range ins {
		if in.FulfilmentID != 0 {
			ids = append(ids, in.FulfilmentID)
		} else {
			ids = append(ids, s.fulfilments[in.TaskID]...)
		}
	}
	return id.Distinct(ids)
}

// closed is the fault for a task that is not open, or not there.
func (s served) closed(key int64) error {
	shown := id.Show(Prefix, key)
	if s.status[key] == "" {
		return fault.New(fault.NotFound, "pick.no_task", "there is no pick task %s", shown).With("task", shown)
	}
	return fault.New(fault.Conflict, "pick.task_closed", "the pick task %s is finished or called off; take the next one", shown).With("task", shown)
}

// counted is a line and the units that are in the tote by now.
type counted struct {
	line   *Line
	picked int64
}

// confirm checks one input against the desk, and books it there when nothing speaks against it.
func (d *desk) confirm(tx *db.Tx, s served, in ConfirmIn) (Confirmed, error) {
	t, err := d.taskFor(s, in)
	if err != nil {
		return Confirmed{}, err
	}
	list, err := d.counted(t, in)
	if err != nil {
		return Confirmed{}, err
	}
	t.lose()
	return d.book(tx, t, list, in.Picker, in.Actor)
}

func (d *desk) taskFor(s served, in ConfirmIn) (*Task, error) {
	if in.FulfilmentID == 0 {
		if t := d.tasks[in.TaskID]; t != nil && t.open() {
			return t, nil
		}
		return nil, s.closed(in.TaskID)
	}
	if err := d.may(in.FulfilmentID); err != nil {
		return nil, err
	}
	if t := d.task[in.FulfilmentID]; t != nil {
		return t, nil
	}
	return nil, nothingOpen()
}

func nothingOpen() error {
	return fault.New(fault.Conflict, "pick.nothing_open", "nothing is left to pick here")
}

// counted lists the lines that an input is about. What joined the task after it was read is not among them: nobody was told to
// pick it.
func (d *desk) counted(t *Task, in ConfirmIn) ([]counted, error) {
	var list []counted
	for _, l := range t.lines {
		if in.Lines == nil && l.Status == Open && d.fulfilments[l.FulfilmentID] != nil && (in.FulfilmentID == 0 || l.FulfilmentID == in.FulfilmentID) {
			list = append(list, counted{l, l.Quantity})
		}
	}
	for i, want := range in.Lines {
		l := t.line(want.Seq)
		if l == nil || in.FulfilmentID != 0 && l.FulfilmentID != in.FulfilmentID {
			return nil, lineFault(fault.Invalid, i, "seq", "pick.no_line", "the task has no line %d for this", want.Seq).With("line", want.Seq)
		}
		if slices.ContainsFunc(list, func(c counted) bool { return c.line == l }) {
			return nil, lineFault(fault.Invalid, i, "seq", "pick.line_twice", "line %d is named twice; say its total once", want.Seq).With("line", want.Seq)
		}
		if err := l.takes(i, want.Picked); err != nil {
			return nil, err
		}
		list = append(list, counted{l, want.Picked})
	}
	if len(list) == 0 {
		return nil, nothingOpen()
	}
	for _, c := range list {
		if err := d.may(c.line.FulfilmentID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// takes is the fault for so many units on a line; nil when they fit.
func (l *Line) takes(i int, picked int64) error {
	if l.Status != Open {
		return lineFault(fault.Conflict, i, "seq", "pick.line_closed", "line %d is %q already", l.Seq, l.Status).
			With("line", l.Seq).With("status", l.Status)
	}
	if picked < 0 || picked > l.Quantity {
		return lineFault(fault.Invalid, i, "picked", "pick.over", "line %d asks for %d, not %d; put the others back", l.Seq, l.Quantity, picked).
			With("line", l.Seq).With("quantity", l.Quantity).With("picked", picked)
	}
	return nil
}

func lineFault(kind fault.Kind, i int, field, code, message string, args ...any) *fault.Fault {
	f := fault.New(kind, code, message, args...)
	f.Field = fmt.Sprintf("lines[%d].%s", i, field)
	return f
}

// book writes counted lines on the desk, and moves the fulfilments that are complete.
func (d *desk) book(tx *db.Tx, t *Task, list []counted, picker, actor string) (Confirmed, error) {
	var keys []int64
	for _, c := range list {
		d.take(c.line, c.picked)
		keys = append(keys, c.line.FulfilmentID)
	}
	if err := t.begin(picker); err != nil {
		return Confirmed{}, err
	}
	if err := t.settle(); err != nil {
		return Confirmed{}, err
	}
	out := Confirmed{TaskID: t.ID, TaskStatus: t.Status}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		done, err := d.finish(tx, key, cmp.Or(actor, picker))
		if err != nil {
			return Confirmed{}, err
		}
		if done {
			out.Fulfilments = append(out.Fulfilments, key)
		}
	}
	return out, nil
}
