package people

import (
	"context"
	"fmt"
	"net/url"
)

type visit struct {
	Seq        int64  `json:"seq"`
	Fulfilment string `json:"fulfilment"`
	Location   string `json:"location"`
	SKU        string `json:"sku"`
	Lot        string `json:"lot"`
	Quantity   int64  `json:"quantity"`
	Picked     int64  `json:"picked"`
	Status     string `json:"status"`
}

type walk struct {
	ID    string  `json:"id"`
	Lines []visit `json:"lines"`
}

// walks is how many tasks a picker finishes in one round.
const walks = 2

// pick sends every picker of a warehouse on their walks.
func (p *People) pick(ctx context.Context, w *Warehouse) error {
	if p.config.Bulk {
		return p.pickByList(ctx, w)
	}
	var open struct {
		Tasks []struct{} `json:"tasks"`
	}
	if err := p.http.get(ctx, "/v1/tasks?limit=1&node="+url.QueryEscape(w.Code), &open); err != nil || len(open.Tasks) == 0 {
		return err
	}
	for n := range w.Staff {
		picker := fmt.Sprintf("picker-%s-%d", w.Code, n+1)
		last := ""
		for range walks {
			var next struct {
				Task *walk `json:"task"`
			}
			if err := p.http.post(ctx, "/pda/v1/tasks/next", map[string]string{"node": w.Code, "picker": picker}, &next); err != nil {
				return err
			}
			if next.Task == nil || next.Task.ID == last {
				break // nothing waits, or what is left of this walk is on hold
			}
			last = next.Task.ID
			if err := p.walk(ctx, w, next.Task, picker); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *People) walk(ctx context.Context, w *Warehouse, t *walk, picker string) error {
	for _, v := range t.Lines {
		if v.Status != "open" {
			continue
		}
		number := p.numbers[p.orders[v.Fulfilment]]
		var err error
		if number != "" && p.config.Behaviour.Fate(number).ShortPick && !p.shorted[number] {
			p.shorted[number] = true
			err = p.short(ctx, w, t.ID, v, picker, number)
		} else {
			err = p.scan(ctx, w, t.ID, v, picker)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// scan scans the location and the goods. A line that the handheld does not accept is passed by: its order was stopped
// or called off while the picker walked.
func (p *People) scan(ctx context.Context, w *Warehouse, task string, v visit, picker string) error {
	in := map[string]any{"task": task, "location": v.Location, "picker": picker}
	for _, item := range []string{"", p.config.Barcodes[v.SKU]} {
		in["event_id"] = fmt.Sprintf("%s-%d-%s", task, v.Seq, item)
		if item != "" {
			in["item"], in["lot"], in["quantity"] = item, v.Lot, v.Quantity-v.Picked
		}
		var out struct {
			Accepted bool   `json:"accepted"`
			Code     string `json:"code"`
		}
		if err := p.http.post(ctx, "/pda/v1/scan", in, &out); err != nil {
			return p.refused(err)
		}
		p.tally.Scans++
		if !out.Accepted {
			p.tally.Refused[out.Code]++
			return nil
		}
	}
	p.take(w, v, v.Quantity-v.Picked)
	return nil
}

// short reports one unit less than the line asks for and counts the bin on the spot; now and then the unit turns up.
func (p *People) short(ctx context.Context, w *Warehouse, task string, v visit, picker, number string) error {
	var out struct {
		Missing int64  `json:"missing"`
		Count   string `json:"count"`
	}
	in := map[string]any{"line": v.Seq, "picked": v.Quantity - 1, "picker": picker}
	if err := p.http.post(ctx, "/v1/tasks/"+task+"/short", in, &out); err != nil {
		return p.refused(err)
	}
	p.tally.ShortPicks++
	p.take(w, v, v.Quantity-1-v.Picked)
	at := bin{w.Code, v.Location, v.SKU, v.Lot}
	if dice("found", number) < 300 {
		p.tally.FoundAgain += int(out.Missing)
	} else {
		p.bins[at] -= out.Missing
	}
	return p.refused(p.http.post(ctx, "/v1/counts/"+out.Count+"/close", map[string]int64{"found": p.bins[at]}, nil))
}

// pickByList confirms everything that is released.
func (p *People) pickByList(ctx context.Context, w *Warehouse) error {
	todo, err := p.list(ctx, w, "released")
	if err != nil {
		return err
	}
	type item struct {
		ID     string `json:"id"`
		Picker string `json:"picker"`
	}
	items := make([]item, len(todo))
	for i, f := range todo {
		items[i] = item{f.ID, "picker-" + w.Code}
	}
	return bulk(ctx, p, "/v1/fulfilments/pick", items, nil)
}
