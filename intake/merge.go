package intake

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// Changes says which parts of an order a document changes.
type Changes struct {
	Recipient bool
	Lines     bool
	Amounts   bool // total, shipping fee, discount of the order
	Payment   bool // state, moment, amount, method
	Times     bool // until when it is to leave, be collected, arrive; and the priority that follows
	Notes     bool
	Terms     bool // the buyer, and whether it may travel in parts
}

// Any reports whether anything changes.
func (c Changes) Any() bool { return c != Changes{} }

// Names lists what changes, as codes: each has its word under intake.changed.<name>.
func (c Changes) Names() []string {
	var out []string
	for _, part := range []struct {
		name    string
		changed bool
	}{
		{"recipient", c.Recipient}, {"lines", c.Lines}, {"amounts", c.Amounts}, {"payment", c.Payment},
		{"times", c.Times}, {"notes", c.Notes}, {"terms", c.Terms},
	} {
		if part.changed {
			out = append(out, part.name)
		}
	}
	return out
}

// changesOf compares an order with what it is to be.
func changesOf(o, to *order.Order) Changes {
	return Changes{
		Recipient: o.Recipient != to.Recipient,
		Lines:     !slices.Equal(o.Lines, to.Lines),
		Amounts:   o.Total != to.Total || o.ShippingFee != to.ShippingFee || o.Discount != to.Discount,
		Payment:   o.Payment != to.Payment || o.PaidAt != to.PaidAt || o.PaidAmount != to.PaidAmount || o.PaymentMethod != to.PaymentMethod,
		Times:     o.ShipBy != to.ShipBy || o.CollectBy != to.CollectBy || o.PromisedBy != to.PromisedBy || o.Priority != to.Priority,
		Notes:     o.Notes != to.Notes,
		Terms:     o.Buyer != to.Buyer || o.MaySplit != to.MaySplit,
	}
}

// merge applies to an order what the channel changed between two documents, and nothing else: a reviewer may have
// corrected the address, and the news that the order is paid must not bring the wrong one back. A cancelled document
// changes only the payment: what it says of the rest is of no interest any more. Fault: intake.fixed.
func merge(o *order.Order, before, now content, skus map[string]catalog.SKU) (order.Order, error) {
	was, is, to := &before.order, &now.order, *o
	to.Lines = slices.Clone(o.Lines)
	mergePayment(&to, was, is)
	if now.cancelled {
		return to, nil
	}
	switch {
	case was.Currency != is.Currency:
		return to, fixed("currency", was.Currency, is.Currency)
	case was.Kind != is.Kind:
		return to, fixed("order_kind", was.Kind, is.Kind)
	}
	take(&to.Recipient, was.Recipient, is.Recipient)
	take(&to.Total, was.Total, is.Total)
	take(&to.ShippingFee, was.ShippingFee, is.ShippingFee)
	take(&to.Discount, was.Discount, is.Discount)
	take(&to.ShipBy, was.ShipBy, is.ShipBy)
	take(&to.CollectBy, was.CollectBy, is.CollectBy)
	take(&to.PromisedBy, was.PromisedBy, is.PromisedBy)
	take(&to.Priority, was.Priority, is.Priority)
	take(&to.Notes.Buyer, was.Notes.Buyer, is.Notes.Buyer)
	take(&to.Notes.Seller, was.Notes.Seller, is.Notes.Seller)
	take(&to.Buyer, was.Buyer, is.Buyer)
	if now.maySplit != nil && (before.maySplit == nil || *before.maySplit != *now.maySplit) {
		to.MaySplit = *now.maySplit
	}
	to.Lines = mergeLines(to.Lines, was.Lines, is.Lines, skus)
	return to, nil
}

func fixed(column, was, is string) *fault.Fault {
	return fault.Invalidf(column, "intake.fixed", "%s is %q and cannot become %q; cancel the order and send a new one", column, was, is).
		With("column", column).With("was", was).With("is", is)
}

func take[T comparable](to *T, was, is T) {
	if was != is {
		*to = is
	}
}

// mergePayment takes only what is said: a channel that falls silent about a payment has not taken it back.
func mergePayment(to, was, is *order.Order) {
	if is.Payment != "" {
		take(&to.Payment, was.Payment, is.Payment)
	}
	if is.PaidAt != 0 {
		take(&to.PaidAt, was.PaidAt, is.PaidAt)
	}
	if is.PaidAmount != 0 {
		take(&to.PaidAmount, was.PaidAmount, is.PaidAmount)
	}
	if is.PaymentMethod != "" {
		take(&to.PaymentMethod, was.PaymentMethod, is.PaymentMethod)
	}
}

// mergeLines takes over the lines that differ between two documents. A line that the channel took out stays, wholly
// cancelled and without a price, so that what hangs on its number keeps its meaning and the amounts still add up.
func mergeLines(stored, was, is []order.Line, skus map[string]catalog.SKU) []order.Line {
	for _, l := range is {
		at, old := lineAt(stored, l.No), lineAt(was, l.No)
		if at >= 0 && old >= 0 && was[old] == l {
			continue
		}
		if at < 0 {
			l.SKUID = skus[l.SKU].ID
			stored = append(stored, l)
			continue
		}
		l.OrderID = stored[at].OrderID
		if old >= 0 && was[old].SKU == l.SKU {
			l.SKU, l.SKUID = stored[at].SKU, stored[at].SKUID // a person may have mapped it to another
		} else {
			l.SKUID = skus[l.SKU].ID
		}
		stored[at] = l
	}
	for _, l := range was {
		if at := lineAt(stored, l.No); at >= 0 && lineAt(is, l.No) < 0 {
			stored[at].Cancelled, stored[at].UnitPrice, stored[at].Discount = stored[at].Quantity, 0, 0
		}
	}
	slices.SortFunc(stored, func(a, b order.Line) int { return cmp.Compare(a.No, b.No) })
	return stored
}

func lineAt(lines []order.Line, no int64) int {
	return slices.IndexFunc(lines, func(l order.Line) bool { return l.No == no })
}
