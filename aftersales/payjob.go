package aftersales

import (
	"context"
	"fmt"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
)

// RefundFinder is a shop that can be asked whether it has carried a refund out, besides being told to. One that
// cannot is told again under the same reference, which is one refund by its contract.
type RefundFinder interface {
	// FindRefund looks for the refund with r.Reference; false when there is none. Errors as for intake.Refunder.
	FindRefund(ctx context.Context, r intake.RefundOrder) (reference string, found bool, err error)
}

// refundWork is the payload of a refund job.
type refundWork struct {
	Order  int64 `json:"order"`
	Refund int64 `json:"refund"`
}

// runRefund tells the channel of one refund: intent, call, outcome. After the first attempt it asks what that has done.
func (s *Service) runRefund(ctx context.Context, j job.Job) error {
	var w refundWork
	if err := j.Read(&w); err != nil {
		return err
	}
	told, err := s.refundOrder(ctx, w)
	if err != nil || told == nil {
		return err
	}
	var shop intake.Refunder
	if s.refunder != nil {
		if shop, err = s.refunder(ctx, told.channel, told.shop); err != nil {
			return err
		}
	}
	if shop == nil {
		return nil // a person pays, and marks it
	}
	again, err := s.sending(ctx, w)
	if err != nil {
		return err
	}
	reference, err := payBack(ctx, shop, told.RefundOrder, again)
	if err != nil && passing(err) && (j.Attempt < job.Attempts || busy(err)) {
		return err
	}
	return s.refunded(ctx, w, reference, err)
}

// payBack asks first where an earlier call may have acted.
func payBack(ctx context.Context, shop intake.Refunder, r intake.RefundOrder, again bool) (string, error) {
	if finder, can := shop.(RefundFinder); can && again {
		if reference, found, err := finder.FindRefund(ctx, r); err != nil || found {
			return reference, err
		}
	}
	return shop.Refund(ctx, r)
}

// passing reports whether the same call may succeed later.
func passing(err error) bool {
	f, known := fault.As(err)
	return !known || f.Kind == fault.Unavailable || f.Kind == fault.TooMany
}

func busy(err error) bool {
	f, known := fault.As(err)
	return known && f.Kind == fault.TooMany
}

// toldOrder is a refund as a shop must hear of it, and which shop that is.
type toldOrder struct {
	intake.RefundOrder
	channel, shop string
}

// refundOrder reads what is to be told; nil when nothing is any more.
func (s *Service) refundOrder(ctx context.Context, w refundWork) (out *toldOrder, err error) {
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		b, err := openBook(tx, w.Order)
		if err != nil {
			return err
		}
		r := b.refund(w.Refund)
		if r == nil || r.Status != RefundApproved && r.Status != RefundSent {
			return nil
		}
		out = &toldOrder{intake.RefundOrder{OrderNo: b.ExternalNo, Reference: r.Name(), AmountMinor: r.Amount, Currency: r.Currency, Reason: r.Reason}, b.Channel, b.Shop}
		return nil
	})
	return out, err
}

// sending writes that the channel is told now; again says that it was told before.
func (s *Service) sending(ctx context.Context, w refundWork) (again bool, err error) {
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		b, err := openBook(tx, w.Order)
		if err != nil {
			return err
		}
		r := b.refund(w.Refund)
		if r.Status != RefundSent {
			if err := r.move(RefundSent); err != nil {
				return err
			}
		}
		again = r.Attempts > 0
		r.Way, r.Attempts, r.dirty = ByChannel, r.Attempts+1, true
		b.write(tx)
		return nil
	})
	return again, err
}

// refunded writes what the channel said.
func (s *Service) refunded(ctx context.Context, w refundWork, reference string, why error) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		b, err := openBook(tx, w.Order)
		if err != nil {
			return err
		}
		r := b.refund(w.Refund)
		if r.Status != RefundSent {
			return nil
		}
		if why == nil {
			err = b.paid(tx, r, reference, "channel:"+b.Channel)
		} else {
			err = b.failed(tx, r, why)
		}
		if err != nil {
			return fmt.Errorf("refund %s: %w", r.Name(), err)
		}
		_, err = b.finish(tx, b.caseOf(r.CaseID))
		return err
	})
}

func (b *book) failed(tx *db.Tx, r *Payback, why error) error {
	if err := r.move(RefundFailed); err != nil {
		return err
	}
	r.Failure = fault.Code(why)
	params := map[string]any{"code": r.Failure, "message": why.Error()}
	if f, ok := fault.As(why); ok {
		params["params"] = f.Params
	}
	b.tellMoney(tx, r, "refund.failed.v1", "channel:"+b.Channel, params)
	return nil
}
