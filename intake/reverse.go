package intake

import (
	"time"

	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// documentOf says an order as its channel would say it now: contentOf read backwards. The states but the payment are
// ours and are not said. A line that is wholly cancelled is left out. One that is cancelled in part keeps the quantity
// that was sold, because its price and discount are of that quantity.
func documentOf(o *order.Order) Document {
	amount := func(minor int64) Decimal { return decimalOf(minor, o.Currency) }
	r := o.Recipient
	d := Document{
		Channel: o.Channel, Shop: o.Shop, OrderNo: o.ExternalNo, PlacedAt: timeOf(o.PlacedAt), OrderKind: o.Kind,
		PaymentStatus: o.Payment, PaidAt: timeOf(o.PaidAt), PaidAmount: amount(o.PaidAmount), PaymentMethod: o.PaymentMethod, Currency: o.Currency,
		BuyerID: o.Buyer.ID, BuyerIP: o.Buyer.IP, BuyerToken: o.Buyer.Token,
		RecipientName: r.Name, Phone: r.Phone, Email: r.Email, Country: r.Country, Province: r.Province, City: r.City,
		District: r.District, Address: r.Address, Postcode: r.Postcode, RecipientToken: r.Token, TokenIssuer: r.Issuer,
		ShippingFee: amount(o.ShippingFee), OrderDiscount: amount(o.Discount),
		ShipBy: timeOf(o.ShipBy), CollectBy: timeOf(o.CollectBy), PromisedBy: timeOf(o.PromisedBy),
		MaySplit: &o.MaySplit, BuyerNote: o.Notes.Buyer, SellerNote: o.Notes.Seller,
	}
	if o.Payment == order.Paid { // where it is silent, paid means all of it
		d.PaidAmount = Decimal(money.Format(o.PaidAmount, o.Currency))
	}
	for _, l := range o.Lines {
		if l.Wanted() > 0 {
			d.Lines = append(d.Lines, Line{LineNo: l.No, SKU: l.SKU, Title: l.Title, Quantity: l.Quantity,
				UnitPrice: Decimal(money.Format(l.UnitPrice, o.Currency)), LineDiscount: amount(l.Discount)})
		}
	}
	return d
}

// decimalOf leaves an amount empty where there is none.
func decimalOf(minor int64, currency string) Decimal {
	if minor == 0 {
		return ""
	}
	return Decimal(money.Format(minor, currency))
}

func timeOf(micros int64) string {
	if micros == 0 {
		return ""
	}
	return time.UnixMicro(micros).UTC().Format(time.RFC3339Nano)
}
