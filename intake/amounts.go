package intake

import (
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
)

// Amounts is a document's money in minor units of its currency.
// Total = Σ Lines.Net − Discount + Shipping.
type Amounts struct {
	Currency string
	Lines    []LineAmounts // in the order of Document.Lines
	Goods    int64         // Σ Lines.Net
	Discount int64         // of the whole order, beside the lines' own
	Shipping int64
	Total    int64
	Paid     int64
}

// LineAmounts is the money of one line. Net = UnitPrice × quantity − Discount.
type LineAmounts struct {
	UnitPrice int64
	Discount  int64
	Net       int64
}

// Amounts reads the document's money. It fails with what Validate says about it: intake.currency,
// intake.amount, intake.amount_decimals, intake.amount_negative, intake.amount_too_large,
// intake.discount_too_large.
func (d *Document) Amounts() (Amounts, error) {
	c := d.cleaned()
	if !money.Valid(c.Currency) {
		return Amounts{}, fault.Invalidf("currency", "intake.currency", "%q is no currency of ISO 4217; write CNY for yuan, JPY for yen", c.Currency).With("value", c.Currency)
	}
	out, wrong := c.amounts()
	var all []*fault.Fault
	for _, m := range wrong {
		all = append(all, m.fault())
	}
	if f := fault.Join(all...); f != nil {
		return Amounts{}, f
	}
	return out, nil
}

// amounts computes what it can of a clean document with a valid currency and lists what is wrong.
// Every single amount is at most money.MaxMinor, and the sums stay below it, so nothing overflows.
func (d *Document) amounts() (Amounts, []mistake) {
	var wrong []mistake
	read := func(line int, field string, text Decimal) int64 {
		minor, f := amount(field, string(text), d.Currency)
		if f != nil {
			wrong = append(wrong, mistake{line, f})
		}
		return minor
	}
	out := Amounts{Currency: d.Currency, Lines: make([]LineAmounts, len(d.Lines))}
	for i, l := range d.Lines {
		a := LineAmounts{UnitPrice: read(i, "unit_price", l.UnitPrice), Discount: read(i, "line_discount", l.LineDiscount)}
		quantity := max(l.Quantity, 0)
		switch {
		case quantity > 0 && a.UnitPrice > money.MaxMinor/quantity, out.Goods > money.MaxMinor-a.UnitPrice*quantity:
			wrong = append(wrong, mistake{i, tooMuch("unit_price")})
		case quantity > 0 && a.Discount > a.UnitPrice*quantity:
			wrong = append(wrong, mistake{i, overDiscount("line_discount")})
		default:
			a.Net = a.UnitPrice*quantity - a.Discount
		}
		out.Lines[i] = a
		out.Goods += a.Net
	}
	out.Shipping = read(wholeOrder, "shipping_fee", d.ShippingFee)
	out.Discount = read(wholeOrder, "order_discount", d.OrderDiscount)
	out.Paid = read(wholeOrder, "paid_amount", d.PaidAmount)
	out.Total = out.Goods - out.Discount + out.Shipping
	switch {
	case len(wrong) > 0: // a sum of half-read amounts accuses the wrong field
	case out.Total > money.MaxMinor:
		wrong = append(wrong, mistake{wholeOrder, tooMuch("shipping_fee")})
	case out.Total < 0:
		wrong = append(wrong, mistake{wholeOrder, overDiscount("order_discount")})
	}
	return out, wrong
}

// amount reads one amount; an empty one is 0. More decimals than the currency has are a mistake, zeros excepted.
func amount(field, text, currency string) (int64, *fault.Fault) {
	if text == "" {
		return 0, nil
	}
	minor, err := money.Parse(text, currency)
	_, decimals, _ := strings.Cut(text, ".")
	places := int(money.Exponent(currency))
	switch {
	case err == nil && minor < 0:
		return 0, fault.Invalidf(field, "intake.amount_negative", "%s must not be negative", text).With("value", text)
	case err == nil:
		return minor, nil
	case strings.Trim(text, "0123456789.") == "" && len(strings.TrimRight(decimals, "0")) > places && !strings.Contains(decimals, "."):
		return 0, fault.Invalidf(field, "intake.amount_decimals", "%s has more than the %d decimals of %s", text, places, currency).
			With("value", text).With("decimals", places).With("currency", currency)
	}
	return 0, fault.Invalidf(field, "intake.amount", "%q is not an amount like 12.50", text).With("value", text)
}

func tooMuch(field string) *fault.Fault {
	return fault.Invalidf(field, "intake.amount_too_large", "the order sums up to more than any amount we book")
}

func overDiscount(field string) *fault.Fault {
	return fault.Invalidf(field, "intake.discount_too_large", "the discount is larger than what it is taken from")
}

// Times is a document's times in UTC; the zero time where the channel does not say.
type Times struct {
	Placed, Paid, ShipBy, CollectBy, PromisedBy time.Time
}

// Times reads the document's times; one that Validate would refuse is the zero time.
func (d *Document) Times() Times {
	read := func(text string) time.Time {
		t, _ := parseTime(tidy(text))
		return t
	}
	return Times{read(d.PlacedAt), read(d.PaidAt), read(d.ShipBy), read(d.CollectBy), read(d.PromisedBy)}
}

// parseTime takes RFC 3339 between 2000 and 2100, to the microsecond: what else channels send as a
// time (0001-01-01, 1970-01-01, 9999-12-31) means that they do not know.
func parseTime(text string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || t.Year() < 2000 || t.Year() > 2100 {
		return time.Time{}, false
	}
	return t.UTC().Truncate(time.Microsecond), true
}
