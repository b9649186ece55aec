package intake

import (
	"cmp"
	"time"

	"github.com/packhorse/packhorse/order"
)

// content is what a document says, in the words of an order.
type content struct {
	order     order.Order // without ids and states; Payment "" where the channel does not say
	maySplit  *bool       // nil where it does not say
	cancelled bool
}

// contentOf reads a clean and valid document.
func contentOf(d *Document) content {
	a, _ := d.amounts()
	t := d.Times()
	o := order.Order{
		Channel: d.Channel, Shop: d.Shop, ExternalNo: d.OrderNo, Kind: cmp.Or(d.OrderKind, "normal"), PlacedAt: micros(t.Placed),
		Currency: a.Currency, Total: a.Total, ShippingFee: a.Shipping, Discount: a.Discount,
		PaidAt: micros(t.Paid), PaidAmount: a.Paid, PaymentMethod: d.PaymentMethod,
		Buyer: order.Buyer{ID: d.BuyerID, IP: d.BuyerIP, Token: d.BuyerToken},
		Recipient: order.Recipient{Name: d.RecipientName, Phone: d.Phone, Email: d.Email, Country: d.Country, Province: d.Province,
			City: d.City, District: d.District, Address: d.Address, Postcode: d.Postcode, Token: d.RecipientToken, Issuer: d.TokenIssuer},
		ShipBy: micros(t.ShipBy), CollectBy: micros(t.CollectBy), PromisedBy: micros(t.PromisedBy),
		Notes: order.Notes{Buyer: d.BuyerNote, Seller: d.SellerNote},
		Lines: make([]order.Line, len(d.Lines)),
	}
	for i, l := range d.Lines {
		o.Lines[i] = order.Line{No: l.LineNo, SKU: l.SKU, Title: l.Title, Quantity: l.Quantity,
			UnitPrice: a.Lines[i].UnitPrice, Discount: a.Lines[i].Discount}
	}
	o.Payment = d.PaymentStatus
	if o.Payment == "" && a.Total > 0 && a.Paid >= a.Total {
		o.Payment = order.Paid
	}
	if o.Payment == order.Paid && d.PaidAmount == "" {
		o.PaidAmount = o.Total // paid, and no word of how much: all of it
	}
	o.Priority = priority(&o)
	return content{order: o, maySplit: d.MaySplit, cancelled: d.Cancelled}
}

// Priorities add up; 0 is an ordinary order.
const (
	priorityRush  = 10 // to be sent within a day of being placed
	priorityAgain = 20 // a customer who has waited once already
)

func priority(o *order.Order) (p int64) {
	if o.ShipBy > 0 && o.ShipBy-o.PlacedAt <= (24*time.Hour).Microseconds() {
		p += priorityRush
	}
	if o.Kind == "exchange" || o.Kind == "reship" {
		p += priorityAgain
	}
	return p
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
