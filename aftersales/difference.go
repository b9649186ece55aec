package aftersales

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// out is what of a line the replacing order holds.
func (c *Case) out(l *Line) int64 {
	if c.Kind == Exchange && !c.AtOnce {
		return min(l.Quantity, l.Received)
	}
	return l.Quantity
}

// prices are what the goods wanted instead cost, by code. Goods without a price in the catalogue are missing: they are
// exchanged like for like, and so is everything of an order in another currency than the catalogue's.
func (b *book) prices(tx *db.Tx, c *Case, currency string) (map[string]int64, error) {
	out := map[string]int64{}
	var codes []string
	for _, l := range c.Lines {
		codes = append(codes, l.Swap)
	}
	if c.Kind != Exchange || b.Currency != currency {
		return out, nil
	}
	known, err := catalog.ByCodes(tx, codes)
	for code, s := range known {
		if code != "" && s.Price > 0 {
			out[code] = s.Price
		}
	}
	return out, err
}

// differenceOf is what the customer owes for an exchange: what the other goods cost beyond what was paid for those that go
// back. Below zero it goes back.
func (b *book) differenceOf(c *Case, prices map[string]int64) (n int64) {
	shares := Shares(b.Order)
	for _, l := range c.Lines {
		if price, priced := prices[l.Swap]; priced {
			n += price*c.out(l) - b.worth(shares, l.LineNo, c.out(l))
		}
	}
	return n
}

// charge writes what the customer owes into the order that goes out: the goods at their price, less what came back for them.
func (b *book) charge(d *intake.Document, c *Case, prices map[string]int64) {
	if c.Difference <= 0 {
		return
	}
	var sum int64
	for i := range d.Lines {
		if price := prices[d.Lines[i].SKU]; price > 0 {
			d.Lines[i].UnitPrice = intake.Decimal(money.Format(price, b.Currency))
			sum += price * d.Lines[i].Quantity
		}
	}
	d.OrderDiscount = intake.Decimal(money.Format(sum-c.Difference, b.Currency))
	d.PaymentStatus = order.Unpaid
}

// giveDifference asks once for what goes back of an exchange, when its goods are here and the others are on their way.
func (b *book) giveDifference(tx *db.Tx, c *Case) error {
	asked := slices.ContainsFunc(b.refunds, func(r *Payback) bool { return r.CaseID == c.ID })
	if c.Difference >= 0 || c.Replacement != ReplacementMade || asked || b.Payment == order.Refunded {
		return nil
	}
	taken, shares, rest := b.taken(), Shares(b.Order), -c.Difference
	var lines []PaybackLine
	for _, l := range c.Lines {
		if n := min(rest, b.worth(shares, l.LineNo, c.out(l)), shares[l.LineNo]-taken[l.LineNo]); n > 0 && l.Swap != "" {
			lines = append(lines, PaybackLine{l.LineNo, n})
			taken[l.LineNo] += n
			rest -= n
		}
	}
	return b.askByItself(tx, c, lines)
}

// Owed says that the customer has paid what an exchange costs, with the reference of the payment: the order that waits for it
// is told by a job, and goes on. Faults: aftersales.not_found, aftersales.nothing_owed, required.
func (s *Service) Owed(ctx context.Context, once *db.Once, in DecideIn, reference string) (Case, error) {
	if reference == "" || len(reference) > 200 {
		return Case{}, fault.Invalidf("reference", "required", "give the reference of the payment, up to 200 characters")
	}
	return s.change(ctx, once, in.CaseID, func(tx *db.Tx, b *book, c *Case) error {
		if waits, err := c.owes(tx); err != nil || !waits {
			return cmp.Or(err, error(fault.New(fault.Conflict, "aftersales.nothing_owed", "nothing is owed for this case: it costs nothing, is paid, or its order is not made yet")))
		}
		job.Add(tx, job.Job{Kind: owedJob, Key: c.Name(), Payload: c.ID})
		b.tell(tx, c, "aftersales.difference_paid.v1", in.Actor, map[string]any{"amount": money.Format(c.Difference, b.Currency), "currency": b.Currency, "reference": reference})
		return nil
	})
}

// owes reports whether the order that goes out waits for the difference.
func (c *Case) owes(tx *db.Tx) (bool, error) {
	made, err := order.ByIDs(tx, []int64{c.ReplacementID})
	o := made[c.ReplacementID]
	return c.Difference > 0 && o != nil && o.Payment == order.Unpaid, err
}

// runOwed tells the order that waits for the difference that it is paid. The document says the rest as it was said before.
func (s *Service) runOwed(ctx context.Context, j job.Job) error {
	var key int64
	if err := j.Read(&key); err != nil {
		return err
	}
	var doc *intake.Document
	err := s.db.Update(ctx, func(tx *db.Tx) error {
		b, c, err := bookOf(tx, key)
		if err != nil {
			return err
		}
		if waits, err := c.owes(tx); err != nil || !waits {
			return err
		}
		prices, err := b.prices(tx, c, s.currency)
		if err != nil {
			return err
		}
		if doc, err = b.document(tx, c, prices); err == nil {
			doc.PaymentStatus, doc.PaidAmount = order.Paid, intake.Decimal(money.Format(c.Difference, b.Currency))
			doc.PaidAt = tx.Now().UTC().Format(time.RFC3339)
		}
		return err
	})
	if err != nil || doc == nil {
		return err
	}
	_, err = s.intake.Receive(ctx, nil, intake.Input{Document: *doc, Source: intake.SourceAPI, Actor: "system"})
	return err
}
