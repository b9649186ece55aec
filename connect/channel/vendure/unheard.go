package vendure

import (
	"context"
	"encoding/json"
	"sync"
	"time"
)

// told is which orders this process has told of, so that stock knows of those it has not.
type told struct {
	mu      sync.Mutex
	pulled  bool                 // a round is through: everything placed up to high was told
	high    time.Time            // when the latest of them was placed
	further map[string]time.Time // orders after it that were told, by number
}

func (t *told) add(moments map[string]time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.further == nil {
		t.further = map[string]time.Time{}
	}
	for code, placed := range moments {
		if placed.After(t.high) {
			t.further[code] = placed
		}
	}
}

// through notes the end of a round.
func (t *told) through(high time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pulled, t.high = true, high
	for code, placed := range t.further {
		if !placed.After(high) {
			delete(t.further, code)
		}
	}
}

// since is from when on orders may not have been told of; false before the first round of this process.
func (t *told) since() (time.Time, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.high, t.pulled
}

func (t *told) has(code string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, has := t.further[code]
	return has
}

const (
	unheardQuery = `query($o: OrderListOptions) { orders(options: $o) { items { code lines { quantity productVariant { sku } } } } }`
	unheardMost  = 500 // orders between two pulls; beyond them the buffer of the channel has to do
)

// unheard counts the units by SKU of orders that were placed in the shop and not told yet. Whoever says how much may be
// sold does not know of them.
func (s *Shop) unheard(ctx context.Context) (map[string]int64, error) {
	high, pulled := s.told.since()
	if !pulled {
		return nil, nil
	}
	var out found
	options := map[string]any{"take": unheardMost, "sort": map[string]any{"orderPlacedAt": "ASC"},
		"filter": map[string]any{"orderPlacedAt": map[string]any{"after": stamp(later(s.begin, high))}}}
	if err := s.call(ctx, reads, unheardQuery, map[string]any{"o": options}, &out); err != nil {
		return nil, err
	}
	units := map[string]int64{}
	for _, raw := range out.Orders.Items {
		var o shopOrder
		if json.Unmarshal(raw, &o) != nil || s.told.has(o.Code) {
			continue // one that cannot be read is told as such by Pull
		}
		for _, l := range o.Lines {
			units[l.Variant.SKU] += l.Quantity
		}
	}
	return units, nil
}
