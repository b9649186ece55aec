package pick

import (
	"cmp"
	"maps"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// desk is the open work of some fulfilments, locked: what a use case reads before it decides, and where it
// gathers what it changes before it writes.
type desk struct {
	fulfilments map[int64]*order.Fulfilment
	tasks       map[int64]*Task        // open ones, by id
	task        map[int64]*Task        // the open one, by fulfilment
	stops       map[int64][]order.Stop // why fulfilments cannot go on
	taken       []inventory.Taken
}

// openDesk locks fulfilments and reads their open tasks.
func openDesk(tx *db.Tx, ids []int64) (*desk, error) {
	tx.Ahead(selTasksOf, id.Distinct(ids))
	fulfilments, err := order.LockFulfilments(tx, ids)
	if err != nil {
		return nil, err
	}
	return readDesk(tx, fulfilments)
}

// readDesk reads the open tasks of fulfilments that the caller has locked.
func readDesk(tx *db.Tx, fulfilments map[int64]*order.Fulfilment) (*desk, error) {
	d := &desk{fulfilments: fulfilments, tasks: map[int64]*Task{}, task: map[int64]*Task{}}
	if len(fulfilments) == 0 {
		return d, nil
	}
	var err error
	if d.stops, err = order.Obstacles(tx, fulfilments); err != nil {
		return nil, err
	}
	ids, err := db.All(tx.Query(selTasksOf, slices.Sorted(maps.Keys(fulfilments))), func(r *db.Rows) (id int64) { r.Scan(&id); return id })
	if err != nil || len(ids) == 0 {
		return d, err
	}
	slices.Sort(ids)
	tx.Ahead(selLines, ids)
	tasks, err := db.All(tx.Query(lockOpen, ids), readTask)
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		d.tasks[t.ID] = t
	}
	if err := readLines(tx, tasks); err != nil {
		return nil, err
	}
	for _, t := range tasks {
		for _, l := range t.lines {
			d.task[l.FulfilmentID] = t
		}
	}
	return d, nil
}

// may is the fault for picking for a fulfilment that is not there, not released, or on hold.
func (d *desk) may(key int64) error {
	f := d.fulfilments[key]
	if f == nil {
		return noFulfilment(key)
	}
	if err := order.Blocked(d.stops[key]); err != nil && (f.Holds > 0 || f.Status != order.Released) {
		return err
	}
	if f.Status != order.Released {
		return fault.New(fault.Conflict, "pick.not_released", "the fulfilment is %q; only released work can be picked", f.Status).
			With("fulfilment", id.Show(order.FulfilmentPrefix, key)).With("status", f.Status)
	}
	return order.Stopped(f.Holds)
}

func noFulfilment(key int64) error {
	shown := id.Show(order.FulfilmentPrefix, key)
	return fault.New(fault.NotFound, "pick.no_fulfilment", "there is no fulfilment %s", shown).With("fulfilment", shown)
}

// take books picked units of an open line in memory: a line that has all it asks for is closed.
func (d *desk) take(l *Line, picked int64) {
	if picked < l.Quantity {
		l.move(Open, picked)
		return
	}
	l.move(Picked, picked)
	d.taken = append(d.taken, inventory.Taken{Reservation: l.reservation(d.fulfilments[l.FulfilmentID]), Quantity: picked})
}

// finish takes a fulfilment to picked when its last line is closed and something of it was found. It writes
// nothing and reports false as long as that is not so.
func (d *desk) finish(tx *db.Tx, key int64, actor string) (bool, error) {
	f, t := d.fulfilments[key], d.task[key]
	for _, l := range t.lines {
		if l.FulfilmentID == key && l.Status == Open {
			return false, nil
		}
	}
	if f.Units() == 0 {
		return false, nil
	}
	if err := order.MoveFulfilment(tx, f, order.Picked); err != nil {
		return false, err
	}
	tx.Emit(db.Event{Kind: "pick.picked.v1", Order: f.OrderID, Subject: f.ID, Actor: actor,
		Params: pickedParams{Task: id.Show(Prefix, t.ID), Units: f.Units()}})
	return true, nil
}

type pickedParams struct {
	Task  string `json:"task"`
	Units int64  `json:"units"`
}

// write sends everything the desk has gathered: the goods, the tasks, the lines.
func (d *desk) write(tx *db.Tx, stage func(node int64) int64) {
	inventory.Pick(tx, d.taken, stage)
	d.taken = nil
	for _, key := range slices.Sorted(maps.Keys(d.tasks)) {
		d.tasks[key].write(tx)
	}
}

// nodes lists where the desk's fulfilments are.
func (d *desk) nodes() []int64 {
	var list []int64
	for _, f := range d.fulfilments {
		list = append(list, f.NodeID)
	}
	slices.SortFunc(list, cmp.Compare[int64])
	return slices.Compact(list)
}
