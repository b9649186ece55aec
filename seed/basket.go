package seed

import (
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/money"
)

// lines fills a basket: mostly one line of one unit. Livestreams sell their hot SKUs one by one.
func (d *day) lines(channel string) []Line {
	r := d.r
	if channel == "livestream" && perMille(r, 600) {
		hot := r.IntN(30) * r.IntN(30) / 30
		return []Line{d.line(1, d.company.offers[hot], 1)}
	}
	count := 1
	switch x := r.IntN(1000); {
	case x >= 930:
		count = between(r, 4, 6)
	case x >= 840:
		count = 3
	case x >= 600:
		count = 2
	}
	var list []Line
	for len(list) < count {
		o := d.company.offers[d.company.demand.draw(r)]
		if slices.ContainsFunc(list, func(l Line) bool { return l.SKU == o.good.SKU }) {
			continue
		}
		list = append(list, d.line(len(list)+1, o, d.units()))
	}
	return list
}

func (d *day) units() int {
	switch x := d.r.IntN(1000); {
	case x < shareBulk:
		return 12 * between(d.r, 1, 3)
	case x < 60:
		return between(d.r, 3, 6)
	case x < 190:
		return 2
	}
	return 1
}

func (d *day) line(no int, o offer, quantity int) Line {
	l := Line{No: no, SKU: o.good.SKU, Title: o.good.Title, Quantity: quantity}
	l.priceFen = o.good.priceFen * int64(1000-o.cut) / 10_000 * 10 // to the tenth of a yuan
	if perMille(d.r, 60) {
		l.discountFen = l.priceFen * int64(quantity) / 10
	}
	return l
}

// charge settles the amounts: freight below 49 yuan and to remote places, 10 yuan off each full hundred in some
// orders, and all decimal texts.
func (d *day) charge(o *Order) {
	if perMille(d.r, shareReship) {
		o.Kind, o.SellerNote = "reship", "补发，免费"
		for i := range o.Lines {
			o.Lines[i].priceFen, o.Lines[i].discountFen = 0, 0
		}
	} else {
		o.shippingFen = freight(o.total(), o.Province)
		if perMille(d.r, 120) {
			o.discountFen = fullHundreds(o.total())
		}
	}
	o.write()
}

// fullHundreds is the discount of 10 yuan for each full hundred.
func fullHundreds(fen int64) int64 { return fen / 10_000 * 1_000 }

func freight(total int64, province string) int64 {
	switch {
	case remote(province) || overseas(province):
		return 1500
	case total < 4900:
		return 800
	}
	return 0
}

// write renders the amounts of the lines, the freight and the discount.
func (o *Order) write() {
	for i := range o.Lines {
		l := &o.Lines[i]
		l.UnitPrice, l.LineDiscount = money.Format(l.priceFen, "CNY"), money.Format(l.discountFen, "CNY")
	}
	o.ShippingFee, o.OrderDiscount = money.Format(o.shippingFen, "CNY"), money.Format(o.discountFen, "CNY")
}

// pay draws how the order is paid: nearly always at once.
func (d *day) pay(o *Order) {
	delay := time.Duration(between(d.r, 8, 240)) * time.Second
	method := one(d.r, []string{"wallet", "wallet", "wallet", "bank_card"})
	x := d.r.IntN(1000)
	switch {
	case o.Kind == "reship":
		o.settle(o.PlacedAt, "none", 0)
	case x < shareCOD && !overseas(o.Province):
		o.Kind, o.PaymentStatus, o.PaymentMethod = "cod", "authorized", "cod"
	case x < shareCOD+sharePresale:
		o.Kind, o.PaymentStatus, o.PaymentMethod = "presale", "unpaid", method
		o.PaidAmount = money.Format(o.total()/5, "CNY") // the deposit; the balance is due later
	case x < shareCOD+sharePresale+shareUnpaid:
		o.PaymentStatus = "unpaid"
	case x >= 1000-shareUnderpaid && o.total() > 100:
		o.settle(o.PlacedAt.Add(delay), method, o.total()-100)
	default:
		o.settle(o.PlacedAt.Add(delay), method, o.total())
	}
}

func (o *Order) settle(at time.Time, method string, fen int64) {
	o.PaymentStatus, o.PaidAt, o.PaymentMethod = "paid", at, method
	o.PaidAmount = money.Format(fen, "CNY")
}

// refund takes an amount off what was paid; it never leaves less than nothing.
func (o *Order) refund(fen int64) {
	paid, _ := money.Parse(o.PaidAmount, "CNY") // our own text
	o.PaidAmount = money.Format(max(0, paid-fen), "CNY")
}
