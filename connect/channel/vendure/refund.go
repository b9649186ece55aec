package vendure

import (
	"context"
	"fmt"
	"strings"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/money"
)

const refundQuery = `mutation($i: RefundOrderInput!) { refundOrder(input: $i) { __typename ... on Refund { id state } ... on ErrorResult { errorCode message } } }`

// Refund gives money back from a settled payment that has as much left; see intake.Refunder. Our reference stands at the end
// of the refund's reason, and is looked for first. The refund is then the shop's: its payment provider settles it.
func (s *Shop) Refund(ctx context.Context, r intake.RefundOrder) (string, error) {
	o, precision, err := s.order(ctx, r.OrderNo)
	if err != nil {
		return "", err
	}
	amount, err := shopAmount(r, o.Currency, precision)
	if err != nil {
		return "", err
	}
	var from string
	for _, p := range o.Payments {
		for _, made := range p.Refunds {
			if made.State != "Failed" && strings.HasSuffix(made.Reason, mark(r)) {
				return made.ID, nil
			}
		}
		if p.State == "Settled" && from == "" && p.Amount-p.refunded() >= amount {
			from = p.ID
		}
	}
	if from == "" {
		return "", fmt.Errorf("%w (no payment of the order has that much left)", intake.ErrRefused)
	}
	return s.refund(ctx, from, amount, strings.TrimSpace(r.Reason+" "+mark(r)))
}

func mark(r intake.RefundOrder) string { return "[" + r.Reference + "]" }

// refund sends lines, shipping and adjustment although they are deprecated: without them 3.7 fails in its database.
func (s *Shop) refund(ctx context.Context, payment string, amount int64, reason string) (string, error) {
	var out struct {
		Made outcome `json:"refundOrder"`
	}
	input := map[string]any{"paymentId": payment, "amount": amount, "reason": reason, "lines": []any{}, "shipping": 0, "adjustment": 0}
	if err := s.call(ctx, writes, refundQuery, map[string]any{"i": input}, &out); err != nil {
		return "", err
	}
	if out.Made.State == "Failed" {
		return "", fmt.Errorf("%w (the payment provider did not give the money back)", intake.ErrRefused)
	}
	return out.Made.ID, out.Made.refusal()
}

// order reads one order and the precision of the shop's money.
func (s *Shop) order(ctx context.Context, code string) (*shopOrder, int, error) {
	list, precision, err := s.orders(ctx, []string{code})
	if err != nil {
		return nil, 0, err
	}
	if len(list) == 0 {
		return nil, 0, fmt.Errorf("%w (%s)", intake.ErrUnknownOrder, code)
	}
	_, o := s.pulled(list[0], precision)
	if o == nil {
		return nil, 0, fmt.Errorf("%w: the order cannot be read", intake.ErrUnreachable)
	}
	return o, precision, nil
}

// shopAmount is an amount in the shop's units.
func shopAmount(r intake.RefundOrder, currency string, precision int) (int64, error) {
	if r.Currency != currency || !money.Valid(currency) || r.AmountMinor <= 0 {
		return 0, fmt.Errorf("%w (%d minor units of %s of an order in %s)", intake.ErrRefused, r.AmountMinor, r.Currency, currency)
	}
	amount, shift := r.AmountMinor, precision-int(money.Exponent(currency))
	for ; shift > 0; shift-- {
		amount *= 10
	}
	for ; shift < 0; shift++ {
		if amount%10 != 0 {
			return 0, fmt.Errorf("%w (it does not count that small in %s)", intake.ErrRefused, currency)
		}
		amount /= 10
	}
	return amount, nil
}
