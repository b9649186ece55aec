package api

import (
	"fmt"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// Refund is money that goes back to a customer.
type Refund struct {
	ID        string       `json:"id"`
	Order     string       `json:"order"`
	Case      string       `json:"case"`
	Status    string       `json:"status" enum:"requested,approved,sent,failed,done,rejected"`
	Way       string       `json:"way,omitempty" enum:"channel,manual"`
	Amount    string       `json:"amount"`
	Currency  string       `json:"currency"`
	Reason    string       `json:"reason"`
	Reference string       `json:"reference,omitempty"`
	Failure   string       `json:"failure,omitempty" doc:"code of why the shop did not"`
	Attempts  int64        `json:"attempts" doc:"how often the shop was told"`
	AskedBy   string       `json:"asked_by"`
	AskedAt   string       `json:"asked_at"`
	DecidedBy string       `json:"decided_by,omitempty"`
	DecidedAt string       `json:"decided_at,omitempty"`
	DoneAt    string       `json:"done_at,omitempty"`
	Lines     []RefundLine `json:"lines"`
}

// RefundLine is what of it is for one order line.
type RefundLine struct {
	LineNo int64  `json:"line_no" doc:"0 = what was paid for shipping"`
	Amount string `json:"amount"`
}

// RefundPage is a page of refunds.
type RefundPage struct {
	Refunds    []Refund `json:"refunds"`
	NextCursor string   `json:"next_cursor,omitempty"`
}

// Refundable is what may still go back for an order.
type Refundable struct {
	Currency string       `json:"currency"`
	Lines    []RefundLine `json:"lines"`
}

// RefundInput asks for money to go back.
type RefundInput struct {
	Reason string       `json:"reason,omitempty" doc:"empty = the reason of the case"`
	Lines  []RefundLine `json:"lines,omitempty" doc:"without lines what was paid for the goods that are here"`
}

// MoneyInput is what a person says to a refund.
type MoneyInput struct {
	Note      string `json:"note,omitempty" maxLength:"2000" doc:"needed to reject"`
	Reference string `json:"reference,omitempty" doc:"of the payment; needed to mark it paid"`
}

func (s *Server) refundRoutes() {
	query(s, route{path: "/v1/refunds", tag: "refunds", id: "list-refunds", scope: access.OrdersRead, summary: "Refunds, oldest first", about: "Problems: unknown_value, http.cursor, http.limit.",
		params: append(paging(), text("status", "", "requested", "approved", "sent", "failed", "done", "rejected"), text("order", "all refunds of one order"))}, (*call).listRefunds)
	query(s, route{path: "/v1/orders/{id}/refundable", tag: "refunds", id: "get-refundable", scope: access.OrdersRead, summary: "What may still go back, line by line",
		about: "The share of a line is what was paid for it; line 0 is shipping. Problem: order.not_found."}, (*call).refundable)
	command(s, route{path: "/v1/returns/{id}/refund", tag: "refunds", id: "ask-refund", scope: access.OrdersWrite, summary: "Ask for money of a case to go back",
		about: "Of no line more can go back than was paid for it. Problems: aftersales.not_found, refund.case_over, refund.undecided, refund.line, refund.amount, refund.too_much, refund.nothing, refund.already."},
		on(aftersales.Prefix, (*call).askRefund))
	for _, d := range []struct {
		path, id, summary, about string
		do                       func(*call, aftersales.MoneyIn) (aftersales.Payback, error)
	}{
		{"approve", "approve-refund", "Let money go that waits for a person", "", func(c *call, in aftersales.MoneyIn) (aftersales.Payback, error) {
			return c.AfterSales.ApproveRefund(c.ctx, c.once, in)
		}},
		{"reject", "reject-refund", "Keep the money; the note is for the customer", " refund.doubt, required.", func(c *call, in aftersales.MoneyIn) (aftersales.Payback, error) {
			return c.AfterSales.RejectRefund(c.ctx, c.once, in)
		}},
		{"retry", "retry-refund", "Tell the shop again of a refund that failed; it is asked first", "", func(c *call, in aftersales.MoneyIn) (aftersales.Payback, error) {
			return c.AfterSales.RetryRefund(c.ctx, c.once, in)
		}},
		{"paid", "mark-refund-paid", "A person has paid; give the reference", " refund.under_way, required.", func(c *call, in aftersales.MoneyIn) (aftersales.Payback, error) {
			return c.AfterSales.Paid(c.ctx, c.once, in)
		}},
	} {
		command(s, route{path: "/v1/refunds/{id}/" + d.path, tag: "refunds", id: d.id, scope: access.OrdersWrite, summary: d.summary,
			about: "Problems: refund.not_found, aftersales.state." + d.about}, on(aftersales.RefundPrefix, func(c *call, key int64, in MoneyInput) (Refund, error) {
			r, err := d.do(c, aftersales.MoneyIn{RefundID: key, Reference: in.Reference, Note: in.Note, Actor: c.actor()})
			return refundOf(&r), err
		}))
	}
}

func refundOf(r *aftersales.Payback) Refund {
	out := Refund{ID: r.Name(), Order: id.Show(order.Prefix, r.OrderID), Case: id.Show(aftersales.Prefix, r.CaseID), Status: r.Status, Way: r.Way,
		Currency: r.Currency, Reason: r.Reason, Reference: r.Reference, Failure: r.Failure, Attempts: r.Attempts,
		AskedBy: r.AskedBy, AskedAt: at(r.AskedAt), DecidedBy: r.DecidedBy, DecidedAt: at(r.DecidedAt), DoneAt: at(r.DoneAt), Lines: []RefundLine{}}
	out.Amount = money.Format(r.Amount, r.Currency)
	for _, l := range r.Lines {
		out.Lines = append(out.Lines, RefundLine{l.LineNo, money.Format(l.Amount, r.Currency)})
	}
	return out
}

func (c *call) refunds(list []*aftersales.Payback) []Refund {
	out := []Refund{}
	for _, r := range list {
		shown := refundOf(r)
		shown.Reason = c.free(shown.Reason)
		out = append(out, shown)
	}
	return out
}

func (c *call) listRefunds() (RefundPage, error) {
	page := RefundPage{Refunds: []Refund{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	after, err := c.idCursor(aftersales.RefundPrefix)
	if err != nil {
		return page, err
	}
	f := aftersales.Filter{Status: c.query("status")}
	if f.OrderID, err = optionalID("order", order.Prefix, c.query("order")); err != nil {
		return page, err
	}
	read := func(after int64, n int) ([]*aftersales.Payback, error) {
		return c.AfterSales.Refunds(c.ctx, f, after, n)
	}
	list, next, err := insidePage(c, after, limit, read, func(x *aftersales.Payback) int64 { return x.ID }, byOrder(c, func(x *aftersales.Payback) int64 { return x.OrderID }))
	page.Refunds = c.refunds(list)
	if f.OrderID == 0 {
		page.NextCursor = c.nextCursor(aftersales.RefundPrefix, next)
	}
	return page, err
}

// currencyOf reads the currency of an order, for amounts as text.
func (c *call) currencyOf(orderID int64) (currency string, err error) {
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, []int64{orderID})
		if err != nil {
			return err
		}
		if found[orderID] == nil {
			return order.Missing(orderID)
		}
		currency = found[orderID].Currency
		return nil
	})
	return currency, err
}

func (c *call) refundable() (out Refundable, err error) {
	out.Lines = []RefundLine{}
	key, err := c.idParam("id", order.Prefix)
	if err != nil {
		return out, err
	}
	if out.Currency, err = c.currencyOf(key); err != nil {
		return out, err
	}
	list, err := c.AfterSales.Refundable(c.ctx, key)
	for _, l := range list {
		out.Lines = append(out.Lines, RefundLine{l.LineNo, money.Format(l.Amount, out.Currency)})
	}
	return out, err
}

func (c *call) askRefund(key int64, in RefundInput) (Refund, error) {
	d, err := c.AfterSales.Case(c.ctx, key)
	if err != nil {
		return Refund{}, err
	}
	currency, err := c.currencyOf(d.OrderID)
	if err != nil {
		return Refund{}, err
	}
	ask := aftersales.RefundIn{CaseID: key, Reason: in.Reason, Actor: c.actor()}
	for i, l := range in.Lines {
		minor, err := money.Parse(l.Amount, currency)
		if err != nil {
			return Refund{}, badAmount(fmt.Sprintf("lines[%d].amount", i), err)
		}
		ask.Lines = append(ask.Lines, aftersales.PaybackLine{LineNo: l.LineNo, Amount: minor})
	}
	r, err := c.AfterSales.Refund(c.ctx, c.once, ask)
	return refundOf(&r), err
}
