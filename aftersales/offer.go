package aftersales

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
)

// Offer is what a customer can still ask for of an order.
type Offer struct {
	Lines []OfferLine // those of which something can be asked for, in the order of the lines
	Label bool        // a carrier can be asked for a return waybill
	Cases []Case      // of the order, oldest first
}

// OfferLine is what can be asked for of one order line, in whole units of it.
type OfferLine struct {
	LineNo int64
	Back   int64 // units that may come back
	Most   int64 // units of which anything may be asked for
}

// Offer says what can be asked for of an order now. It decides nothing: Open looks again. Fault: order.not_found.
func (s *Service) Offer(ctx context.Context, orderID int64) (out Offer, err error) {
	err = s.db.Update(ctx, func(tx *db.Tx) error { // what has left is read under the locks it is changed under
		b, err := openBook(tx, orderID)
		if err != nil {
			return err
		}
		out = Offer{Label: s.canLabel(b)}
		for _, c := range b.cases {
			out.Cases = append(out.Cases, *c)
		}
		back := b.left()
		again, paid := b.askable(&Case{Kind: Reship}), b.askable(&Case{Kind: Refund})
		for _, l := range b.Lines {
			line := OfferLine{LineNo: l.No, Back: b.whole(l.No, back)}
			if line.Most = max(line.Back, b.whole(l.No, again), b.whole(l.No, paid)); line.Most > 0 {
				out.Lines = append(out.Lines, line)
			}
		}
		return nil
	})
	return out, err
}

// whole is how many whole units of an order line so many pieces make.
func (b *book) whole(lineNo int64, pieces map[piece]int64) int64 {
	least := int64(-1)
	for _, c := range b.perUnit[lineNo] {
		if n := max(pieces[piece{lineNo, c.SKU}], 0) / max(c.Quantity, 1); least < 0 || n < least {
			least = n
		}
	}
	return max(least, 0)
}

// canLabel reports whether somebody could be asked for a return waybill.
func (s *Service) canLabel(b *book) bool {
	_, _, err := s.carrierFor(b, LabelIn{})
	return err == nil && b.policy.Phone != "" && b.Recipient.Token == ""
}
