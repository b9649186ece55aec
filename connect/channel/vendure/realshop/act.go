package realshop

import "fmt"

// Order is what the shop knows of one, for a test to compare.
type Order struct {
	ID, Code, State string
	TotalWithTax    int64
	Lines           []struct {
		ID             string
		Quantity       int64
		ProductVariant struct{ SKU string }
	}
	Payments []struct {
		ID      string
		State   string
		Amount  int64
		Refunds []struct {
			ID, State, Reason string
			Total             int64
		}
	}
	Fulfillments []struct{ ID, State, Method, TrackingCode string }
	History      struct {
		Items []struct {
			Data struct{ Note string }
		}
	}
}

// Order reads one by its number.
func (s *Shop) Order(code string) (*Order, error) {
	var out struct {
		Orders struct{ Items []*Order }
	}
	err := s.Ask(`query($c: String!) { orders(options: {filter: {code: {eq: $c}}}) { items { id code state totalWithTax
	  lines { id quantity productVariant { sku } } payments { id state amount refunds { id state reason total } } fulfillments { id state method trackingCode }
	  history(options: {filter: {type: {eq: "ORDER_NOTE"}}}) { items { data } } } } }`, map[string]any{"c": code}, &out)
	if err == nil && len(out.Orders.Items) == 0 {
		err = fmt.Errorf("the shop has no order %s", code)
	}
	if err != nil {
		return nil, err
	}
	return out.Orders.Items[0], nil
}

// Settle takes the money of an order that was authorised.
func (s *Shop) Settle(code string) error {
	o, err := s.Order(code)
	if err != nil {
		return err
	}
	_, err = s.Do(`mutation($p: ID!) { a: settlePayment(id: $p) { __typename ... on ErrorResult { errorCode message } } }`, map[string]any{"p": o.Payments[0].ID})
	return err
}

// Cancel calls an order off: all of it, or so many of one of its lines, counted from 0.
func (s *Shop) Cancel(code string, line, quantity int) error {
	o, err := s.Order(code)
	if err != nil {
		return err
	}
	input := map[string]any{"orderId": o.ID, "reason": "the customer changed their mind", "cancelShipping": quantity == 0}
	if quantity > 0 {
		input["lines"] = []map[string]any{{"orderLineId": o.Lines[line].ID, "quantity": quantity}}
	}
	_, err = s.Do(`mutation($i: CancelOrderInput!) { a: cancelOrder(input: $i) { __typename ... on ErrorResult { errorCode message } } }`, map[string]any{"i": input})
	return err
}

// Refund gives money of an order back.
func (s *Shop) Refund(code string, amount int64) error {
	o, err := s.Order(code)
	if err != nil {
		return err
	}
	input := map[string]any{"paymentId": o.Payments[0].ID, "amount": amount, "reason": "goodwill", "lines": []any{}, "shipping": 0, "adjustment": 0}
	_, err = s.Do(`mutation($i: RefundOrderInput!) { a: refundOrder(input: $i) { __typename ... on ErrorResult { errorCode message } } }`, map[string]any{"i": input})
	return err
}

// Move gives an order another street, the way the shop's staff does: it is edited, and put back.
func (s *Shop) Move(code, street string) error {
	o, err := s.Order(code)
	if err != nil {
		return err
	}
	const to = `mutation($i: ID!, $to: String!) { a: transitionOrderToState(id: $i, state: $to) { __typename ... on ErrorResult { errorCode message } } }`
	if _, err := s.Do(to, map[string]any{"i": o.ID, "to": "Modifying"}); err != nil {
		return err
	}
	if _, err := s.Do(`mutation($i: ID!, $s: String!) { a: modifyOrder(input: {dryRun: false, orderId: $i, updateShippingAddress: {streetLine1: $s}}) { __typename ... on ErrorResult { errorCode message } } }`,
		map[string]any{"i": o.ID, "s": street}); err != nil {
		return err
	}
	_, err = s.Do(to, map[string]any{"i": o.ID, "to": o.State})
	return err
}

// Stock is what the shop has of a SKU and how much of it is sold and not shipped.
func (s *Shop) Stock(sku string) (onHand, allocated int64, err error) {
	var out struct {
		ProductVariants struct {
			Items []struct {
				StockLevels []struct{ StockOnHand, StockAllocated int64 }
			}
		}
	}
	if err := s.Ask(`query($k: String!) { productVariants(options: {filter: {sku: {eq: $k}}}) { items { stockLevels { stockOnHand stockAllocated } } } }`, map[string]any{"k": sku}, &out); err != nil {
		return 0, 0, err
	}
	for _, v := range out.ProductVariants.Items {
		for _, l := range v.StockLevels {
			onHand, allocated = onHand+l.StockOnHand, allocated+l.StockAllocated
		}
	}
	return onHand, allocated, nil
}
