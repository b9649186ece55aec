package allocation

import (
	"time"

	"github.com/packhorse/packhorse/internal/db"
)

// Record is one batch that was decided over together, as it was written with its decisions.
type Record struct {
	ID        int64
	DecidedAt int64 // microseconds
	Method    Method
	Saving
	AtLeast int64 // no division of the same orders costs less, on the snapshot the plan was made on; 0 = not worked out
	Took    time.Duration
}

var (
	insSaving = db.Insert("allocation_saving", "id bigint, decided_at bigint, method text, orders bigint, plain_cost bigint, chosen_cost bigint, "+
		"more_orders bigint, more_units bigint, more_cost bigint, at_least bigint, ms bigint")
	selSavings = db.NewSQL(`SELECT id, decided_at, method, orders, plain_cost, chosen_cost, more_orders, more_units, more_cost, at_least, ms
  FROM allocation_saving WHERE id < $1 ORDER BY id DESC LIMIT $2`)
	sumSavings = db.NewSQL(`SELECT CAST(COALESCE(sum(orders), 0) AS BIGINT),
  CAST(COALESCE(sum(plain_cost), 0) AS BIGINT),
  CAST(COALESCE(sum(chosen_cost), 0) AS BIGINT),
  CAST(COALESCE(sum(more_orders), 0) AS BIGINT),
  CAST(COALESCE(sum(more_units), 0) AS BIGINT),
  CAST(COALESCE(sum(more_cost), 0) AS BIGINT), count(*) FROM allocation_saving WHERE decided_at >= $1 AND decided_at < $2`)
)

// Records lists batches, the latest first, before an id; 0 begins at the end.
func Records(tx *db.Tx, before int64, limit int) ([]Record, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	return db.All(tx.Query(selSavings, before, limit), func(r *db.Rows) (x Record) {
		var method string
		var ms int64
		r.Scan(&x.ID, &x.DecidedAt, &method, &x.Orders, &x.Plain, &x.Chosen, &x.MoreOrders, &x.MoreUnits, &x.MoreCost, &x.AtLeast, &ms)
		x.Method, x.Took = Method(method), time.Duration(ms)*time.Millisecond
		return x
	})
}

// Total is what the batches of a time came to.
type Total struct {
	Batches int64
	Saving
}

// Savings adds up the batches that were decided over from one moment until before another, in microseconds.
func Savings(tx *db.Tx, from, to int64) (t Total, err error) {
	rows := tx.Query(sumSavings, from, to)
	for rows.Next() {
		rows.Scan(&t.Orders, &t.Plain, &t.Chosen, &t.MoreOrders, &t.MoreUnits, &t.MoreCost, &t.Batches)
	}
	return t, rows.Close()
}

// tally adds up what is written of a batch that was planned.
type tally struct {
	p     *Problem
	plan  prepared
	batch *Batch
	all   Saving // of the whole batch, as its orders are told
	sum   Saving // of what was written
	short int64  // what leaving was reckoned at
	units int64  // that ship
}

// told is what order i is told about the batch; nil where it was decided over alone.
func (t *tally) told(i int) *together {
	if t == nil || !t.batch.Together || !t.batch.Named[i] {
		return nil
	}
	if t.all.Orders == 0 {
		t.all = compare(t.p, t.batch.Decisions, t.batch.Plain, t.batch.Named)
	}
	plain := &t.batch.Plain[i]
	out := &together{Orders: t.plan.Orders, Saved: t.all.Saved(), More: t.all.MoreUnits, Plain: []string{}, Cost: t.p.Orders[i].shipping(plain)}
	for _, parcel := range plain.Parcels {
		out.Plain = append(out.Plain, codesOf(t.p.Nodes, []int64{parcel.Node}))
	}
	return out
}

// count adds order i, which was written.
func (t *tally) count(i int) {
	if t == nil || !t.batch.Named[i] {
		return
	}
	o, d := &t.p.Orders[i], &t.batch.Decisions[i]
	t.sum.add(beside(o, d, &t.batch.Plain[i]))
	var ships int64
	for _, n := range shipped(d) {
		ships += n
	}
	t.units += ships
	t.short += t.plan.weight[o.ID] * max(0, t.plan.goal[o.ID]-ships)
}

// record writes what the batch came to, unless its orders were gone or nothing of it ships.
func (t *tally) record(tx *db.Tx) {
	if t.sum.Orders < 2 || t.units == 0 {
		return
	}
	method, least := PlainRule, int64(0)
	if t.batch.Together {
		method = Optimised
	}
	if t.batch.held && t.sum.Orders == int64(t.plan.Orders) {
		least = min(max(0, t.plan.bound-t.short), t.sum.Chosen+t.sum.MoreCost)
	}
	s := t.sum
	tx.Put(insSaving, tx.NewID(), tx.Micros(), string(method), s.Orders, s.Plain, s.Chosen, s.MoreOrders, s.MoreUnits, s.MoreCost, least, t.plan.took.Milliseconds())
}
