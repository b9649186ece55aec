package people

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"
)

// roundLength is how often a warehouse looks at its lists. Every stage takes what the one before has left by then.
const roundLength = 30 * time.Minute

type fulfilment struct {
	ID     string `json:"id"`
	Order  string `json:"order"`
	Node   string `json:"node"`
	Status string `json:"status"`
	Holds  int64  `json:"holds"`
	Lines  []line `json:"lines"`
}

type line struct {
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"`
}

// work is what all warehouses do now. The last stage comes first, so that nothing runs through the whole hall in one
// moment.
func (p *People) work(ctx context.Context, now time.Time) error {
	for _, w := range p.sites {
		if err := p.dock(ctx, w, now); err != nil {
			return fmt.Errorf("dock of %s: %w", w.Code, err)
		}
		if now.Before(w.next) {
			continue
		}
		for !w.next.After(now) {
			w.next = w.next.Add(roundLength)
		}
		if !p.config.Bulk && !awake(now.In(w.Zone)) {
			continue
		}
		if err := p.round(ctx, w); err != nil {
			return fmt.Errorf("floor of %s: %w", w.Code, err)
		}
	}
	return nil
}

func (p *People) round(ctx context.Context, w *Warehouse) error {
	for _, stage := range []func(context.Context, *Warehouse) error{p.pack, p.label, p.pick, p.release} {
		if err := stage(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// list reads the fulfilments of a warehouse in one state that are not on hold.
func (p *People) list(ctx context.Context, w *Warehouse, status string) (all []fulfilment, err error) {
	for cursor := ""; ; {
		var page struct {
			Fulfilments []fulfilment `json:"fulfilments"`
			Next        string       `json:"next_cursor"`
		}
		path := "/v1/fulfilments?limit=500&node=" + url.QueryEscape(w.Code) + "&status=" + status + "&cursor=" + url.QueryEscape(cursor)
		if err := p.http.get(ctx, path, &page); err != nil {
			return nil, err
		}
		for _, f := range page.Fulfilments {
			p.orders[f.ID] = f.Order
			if f.Holds == 0 {
				all = append(all, f)
			}
		}
		if cursor = page.Next; cursor == "" {
			return all, nil
		}
	}
}

// Sizes of waves: a handful is picked order by order, more of them together, and single items that have gathered, as they do
// overnight, as totals.
const (
	discreteMost = 3
	batchMost    = 60
	bulkWave     = 500
	singlesLeast = 10
)

// together is what is released in one wave.
type together struct {
	method string
	list   []fulfilment
}

// divide says what is released with what. A wave by shape walks single items as totals, but for those that are urgent or bulky.
func (p *People) divide(todo []fulfilment) (out []together) {
	most, method := batchMost, "batch"
	if p.config.Bulk {
		most = bulkWave
	} else {
		var singles, rest []fulfilment
		for _, f := range todo {
			if f.single() {
				singles = append(singles, f)
			} else {
				rest = append(rest, f)
			}
		}
		if len(singles) >= singlesLeast {
			for group := range slices.Chunk(singles, most) {
				out = append(out, together{"shape", group})
			}
			todo = rest
		}
		if len(todo) <= discreteMost {
			method = "discrete"
		}
	}
	for group := range slices.Chunk(todo, most) {
		out = append(out, together{method, group})
	}
	return out
}

// single reports whether one piece is all that was ordered.
func (f fulfilment) single() bool { return len(f.Lines) == 1 && f.Lines[0].Quantity == 1 }

// release puts what is allocated together into waves. What the book promised and no bin has goes back to allocation.
func (p *People) release(ctx context.Context, w *Warehouse) error {
	todo, err := p.list(ctx, w, "allocated")
	if err != nil {
		return err
	}
	for _, group := range p.divide(todo) {
		if err := p.releaseWave(ctx, group); err != nil {
			return err
		}
	}
	return nil
}

func (p *People) releaseWave(ctx context.Context, group together) error {
	ids := make([]string, len(group.list))
	for i, f := range group.list {
		ids[i] = f.ID
	}
	var out struct {
		Wave    string `json:"wave"`
		Refused []struct {
			Fulfilment string `json:"fulfilment"`
			Code       string `json:"code"`
		} `json:"refused"`
	}
	if err := p.http.post(ctx, "/v1/waves", map[string]any{"fulfilments": ids, "method": group.method}, &out); err != nil {
		return err
	}
	if out.Wave != "" {
		p.tally.Waves++
	}
	for _, r := range out.Refused {
		p.tally.Refused[r.Code]++
		if r.Code != "release.short" {
			continue
		}
		p.tally.Rerouted++
		if err := p.refused(p.http.post(ctx, "/v1/fulfilments/"+r.Fulfilment+"/reject", map[string]string{"reason": r.Code}, nil)); err != nil {
			return err
		}
	}
	return nil
}

// bulk sends items to a bulk operation and counts those that are refused. good hears the place of each that went well.
func bulk[Item any](ctx context.Context, p *People, path string, items []Item, good func(int)) error {
	for from := 0; from < len(items); from += 200 {
		part := items[from:min(from+200, len(items))]
		var out results[struct{}]
		if err := p.http.post(ctx, path, map[string]any{"items": part}, &out); err != nil {
			return err
		}
		for i, r := range out.Results {
			switch {
			case r.Problem == nil:
				if good != nil {
					good(from + i)
				}
			case r.Problem.refusal():
				p.tally.Refused[r.Problem.Code]++
			default:
				return errors.Join(fmt.Errorf("%s: item %d", path, from+i), r.Problem)
			}
		}
	}
	return nil
}
