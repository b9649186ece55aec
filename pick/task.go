package pick

import (
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/wave/shape"
)

// Prefix of the ids people see.
const Prefix = "tsk"

// States of a task.
const (
	Ready     = "ready"     // waits for a picker
	Assigned  = "assigned"  // given to a picker
	Started   = "started"   // the picker walks
	Done      = "done"      // every line is closed, and something was picked or found short
	Cancelled = "cancelled" // every line was called off
)

// States of a line. Cancelled is shared with tasks.
const (
	Open   = "open"
	Picked = "picked"
	Short  = "short" // less was found than asked for
)

// taskStates lists where each state of a task may go. A started walk may be given back or over to another picker.
var taskStates = map[string][]string{
	Ready:     {Assigned, Started, Done, Cancelled},
	Assigned:  {Ready, Started, Done, Cancelled},
	Started:   {Ready, Assigned, Done, Cancelled},
	Done:      {},
	Cancelled: {},
}

// lineStates lists where each state of a line may go.
var lineStates = map[string][]string{
	Open:      {Picked, Short, Cancelled},
	Picked:    {},
	Short:     {},
	Cancelled: {},
}

// Task is one walk of one picker.
type Task struct {
	ID          int64
	WaveID      int64 // 0 when released by itself
	NodeID      int64
	Method      string // wave.Discrete, wave.Batch or wave.Bulk
	Zone        string // empty when the walk crosses zones
	Status      string
	Picker      string
	Metres      int64 // length of the walk, from the stage and back to it; 0 = the locations have no coordinates
	PlainMetres int64 // of the walk in order of pick_seq, for comparison
	CreatedAt   int64
	UpdatedAt   int64
	StartedAt   int64 // when the picker began; 0 = not yet, or it was said as a whole afterwards
	WalkedMM    int64 // how far the picker has walked, by the scans; -1 = nobody knows

	at      int64  // location that was scanned last; 0 = the stage
	stored  string // status in the database
	touched bool
	lines   []*Line
	cost    shape.Cost // predicted, of a task that is being made
}

// Line is one visit: so many of one SKU and lot from one location for one fulfilment.
type Line struct {
	TaskID        int64
	Seq           int64 // the order of the walk
	FulfilmentID  int64
	FulfilmentSeq int64
	Part          int64
	SKUID         int64
	Lot           string
	LocationID    int64
	Quantity      int64
	Picked        int64 // of it, in the tote
	Status        string

	touched bool
}

// reservation is the hard reservation that an open line stands for.
func (l *Line) reservation(f *order.Fulfilment) inventory.Reservation {
	return inventory.Reservation{FulfilmentID: l.FulfilmentID, Seq: l.FulfilmentSeq, Part: l.Part, OrderID: f.OrderID,
		SKU: l.SKUID, Node: f.NodeID, Quantity: l.Quantity, Kind: inventory.Hard, Location: l.LocationID, Lot: l.Lot}
}

// move takes a line to another state in memory. It panics on what the table forbids: callers check first.
func (l *Line) move(to string, picked int64) {
	if to != l.Status && !slices.Contains(lineStates[l.Status], to) {
		panic("pick: a line cannot go from " + l.Status + " to " + to)
	}
	l.Status, l.Picked, l.touched = to, picked, true
}

// move takes a task to another state in memory. Fault: pick.task_state.
func (t *Task) move(to string) error {
	if to != t.Status && !slices.Contains(taskStates[t.Status], to) {
		return fault.New(fault.Conflict, "pick.task_state", "the pick task is %q and cannot become %q", t.Status, to).
			With("task", id.Show(Prefix, t.ID)).With("from", t.Status).With("to", to)
	}
	t.Status, t.touched = to, true
	return nil
}

// settle closes the task when none of its lines is open.
func (t *Task) settle() error {
	to := Cancelled
	for _, l := range t.lines {
		switch l.Status {
		case Open:
			return nil
		case Picked, Short:
			to = Done
		}
	}
	return t.move(to)
}

// begin notes that a picker walks, unless nobody is named: a task without a picker stays ready for all.
func (t *Task) begin(picker string) error {
	if t.Picker == "" && picker != "" {
		t.Picker, t.touched = picker, true
	}
	if t.Picker == "" {
		return nil
	}
	return t.move(Started)
}

func (t *Task) line(seq int64) *Line {
	if i := slices.IndexFunc(t.lines, func(l *Line) bool { return l.Seq == seq }); i >= 0 {
		return t.lines[i]
	}
	return nil
}

// open reports whether something may still be picked for it.
func (t *Task) open() bool { return t.Status != Done && t.Status != Cancelled }
