package search

import (
	"context"
	"errors"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// kinds are the events after which an order is found by something else than before.
var kinds = []string{"order.received.v1", "order.amended.v1", "order.erased.v1", "review.edited.v1", "ship.labelled.v1"}

const (
	pageEvents = 500
	// pageOrders bounds how long one commit of the index lasts: commands queue behind it on SQLite.
	pageOrders = 24
	walkDone   = -1
)

var (
	selCursor = db.NewSQL(`SELECT tx, id, walked FROM search_cursor WHERE one = 1`)
	// A cursor moves from where it was read: of two processes that follow at the same time one is refused.
	moveCursor = db.Change("search_cursor", "one bigint, was_tx bigint, was_id bigint, was_walked bigint, tx bigint, id bigint, walked bigint", 1,
		"tx = x.tx, id = x.id, walked = x.walked", "t.one = x.one AND t.tx = x.was_tx AND t.id = x.was_id AND t.walked = x.was_walked")
	rewind = db.NewSQL(`UPDATE search_cursor SET walked = 0 WHERE one = 1`)
)

// place is how far the index has come.
type place struct {
	db.Cursor
	walked int64
}

// page is a stretch of work: what is written, and where the index stands after it.
type page struct {
	from, to place
	orders   []int64
	terms    []string
	done     int // orders walked or events read
}

// Step brings the index a stretch further and returns how much that was; 0 when it is up to date. It reads outside
// the transaction that writes, so that commands wait for the writing alone.
func (s *Service) Step(ctx context.Context) (int, error) {
	var p page
	err := s.db.View(ctx, func(tx *db.Tx) (err error) { p, err = next(tx); return err })
	if err != nil || p.to == p.from {
		return 0, err
	}
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		tx.Put(moveCursor, 1, p.from.Tx, p.from.ID, p.from.walked, p.to.Tx, p.to.ID, p.to.walked)
		return put(tx, p.orders, p.terms)
	})
	if errors.Is(err, db.ErrGuard) {
		return 0, nil // another process did it
	}
	return p.done, err
}

// Rebuild makes the index again, in the steps that follow. What is found meanwhile is found as before. once may be nil.
func (s *Service) Rebuild(ctx context.Context, once *db.Once) error {
	_, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (struct{}, error) { _, err := tx.Exec(rewind); return struct{}{}, err })
	return err
}

func standing(tx *db.Tx) (p place, err error) {
	_, err = tx.Query(selCursor).One(&p.Tx, &p.ID, &p.walked)
	return p, err
}

func next(tx *db.Tx) (p page, err error) {
	if p.from, err = standing(tx); err != nil {
		return p, err
	}
	p.to = p.from
	if p.from.walked != walkDone {
		err = p.walk(tx)
	} else {
		err = p.follow(tx)
	}
	if err != nil {
		return p, err
	}
	p.terms, err = termsOf(tx, p.orders)
	return p, err
}

// walk takes the next orders, whatever happened to them. What happens from the beginning of the walk on is followed
// when it is over.
func (p *page) walk(tx *db.Tx) (err error) {
	if p.from.walked == 0 {
		if p.to.Cursor, err = tx.LastEvent(); err != nil {
			return err
		}
	}
	p.orders, err = order.Walk(tx, "", "", p.from.walked, pageOrders)
	p.to.walked = walkDone
	if len(p.orders) == pageOrders {
		p.to.walked = p.orders[len(p.orders)-1]
	}
	p.done = max(len(p.orders), 1)
	return err
}

// follow takes the orders that the next events tell of, as many as one commit may hold.
func (p *page) follow(tx *db.Tx) error {
	events, err := tx.EventsOf(p.from.Cursor, kinds, pageEvents)
	for _, e := range events {
		if e.Order != 0 && slices.Contains(kinds, e.Kind) && !slices.Contains(p.orders, e.Order) {
			if len(p.orders) == pageOrders {
				break
			}
			p.orders = append(p.orders, e.Order)
		}
		p.to.Cursor = e.Cursor()
		p.done++
	}
	slices.Sort(p.orders)
	return err
}

// termsOf reads the orders and makes their terms.
func termsOf(tx *db.Tx, orders []int64) ([]string, error) {
	if len(orders) == 0 {
		return nil, nil
	}
	heads, err := order.ByIDs(tx, orders)
	if err != nil {
		return nil, err
	}
	shipments, err := ship.ShipmentsOf(tx, orders)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(orders))
	for i, key := range orders {
		if o := heads[key]; o != nil {
			out[i] = Terms(factsOf(o, shipments[key]))
		}
	}
	return out, nil
}

func factsOf(o *order.Order, shipments []*ship.Shipment) Facts {
	f := Facts{Codes: []string{o.ExternalNo, id.Show(order.Prefix, o.ID)}, Personal: []string{o.Recipient.Name}, Phones: []string{o.Recipient.Phone}}
	for _, l := range o.Lines {
		f.Codes = append(f.Codes, l.SKU)
	}
	for _, s := range shipments {
		if s.Waybill != "" {
			f.Codes = append(f.Codes, s.Waybill)
		}
	}
	return f
}
