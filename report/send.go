package report

import (
	"context"
	"errors"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
)

// errUnable says that a shop cannot be told this; errVoided that there is nothing to tell any more.
var (
	errUnable = fault.New(fault.Conflict, "report.unable", "the connector of this shop cannot tell it this")
	errVoided = fault.New(fault.Conflict, "report.voided", "the waybill of this parcel was voided after the shop may have been told of it; correct it there")
)

// How long a message to an account that is switched off waits before somebody looks again, and one to a shop
// that is busy and names no time, in wall time.
const (
	offSeconds  = int64(600)
	busySeconds = int64(30)
)

// runSend tells a shop one thing. What an earlier attempt may have sent is asked for first.
func (s *Service) runSend(ctx context.Context, j job.Job) error {
	var key int64
	if err := j.Read(&key); err != nil {
		return err
	}
	var m *Message
	var a *intake.Account
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		if m, err = oneMessage(tx, key); err != nil || m == nil || m.State == Sent {
			return err
		}
		a, err = intake.AccountByID(tx, m.Channel)
		return err
	})
	switch {
	case err != nil || a == nil:
		return err
	case !a.Enabled:
		return fault.New(fault.TooMany, "channel.disabled", "the account %s is switched off", a.Name).With("seconds", offSeconds).With("channel", a.Name)
	}
	again := j.Attempt > 1 || m.Attempts > 0
	reference, err := s.send(ctx, a, m, again)
	switch {
	case err == nil:
		return s.sent(ctx, m, reference)
	case errors.Is(err, errVoided) && !again:
		return s.db.Update(ctx, func(tx *db.Tx) error { tx.Put(dropMessage, m.ID, m.State); return nil })
	}
	return s.missed(ctx, m, j.Attempt, err)
}

// send makes the call.
func (s *Service) send(ctx context.Context, a *intake.Account, m *Message, again bool) (reference string, err error) {
	c, err := s.channels.Connector(a)
	if err != nil {
		return "", err
	}
	switch m.Kind {
	case Shipment:
		if t, ok := c.(intake.ShipmentChanger); ok && m.isChange() {
			return s.sendChange(ctx, m, t)
		}
		if t, ok := c.(intake.ShipmentTaker); ok && !m.isChange() {
			return s.sendShipment(ctx, m, t, again)
		}
	case CancelAnswer:
		if t, ok := c.(intake.CancelAnswerer); ok {
			return "", s.sendAnswer(ctx, a, m, t)
		}
	case Stock:
		if t, ok := c.(intake.StockTaker); ok {
			return "", s.push(ctx, a, t)
		}
	}
	return "", errUnable
}

func (s *Service) sendShipment(ctx context.Context, m *Message, t intake.ShipmentTaker, again bool) (string, error) {
	var p *intake.ShippedParcel
	err := s.db.View(ctx, func(tx *db.Tx) (err error) { p, err = parcel(tx, m); return err })
	if err != nil {
		return "", err
	}
	if p == nil {
		return "", errVoided
	}
	if again {
		if reference, found, err := t.FindShipment(ctx, *p); err != nil || found {
			return reference, err
		}
	}
	if m.told().Waybill != p.Waybill { // it was labelled again since: what the shop may know after the call is written down before it
		m.payload = waybillTold{Waybill: p.Waybill}.text()
		if err := s.db.Update(ctx, func(tx *db.Tx) error { return m.move(tx, m.State) }); err != nil {
			return "", err
		}
	}
	return t.TakeShipment(ctx, *p)
}

// sendChange tells another waybill of a parcel that the shop knows. The same change twice is one, so nothing is asked first.
func (s *Service) sendChange(ctx context.Context, m *Message, t intake.ShipmentChanger) (string, error) {
	var p *intake.ShippedParcel
	err := s.db.View(ctx, func(tx *db.Tx) (err error) { p, err = parcel(tx, m); return err })
	if err != nil {
		return "", err
	}
	if p == nil {
		return "", errVoided
	}
	return t.ChangeShipment(ctx, *p, m.told().Was)
}

func (s *Service) sendAnswer(ctx context.Context, a *intake.Account, m *Message, t intake.CancelAnswerer) error {
	var x intake.CancelAnswer
	err := s.db.View(ctx, func(tx *db.Tx) error {
		orders, err := order.ByIDs(tx, []int64{m.Order})
		if err != nil {
			return err
		}
		if orders[m.Order] == nil {
			return order.Missing(m.Order)
		}
		x, err = cancelAnswer(m, orders[m.Order], a.Lang)
		return err
	})
	if err != nil {
		return err
	}
	return t.AnswerCancel(ctx, x)
}

// sent writes down that the shop took a message, and when to look whether the parcel was collected.
func (s *Service) sent(ctx context.Context, m *Message, reference string) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		m.Attempts, m.Code, m.Why, m.Reference, m.SentAt, m.NextAt = m.Attempts+1, "", "", reference, tx.Micros(), 0
		if m.Kind == Shipment {
			if err := m.settle(tx); err != nil {
				return err
			}
			if !m.isChange() {
				m.WatchAt = tx.Now().Add(s.within).UnixMicro()
			}
			tx.Emit(db.Event{Kind: "report.sent.v1", Order: m.Order, Subject: m.ID, Params: map[string]any{"kind": m.Kind, "reference": reference}})
		}
		return m.move(tx, Sent)
	})
}

// missed writes down why a message did not arrive. A refusal is final; everything else is tried again, later each time,
// and given up with the last attempt of the job.
func (s *Service) missed(ctx context.Context, m *Message, attempt int64, why error) error {
	if f, ok := fault.As(why); ok && f.Kind == fault.TooMany {
		return s.postponed(ctx, m, f)
	}
	final := refused(why) || attempt >= job.Attempts
	err := s.db.Update(ctx, func(tx *db.Tx) error {
		m.Attempts, m.Code, m.Why = m.Attempts+1, codeOf(why), cut(why.Error())
		to := m.State
		switch {
		case final:
			to = Failed
			tx.Emit(db.Event{Kind: "report.failed.v1", Order: m.Order, Subject: m.ID, Params: map[string]any{"kind": m.Kind, "code": m.Code, "attempts": m.Attempts}})
		case errors.Is(why, intake.ErrUncertain):
			to = Uncertain
		}
		m.NextAt = 0
		if !final {
			m.NextAt = tx.Now().Add(pause(attempt)).UnixMicro()
		}
		return m.move(tx, to)
	})
	if err != nil || final {
		return err
	}
	return why
}

// postponed is no attempt: the shop only asked to slow down.
func (s *Service) postponed(ctx context.Context, m *Message, f *fault.Fault) error {
	seconds, said := f.Params["seconds"].(int64)
	if !said {
		seconds = busySeconds
	}
	err := s.db.Update(ctx, func(tx *db.Tx) error {
		m.Code, m.Why, m.NextAt = f.Code, cut(f.Error()), tx.Now().Add(time.Duration(seconds)*time.Second).UnixMicro()
		return m.move(tx, m.State)
	})
	if err != nil {
		return err
	}
	return fault.New(fault.TooMany, f.Code, "%s", f.Message).With("seconds", seconds)
}

// refused reports whether the same message can never be taken.
func refused(err error) bool {
	f, ours := fault.As(err)
	return ours && (f.Kind == fault.Invalid || f.Kind == fault.NotFound || f.Kind == fault.Conflict)
}

func codeOf(err error) string {
	if _, ours := fault.As(err); !ours {
		return intake.ErrUnreachable.Code
	}
	return fault.Code(err)
}

const maxWhy = 500

func cut(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), maxWhy)])
}

// pause is when the job comes again, for whoever reads the message; the job itself decides.
func pause(attempt int64) time.Duration {
	p := 30 * time.Second
	for ; attempt > 1 && p < time.Hour; attempt-- {
		p *= 2
	}
	return min(p, time.Hour)
}
