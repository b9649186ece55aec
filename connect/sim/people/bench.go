package people

import (
	"context"
	"slices"
	"time"
)

// packing is one fulfilment on the bench.
type packing struct {
	ID     string   `json:"id"`
	Packer string   `json:"packer"`
	Scans  []string `json:"scans,omitempty"`
}

// pack closes the parcels of what was picked, scanning every piece. One packer in a hundred leaves one out; the second
// check stops the parcel, and it is packed again in the next round.
func (p *People) pack(ctx context.Context, w *Warehouse) error {
	todo, err := p.list(ctx, w, "picked")
	if err != nil {
		return err
	}
	items := make([]packing, len(todo))
	for i, f := range todo {
		items[i] = packing{f.ID, "packer-" + w.Code, p.pieces(f)}
		if !p.caught[f.ID] && len(items[i].Scans) > 1 && dice("forgot", f.Order) < 10 {
			p.caught[f.ID] = true
			p.tally.Caught++
			items[i].Scans = items[i].Scans[1:]
		}
	}
	return bulk(ctx, p, "/v1/fulfilments/pack", items, nil)
}

// pieces are the scans of everything in a fulfilment; none where something bears no bar code.
func (p *People) pieces(f fulfilment) []string {
	var scans []string
	for _, l := range f.Lines {
		code := p.config.Barcodes[l.SKU]
		if code == "" && l.Quantity > 0 {
			return nil
		}
		for range l.Quantity {
			scans = append(scans, code)
		}
	}
	return scans
}

// sent is a parcel with its label, waiting at the dock.
type sent struct{ carrier, waybill string }

// label asks for waybills where nobody has yet, and learns those that have come. A replay does not look at each: its dock
// takes whatever has one.
func (p *People) label(ctx context.Context, w *Warehouse) error {
	todo, err := p.list(ctx, w, "packed")
	if err != nil {
		return err
	}
	for _, f := range todo {
		known := p.asked[f.ID]
		switch {
		case len(p.waybill[f.ID]) > 0, known && p.config.Bulk:
			continue
		case known:
			if known, err = p.learn(ctx, w, f.ID); err != nil {
				return err
			}
		}
		if known {
			continue
		}
		p.asked[f.ID], p.nodes[f.ID] = true, w.Code
		if err := p.refused(p.http.post(ctx, "/v1/fulfilments/"+f.ID+"/label", struct{}{}, nil)); err != nil {
			return err
		}
	}
	return nil
}

// learn reads the waybills of a fulfilment; known is false where they have to be asked for again, because those there
// were have been taken back.
func (p *People) learn(ctx context.Context, w *Warehouse, key string) (known bool, err error) {
	var d struct {
		Shipments []shipment `json:"shipments"`
	}
	if err := p.http.get(ctx, "/v1/fulfilments/"+key, &d); err != nil {
		return false, err
	}
	var ready []sent
	for _, s := range d.Shipments {
		switch s.Status {
		case "requested":
			return true, nil
		case "labelled":
			ready = append(ready, sent{s.Carrier, s.Waybill})
		}
	}
	if len(ready) == 0 {
		return false, nil
	}
	p.waybill[key], p.nodes[key] = ready, w.Code
	return true, nil
}

// lastVan is when carriers leave that nobody has agreed a time with.
const lastVan = 18 * time.Hour

// dock gives the labelled parcels to the vans that have left since the last look.
func (p *People) dock(ctx context.Context, w *Warehouse, now time.Time) error {
	before := w.docked
	w.docked = now
	if p.config.Bulk {
		return p.loadAll(ctx, w)
	}
	var load []string
	for _, key := range sortedKeys(p.waybill) {
		if p.nodes[key] != w.Code {
			continue
		}
		for _, s := range p.waybill[key] {
			if left(s.carrier, w, before, now) {
				load = append(load, s.waybill)
			}
		}
	}
	for part := range slices.Chunk(load, handMost) {
		if err := p.hand(ctx, w, part); err != nil {
			return err
		}
	}
	return nil
}

// handMost is how many parcels go on one manifest.
const handMost = 500

// loadAll hands over whatever has a waybill.
func (p *People) loadAll(ctx context.Context, w *Warehouse) error {
	var load []string
	for _, key := range sortedKeys(p.asked) {
		if p.nodes[key] == w.Code {
			load = append(load, key)
		}
	}
	for part := range slices.Chunk(load, handMost) {
		var out handed
		if err := p.http.post(ctx, "/v1/handovers", map[string]any{"fulfilments": part, "node": w.Code}, &out); err != nil {
			return err
		}
		for _, key := range part {
			delete(p.asked, key) // one that was refused is listed as packed again
		}
		p.tally.Handed += len(out.Handed)
		for _, r := range out.Refused {
			p.tally.Refused[r.Code]++
		}
	}
	return nil
}

// handed is the answer of a hand-over.
type handed struct {
	Handed  []shipment `json:"handed"`
	Refused []struct {
		Waybill string `json:"waybill"`
		Code    string `json:"code"`
	} `json:"refused"`
}

// left reports whether a carrier's van has left between two moments.
func left(carrier string, w *Warehouse, before, now time.Time) bool {
	at, agreed := w.Docks[carrier]
	if !agreed {
		at = lastVan
	}
	local := now.In(w.Zone)
	van := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, w.Zone).Add(at)
	if van.After(now) {
		van = van.AddDate(0, 0, -1)
	}
	return van.After(before)
}

func (p *People) hand(ctx context.Context, w *Warehouse, load []string) error {
	var out handed
	if err := p.http.post(ctx, "/v1/handovers", map[string]any{"waybills": load, "node": w.Code}, &out); err != nil {
		return err
	}
	gone := map[string]bool{}
	for _, s := range out.Handed {
		p.tally.Handed++
		gone[s.Waybill] = true
	}
	for _, r := range out.Refused {
		p.tally.Refused[r.Code]++
		gone[r.Waybill] = true // called off or stopped: whoever lists it next looks again
	}
	for _, key := range sortedKeys(p.waybill) {
		rest := slices.DeleteFunc(p.waybill[key], func(s sent) bool { return gone[s.waybill] })
		if p.waybill[key] = rest; len(rest) == 0 {
			delete(p.waybill, key)
			delete(p.nodes, key)
		}
	}
	return nil
}
