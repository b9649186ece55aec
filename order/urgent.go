package order

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Orders of a queue.
const (
	ByDeadline = "deadline" // the earliest last moment first; orders without one are last
	ByFine     = "fine"     // the largest fine that can still be saved first, then the earliest deadline
)

// Fine is what a channel takes for one order that is late, minor units of the company's currency.
type Fine struct {
	ShipBy    int64 `json:"ship_by"`    // it was not handed over in time
	CollectBy int64 `json:"collect_by"` // the carrier's first scan was not in time
}

// Fines are the fines by channel; "*" is every channel that is not named. They are a setting of the company.
type Fines map[string]Fine

const (
	finesSetting = "order.fines"
	sortSetting  = "order.queue_sort"
)

var (
	selQueueSettings = db.NewSQL(`SELECT name, value FROM setting WHERE name = ANY($1)`)
	putQueueSetting  = db.Upsert("setting", "name text, value text, updated_at bigint, updated_by text", 1,
		"value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by")
)

// Queueing is how a company sorts what waits.
type Queueing struct {
	Sort  string // ByDeadline or ByFine: the order of waves
	Fines Fines
}

// ReadQueueing reads how the company sorts what waits: by deadline and without fines where nobody has said anything.
func ReadQueueing(tx *db.Tx) (Queueing, error) {
	q := Queueing{Sort: ByDeadline, Fines: Fines{}}
	rows := tx.Query(selQueueSettings, []string{finesSetting, sortSetting})
	for rows.Next() {
		var name, value string
		rows.Scan(&name, &value)
		switch {
		case name == finesSetting:
			_ = json.Unmarshal([]byte(value), &q.Fines) // we wrote it
		case value == ByFine:
			q.Sort = ByFine
		}
	}
	return q, rows.Close()
}

// Save keeps it. Faults: order.sort, order.fine.
func (q Queueing) Save(tx *db.Tx, actor string) error {
	if q.Sort != ByDeadline && q.Sort != ByFine {
		return badSort(q.Sort)
	}
	for channel, f := range q.Fines {
		if f.ShipBy < 0 || f.CollectBy < 0 || channel == "" {
			return fault.Invalidf("fines", "order.fine", "a fine has a channel (or * for all others) and amounts from 0 up")
		}
	}
	raw, err := json.Marshal(q.Fines)
	if err != nil {
		return err
	}
	tx.Put(putQueueSetting, finesSetting, string(raw), tx.Micros(), actor)
	tx.Put(putQueueSetting, sortSetting, q.Sort, tx.Micros(), actor)
	tx.Emit(db.Event{Kind: "order.queueing_saved.v1", Actor: actor, Params: map[string]any{"sort": q.Sort}})
	return nil
}

func badSort(text string) error {
	return fault.Invalidf("sort", "order.sort", "%q is no order of a queue; use deadline or fine", text).With("value", text)
}

// Urgency is what an order in a queue stands to lose.
type Urgency struct {
	Order              int64
	Priority           int64
	ShipBy, CollectBy  int64
	Deadline           int64 // the earlier of the two; 0 = none
	FineAtRisk, Missed int64 // minor units: what can still be saved, and what cannot any more
}

// UrgencyOf weighs the deadlines of an order that has not left, at a moment.
func (f Fines) UrgencyOf(channel string, shipBy, collectBy, now int64) Urgency {
	fine, named := f[channel]
	if !named {
		fine = f["*"]
	}
	u := Urgency{ShipBy: shipBy, CollectBy: collectBy}
	for _, d := range []struct{ at, amount int64 }{{shipBy, fine.ShipBy}, {collectBy, fine.CollectBy}} {
		switch {
		case d.at == 0:
			continue
		case d.at > now:
			u.FineAtRisk += d.amount
		default:
			u.Missed += d.amount
		}
		if u.Deadline == 0 || d.at < u.Deadline {
			u.Deadline = d.at
		}
	}
	return u
}

// Before orders two urgencies: what the queue is sorted by, then the deadline, then the older order.
func (u Urgency) Before(o Urgency, sort string) int {
	late := func(x Urgency) int64 {
		if x.Deadline == 0 {
			return 1<<63 - 1
		}
		return x.Deadline
	}
	byFine := 0
	if sort == ByFine {
		byFine = cmp.Compare(o.FineAtRisk, u.FineAtRisk)
	}
	return cmp.Or(byFine, cmp.Compare(late(u), late(o)), cmp.Compare(u.Order, o.Order))
}

// queueReach is how many of the oldest orders of each queue are sorted: what keeps a look at a hundred thousand under
// a tenth of a second. Older orders have the earlier deadlines.
const queueReach = 20_000

var urgentSQL = func() map[string]*db.SQL {
	out := map[string]*db.SQL{}
	for _, where := range queueConditions() {
		out[where] = db.NewSQL(fmt.Sprintf(`SELECT id, channel, ship_by, collect_by, priority FROM order_head WHERE %s
		  AND ($1 = '' OR channel = $1) AND ($2 = '' OR shop = $2) AND ($3 = '' OR kind = $3) AND ($4 = '' OR payment = $4)
		  AND ($5 = '' OR review = $5) AND ($6 = '' OR fulfilment = $6) ORDER BY id LIMIT %d`, where, queueReach))
	}
	return out
}()

// Urgent sorts what waits: the queues that f names, or all open orders. f must name a queue (review pending or held,
// fulfilment waiting, backordered, allocated or partial) or be OpenOnly. Faults: order.sort, order.no_queue, unknown_value.
func Urgent(tx *db.Tx, f Filter, sort string) ([]Urgency, error) {
	if sort != ByDeadline && sort != ByFine {
		return nil, badSort(sort)
	}
	if err := f.Validate(); err != nil {
		return nil, err
	}
	queues, err := f.queues()
	if err != nil {
		return nil, err
	}
	q, err := ReadQueueing(tx)
	if err != nil {
		return nil, err
	}
	seen := map[int64]bool{}
	var out []Urgency
	for _, where := range queues {
		rows := tx.Query(urgentSQL[where], f.Channel, f.Shop, f.Kind, f.Payment, f.Review, f.Fulfilment)
		for rows.Next() {
			var key, shipBy, collectBy, priority int64
			var channel string
			rows.Scan(&key, &channel, &shipBy, &collectBy, &priority)
			if !seen[key] {
				seen[key] = true
				u := q.Fines.UrgencyOf(channel, shipBy, collectBy, tx.Micros())
				u.Order, u.Priority = key, priority
				out = append(out, u)
			}
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b Urgency) int { return a.Before(b, sort) })
	return out, nil
}

// queues are the conditions of the queues a filter looks at.
func (f Filter) queues() ([]string, error) {
	if _, ok := reviewing[f.Review]; ok {
		return []string{queueOf("review", f.Review)}, nil
	}
	if _, ok := working[f.Fulfilment]; ok {
		return []string{queueOf("fulfilment", f.Fulfilment)}, nil
	}
	if f.OpenOnly {
		return queueConditions(), nil
	}
	return nil, fault.Invalidf("sort", "order.no_queue", "only what waits can be sorted so; name a queue with review or fulfilment, or ask for open orders")
}

var selSummaries = db.NewSQL(`SELECT ` + strings.ReplaceAll(summaryColumns, "\n", " ") + ` FROM order_head WHERE id = ANY($1)`)

// Summaries reads orders as a list shows them, in the order of ids; a missing one is left out.
func Summaries(tx *db.Tx, ids []int64) ([]Summary, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := db.All(tx.Query(selSummaries, ids), scanSummary)
	if err != nil {
		return nil, err
	}
	at := map[int64]int{}
	for i, key := range ids {
		at[key] = i
	}
	slices.SortFunc(found, func(a, b Summary) int { return cmp.Compare(at[a.ID], at[b.ID]) })
	return found, countLines(tx, found)
}
