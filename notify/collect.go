package notify

import (
	"context"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

const (
	cursorName = "message"
	pageSize   = 500
	// stale is how old an event may be to be told: after a long standstill nobody wants yesterday's news.
	stale = 72 * time.Hour
)

var (
	lockCursor = db.NewSQL(`SELECT tx, id FROM notify_cursor WHERE name = $1 FOR UPDATE`)
	moveCursor = db.Change("notify_cursor", "name text, tx bigint, id bigint", 1, "tx = x.tx, id = x.id", "t.name = x.name")
)

// Collect reads the next page of events and writes the messages that follow from them, in one commit with the place up to
// which it has read. It returns how many events it read; 0 means that there is nothing new, or no channel to tell it over.
func (s *Service) Collect(ctx context.Context) (int, error) {
	if len(s.set.Senders) == 0 {
		return 0, nil
	}
	fresh, err := s.anythingNew(ctx)
	if err != nil || !fresh {
		return 0, err
	}
	read := 0
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		var at db.Cursor
		if _, err := tx.Query(lockCursor, cursorName).One(&at.Tx, &at.ID); err != nil {
			return err
		}
		facts, err := tx.Events(at, pageSize)
		read = len(facts)
		if err != nil || read == 0 {
			return err
		}
		last := facts[read-1].Cursor()
		tx.Put(moveCursor, cursorName, last.Tx, last.ID)
		return s.tell(tx, facts)
	})
	return read, err
}

var selCursor = db.NewSQL(`SELECT tx, id FROM notify_cursor WHERE name = $1`)

// anythingNew looks without a write transaction: most looks find nothing.
func (s *Service) anythingNew(ctx context.Context) (fresh bool, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		var at db.Cursor
		if _, err := tx.Query(selCursor, cursorName).One(&at.Tx, &at.ID); err != nil {
			return err
		}
		facts, err := tx.Events(at, 1)
		fresh = len(facts) > 0
		return err
	})
	return fresh, err
}

// collectPlace is where Collect reads.
func (s *Service) collectPlace(tx *db.Tx) ([]db.Cursor, error) {
	if len(s.set.Senders) == 0 {
		return nil, nil
	}
	var at db.Cursor
	_, err := tx.Query(selCursor, cursorName).One(&at.Tx, &at.ID)
	return []db.Cursor{at}, err
}

// heard is an event with the notice that follows from it.
type heard struct {
	db.Fact
	told
}

func (h heard) dedupe() string { return fmt.Sprintf("%s/%d/%s", h.notice, h.Order, h.about) }

// whole names the same notice about the whole order: whoever heard that all their money is on its way back need not hear it
// again of a part.
func (h heard) whole() string { return fmt.Sprintf("%s/%d/", h.notice, h.Order) }

// tell writes the messages of a page.
func (s *Service) tell(tx *db.Tx, facts []db.Fact) error {
	var list []heard
	var ids []int64
	var keys []string
	for _, f := range facts {
		t, ok := noticeOf(f)
		if !ok || tx.Now().Sub(time.UnixMicro(f.At)) > stale {
			continue
		}
		h := heard{f, t}
		list, ids, keys = append(list, h), append(ids, f.Order), append(keys, h.dedupe(), h.whole())
	}
	if len(list) == 0 {
		return nil
	}
	orders, err := order.ByIDs(tx, ids)
	if err != nil {
		return err
	}
	known, err := known(tx, keys)
	if err != nil {
		return err
	}
	p, err := readPolicy(tx)
	if err != nil {
		return err
	}
	home, err := homeZone(tx)
	if err != nil {
		return err
	}
	for _, h := range list {
		o := orders[h.Order]
		if o == nil || known[h.dedupe()] || !h.anew && known[h.whole()] || h.Kind == "order.amended.v1" && o.Payment != order.Refunded {
			continue
		}
		known[h.dedupe()] = true
		if err := s.write(tx, p, h, o, home); err != nil {
			return err
		}
	}
	return nil
}

func known(tx *db.Tx, keys []string) (map[string]bool, error) {
	out := map[string]bool{}
	rows := tx.Query(selDedupes, keys)
	for rows.Next() {
		var key string
		rows.Scan(&key)
		out[key] = true
	}
	return out, rows.Close()
}

// homeZone is the clock of the first warehouse, for recipients of whom nobody knows the zone.
func homeZone(tx *db.Tx) (*time.Location, error) {
	nodes, err := warehouse.Nodes(tx)
	if err != nil || len(nodes) == 0 {
		return time.UTC, err
	}
	zone, err := time.LoadLocation(nodes[0].Timezone)
	if err != nil {
		return time.UTC, nil // an import checks it; UTC is no reason to stop
	}
	return zone, nil
}

// write puts one message into the ledger: queued, or suppressed with the reason.
func (s *Service) write(tx *db.Tx, p Policy, h heard, o *order.Order, home *time.Location) (err error) {
	channels := s.reachable(p, h.notice, "")
	if len(channels) == 0 {
		return nil // the shop does not tell this, or not over a channel that is connected
	}
	m := &Message{Dedupe: h.dedupe(), Notice: h.notice, OrderID: o.ID, EventID: h.ID, State: Queued, content: h.content}
	if h.notice == Delayed {
		if m.content.Until, err = expected(tx, h.Shipment); err != nil {
			return err
		}
	}
	for _, m.Channel = range channels {
		if m.address(p, o, tx.Now(), home) != "" {
			break
		}
	}
	if m.Recipient == "" {
		m.State, m.Reason = Suppressed, NoAddress
	} else if _, stopped, err := subscription(tx, m.Recipient, m.Notice); err != nil {
		return err
	} else if stopped {
		m.State, m.Reason = Suppressed, Unsubscribed
	}
	m.insert(tx)
	if m.State == Queued {
		m.enqueue(tx)
	}
	return nil
}

// reachable are the channels of a notice that are connected, those behind after where it is not empty.
func (s *Service) reachable(p Policy, n Notice, after string) (list []string) {
	found := after == ""
	for _, c := range p.Notices[n] {
		if found && s.set.Senders[c] != nil {
			list = append(list, c)
		}
		found = found || c == after
	}
	return list
}
