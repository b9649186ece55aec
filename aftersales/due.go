package aftersales

import (
	"fmt"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// taken is what of each line has gone back, or is about to.
func (b *book) taken() map[int64]int64 {
	out := map[int64]int64{}
	for _, r := range b.refunds {
		if r.Status != RefundRejected {
			for _, l := range r.Lines {
				out[l.LineNo] += l.Amount
			}
		}
	}
	return out
}

// due is what a case has to give back for its goods, less what the order has given back for them already. For goods
// that must come, it is those that are here.
func (b *book) due(c *Case) (out []PaybackLine) {
	shares, taken := Shares(b.Order), b.taken()
	units := map[int64]int64{}
	for _, o := range b.cases {
		for _, l := range o.Lines {
			switch {
			case o.Kind == Exchange || o.Kind == Reship: // paid in goods
			case o.Goods():
				units[l.LineNo] += l.Received
			case o.Kind == Refund && o.DecidedAt > 0 && o.Status != Rejected && o.Status != Cancelled:
				units[l.LineNo] += l.Quantity
			}
		}
	}
	for _, l := range b.Lines {
		mine := false
		for _, x := range c.Lines {
			mine = mine || x.LineNo == l.No
		}
		if !mine {
			continue
		}
		if n := min(b.worth(shares, l.No, units[l.No]), shares[l.No]) - taken[l.No]; n > 0 {
			out = append(out, PaybackLine{LineNo: l.No, Amount: n})
		}
	}
	return out
}

// ask writes a refund that waits for a decision. After a fault the book must not be written.
func (b *book) ask(tx *db.Tx, c *Case, lines []PaybackLine, reason, actor string) (*Payback, error) {
	if b.Payment == order.Refunded {
		return nil, fault.New(fault.Conflict, "refund.already", "all that was paid has gone back already")
	}
	if len(lines) == 0 {
		return nil, fault.New(fault.Conflict, "refund.nothing", "nothing is to be given back: no goods are here, or all was given back")
	}
	if reason == "" {
		reason = c.Reason
	}
	r := b.openAsk(c, reason, actor)
	if r == nil {
		r = &Payback{ID: tx.NewID(), OrderID: b.ID, CaseID: c.ID, Status: RefundRequested, Currency: b.Currency, Reason: reason, AskedBy: actor, AskedAt: tx.Micros()}
		b.refunds = append(b.refunds, r)
	}
	shares, taken := Shares(b.Order), b.taken()
	var sum int64
	for i, l := range lines {
		share, known := shares[l.LineNo]
		switch {
		case !known:
			return nil, fault.Invalidf(fmt.Sprintf("lines[%d].line_no", i), "refund.line", "the order has no line %d", l.LineNo).With("line", l.LineNo)
		case l.Amount <= 0:
			return nil, fault.Invalidf(fmt.Sprintf("lines[%d].amount", i), "refund.amount", "an amount is above 0")
		case l.Amount > share-taken[l.LineNo]:
			left := money.Format(share-taken[l.LineNo], b.Currency)
			return nil, fault.Invalidf(fmt.Sprintf("lines[%d].amount", i), "refund.too_much", "of line %d only %s %s are left to give back", l.LineNo, left, b.Currency).
				With("line", l.LineNo).With("left", left).With("currency", b.Currency)
		}
		taken[l.LineNo] += l.Amount
		sum += l.Amount
		r.add(l)
	}
	b.tellMoney(tx, r, "refund.requested.v1", actor, map[string]any{"amount": money.Format(sum, b.Currency)})
	return r, nil
}

// openAsk is a refund that the system asked for, for goods of the same case that came before, and that nobody has decided
// yet: goods that are graded one by one are paid back together.
func (b *book) openAsk(c *Case, reason, actor string) *Payback {
	for _, r := range b.refunds {
		if r.CaseID == c.ID && r.Status == RefundRequested && r.AskedBy == "system" && actor == "system" && r.Reason == reason {
			return r
		}
	}
	return nil
}

// add counts an amount in; a line that is named twice is one.
func (r *Payback) add(l PaybackLine) {
	r.Amount, r.dirty, r.grown = r.Amount+l.Amount, true, true
	for i := range r.Lines {
		if r.Lines[i].LineNo == l.LineNo {
			r.Lines[i].Amount += l.Amount
			return
		}
	}
	r.Lines = append(r.Lines, l)
}

// moneyFor asks by itself for what a case has to give back, and approves what the policy lets go without a person.
func (b *book) moneyFor(tx *db.Tx, c *Case) error {
	if c.Kind == Exchange || c.Kind == Reship || b.Payment == order.Refunded {
		return nil
	}
	return b.askByItself(tx, c, b.due(c))
}

// askByItself asks for money without a person, if there is any to ask for, and approves what the policy lets go.
func (b *book) askByItself(tx *db.Tx, c *Case, lines []PaybackLine) error {
	if len(lines) == 0 {
		return nil
	}
	r, err := b.ask(tx, c, lines, "", "system")
	if err != nil {
		return err
	}
	d := refundByItself(b.policy, r.Amount, r.Currency, c.Units)
	if !d.Approved {
		b.tellMoney(tx, r, "refund.waits.v1", "", map[string]any{"why": d.Why})
		return nil
	}
	return b.approveRefund(tx, r, "system", map[string]any{"why": d.Why})
}
