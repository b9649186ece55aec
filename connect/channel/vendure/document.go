package vendure

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/packhorse/packhorse/intake"
)

// pulled reads one order as the shop told it.
func (s *Shop) pulled(raw json.RawMessage, precision int) (intake.Pulled, *shopOrder) {
	var o shopOrder
	if err := json.Unmarshal(raw, &o); err != nil {
		return intake.Pulled{Raw: string(raw), Err: fmt.Errorf("%w: %w", intake.ErrUnreadable, err)}, nil
	}
	return intake.Pulled{Document: s.document(&o, precision), Raw: string(raw)}, &o
}

// document says an order in our words. The total is always the shop's: what its roundings, surcharges and discounts of the
// whole order leave over beside the lines is a part of the shipping fee, or a discount.
func (s *Shop) document(o *shopOrder, precision int) intake.Document {
	amount := func(v int64) intake.Decimal { return decimal(v, precision) }
	d := intake.Document{
		Channel: s.account, Shop: s.shop, OrderNo: o.Code, Currency: o.Currency,
		PlacedAt: timeOf(o.PlacedAt), Cancelled: o.State == "Cancelled",
	}
	inOrder(o.Lines)
	rest := o.TotalWithTax - o.ShippingWithTax
	for i, l := range o.Lines {
		line, net := l.line(d.Cancelled, amount)
		if line.Quantity == 0 {
			continue
		}
		line.LineNo = int64(i + 1)
		d.Lines = append(d.Lines, line)
		rest -= net
	}
	fee, discount := o.ShippingWithTax+max(rest, 0), max(-rest, 0)
	if d.Cancelled { // the shop has emptied it; what is left of its amounts means nothing
		fee, discount = 0, 0
	}
	d.ShippingFee, d.OrderDiscount = amount(fee), amount(discount)
	o.payTo(&d, amount)
	o.addressTo(&d)
	return d
}

// line is a line as sold; of a cancelled order what was placed. net is what it adds to the total.
func (l shopLine) line(cancelled bool, amount func(int64) intake.Decimal) (out intake.Line, net int64) {
	out = intake.Line{SKU: l.Variant.SKU, Title: l.Variant.Name, Quantity: l.Quantity, UnitPrice: amount(l.UnitPriceWithTax)}
	if cancelled {
		out.Quantity = l.PlacedQuantity
		return out, 0
	}
	gross := l.UnitPriceWithTax * l.Quantity
	net = min(l.NetWithTax, gross)
	out.LineDiscount = amount(gross - net)
	return out, net
}

// payTo says the state of the payment. Where a part is paid, as after an edit that made the order dearer, it is silent.
func (o *shopOrder) payTo(d *intake.Document, amount func(int64) intake.Decimal) {
	var settled, authorized, refunded int64
	var at time.Time
	for _, p := range o.Payments {
		switch p.State {
		case "Settled":
			settled += p.Amount
			refunded += p.refunded()
			if p.UpdatedAt.After(at) {
				at = p.UpdatedAt
			}
			d.PaymentMethod = p.Method
		case "Authorized":
			authorized += p.Amount
			d.PaymentMethod = cmp.Or(d.PaymentMethod, p.Method)
		}
	}
	switch {
	case settled > 0 && refunded >= settled:
		d.PaymentStatus = "refunded"
	case d.Cancelled && settled+authorized == 0: // emptied, its total is nothing and so is what was paid
		d.PaymentStatus = "unpaid"
	case settled >= o.TotalWithTax && (settled > 0 || authorized == 0):
		d.PaymentStatus = "paid"
	case settled+authorized >= o.TotalWithTax:
		d.PaymentStatus = "authorized"
	case settled == 0:
		d.PaymentStatus = "unpaid"
	}
	if settled > 0 {
		d.PaidAmount, d.PaidAt = amount(settled), timeOf(at)
	}
}

func (o *shopOrder) addressTo(d *intake.Document) {
	if c := o.Customer; c != nil {
		d.BuyerID, d.Email, d.Phone = c.ID, c.Email, c.Phone
		d.RecipientName = strings.TrimSpace(c.FirstName + " " + c.LastName)
	}
	a := o.Address
	if a == nil {
		return
	}
	d.RecipientName = cmp.Or(a.FullName, d.RecipientName, a.Company)
	d.Phone = cmp.Or(a.Phone, d.Phone)
	d.Country, d.Province, d.City, d.Postcode = a.CountryCode, a.Province, a.City, a.PostalCode
	var parts []string
	for _, part := range []string{a.Company, a.StreetLine1, a.StreetLine2} {
		if part = strings.TrimSpace(part); part != "" && part != d.RecipientName {
			parts = append(parts, part)
		}
	}
	d.Address = strings.Join(parts, ", ")
}

// decimal writes an amount of the shop.
func decimal(v int64, precision int) intake.Decimal {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	digits := fmt.Sprintf("%0*d", precision+1, v)
	if precision == 0 {
		return intake.Decimal(sign + digits)
	}
	at := len(digits) - precision
	return intake.Decimal(sign + digits[:at] + "." + digits[at:])
}

func timeOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
