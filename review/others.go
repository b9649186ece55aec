package review

import (
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// settling is how far behind the newest order seen it is looked again: an order gets its id before it is committed,
// so one with a smaller id may appear after one with a greater.
const settling = 500 * time.Millisecond

var (
	// selBetween names the orders of a range of ids: a stretch of the primary key.
	selBetween = db.NewSQL(`SELECT id FROM order_head WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3`)
	selShared  = db.NewSQL(`SELECT id, channel, buyer, recipient, created_at FROM order_head WHERE id = ANY($1) ORDER BY id`)
)

// stranger is an order that another process decides over, or has decided over.
type stranger struct {
	id, created int64
	features    Features
}

// strangers reads the orders that came before the last of a step, oldest first, and that this process has not met: other
// processes have reviewed them or are at it. list is in order of id. On SQLite there is one process and none of them.
func (m *memory) strangers(tx *db.Tx, list []*order.Order) ([]stranger, error) {
	if !tx.Postgres() || len(list) == 0 {
		return nil, nil
	}
	own := make(map[int64]bool, len(list))
	for _, o := range list {
		own[o.ID] = true
	}
	last := list[len(list)-1].ID
	var out []stranger
	for after := m.from(tx.Now()); ; {
		ids, err := db.All(tx.Query(selBetween, after, last, memoryPage), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
		if err != nil {
			return nil, err
		}
		full := len(ids) == memoryPage
		if full {
			after = ids[memoryPage-1]
		}
		page, err := readStrangers(tx, m.unmet(ids, own))
		if err != nil {
			return nil, err
		}
		out = append(out, page...)
		if !full {
			return out, nil
		}
	}
}

func readStrangers(tx *db.Tx, ids []int64) ([]stranger, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return db.All(tx.Query(selShared, ids), readStranger)
}

// from is the id behind which orders are looked for.
func (m *memory) from(now time.Time) int64 {
	back := id.Floor(now.UnixMicro()) - id.Floor(now.Add(-settling).UnixMicro())
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen - back
}

// unmet are those of ids that stand neither in the window nor in the step at hand; it takes the others out of ids.
func (m *memory) unmet(ids []int64, own map[int64]bool) []int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(ids, func(v int64) bool { return own[v] || m.window.Has(v) })
}

// admit takes strangers in that came before an order, and returns the others. An order counts those before it, as it
// would with one process.
func (m *memory) admit(list []stranger, before int64) []stranger {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(list) > 0 && list[0].id < before {
		m.window.Add(time.UnixMicro(list[0].created), list[0].features)
		list = list[1:]
	}
	m.seen = max(m.seen, before)
	return list
}
