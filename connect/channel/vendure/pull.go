package vendure

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/packhorse/packhorse/intake"
)

// enough documents are one page of ours.
const enough = 200

// Pull reads the next part of a round; see intake.Channel. An order that several scans find is told once.
func (s *Shop) Pull(ctx context.Context, cursor string) (intake.Page, error) {
	p := placeOf(cursor)
	var told list
	for {
		moments, err := s.scan(ctx, p, &told)
		if err != nil {
			return intake.Page{}, err
		}
		p = p.next(moments)
		if p.begins() || len(told.documents) >= enough {
			s.told.add(told.moments)
			if p.begins() {
				s.told.through(p.Spots[placed].High)
			}
			return intake.Page{Documents: told.documents, Cursor: p.cursor(), More: !p.begins()}, nil
		}
	}
}

// scan reads one page of one scan and returns the moments of its orders.
func (s *Shop) scan(ctx context.Context, p place, told *list) ([]time.Time, error) {
	var out found
	if err := s.call(ctx, reads, ordersQuery, map[string]any{"o": p.options(s.begin)}, &out); err != nil {
		return nil, err
	}
	moments := make([]time.Time, 0, len(out.Orders.Items))
	for _, raw := range out.Orders.Items {
		o := s.tell(told, raw, out.Settings.Server.Precision)
		moment := o.PlacedAt
		if p.Scan == touched {
			moment = o.UpdatedAt
		}
		moments = append(moments, moment)
	}
	return moments, nil
}

// list is documents, the latest of each order, and when each was placed.
type list struct {
	documents []intake.Pulled
	place     map[string]int
	moments   map[string]time.Time
}

// tell adds an order. One that is being edited in the shop is told when the edit is done.
func (s *Shop) tell(l *list, raw json.RawMessage, precision int) *shopOrder {
	p, o := s.pulled(raw, precision)
	if o == nil {
		l.documents = append(l.documents, p)
		return &shopOrder{}
	}
	at, known := l.place[o.Code]
	switch {
	case editStates[o.State]:
	case known:
		l.documents[at] = p
	default:
		if l.place == nil {
			l.place, l.moments = map[string]int{}, map[string]time.Time{}
		}
		l.place[o.Code], l.moments[o.Code] = len(l.documents), o.PlacedAt
		l.documents = append(l.documents, p)
	}
	return o
}

// Fetch reads single orders; see intake.Fetcher. A cart is no order yet.
func (s *Shop) Fetch(ctx context.Context, orders []string) ([]intake.Pulled, error) {
	var told list
	for codes := range slices.Chunk(orders, pageSize) {
		some, precision, err := s.orders(ctx, codes)
		if err != nil {
			return nil, err
		}
		for _, raw := range some {
			s.tell(&told, raw, precision)
		}
	}
	s.told.add(told.moments)
	return told.documents, nil
}

// orders reads orders by code, and the precision of the shop's money.
func (s *Shop) orders(ctx context.Context, codes []string) ([]json.RawMessage, int, error) {
	var out found
	options := map[string]any{"take": pageSize, "filter": map[string]any{"code": map[string]any{"in": codes}, "orderPlacedAt": since(s.begin)}}
	err := s.call(ctx, reads, ordersQuery, map[string]any{"o": options}, &out)
	return out.Orders.Items, out.Settings.Server.Precision, err
}

const countQuery = `query($o: OrderListOptions) { orders(options: $o) { totalItems } }`

// Count says how many orders were placed from one moment to before another; see intake.Counter.
func (s *Shop) Count(ctx context.Context, from, to time.Time) (int, error) {
	span := since(later(from, s.begin))
	span["before"] = stamp(to)
	var out found
	options := map[string]any{"take": 1, "filter": map[string]any{"orderPlacedAt": span}}
	err := s.call(ctx, reads, countQuery, map[string]any{"o": options}, &out)
	return out.Orders.Total, err
}
