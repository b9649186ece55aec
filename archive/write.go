package archive

import (
	"context"
	"encoding/json"
	"io"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// toldOf is the event that tells of an archive. It stays.
const toldOf = "order.archived.v1"

const pageOrders = 200

// Write writes the history of orders that were settled before a moment (UTC microseconds), and the ledger before it, and
// changes nothing. With io.Discard it is a dry run. It reads page by page beside the work: an order that is touched
// meanwhile is left out or whole.
func Write(ctx context.Context, d *db.DB, company string, before int64, to io.Writer) (Counts, error) {
	w := newWriter(to)
	if err := w.write(Line{Head: &Head{Form: Form, Company: company, Before: before, TakenAt: d.Clock().Now().UnixMicro()}}); err != nil {
		return w.have, err
	}
	err := w.pages(ctx, d, func(tx *db.Tx, after int64) (lines []Line, last int64, err error) {
		orders, err := order.Settled(tx, before, after, pageOrders)
		if err != nil || len(orders) == 0 {
			return nil, 0, err
		}
		lines, err = past(tx, orders)
		return lines, orders[len(orders)-1], err
	})
	if err != nil {
		return w.have, err
	}
	err = w.pages(ctx, d, func(tx *db.Tx, after int64) ([]Line, int64, error) { return entries(tx, before, after) })
	if err != nil {
		return w.have, err
	}
	return w.have, w.close()
}

// pages writes what read gives behind the last id it named, until it names none.
func (w *writer) pages(ctx context.Context, d *db.DB, read func(tx *db.Tx, after int64) (lines []Line, last int64, err error)) error {
	for after := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var lines []Line
		err := d.View(ctx, func(tx *db.Tx) (err error) { lines, after, err = read(tx, after); return err })
		if err != nil {
			return err
		}
		if err := w.write(lines...); err != nil || after == 0 {
			return err
		}
	}
}

// past is what goes of some orders, order by order.
func past(tx *db.Tx, orders []int64) (out []Line, err error) {
	events, err := tx.Past(orders)
	if err != nil {
		return nil, err
	}
	heads, err := order.ByIDs(tx, orders)
	if err != nil {
		return nil, err
	}
	fulfilments, err := order.FulfilmentsOf(tx, orders)
	if err != nil {
		return nil, err
	}
	shipments, err := ship.ShipmentsOf(tx, orders)
	if err != nil {
		return nil, err
	}
	for _, key := range orders {
		var lines []Line
		first := true
		for len(events) > 0 && events[0].Order <= key {
			if e := events[0]; e.Order == key {
				if !first && e.Kind != toldOf {
					lines = append(lines, Line{Event: &Event{Tx: e.Tx, ID: e.ID, At: e.At, Kind: e.Kind, Order: e.Order, Subject: e.Subject, Actor: e.Actor, Params: json.RawMessage(e.Params)}})
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
			lines = append(lines, Line{Document: &d})
		}
		if len(lines) > 0 {
			out = append(append(out, Line{Order: orderOf(o, fulfilments[key], shipments[key])}), lines...)
		}
	}
	return out, nil
}

func orderOf(o *order.Order, fulfilments []*order.Fulfilment, shipments []*ship.Shipment) *Order {
	out := &Order{ID: o.ID, Channel: o.Channel, Shop: o.Shop, Number: o.ExternalNo, Fulfilments: []int64{}, Shipments: []int64{}}
	for _, f := range fulfilments {
		out.Fulfilments = append(out.Fulfilments, f.ID)
	}
	for _, s := range shipments {
		out.Shipments = append(out.Shipments, s.ID)
	}
	return out
}
