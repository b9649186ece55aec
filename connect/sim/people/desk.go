package people

import (
	"context"
	"net/url"
	"strings"
	"time"
)

type hold struct {
	Reason     string    `json:"reason"`
	PlacedAt   time.Time `json:"placed_at"`
	ReleasedAt string    `json:"released_at"`
}

type shipment struct {
	Fulfilment string `json:"fulfilment"`
	Carrier    string `json:"carrier"`
	Waybill    string `json:"waybill"`
	Status     string `json:"status"`
	Tracking   string `json:"tracking"`
}

type orderDetail struct {
	ID          string       `json:"id"`
	ExternalNo  string       `json:"external_no"`
	Holds       []hold       `json:"holds"`
	Fulfilments []fulfilment `json:"fulfilments"`
	Shipments   []shipment   `json:"shipments"`
}

// read gets an order with all that belongs to it.
func (p *People) read(ctx context.Context, order string) (o orderDetail, err error) {
	return o, p.http.get(ctx, "/v1/orders/"+order, &o)
}

// review is the reviewer's round through the held orders.
func (p *People) review(ctx context.Context, now time.Time) error {
	if !awake(now.In(office)) {
		return nil
	}
	type summary struct {
		ID        string `json:"id"`
		UpdatedAt string `json:"updated_at"`
	}
	for cursor := ""; ; {
		var page struct {
			Orders []summary `json:"orders"`
			Next   string    `json:"next_cursor"`
		}
		if err := p.http.get(ctx, "/v1/orders?review=held&limit=200&cursor="+url.QueryEscape(cursor), &page); err != nil {
			return err
		}
		for _, o := range page.Orders {
			if p.waiting[o.ID] == o.UpdatedAt {
				continue
			}
			wait, err := p.look(ctx, o.ID, now)
			if err != nil {
				return err
			}
			if wait {
				p.waiting[o.ID] = o.UpdatedAt
			}
		}
		if cursor = page.Next; cursor == "" {
			return nil
		}
	}
}

// Opinions of the reviewer on one hold.
const (
	later   = iota // not looked at yet
	wait           // somebody else has to act: the customer, the catalogue, the money
	approve        // nothing is wrong with it
	reject
)

// look decides about one order; wait says that nothing will change until the order does.
func (p *People) look(ctx context.Context, id string, now time.Time) (waits bool, err error) {
	o, err := p.read(ctx, id)
	if err != nil {
		return false, err
	}
	verdict := approve
	for _, h := range o.Holds {
		if h.ReleasedAt != "" {
			continue
		}
		switch p.judge(h, o.ExternalNo, now) {
		case later:
			return false, nil
		case wait:
			verdict = wait
		case reject:
			if verdict == approve {
				verdict = reject
			}
		}
	}
	switch verdict {
	case approve:
		p.tally.Approved++
		return false, p.refused(p.http.post(ctx, "/v1/orders/"+id+"/approve", map[string]string{"note": "已与买家核实"}, nil))
	case reject:
		p.tally.Rejected++
		return false, p.refused(p.http.post(ctx, "/v1/orders/"+id+"/reject", map[string]string{"reason": "已与买家协商关闭"}, nil))
	}
	return true, nil
}

// judge is the opinion on one hold. Nobody looks in the first twenty minutes: the queue comes first. Of a history that is
// replayed it is known that the parcels arrived: only what still lacks goods or money waits.
func (p *People) judge(h hold, number string, now time.Time) int {
	if now.Sub(h.PlacedAt) < time.Duration(20+dice("queue", number)*40/1000)*time.Minute {
		return later
	}
	lacks := h.Reason == "review.unmapped" || h.Reason == "review.unpaid" || h.Reason == "review.presale_balance" || !strings.HasPrefix(h.Reason, "review.")
	switch {
	case lacks:
		return wait
	case p.config.Bulk, h.Reason == "review.paid_differs":
		return approve
	case strings.HasPrefix(h.Reason, "review.same_"):
		return unless(dice("velocity", number) < 150)
	case h.Reason == "review.price_floor":
		return unless(dice("floor", number) < 500)
	}
	return wait // the address: the customer is asked
}

func unless(bad bool) int {
	if bad {
		return reject
	}
	return approve
}
