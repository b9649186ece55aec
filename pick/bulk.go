package pick

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/wave"
)

// A walk of totals (wave.Bulk) has a line for each order like every walk, but its goods are not kept apart on the way: which unit is
// for which order is decided when it is counted. The most urgent order gets the first unit that was found, and the least urgent
// goes without where units are missing, whichever line is named.

// sameGoods reports whether two lines are of one total: the same goods of the same place.
func (l *Line) sameGoods(o *Line) bool {
	return l.LocationID == o.LocationID && l.SKUID == o.SKUID && l.Lot == o.Lot
}

// inTotal reports whether lines of the task stand for totals.
func (t *Task) inTotal() bool { return t.Method == wave.Bulk }

// totalOf lists the lines that a line stands for: itself, or of a walk of totals the open ones for the same goods of the same
// place, the most urgent order first.
func totalOf(t *Task, l *Line, fulfilments map[int64]*order.Fulfilment) []*Line {
	if !t.inTotal() {
		return []*Line{l}
	}
	var out []*Line
	for _, x := range t.lines {
		if x.Status == Open && x.sameGoods(l) && fulfilments[x.FulfilmentID] != nil {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b *Line) int {
		return cmp.Or(moreUrgent(fulfilments[a.FulfilmentID], fulfilments[b.FulfilmentID]), cmp.Compare(a.Seq, b.Seq))
	})
	return out
}

// moreUrgent is negative where a goes before b, by priority and deadline; of two that are alike the older.
func moreUrgent(a, b *order.Fulfilment) int {
	return cmp.Or(cmp.Compare(a.Rank.Due, b.Rank.Due), cmp.Compare(a.ID, b.ID))
}

// count is what of a line's total is asked for and is in the tote, of those lines that may be picked now.
func (c check) count(l *Line) (open []*Line, quantity, picked int64) {
	open = slices.DeleteFunc(totalOf(c.task, l, c.desk.fulfilments), func(x *Line) bool { return c.task.inTotal() && c.desk.may(x.FulfilmentID) != nil })
	for _, x := range open {
		quantity += x.Quantity
		picked += x.Picked
	}
	return open, quantity, picked
}

// meant is the line that a handheld means: of a walk of totals the first that is open for the goods of the line it names.
func (c check) meant(seq int64) int64 {
	l := c.task.line(seq)
	if l == nil || !c.task.inTotal() {
		return seq
	}
	if open, _, _ := c.count(l); len(open) > 0 {
		return open[0].Seq
	}
	return seq
}

// share gives units to lines, the first first.
func share(open []*Line, units int64) (out []counted) {
	for _, l := range open {
		n := min(units, l.Quantity-l.Picked)
		if n == 0 {
			break
		}
		out = append(out, counted{l, l.Picked + n})
		units -= n
	}
	return out
}

// LineShort reads, without a lock, the line that goes without where units of a line are missing: itself, or of a walk of totals
// that of the least urgent order, for a caller that must lock its order and fulfilment first. Faults: pick.no_task, pick.no_line.
func LineShort(tx *db.Tx, task, seq int64) (Line, error) {
	l, err := LineOf(tx, task, seq)
	if err != nil {
		return l, err
	}
	t, err := taskBy(tx, selTask, task)
	if err != nil || !t.inTotal() {
		return l, err
	}
	if err := readLines(tx, []*Task{t}); err != nil {
		return l, err
	}
	var ids []int64
	for _, x := range t.lines {
		ids = append(ids, x.FulfilmentID)
	}
	fulfilments, err := order.Fulfilments(tx, ids)
	if open := totalOf(t, &l, fulfilments); len(open) > 0 {
		return *open[len(open)-1], err
	}
	return l, err
}

// Tote is what a walk of totals brings to a packing table.
type Tote struct {
	NodeID int64
	Lines  map[int64]Line // that were picked, by fulfilment
}

// ToteOf reads the tote of a walk of totals; ok is false for a walk of another sort. Fault: pick.no_task.
func ToteOf(tx *db.Tx, task int64) (tote Tote, ok bool, err error) {
	t, err := taskBy(tx, selTask, task)
	if err != nil || !t.inTotal() {
		return tote, false, err
	}
	tote = Tote{t.NodeID, map[int64]Line{}}
	err = readLines(tx, []*Task{t})
	for _, l := range t.lines {
		if l.Status == Picked {
			tote.Lines[l.FulfilmentID] = *l
		}
	}
	return tote, true, err
}
