package people

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/packhorse/packhorse/seed"
)

// letter is a document that a shop will send.
type letter struct {
	at    time.Time
	order seed.Order
	kind  seed.EventKind // empty: the order itself
}

// bulkMost is how many documents a shop sends in one request.
const bulkMost = 100

// Expect adds orders that customers will place, and what will befall them.
func (p *People) Expect(orders []seed.Order) {
	for _, o := range orders {
		p.due = append(p.due, letter{at: o.Arrives(), order: o})
		if p.config.Events == nil {
			continue
		}
		for _, e := range p.config.Events(o) {
			p.due = append(p.due, letter{at: o.Arrives().Add(e.After), order: e.Order, kind: e.Kind})
		}
	}
	slices.SortStableFunc(p.due, func(a, b letter) int { return a.at.Compare(b.at) })
}

// sell sends what has become due, in order of time; two documents about one order never travel together.
func (p *People) sell(ctx context.Context, now time.Time) error {
	for len(p.due) > 0 && !p.due[0].at.After(now) {
		var batch []letter
		inside := map[string]bool{}
		for _, l := range p.due {
			if l.at.After(now) || inside[l.order.OrderNo] || len(batch) == bulkMost {
				break
			}
			inside[l.order.OrderNo] = true
			batch = append(batch, l)
		}
		p.due = p.due[len(batch):]
		if err := p.send(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

func (p *People) send(ctx context.Context, batch []letter) error {
	var in struct {
		Orders []json.RawMessage `json:"orders"`
	}
	for _, l := range batch {
		raw, err := document(l)
		if err != nil {
			return err
		}
		in.Orders = append(in.Orders, raw)
	}
	var out results[struct {
		ID string `json:"id"`
	}]
	if err := p.http.post(ctx, "/v1/orders/bulk", in, &out); err != nil {
		return err
	}
	for i, r := range out.Results {
		l := batch[i]
		if l.kind != "" {
			p.tally.Amendments[string(l.kind)]++
		} else {
			p.tally.Sent++
		}
		switch {
		case r.Problem != nil && !r.Problem.refusal():
			return r.Problem
		case r.Problem != nil:
			p.tally.Refused[r.Problem.Code]++
		case r.Result != nil && r.Result.ID != "":
			p.numbers[r.Result.ID] = l.order.OrderNo
		}
	}
	return nil
}

// document is what the shop's connector sends: the order's own columns, where it was sold, and the platform's token for a
// recipient that it masks.
func document(l letter) (json.RawMessage, error) {
	type plain seed.Order
	return json.Marshal(struct {
		plain
		Channel        string `json:"channel"`
		Shop           string `json:"shop"`
		MaySplit       bool   `json:"may_split"`
		Cancelled      bool   `json:"cancelled,omitempty"`
		RecipientToken string `json:"recipient_token,omitempty"`
		TokenIssuer    string `json:"token_issuer,omitempty"`
	}{plain(l.order), l.order.Channel, l.order.Shop, l.order.MaySplit == 1, l.kind == seed.Cancelled, l.order.BuyerToken, issuer(l.order)})
}

// issuer is who can resolve the token of a masked recipient: the platform of the shop.
func issuer(o seed.Order) string {
	if o.BuyerToken == "" {
		return ""
	}
	return cmp.Or(o.Shop, o.Channel)
}

// refused counts what the company does not want, and passes everything else on.
func (p *People) refused(err error) error {
	var no *problem
	if errors.As(err, &no) && no.refusal() {
		p.tally.Refused[no.Code]++
		return nil
	}
	return err
}
