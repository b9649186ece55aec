package aftersales

import (
	"context"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// RefundIn asks for money to go back.
type RefundIn struct {
	CaseID int64
	Lines  []PaybackLine // none: what was paid for the goods that are here, or that the case asks for
	Reason string        // code; empty is the case's
	Actor  string
}

// Refund asks for money of a case to go back. Of no line, and not of Shipping, more can go back than was paid for it.
// Faults: aftersales.not_found, refund.case_over, refund.undecided, refund.line, refund.amount, refund.too_much, refund.nothing,
// refund.already.
func (s *Service) Refund(ctx context.Context, once *db.Once, in RefundIn) (Payback, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Payback, error) {
		b, c, err := bookOf(tx, in.CaseID)
		if err != nil {
			return Payback{}, err
		}
		if !c.Live() {
			return Payback{}, fault.New(fault.Conflict, "refund.case_over", "the case is %s; open a new one", c.Status).With("status", c.Status)
		}
		if c.Status == Requested {
			return Payback{}, fault.New(fault.Conflict, "refund.undecided", "the case waits for a decision; approve it first")
		}
		lines := in.Lines
		if len(lines) == 0 {
			lines = b.due(c)
		}
		r, err := b.ask(tx, c, lines, in.Reason, in.Actor)
		if err != nil {
			return Payback{}, err
		}
		_, err = b.finish(tx, c)
		return *r, err
	})
}

// approveRefund lets money go. A job tells the channel, or finds that a person has to pay.
func (b *book) approveRefund(tx *db.Tx, r *Payback, actor string, params map[string]any) error {
	if err := r.move(RefundApproved); err != nil {
		return err
	}
	r.DecidedBy, r.DecidedAt, r.Failure = actor, tx.Micros(), ""
	job.Add(tx, job.Job{Kind: refundJob, Key: r.Name(), Payload: refundWork{Order: b.ID, Refund: r.ID}})
	b.tellMoney(tx, r, "refund.approved.v1", actor, params)
	return nil
}

// tellMoney writes an entry on the timeline of the order.
func (b *book) tellMoney(tx *db.Tx, r *Payback, kind, actor string, params map[string]any) {
	all := map[string]any{"refund": r.Name(), "amount": money.Format(r.Amount, r.Currency), "currency": r.Currency, "reason": r.Reason, "channel": b.Channel}
	for k, v := range params {
		all[k] = v
	}
	if actor == "" {
		actor = "system"
	}
	tx.Emit(db.Event{Kind: kind, Order: b.ID, Subject: r.ID, Actor: actor, Params: all})
}

// MoneyIn is what a person says to a refund.
type MoneyIn struct {
	RefundID  int64
	Reference string // of the payment, for Paid
	Note      string
	Actor     string
}

// money does something with one refund, and what follows from it.
func (s *Service) money(ctx context.Context, once *db.Once, key int64, fn func(*db.Tx, *book, *Payback) error) (Payback, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Payback, error) {
		r, err := refundByID(tx, key)
		if err != nil {
			return Payback{}, err
		}
		b, err := openBook(tx, r.OrderID)
		if err != nil {
			return Payback{}, err
		}
		r = b.refund(key)
		if err := fn(tx, b, r); err != nil {
			return Payback{}, err
		}
		_, err = b.finish(tx, b.caseOf(r.CaseID))
		return *r, err
	})
}

func (b *book) refund(key int64) *Payback {
	for _, r := range b.refunds {
		if r.ID == key {
			return r
		}
	}
	return nil
}

// ApproveRefund lets money go that waits for a person. Faults: refund.not_found, aftersales.state.
func (s *Service) ApproveRefund(ctx context.Context, once *db.Once, in MoneyIn) (Payback, error) {
	return s.money(ctx, once, in.RefundID, func(tx *db.Tx, b *book, r *Payback) error {
		if r.Status != RefundRequested {
			return step(refundStates, "refund", r.Status, RefundRequested)
		}
		return b.approveRefund(tx, r, in.Actor, nil)
	})
}

// RetryRefund tells the channel again of a refund that failed; what the first attempts have done is asked for before.
// Faults: refund.not_found, aftersales.state.
func (s *Service) RetryRefund(ctx context.Context, once *db.Once, in MoneyIn) (Payback, error) {
	return s.money(ctx, once, in.RefundID, func(tx *db.Tx, b *book, r *Payback) error {
		if r.Status != RefundFailed {
			return step(refundStates, "refund", r.Status, RefundRequested)
		}
		return b.approveRefund(tx, r, in.Actor, nil)
	})
}

// RejectRefund keeps the money. One that the channel may have carried out cannot be kept: look there first, and mark it
// paid, or retry. Faults: refund.not_found, refund.doubt, aftersales.state, required.
func (s *Service) RejectRefund(ctx context.Context, once *db.Once, in MoneyIn) (Payback, error) {
	if in.Note == "" {
		return Payback{}, fault.Invalidf("note", "required", "say why, the customer will read it")
	}
	return s.money(ctx, once, in.RefundID, func(tx *db.Tx, b *book, r *Payback) error {
		if r.Attempts > 0 && (r.Status == RefundApproved || r.Failure == intake.ErrUncertain.Code) {
			return fault.New(fault.Conflict, "refund.doubt", "the shop may have paid already; retry, which asks it first, or look there and mark it paid")
		}
		if err := r.move(RefundRejected); err != nil {
			return err
		}
		r.DecidedBy, r.DecidedAt = in.Actor, tx.Micros()
		b.tellMoney(tx, r, "refund.rejected.v1", in.Actor, map[string]any{"note": in.Note})
		return nil
	})
}

// Paid says that a person has paid, with the reference of the payment. Faults: refund.not_found, aftersales.state, required.
func (s *Service) Paid(ctx context.Context, once *db.Once, in MoneyIn) (Payback, error) {
	if in.Reference == "" || len(in.Reference) > 200 {
		return Payback{}, fault.Invalidf("reference", "required", "give the reference of the payment, up to 200 characters")
	}
	return s.money(ctx, once, in.RefundID, func(tx *db.Tx, b *book, r *Payback) error {
		if r.Status == RefundSent {
			return fault.New(fault.Conflict, "refund.under_way", "the channel is being told; wait for its answer")
		}
		r.Way, r.DecidedBy = ByHand, in.Actor
		return b.paid(tx, r, in.Reference, in.Actor)
	})
}

// paid ends a refund. When all that was paid has gone back, the order is refunded.
func (b *book) paid(tx *db.Tx, r *Payback, reference, actor string) error {
	if err := r.move(RefundDone); err != nil {
		return err
	}
	r.Reference, r.Failure, r.DoneAt = reference, "", tx.Micros()
	b.tellMoney(tx, r, "refund.done.v1", actor, map[string]any{"reference": reference, "way": r.Way})
	var back int64
	for _, x := range b.refunds {
		if x.Status == RefundDone {
			back += x.Amount
		}
	}
	if back < b.PaidAmount || b.Payment != order.Paid || b.Fulfilment != order.FulfilmentShipped {
		return nil
	}
	to := b.Axes
	to.Payment = order.Refunded
	return order.Move(tx, b.Order, to)
}
