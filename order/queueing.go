package order

import (
	"encoding/json"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Orders of a queue. A higher priority goes before both.
const (
	ByDeadline = "deadline" // the earliest last moment first; orders without one are last
	ByFine     = "fine"     // the largest fine that can still be saved first, then the earliest deadline
)

const (
	finesSetting    = "order.fines"
	sortSetting     = "order.queue_sort"
	weighingSetting = "order.weighing"
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

// queueingInMemory is kept between transactions: every new order is weighed by it.
const queueingInMemory = "order queueing"

// ReadQueueing reads how the company sorts what waits: by deadline and without fines where nobody has said anything.
// The fines must not be changed.
func ReadQueueing(tx *db.Tx) (Queueing, error) {
	if q, ok := tx.Recall(queueingInMemory, int64(0)); ok {
		return q.(Queueing), nil
	}
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
	if err := rows.Close(); err != nil {
		return q, err
	}
	tx.Keep(queueingInMemory, int64(0), q)
	return q, nil
}

// Save keeps it, and has everything that waits weighed anew (Weigh). Faults: order.sort, order.fine.
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
	tx.Forget(queueingInMemory, int64(0))
	tx.Put(putQueueSetting, finesSetting, string(raw), tx.Micros(), actor)
	tx.Put(putQueueSetting, sortSetting, q.Sort, tx.Micros(), actor)
	tx.Put(putQueueSetting, weighingSetting, "0", tx.Micros(), actor)
	tx.Emit(db.Event{Kind: "order.queueing_saved.v1", Actor: actor, Params: map[string]any{"sort": q.Sort}})
	return nil
}

func badSort(text string) error {
	return fault.Invalidf("sort", "order.sort", "%q is no order of a queue; use deadline or fine", text).With("value", text)
}
