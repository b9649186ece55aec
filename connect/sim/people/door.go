package people

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"time"
)

// back is a parcel on its way back: refused at the door, or sent back by its customer.
type back struct {
	at      time.Time
	order   string
	waybill string
}

// listen hears from the event feed what became of the parcels, and so what will come back.
func (p *People) listen(ctx context.Context, _ time.Time) error {
	for {
		var page struct {
			Events []struct {
				At     time.Time       `json:"at"`
				Kind   string          `json:"kind"`
				Order  string          `json:"order"`
				Params json.RawMessage `json:"params"`
			} `json:"events"`
			Next string `json:"next_cursor"`
		}
		q := url.Values{"after": {p.after}, "limit": {"500"}, "kind": {"order.delivered.v1", "track.scanned.v1"}}
		if err := p.http.get(ctx, "/v1/events?"+q.Encode(), &page); err != nil {
			return err
		}
		p.after = page.Next
		for _, e := range page.Events {
			var scan struct {
				Status string `json:"status"`
			}
			_ = json.Unmarshal(e.Params, &scan) // an event without a status is not about one
			var err error
			switch {
			case e.Kind == "order.delivered.v1" && p.config.Behaviour.Fate(p.numbers[e.Order]).Returned && p.numbers[e.Order] != "":
				// A customer thinks about it for some days, and the way back takes some.
				err = p.expect(ctx, e.Order, "delivered", e.At.Add(time.Duration(72+dice("return", p.numbers[e.Order])*72/1000)*time.Hour))
			case e.Kind == "track.scanned.v1" && scan.Status == "return_to_sender":
				err = p.expect(ctx, e.Order, "return_to_sender", e.At.Add(time.Duration(48+dice("refused", e.Order)*48/1000)*time.Hour))
			}
			if err != nil {
				return err
			}
		}
		if len(page.Events) == 0 {
			return nil
		}
	}
}

// expect notes the parcels of an order in some state of tracking as coming back.
func (p *People) expect(ctx context.Context, order, tracking string, at time.Time) error {
	o, err := p.read(ctx, order)
	if err != nil {
		return err
	}
	for _, s := range o.Shipments {
		known := slices.ContainsFunc(p.backs, func(b back) bool { return b.waybill == s.Waybill }) || p.returned[s.Waybill]
		if s.Tracking == tracking && !known {
			p.backs = append(p.backs, back{at, order, s.Waybill})
		}
	}
	return nil
}

// bringBack books the parcels that have come back. Four in five of those whose content is plain are found as good as
// new and go back to a face; the others wait in quarantine for somebody to decide.
func (p *People) bringBack(ctx context.Context, now time.Time) error {
	coming := p.backs[:0:0]
	for _, b := range p.backs {
		if b.at.After(now) || !awake(now.In(office)) {
			coming = append(coming, b)
			continue
		}
		p.returned[b.waybill] = true
		if err := p.receive(ctx, b); err != nil {
			return err
		}
	}
	p.backs = coming
	return nil
}

// receive books a parcel in at the returns desk: goods that can be told apart are graded as new onto a face, everything else
// waits in quarantine.
func (p *People) receive(ctx context.Context, b back) error {
	o, err := p.read(ctx, b.order)
	if err != nil {
		return err
	}
	var found struct {
		Case struct {
			ID string `json:"id"`
		} `json:"case"`
	}
	if err := p.http.post(ctx, "/pda/v1/returns/scan", map[string]any{"event_id": b.waybill, "code": b.waybill}, &found); err != nil {
		return p.refused(err)
	}
	f, whole := content(o, b.waybill)
	face := p.face(f.Node, b.waybill)
	if !whole || face == "" || !p.plain(f) || dice("good", b.waybill) >= 800 {
		err := p.http.post(ctx, "/v1/returns/"+found.Case.ID+"/receive", map[string]any{}, nil)
		if err == nil {
			p.tally.Returns++
		}
		return p.refused(err)
	}
	return p.restock(ctx, found.Case.ID, b.waybill, face, f)
}

// restock grades the goods of a parcel one line after the other.
func (p *People) restock(ctx context.Context, rma, waybill, face string, f fulfilment) error {
	p.tally.Returns++
	for i, l := range f.Lines {
		if l.Quantity == 0 {
			continue
		}
		err := p.http.post(ctx, "/pda/v1/returns/grade", map[string]any{"event_id": fmt.Sprintf("%s-%d", waybill, i), "case": rma, "sku": l.SKU, "quantity": l.Quantity,
			"grade": "A", "location": face, "node": f.Node}, nil)
		if err != nil {
			return p.refused(err)
		}
		p.bins[bin{f.Node, face, l.SKU, p.lots[held{f.ID, l.SKU}]}] += l.Quantity
		p.tally.Restocked += l.Quantity
	}
	return nil
}

// plain reports whether we know of which lot everything in a fulfilment is.
func (p *People) plain(f fulfilment) bool {
	return !slices.ContainsFunc(f.Lines, func(l line) bool { return l.Quantity > 0 && p.lots[held{f.ID, l.SKU}] == mixed })
}

// content is the fulfilment that a parcel holds whole; false where it was divided over several.
func content(o orderDetail, waybill string) (f fulfilment, only bool) {
	i := slices.IndexFunc(o.Shipments, func(s shipment) bool { return s.Waybill == waybill })
	if i < 0 {
		return f, false
	}
	key, parcels := o.Shipments[i].Fulfilment, 0
	for _, s := range o.Shipments {
		if s.Fulfilment == key && (s.Status == "handed_over" || s.Status == "closed") {
			parcels++
		}
	}
	at := slices.IndexFunc(o.Fulfilments, func(f fulfilment) bool { return f.ID == key })
	if at < 0 {
		return f, false
	}
	return o.Fulfilments[at], parcels == 1
}

// face is where a returned parcel's goods are put in a warehouse.
func (p *People) face(node, waybill string) string {
	for _, w := range p.sites {
		if w.Code == node && len(w.Faces) > 0 {
			return w.Faces[dice("face", waybill)%len(w.Faces)]
		}
	}
	return ""
}
