package printing

import (
	"context"
	"errors"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// How long a printer may take, in wall time: to say how it is, and for one label to come out.
const (
	askTime  = 8 * time.Second
	sendTime = 30 * time.Second
)

// drain prints what is queued on one printer, a label at a time, until nothing is left that can be printed now. It returns
// how many labels it got rid of. Another process that is at this printer has precedence.
func (s *Service) drain(ctx context.Context, p Device) (done int, err error) {
	release, err := s.db.Claim(ctx, &db.Once{Key: "printing " + p.Name})
	if err != nil {
		return 0, nil //nolint:nilerr // somebody is at it
	}
	defer release()
	device, err := s.adapter(p)
	if err != nil {
		return 0, err
	}
	u := &pump{Service: s, printer: p, device: device}
	for ctx.Err() == nil {
		more, err := u.one(ctx)
		if err != nil || !more {
			return u.done, err
		}
	}
	return u.done, nil
}

// pump is the work on one printer.
type pump struct {
	*Service
	printer Device
	device  Printer
	mark    string // of the printer as it is now; empty = unknown
	done    int
}

// one prints one label. more is false when the queue must wait.
func (u *pump) one(ctx context.Context) (more bool, err error) {
	if held, err := u.resolve(ctx); held || err != nil {
		return false, err
	}
	w, err := u.pickNext(ctx)
	if err != nil || w == nil {
		return false, err
	}
	if u.mark == "" {
		if ready, err := u.ask(ctx); !ready || err != nil {
			return false, err
		}
	}
	raw, err := render(u.printer.Format, w.sheet)
	if err != nil {
		return true, u.fail(ctx, w.job.ID, err)
	}
	j, err := u.take(ctx, w)
	if err != nil || j == nil {
		return err == nil, err
	}
	within, stop := context.WithTimeout(ctx, sendTime)
	defer stop()
	r, sent := u.device.Send(within, Document{Name: j.Name(), Mark: j.Mark, Bytes: raw})
	return u.settle(context.WithoutCancel(ctx), j, r, sent)
}

// ask finds out whether the printer can print, and writes down how it is.
func (u *pump) ask(ctx context.Context) (ready bool, err error) {
	within, stop := context.WithTimeout(ctx, askTime)
	defer stop()
	st, err := u.device.Status(within)
	if err != nil {
		return false, u.note(ctx, Unreachable)
	}
	u.mark = st.Mark
	return st.Condition == Ready, u.note(ctx, st.Condition)
}

// note writes down how the printer is, when that is news.
func (u *pump) note(ctx context.Context, condition string) error {
	if condition == u.printer.Condition {
		return nil
	}
	u.printer.Condition = condition
	return u.db.Update(context.WithoutCancel(ctx), func(tx *db.Tx) error {
		tx.Put(setCondition, u.printer.ID, condition, tx.Micros())
		tx.Emit(db.Event{Kind: "printing.condition.v1", Subject: u.printer.ID, Params: map[string]any{"name": u.printer.Name, "condition": condition}})
		return nil
	})
}

// settle writes what came of sending a label.
func (u *pump) settle(ctx context.Context, j *Job, r Receipt, sent error) (more bool, err error) {
	u.mark = r.Mark
	switch {
	case sent == nil && r.Fate == Pending && r.Mark != "":
		j.Mark, u.mark = r.Mark, ""
		return false, u.become(ctx, j, Sent, false)
	case sent == nil:
		return u.fate(ctx, j, r.Fate)
	case errors.Is(sent, ErrUnreachable):
		u.mark = ""
		if err := u.note(ctx, Unreachable); err != nil {
			return false, err
		}
		return false, u.become(ctx, j, Queued, false)
	case errors.Is(sent, ErrUncertain), passing(sent):
		u.mark = "" // the next pass asks what became of it
		return false, nil
	}
	return true, u.fail(ctx, j.ID, sent)
}

// passing reports an error that is no answer of the printer.
func passing(err error) bool { _, known := fault.As(err); return !known }

// fate writes what became of a label. more is false while it is not decided.
func (u *pump) fate(ctx context.Context, j *Job, f Fate) (more bool, err error) {
	switch f {
	case Out:
		u.done++
		return true, u.become(ctx, j, Printed, false)
	case Not:
		u.mark = ""
		return true, u.become(ctx, j, Queued, false)
	case Unknown:
		u.done++
		return true, u.become(ctx, j, Sent, true)
	}
	u.mark = ""
	return false, nil
}

func (u *pump) become(ctx context.Context, j *Job, state string, uncertain bool) error {
	return u.db.Update(ctx, func(tx *db.Tx) error {
		now, err := lockOne(tx, j.ID)
		if err != nil || now.State != Sent {
			return err // a person was faster
		}
		now.Mark = j.Mark
		if now.Uncertain = uncertain; state == Sent {
			now.save(tx, Sent)
			return nil
		}
		return now.move(tx, state)
	})
}

// fail writes that a label will not come out of this printer as things are.
func (u *pump) fail(ctx context.Context, key int64, why error) error {
	said := map[string]any{"printer": u.printer.Name, "code": fault.Code(why), "message": why.Error()}
	if f, ok := fault.As(why); ok {
		said["params"] = f.Params // of the sentence of the code
	}
	return u.db.Update(context.WithoutCancel(ctx), func(tx *db.Tx) error {
		j, err := lockOne(tx, key)
		if err != nil || j.State != Queued && j.State != Sent {
			return err
		}
		j.Failure = fault.Code(why)
		j.tell(tx, "printing.failed.v1", "", said)
		return j.move(tx, Failed)
	})
}

// resolve asks what became of a label that was on its way when the line broke, or the process ended. held is true while
// that cannot be said: nothing else may go to the printer before, or the count would tell nothing.
func (u *pump) resolve(ctx context.Context) (held bool, err error) {
	list, err := u.underWay(ctx)
	for _, j := range list {
		f := Unknown
		if j.Mark != "" {
			within, stop := context.WithTimeout(ctx, askTime)
			f, err = u.device.Fate(within, j.Name(), j.Mark)
			stop()
			if err != nil {
				return true, u.note(ctx, Unreachable)
			}
		}
		if more, err := u.fate(ctx, j, f); !more || err != nil {
			if _, noted := u.ask(ctx); err == nil {
				err = noted
			}
			return true, err
		}
	}
	return false, err
}

func (u *pump) underWay(ctx context.Context) (list []*Job, err error) {
	err = u.db.View(ctx, func(tx *db.Tx) error {
		list, err = db.All(tx.Query(selUnderWay, u.printer.ID, window), scanJob)
		return err
	})
	return list, err
}
