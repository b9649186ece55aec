package archive

import (
	"bufio"
	"context"
	"encoding/json"
	"io"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// Form is the version of the file's form.
const Form = "packhorse-archive/1"

// Head is the first line.
type Head struct {
	Form    string `json:"form"`
	Company string `json:"company"`
	Before  int64  `json:"before"`   // settled before this moment, UTC microseconds
	TakenAt int64  `json:"taken_at"` // UTC microseconds, as the clock of the company went
}

// Event is an event as it was stored.
type Event struct {
	Tx      int64           `json:"tx"`
	ID      int64           `json:"id"`
	At      int64           `json:"at"`
	Kind    string          `json:"kind"`
	Order   int64           `json:"order_id"`
	Subject int64           `json:"subject_id"`
	Actor   string          `json:"actor"`
	Params  json.RawMessage `json:"params"`
}

// Counts are how much a file has; the last line.
type Counts struct {
	Orders    int64 `json:"orders"` // with something in the file
	Events    int64 `json:"events"`
	Documents int64 `json:"documents"`
}

// line is one line: exactly one of them is set.
type line struct {
	Head     *Head              `json:"archive,omitempty"`
	Event    *Event             `json:"event,omitempty"`
	Document *intake.Superseded `json:"document,omitempty"`
	End      *Counts            `json:"end,omitempty"`
}

// toldOf is the event that tells of an archive. It stays.
const toldOf = "order.archived.v1"

const pageOrders = 200

// Write writes the history of orders that were settled before a moment, and changes nothing. With io.Discard it is a
// dry run. It reads page by page beside the work: an order that is touched meanwhile is left out or whole.
func Write(ctx context.Context, d *db.DB, company string, before int64, to io.Writer) (n Counts, err error) {
	out := bufio.NewWriterSize(to, 1<<16)
	enc := json.NewEncoder(out)
	if err := enc.Encode(line{Head: &Head{Form: Form, Company: company, Before: before, TakenAt: d.Clock().Now().UnixMicro()}}); err != nil {
		return n, err
	}
	for after, more := int64(0), true; more; {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		var lines []line
		err := d.View(ctx, func(tx *db.Tx) error {
			orders, err := order.Settled(tx, before, after, pageOrders)
			if more = len(orders) == pageOrders; err != nil || len(orders) == 0 {
				return err
			}
			after = orders[len(orders)-1]
			lines, err = past(tx, orders)
			return err
		})
		if err != nil {
			return n, err
		}
		for _, l := range lines {
			if err := enc.Encode(l); err != nil {
				return n, err
			}
		}
		n.add(lines)
	}
	if err := enc.Encode(line{End: &n}); err != nil {
		return n, err
	}
	return n, out.Flush()
}

// past is what goes of some orders, order by order.
func past(tx *db.Tx, orders []int64) (out []line, err error) {
	events, err := tx.Past(orders)
	if err != nil {
		return nil, err
	}
	heads, err := order.ByIDs(tx, orders)
	if err != nil {
		return nil, err
	}
	for _, key := range orders {
		first := true
		for len(events) > 0 && events[0].Order <= key {
			if e := events[0]; e.Order == key {
				if !first && e.Kind != toldOf {
					out = append(out, line{Event: &Event{Tx: e.Tx, ID: e.ID, At: e.At, Kind: e.Kind, Order: e.Order, Subject: e.Subject, Actor: e.Actor, Params: json.RawMessage(e.Params)}})
				}
				first = false
			}
			events = events[1:]
		}
		o := heads[key]
		documents, err := intake.SupersededOf(tx, o.Channel, o.Shop, o.ExternalNo, key)
		if err != nil {
			return nil, err
		}
		for _, d := range documents {
			out = append(out, line{Document: &d})
		}
	}
	return out, nil
}

// add counts lines, which come order by order.
func (n *Counts) add(lines []line) {
	last := int64(0)
	for _, l := range lines {
		if l.Event != nil {
			n.Events++
		} else {
			n.Documents++
		}
		if of := l.order(); of != last {
			n.Orders++
			last = of
		}
	}
}

func (l line) order() int64 {
	if l.Event != nil {
		return l.Event.Order
	}
	return l.Document.OrderID
}
