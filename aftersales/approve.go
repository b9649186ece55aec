package aftersales

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/words"
)

// DecideIn is what a person says to a case.
type DecideIn struct {
	CaseID int64
	Note   string
	AtOnce bool // exchange: send the other goods now, without waiting for these
	Actor  string
}

func arrivedWhy(waybill string) words.Text {
	return words.Text{Code: "aftersales.decision.arrived", Params: map[string]any{"waybill": waybill}}
}

// decide writes what was decided, by the rule or by a person, with the reason.
func (b *book) decide(tx *db.Tx, c *Case, d Decision, actor string, atOnce bool) error {
	if !d.Approved {
		b.tell(tx, c, "aftersales.waits.v1", actor, map[string]any{"why": d.Why})
		return nil
	}
	if err := c.move(Approved); err != nil {
		return err
	}
	c.DecidedBy, c.DecidedAt, c.AtOnce = actor, tx.Micros(), atOnce && c.Kind == Exchange
	if c.Goods() {
		c.Deadline = b.sendBy(tx.Now())
	}
	b.tell(tx, c, "aftersales.approved.v1", actor, map[string]any{"why": d.Why})
	switch {
	case c.Kind == Reship, c.AtOnce:
		b.replace(tx, c)
	case c.Kind == Refund:
		return b.moneyFor(tx, c)
	}
	return nil
}

// Approve says yes to a case that waits. Faults: aftersales.not_found, aftersales.state, aftersales.note.
func (s *Service) Approve(ctx context.Context, once *db.Once, in DecideIn) (Case, error) {
	if f := tooLong("note", in.Note); f != nil {
		return Case{}, f
	}
	return s.change(ctx, once, in.CaseID, func(tx *db.Tx, b *book, c *Case) error {
		if err := step(caseStates, "case", c.Status, Approved); err != nil {
			return err
		}
		why := words.Text{Code: "aftersales.decision.person", Params: map[string]any{"note": in.Note}}
		return b.decide(tx, c, Decision{Approved: true, Why: why}, in.Actor, in.AtOnce)
	})
}

// Reject says no to a case that waits; the reason is for the customer. Faults: aftersales.not_found, aftersales.state, required.
func (s *Service) Reject(ctx context.Context, once *db.Once, in DecideIn) (Case, error) {
	if in.Note == "" {
		return Case{}, fault.Invalidf("note", "required", "say why, the customer will read it")
	}
	if f := tooLong("note", in.Note); f != nil {
		return Case{}, f
	}
	return s.change(ctx, once, in.CaseID, func(tx *db.Tx, b *book, c *Case) error {
		return b.end(tx, c, Rejected, in)
	})
}

// Cancel ends a case of which nothing has come back and nothing was sent or paid; a waybill in hand is given back.
// Faults: aftersales.not_found, aftersales.state, aftersales.label_pending, aftersales.begun.
func (s *Service) Cancel(ctx context.Context, once *db.Once, in DecideIn) (Case, error) {
	return s.change(ctx, once, in.CaseID, func(tx *db.Tx, b *book, c *Case) error {
		if c.Label == LabelRequested {
			return fault.New(fault.Conflict, "aftersales.label_pending", "a carrier is being asked for the waybill; try again in a minute")
		}
		if b.begun(c) {
			return fault.New(fault.Conflict, "aftersales.begun", "other goods or money are on their way for this case; it can only be closed")
		}
		if err := b.end(tx, c, Cancelled, in); err != nil {
			return err
		}
		c.giveBack(tx)
		return nil
	})
}

// begun reports whether other goods or money have left for a case, or are about to.
func (b *book) begun(c *Case) bool {
	return c.Replacement != ReplacementNone || slices.ContainsFunc(b.refunds, func(r *Payback) bool { return r.CaseID == c.ID && r.Status != RefundRejected })
}

// giveBack asks the carrier to take the return waybill back.
func (c *Case) giveBack(tx *db.Tx) {
	if c.Label == LabelBooked && c.Carrier != "" {
		job.Add(tx, job.Job{Kind: voidJob, Key: c.reference(), Payload: voidWork{Carrier: c.Carrier, Waybill: c.Waybill}})
	}
}

func (b *book) end(tx *db.Tx, c *Case, to string, in DecideIn) error {
	if err := c.move(to); err != nil {
		return err
	}
	c.DecidedBy, c.DecidedAt = in.Actor, tx.Micros()
	c.Deadline, c.ClosedAt = 0, tx.Micros()
	b.tell(tx, c, "aftersales."+to+".v1", in.Actor, map[string]any{"note": in.Note})
	return nil
}

// Close says that nothing more is awaited. A case whose money or order is still on its way closes by itself when
// that is done. Faults: aftersales.not_found, aftersales.state, aftersales.ungraded.
func (s *Service) Close(ctx context.Context, once *db.Once, in DecideIn) (Case, error) {
	return s.change(ctx, once, in.CaseID, func(tx *db.Tx, b *book, c *Case) error {
		if n := c.waiting(); n > 0 {
			return fault.New(fault.Conflict, "aftersales.ungraded", "%d units wait to be graded", n).With("units", n)
		}
		if c.Status == Approved && b.begun(c) && c.Replacement != ReplacementDue && !b.moneyOpen(c) {
			return b.end(tx, c, Closed, in) // sent or paid ahead, for goods that never came
		}
		if c.Status != Inspected {
			return fault.New(fault.Conflict, "aftersales.state", "the case is %s and cannot become closed", c.Status).
				With("thing", "case").With("from", c.Status).With("to", Closed)
		}
		c.Deadline, c.dirty = 0, true
		return nil
	})
}

// lapseStep is how many cases LapseStep looks at.
const lapseStep = 100

var selLapsed = db.NewSQL(`SELECT id FROM aftersales_case
  WHERE deadline > 0 AND status IN ('approved', 'inspected') AND deadline <= $1 ORDER BY deadline, id LIMIT $2`)

// LapseStep ends the waiting for goods that did not come in time: a case of which nothing came expires, one of which a
// part came goes on with that. It returns how many there were. Pictures whose case nobody asked for in time are forgotten too.
func (s *Service) LapseStep(ctx context.Context) (int, error) {
	if err := s.lapsePhotosStep(ctx); err != nil {
		return 0, err
	}
	var due []int64
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		due, err = db.All(tx.Query(selLapsed, tx.Micros(), lapseStep), func(r *db.Rows) (key int64) { r.Scan(&key); return key })
		return err
	})
	if err != nil {
		return 0, err
	}
	for i, key := range due {
		if _, err := s.change(ctx, nil, key, lapse); err != nil {
			return i, err
		}
	}
	return len(due), nil
}

func lapse(tx *db.Tx, b *book, c *Case) error {
	if c.Deadline == 0 || c.Deadline > tx.Micros() {
		return nil
	}
	c.Deadline, c.dirty = 0, true
	if c.Status != Approved || c.Label == LabelRequested || b.begun(c) {
		return nil // what was sent or paid ahead keeps the case open for a person
	}
	c.giveBack(tx)
	return b.end(tx, c, Expired, DecideIn{Actor: "system"})
}
