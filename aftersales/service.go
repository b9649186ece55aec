package aftersales

import (
	"cmp"
	"context"
	"slices"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// Settings are what does not change while the process runs.
type Settings struct {
	// Refunder finds who carries refunds out for a shop of a channel; nil where nobody does, then a person pays and says so.
	// It is asked outside any transaction. The field may be nil.
	Refunder func(ctx context.Context, channel, shop string) (intake.Refunder, error)
	Logins   *ship.Logins // of carriers, that people keep; nil = none are kept
	Currency string       // of the catalogue: what goods cost that are wanted instead; empty = exchanges are like for like
}

// Service is the use cases of after-sales.
type Service struct {
	db       *db.DB
	intake   *intake.Service
	carriers ship.Callable
	currency string
	refunder func(ctx context.Context, channel, shop string) (intake.Refunder, error)
}

// New makes the service of one company. carriers are those that can be asked for return waybills whatever is set up.
func New(d *db.DB, in *intake.Service, carriers map[string]ship.Carrier, set Settings) *Service {
	return &Service{db: d, intake: in, carriers: ship.Calling(carriers, set.Logins), refunder: set.Refunder, currency: set.Currency}
}

// Kinds of the jobs that leave the house, or another transaction.
const (
	labelJob  = "aftersales.label"
	voidJob   = "aftersales.void"
	refundJob = "aftersales.refund"
	orderJob  = "aftersales.order"
	owedJob   = "aftersales.owed"
)

// Handlers are the jobs of this package, by kind.
func (s *Service) Handlers() map[string]job.Handler {
	return map[string]job.Handler{labelJob: s.runLabel, voidJob: s.runVoid, refundJob: s.runRefund, orderJob: s.runOrder, owedJob: s.runOwed}
}

// change does something with one case: fn, then whatever follows from it, in one transaction.
func (s *Service) change(ctx context.Context, once *db.Once, caseID int64, fn func(*db.Tx, *book, *Case) error) (Case, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Case, error) {
		b, c, err := bookOf(tx, caseID)
		if err != nil {
			return Case{}, err
		}
		if err := fn(tx, b, c); err != nil {
			return Case{}, err
		}
		return b.finish(tx, c)
	})
}

// finish draws the conclusions, writes everything, and gives the case as it is then.
func (b *book) finish(tx *db.Tx, c *Case) (Case, error) {
	if err := b.settle(tx); err != nil {
		return Case{}, err
	}
	b.write(tx)
	return *c, nil
}

// settle brings every case to where its goods, its money and its replacement are, and the order's axis after them.
func (b *book) settle(tx *db.Tx) error {
	for _, c := range b.cases {
		if err := b.advance(tx, c); err != nil {
			return err
		}
	}
	to := b.Axes
	if len(b.cases) > 0 {
		to.AfterSale = order.AfterSaleClosed
	}
	if slices.ContainsFunc(b.cases, (*Case).Live) {
		to.AfterSale = order.AfterSaleOpen
	}
	return order.Move(tx, b.Order, to)
}

func (b *book) advance(tx *db.Tx, c *Case) error {
	if c.Status == Received && c.waiting() == 0 {
		if err := c.move(Inspected); err != nil {
			return err
		}
		if err := b.moneyFor(tx, c); err != nil {
			return err
		}
	}
	done := c.complete() || c.Deadline == 0
	if c.Kind == Exchange && c.Replacement == ReplacementNone && c.Status == Inspected && done && c.inHand() > 0 {
		b.replace(tx, c)
	}
	if c.Kind == Exchange && c.Status == Inspected && done {
		if err := b.giveDifference(tx, c); err != nil {
			return err
		}
	}
	if c.Goods() && (c.Status != Inspected || !done) || !c.Goods() && c.Status != Approved {
		return nil
	}
	if c.Replacement == ReplacementDue || b.moneyOpen(c) {
		return nil
	}
	if err := c.move(Closed); err != nil {
		return err
	}
	c.Deadline, c.ClosedAt = 0, tx.Micros()
	b.tell(tx, c, "aftersales.closed.v1", "", nil)
	return nil
}

// inHand counts what came back of what was sold.
func (c *Case) inHand() (n int64) {
	for _, l := range c.Lines {
		n += l.Received
	}
	return n
}

// moneyOpen reports whether money of a case is still on its way, or waits for somebody.
func (b *book) moneyOpen(c *Case) bool {
	for _, r := range b.refunds {
		if r.CaseID == c.ID && r.Live() {
			return true
		}
	}
	return false
}

// tell writes an entry on the timeline of the order.
func (b *book) tell(tx *db.Tx, c *Case, kind, actor string, params map[string]any) {
	all := map[string]any{"case": c.Name(), "kind": c.Kind, "channel": b.Channel}
	for k, v := range params {
		all[k] = v
	}
	tx.Emit(db.Event{Kind: kind, Order: b.ID, Subject: c.ID, Actor: cmp.Or(actor, "system"), Params: all})
}
