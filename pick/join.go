package pick

import (
	"cmp"
	"maps"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/wave"
)

// Joined is a fulfilment that came after its wave and was added to a walk of it that nobody had begun.
type Joined struct {
	FulfilmentID int64
	TaskID       int64
	WaveID       int64
	ExtraMM      int64 // by how much the walk becomes longer
	AloneMM      int64 // length of a walk of its own
}

// mostOpen is how many open walks late fulfilments are compared with, the oldest: they begin first.
const mostOpen = 20

var (
	selUnbegun = db.NewSQL(`SELECT DISTINCT t.id, t.method, l.fulfilment_id FROM pick_task t JOIN pick_line l ON l.task_id = t.id
	  WHERE t.wave_id = ANY($1) AND t.wave_id > 0 AND t.status = 'ready' AND t.method IN ('batch', 'bulk') ORDER BY t.id, l.fulfilment_id`)
	// lockUnbegun passes by what somebody is just taking.
	lockUnbegun = db.NewSQL(`SELECT ` + taskColumns + ` FROM pick_task WHERE id = ANY($1) AND status = 'ready' ORDER BY id FOR UPDATE SKIP LOCKED`)
	delLines    = db.NewSQL(`DELETE FROM pick_line WHERE task_id = $1`)
	setWalk     = db.Change("pick_task", "id bigint, metres bigint, plain_metres bigint, at bigint", 1,
		"metres = x.metres, plain_metres = x.plain_metres, updated_at = x.at", "t.id = x.id AND t.status = 'ready'")
)

// unbegun is what earlier waves of the same template left open: the walks that were ready when they were read, and the fulfilments
// they are for. Those are locked before the walks are, like everywhere.
type unbegun struct {
	tasks, fulfilments []int64
	room               map[int64]int64 // by wave: how many more it may hold
}

func readUnbegun(tx *db.Tx, w wave.Wave) (u unbegun, err error) {
	if w.Method == wave.Discrete {
		return u, nil
	}
	if u.room, err = wave.Alike(tx, w); err != nil || len(u.room) == 0 {
		return u, err
	}
	members, most := map[int64][]int64{}, map[int64]int{}
	rows := tx.Query(selUnbegun, slices.Sorted(maps.Keys(u.room)))
	for rows.Next() {
		var task, fulfilment int64
		var method string
		rows.Scan(&task, &method, &fulfilment)
		members[task] = append(members[task], fulfilment)
		if most[task] = wave.MaxGroup; method == wave.Bulk {
			most[task] = wave.MaxBulk
		}
	}
	var tasks []int64
	for key, list := range members {
		if len(list) < most[key] {
			tasks = append(tasks, key)
		}
	}
	slices.Sort(tasks)
	u.tasks = tasks[:min(len(tasks), mostOpen)]
	for _, key := range u.tasks {
		u.fulfilments = append(u.fulfilments, members[key]...)
	}
	return u, rows.Close()
}

// openWalk is a walk that late fulfilments may join.
type openWalk struct {
	*Task
	members []wave.Candidate
	late    []Joined
}

// openWalks locks the walks that are still as they were released: ready, and nothing scanned or called off.
func (l *load) openWalks(tx *db.Tx, u unbegun) ([]*openWalk, error) {
	if len(u.tasks) == 0 {
		return nil, nil
	}
	tasks, err := db.All(tx.Query(lockUnbegun, u.tasks), readTask)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	if err := readLines(tx, tasks); err != nil {
		return nil, err
	}
	var open []*openWalk
	var lines []*Line
	for _, t := range tasks {
		begun := func(x *Line) bool {
			f := l.fulfilments[x.FulfilmentID]
			return x.Status != Open || x.Picked > 0 || f == nil || f.Status != order.Released
		}
		if !slices.ContainsFunc(t.lines, begun) {
			open, lines = append(open, &openWalk{Task: t}), append(lines, t.lines...)
		}
	}
	n, err := namesOf(tx, lines)
	for key, sku := range n.skus {
		l.skus[key] = sku
	}
	for key, at := range n.locations {
		l.bound.Locations[key] = at
	}
	for _, t := range open {
		for _, x := range t.lines {
			f := l.fulfilments[x.FulfilmentID]
			l.hard[f.ID] = append(l.hard[f.ID], x.reservation(f))
		}
		for _, key := range t.visited() {
			t.members = append(t.members, l.candidate(tx, key))
		}
	}
	return open, err
}

// join adds those late fulfilments to open walks for which that is worth it, and gives the others back.
func (l *load) join(tx *db.Tx, w wave.Wave, u unbegun, late []wave.Candidate) (joined []Joined, rest []wave.Candidate, err error) {
	open, err := l.openWalks(tx, u)
	if err != nil || len(open) == 0 {
		return nil, late, err
	}
	all := slices.Clone(late)
	for _, t := range open {
		all = append(all, t.members...)
	}
	ground, err := l.onFloor(tx, w, all)
	if err != nil {
		return nil, nil, err
	}
	at := len(late)
	for _, t := range open {
		at += copy(t.members, all[at:])
	}
	for i, c := range all[:len(late)] {
		free := slices.DeleteFunc(slices.Clone(open), func(t *openWalk) bool { return u.room[t.WaveID] == 0 })
		t, j := joins(ground, w.Method, free, c)
		if t == nil {
			rest = append(rest, late[i])
			continue
		}
		u.room[t.WaveID]--
		t.members = append(t.members, c)
		t.late = append(t.late, Joined{c.Fulfilment, t.ID, t.WaveID, j.Extra, j.Alone})
		joined = append(joined, t.late[len(t.late)-1])
	}
	return joined, rest, l.lengthen(tx, open, w.ReleasedBy)
}

// joins is the walk that a late fulfilment is added to; nil for none. A single item goes with others as totals where it can.
func joins(ground wave.Ground, method string, free []*openWalk, c wave.Candidate) (*openWalk, wave.Joins) {
	for _, bulk := range []bool{true, false} {
		on := ground
		if bulk {
			on = ground.InBulk()
		}
		var fit []*openWalk
		var walks [][]wave.Candidate
		for _, t := range free {
			if t.inTotal() == bulk && (!bulk || c.Single()) {
				fit, walks = append(fit, t), append(walks, t.members)
			}
		}
		if len(fit) == 0 {
			continue
		}
		if j, ok := on.Join(method, walks, c); ok {
			return fit[j.Walk], j
		}
	}
	return nil, wave.Joins{}
}

// lengthen writes the walks that somebody joined anew, and what that adds to their waves.
func (l *load) lengthen(tx *db.Tx, open []*openWalk, actor string) error {
	more, divided := map[int64]*wave.Wave{}, map[int64]*wave.Division{}
	var waves []int64
	for _, t := range open {
		if len(t.late) == 0 {
			continue
		}
		if more[t.WaveID] == nil {
			more[t.WaveID], divided[t.WaveID] = &wave.Wave{}, &wave.Division{}
			waves = append(waves, t.WaveID)
		}
		if err := l.rewrite(tx, t, actor, more[t.WaveID], divided[t.WaveID]); err != nil {
			return err
		}
	}
	for _, key := range waves {
		if err := wave.Enlarge(tx, key, *more[key], *divided[key]); err != nil {
			return err
		}
	}
	return nil
}

// rewrite plans an open walk with its late fulfilments and writes it in place of the old one; it keeps its id and with it its turn.
// Its lines get new numbers: whoever still holds the old walk names lines that are not there, never others.
func (l *load) rewrite(tx *db.Tx, t *openWalk, actor string, more *wave.Wave, divided *wave.Division) error {
	lines, last, metresBefore := len(t.lines), t.lines[len(t.lines)-1].Seq, t.Metres
	keys := make([]int64, len(t.members))
	for i, c := range t.members {
		keys[i] = c.Fulfilment
	}
	l.lay(t.Task, keys[:len(keys)-len(t.late)])
	before := t.cost
	l.lay(t.Task, keys)
	for _, x := range t.lines {
		x.Seq += last
	}
	if _, err := tx.Exec(delLines, t.ID); err != nil {
		return err
	}
	t.putLines(tx)
	tx.Put(setWalk, t.ID, t.Metres, t.PlainMetres, tx.Micros())
	more.Orders += int64(len(t.late))
	more.Lines += int64(len(t.lines) - lines)
	more.Metres += t.Metres - metresBefore
	more.Seconds += int64(t.cost.Seconds - before.Seconds)
	divided.Fulfilments += int64(len(t.late))
	divided.Millimetres += int64(t.cost.MM - before.MM)
	for _, j := range t.late {
		alone := l.alone(t.NodeID, j.FulfilmentID)
		more.PlainMetres += metres(alone.MM)
		more.PlainSeconds += int64(alone.Seconds)
		divided.FirstCome += j.AloneMM
		if err := l.move(tx, l.fulfilments[j.FulfilmentID], t.Task, trip{wave: t.WaveID, node: t.NodeID, actor: actor}); err != nil {
			return err
		}
		tx.Emit(db.Event{Kind: "wave.joined.v1", Order: l.fulfilments[j.FulfilmentID].OrderID, Subject: j.FulfilmentID, Actor: actor,
			Params: joinedParams{Task: id.Show(Prefix, t.ID), Wave: id.Show(wave.Prefix, t.WaveID), Extra: metres(int(j.ExtraMM)), Alone: metres(int(j.AloneMM))}})
	}
	return nil
}

type joinedParams struct {
	Task  string `json:"task"`
	Wave  string `json:"wave"`
	Extra int64  `json:"extra_m"`
	Alone int64  `json:"alone_m"`
}

// first puts the more urgent order of a total first.
func (l *load) first(t *Task, a, b inventory.Reservation) int {
	if !t.inTotal() {
		return 0
	}
	return moreUrgent(l.fulfilments[a.FulfilmentID], l.fulfilments[b.FulfilmentID])
}

// lay plans the walk of a task past the goods of some fulfilments and puts its lines into the order of it.
func (l *load) lay(t *Task, fulfilments []int64) {
	var hard []inventory.Reservation
	for _, key := range fulfilments {
		hard = append(hard, l.hard[key]...)
	}
	how := l.walking[t.NodeID]
	w := walkFor(l.grounds[t.NodeID], how.Tours, hard, l.bound.Locations, l.skus)
	slices.SortStableFunc(hard, func(a, b inventory.Reservation) int {
		return cmp.Or(cmp.Compare(w.rank[a.Location], w.rank[b.Location]), cmp.Compare(a.SKU, b.SKU), cmp.Compare(a.Lot, b.Lot), l.first(t, a, b),
			cmp.Compare(a.FulfilmentID, b.FulfilmentID), cmp.Compare(a.Seq, b.Seq))
	})
	t.lines = nil
	for i, r := range hard {
		t.lines = append(t.lines, &Line{TaskID: t.ID, Seq: int64(i + 1), FulfilmentID: r.FulfilmentID, FulfilmentSeq: r.Seq, Part: r.Part,
			SKUID: r.SKU, Lot: r.Lot, LocationID: r.Location, Quantity: r.Quantity, Status: Open})
	}
	t.Zone, t.Metres, t.PlainMetres = l.zone(hard), metres(w.length), metres(w.bySequence)
	t.cost = predicted(how.Pace(), w.length, len(w.rank), hard, t.Method)
}
