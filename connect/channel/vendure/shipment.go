package vendure

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/intake"
)

// A fulfilment of the shop has no field for a key of ours, so our parcel stands in its method, which customers may read:
// "SF Express standard (P-1001)". It is written with the fulfilment in one call and found again by it.

type (
	parcelOrder struct {
		ID          string       `json:"id"`
		State       string       `json:"state"`
		Lines       []shopLine   `json:"lines"`
		Fulfilments []fulfilment `json:"fulfillments"`
	}
	fulfilment struct {
		ID     string `json:"id"`
		State  string `json:"state"`
		Method string `json:"method"`
		Number string `json:"trackingCode"`
	}
)

const (
	parcelQuery = `query($o: OrderListOptions) { orders(options: $o) { items { id state lines { id createdAt quantity productVariant { sku name } } fulfillments { id state method trackingCode } } } }`
	fulfilQuery = `mutation($i: FulfillOrderInput!) { addFulfillmentToOrder(input: $i) { __typename ... on Fulfillment { id state } ... on ErrorResult { errorCode message } } }`
	moveQuery   = `mutation($id: ID!, $to: String!) { transitionFulfillmentToState(id: $id, state: $to) { __typename ... on Fulfillment { id state } ... on ErrorResult { errorCode message } } }`
)

// parcelOrder reads an order with its fulfilments.
func (s *Shop) parcelOrder(ctx context.Context, code string) (*parcelOrder, error) {
	var out struct {
		Orders struct {
			Items []*parcelOrder `json:"items"`
		} `json:"orders"`
	}
	options := map[string]any{"take": 1, "filter": map[string]any{"code": map[string]any{"eq": code}, "orderPlacedAt": map[string]any{"isNull": false}}}
	if err := s.call(ctx, reads, parcelQuery, map[string]any{"o": options}, &out); err != nil {
		return nil, err
	}
	if len(out.Orders.Items) == 0 {
		return nil, fmt.Errorf("%w (%s)", intake.ErrUnknownOrder, code)
	}
	o := out.Orders.Items[0]
	inOrder(o.Lines)
	return o, nil
}

// live lists the fulfilments of a parcel that were not called off; more than one came by a call that was sent twice.
func (o *parcelOrder) live(parcel string) (list []fulfilment) {
	for _, f := range o.Fulfilments {
		if strings.HasSuffix(f.Method, "("+parcel+")") && f.State != "Cancelled" {
			list = append(list, f)
		}
	}
	return list
}

// FindShipment looks for the fulfilment of a parcel that the shop counts as shipped; see intake.ShipmentTaker. One that
// was made and not shipped is not found: telling it again completes it.
func (s *Shop) FindShipment(ctx context.Context, p intake.ShippedParcel) (string, bool, error) {
	o, err := s.parcelOrder(ctx, p.OrderNo)
	if err != nil {
		return "", false, err
	}
	for _, f := range o.live(p.Parcel) {
		if f.State != "Pending" {
			return f.ID, true, nil
		}
	}
	return "", false, nil
}

// TakeShipment makes a fulfilment of the parcel and calls it shipped; see intake.ShipmentTaker. Whatever of this was done
// before is not done again.
func (s *Shop) TakeShipment(ctx context.Context, p intake.ShippedParcel) (string, error) {
	o, err := s.parcelOrder(ctx, p.OrderNo)
	if err != nil {
		return "", err
	}
	if len(o.live(p.Parcel)) == 0 {
		if err := s.fulfil(ctx, o, p); err != nil {
			return "", err
		}
		// Read again: the same call may have come through twice.
		if o, err = s.parcelOrder(ctx, p.OrderNo); err != nil {
			return "", errors.Join(intake.ErrUncertain, err)
		}
	}
	return s.ship(ctx, o.live(p.Parcel))
}

func (s *Shop) fulfil(ctx context.Context, o *parcelOrder, p intake.ShippedParcel) error {
	lines, err := o.lines(p)
	if err != nil {
		return err
	}
	method := strings.TrimSpace(p.Carrier+" "+p.Service) + " (" + p.Parcel + ")"
	input := map[string]any{"lines": lines, "handler": map[string]any{"code": "manual-fulfillment", "arguments": []map[string]any{
		{"name": "method", "value": strings.TrimSpace(method)}, {"name": "trackingCode", "value": p.Waybill}}}}
	var out struct {
		Made outcome `json:"addFulfillmentToOrder"`
	}
	if err := s.call(ctx, writes, fulfilQuery, map[string]any{"i": input}, &out); err != nil {
		return err
	}
	return out.Made.refusal()
}

// ChangeShipment calls off the fulfilment that bears another waybill, which gives its goods back to the order, and makes one that
// bears this; see intake.ShipmentChanger. The shop has no way to change a fulfilment that is there. Whatever of this was done before is not done
// again.
func (s *Shop) ChangeShipment(ctx context.Context, p intake.ShippedParcel, _ string) (string, error) {
	o, err := s.parcelOrder(ctx, p.OrderNo)
	if err != nil {
		return "", err
	}
	for _, f := range o.live(p.Parcel) {
		if f.Number == p.Waybill {
			continue
		}
		if err := s.move(ctx, f.ID, "Cancelled"); err != nil {
			return "", err
		}
	}
	return s.TakeShipment(ctx, p)
}

// lines are the shop's lines of a parcel, each once: a line that is named twice, the shop ships twice.
func (o *parcelOrder) lines(p intake.ShippedParcel) ([]map[string]any, error) {
	sum := map[int64]int64{}
	for _, l := range p.Lines {
		if l.LineNo < 1 || l.LineNo > int64(len(o.Lines)) {
			return nil, fmt.Errorf("%w (order %s has no line %d)", intake.ErrRefused, p.OrderNo, l.LineNo)
		}
		sum[l.LineNo] += l.Quantity
	}
	var list []map[string]any
	for _, no := range slices.Sorted(maps.Keys(sum)) {
		list = append(list, map[string]any{"orderLineId": o.Lines[no-1].ID, "quantity": sum[no]})
	}
	return list, nil
}

// ship calls the first fulfilment of a parcel shipped, and calls the others off.
func (s *Shop) ship(ctx context.Context, made []fulfilment) (string, error) {
	if len(made) == 0 {
		return "", fmt.Errorf("%w: the fulfilment that was made is not there", intake.ErrUncertain)
	}
	keep := 0
	if at := slices.IndexFunc(made, func(f fulfilment) bool { return f.State != "Pending" }); at >= 0 {
		keep = at
	}
	for i, f := range made {
		to := "Cancelled"
		if i == keep {
			to = "Shipped"
		}
		if f.State == "Pending" {
			if err := s.move(ctx, f.ID, to); err != nil {
				return "", err
			}
		}
	}
	return made[keep].ID, nil
}

func (s *Shop) move(ctx context.Context, id, to string) error {
	var out struct {
		Moved outcome `json:"transitionFulfillmentToState"`
	}
	if err := s.call(ctx, writes, moveQuery, map[string]any{"id": id, "to": to}, &out); err != nil {
		return err
	}
	return out.Moved.refusal()
}
