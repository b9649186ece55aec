package review

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// memory is the window as this process knows it: the orders it has reviewed itself, those of before it started, and
// those of other processes, which it looks up in every step.
type memory struct {
	mu     sync.Mutex
	window *Window
	seen   int64 // every order up to this id was looked for, but for those that commit late
}

// selReviewed reads a page of what is compared. The length of the window becomes a range of ids.
var selReviewed = db.NewSQL(`SELECT id, channel, buyer, recipient, created_at FROM order_head
  WHERE id > $1 AND review <> 'pending' ORDER BY id LIMIT $2`)

const memoryPage = 2000

// warm fills the window from the orders of its last length, once, page by page, so that nobody waits for it but
// the first step.
func (m *memory) warm(ctx context.Context, d *db.DB, s WindowSettings) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.window != nil {
		return nil
	}
	w, err := NewWindow(s)
	if err != nil {
		return err
	}
	after := id.Floor(d.Clock().Now().Add(-s.Length).UnixMicro())
	m.seen = after
	for {
		n := 0
		err := d.View(ctx, func(tx *db.Tx) error {
			rows := tx.Query(selReviewed, after, memoryPage)
			for ; rows.Next(); n++ {
				after = remember(w, rows)
			}
			return rows.Close()
		})
		if err != nil {
			return err
		}
		if n < memoryPage {
			m.window = w
			return nil
		}
	}
}

// warmed reports whether the window is filled.
func (m *memory) warmed() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.window != nil
}

// remember adds one stored order and returns its id.
func remember(w *Window, r *db.Rows) int64 {
	o := readStranger(r)
	w.Add(time.UnixMicro(o.created), o.features)
	return o.id
}

// readStranger reads what is compared of a stored order. Text that does not parse is no reason to share anything.
func readStranger(r *db.Rows) (o stranger) {
	var channel, buyer, recipient string
	r.Scan(&o.id, &channel, &buyer, &recipient, &o.created)
	var b order.Buyer
	var to order.Recipient
	_ = json.Unmarshal([]byte(buyer), &b)
	_ = json.Unmarshal([]byte(recipient), &to)
	o.features = featuresOf(o.id, channel, b, to)
	return o
}

// meet counts what the order shares with those before it, and remembers it for those after it.
func (m *memory) meet(o *order.Order, f Facts, now time.Time) Risk {
	features := FeaturesOf(f)
	m.mu.Lock()
	defer m.mu.Unlock()
	risk := m.window.Count(now, features)
	m.window.Add(time.UnixMicro(o.CreatedAt), features)
	return risk
}
