package aftersales

import (
	"context"
	"errors"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

// Trial is what a policy would say if everything that is left of an order were asked for now.
type Trial struct {
	Currency    string
	DeliveredAt int64 // UTC microseconds; 0 = the carrier has not said so yet
	SendBy      int64 // until when goods that were approved now must come
	Kinds       []TriedKind
}

// TriedKind is what it would say of one kind.
type TriedKind struct {
	Kind  string
	Units int64 // pieces that are left to ask for
	Value int64 // paid for them, minor units
	Decision
	Money *Decision // whether that much money would go back without a person, were the goods as new; nil for kinds that are paid in goods
}

// wishes are the kinds that a customer can ask for; a refused parcel comes by itself.
var wishes = []string{Return, Exchange, Reship, Refund}

// Try says what a policy would do with an order, and writes nothing; nil = the policy that holds. Faults: order.not_found,
// aftersales.not_shipped, and those of SavePolicy.
func (s *Service) Try(ctx context.Context, orderID int64, p *Policy) (out Trial, err error) {
	if p != nil {
		if err := p.check(); err != nil {
			return out, err
		}
	}
	err = s.db.Update(ctx, func(tx *db.Tx) error { // what has left is read under the locks it is changed under
		b, err := openBook(tx, orderID)
		if err != nil {
			return err
		}
		if len(b.sent) == 0 {
			return fault.New(fault.Conflict, "aftersales.not_shipped", "nothing of the order has left; cancel it instead")
		}
		if p != nil {
			b.policy = *p
		}
		out = Trial{Currency: b.Currency, SendBy: b.sendBy(tx.Now())}
		if at := b.deliveredAt(); !at.IsZero() {
			out.DeliveredAt = at.UnixMicro()
		}
		for _, kind := range wishes {
			k, err := b.tried(tx, kind)
			if err != nil {
				return err
			}
			out.Kinds = append(out.Kinds, k)
		}
		return nil
	})
	return out, err
}

// tried decides over a case that nobody opened.
func (b *book) tried(tx *db.Tx, kind string) (TriedKind, error) {
	c := &Case{Kind: kind}
	if err := b.askLines(tx, c, nil); err != nil {
		var f *fault.Fault
		if errors.As(err, &f) && f.Kind == fault.Conflict {
			return TriedKind{Kind: kind, Decision: Decision{Why: words.Text{Code: f.Code, Params: f.Params}}}, nil
		}
		return TriedKind{}, err
	}
	k := TriedKind{Kind: kind, Units: c.asked(), Value: b.value(c)}
	k.Decision = Decide(b.policy, Facts{Kind: kind, DeliveredAt: b.deliveredAt(), Now: tx.Now(), Value: k.Value, Currency: b.Currency, Others: b.otherCases(c)})
	if kind == Return || kind == Refund {
		d := refundByItself(b.policy, k.Value, b.Currency, nil)
		k.Money = &d
	}
	return k, nil
}
