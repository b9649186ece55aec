package seed

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// Shares of the order stream, in orders per thousand.
const (
	shareRegular   = 400 // placed by somebody who comes back
	shareMalformed = 40  // with an address that does not work
	shareMasked    = 80  // of the livestream: masked by the platform, with a token
	shareUnpaid    = 25
	shareCOD       = 20
	sharePresale   = 20 // deposit paid, balance due
	shareReship    = 4  // a replacement, free of charge
	shareUnmapped  = 5  // with a SKU that the catalogue does not know
	shareFloor     = 2  // sold far below cost by a slip of the price
	shareUnderpaid = 2
	shareNoSplit   = 150
	shareBulk      = 2 // somebody buys one SKU by the dozen
)

// day is one call of Orders: a day's stream from one moment on.
type day struct {
	company  *Company
	r        *rand.Rand
	people   people
	regulars []customer
	bursts   []burst
	from     time.Time
}

// Orders are n orders over the 24 hours from a moment on, in the order of arrival, each with a number of its own.
// Other moments give other orders from the same regular customers, so that a long run calls it day by day. The same
// moment and n give the same orders; calls whose moments share the minute repeat order numbers.
func (c *Company) Orders(n int, from time.Time) []Order {
	d := day{company: c, r: c.stream("orders", from.Unix(), n), people: newPeople(), from: from.In(china)}
	for k := range max(40, n/2) {
		d.regulars = append(d.regulars, d.people.draw(c.stream("regular", k), fmt.Sprintf("b%016x", hash("regular", c.seed, k))))
	}
	d.bursts = makeBursts(d.r, n)
	list := make([]Order, 0, n)
	for i, at := range arrivals(d.r, n, from) {
		list = append(list, d.order(i, at))
	}
	return list
}

func (d *day) order(i int, at time.Time) Order {
	who := d.customer(i)
	o := Order{Head: Head{
		Channel: who.shop.channel, Shop: who.shop.code, Kind: "normal", Currency: "CNY", PlacedAt: at,
		OrderNo: fmt.Sprintf("%s%s%06d", who.shop.prefix, d.from.Format("0601021504"), i+1),
		BuyerID: who.id, BuyerIP: who.ip, Recipient: who.recipient, MaySplit: 1,
	}}
	o.Lines = d.lines(who.shop.channel)
	if b, ok := burstAt(d.bursts, i); ok {
		b.apply(&o, d)
	}
	if perMille(d.r, shareNoSplit) {
		o.MaySplit = 0
	}
	d.notes(&o)
	d.flaws(&o)
	d.charge(&o)
	d.pay(&o)
	d.deadlines(&o)
	return o
}

func (d *day) customer(i int) customer {
	if perMille(d.r, shareRegular) {
		return one(d.r, d.regulars)
	}
	return d.people.draw(d.r, fmt.Sprintf("b%016x", hash("guest", d.company.seed, d.from.Unix(), i)))
}

func (d *day) notes(o *Order) {
	if perMille(d.r, 60) {
		o.BuyerNote = one(d.r, []string{"请尽快发货，谢谢", "不要放驿站，送到家门口", "周末送货", "易碎品请包好", "送人的，不要放价格单", "放门口鞋柜", "电话打不通请发短信"})
	}
	if perMille(d.r, 20) {
		o.SellerNote = one(d.r, []string{"老客户，赠小样", "客户催单，优先发", "核对颜色后发货", "补开发票"})
	}
	if o.Channel == "webshop" {
		o.Email = o.BuyerID + "@example.com"
	}
}

// flaws puts in what review has to find: bad addresses, unknown SKUs, slips of the price; and the platform's masks,
// which are no flaw.
func (d *day) flaws(o *Order) {
	switch {
	case perMille(d.r, shareMalformed):
		o.right = o.Recipient
		o.Recipient = spoil(d.r, o.Recipient)
	case o.Channel == "livestream" && perMille(d.r, shareMasked):
		o.BuyerToken = token(o.Shop, o.Recipient)
		o.Recipient = mask(o.Recipient)
	}
	if perMille(d.r, shareUnmapped) {
		l := &o.Lines[0]
		l.SKU, l.Title = fmt.Sprintf("OLD-%04d", d.r.IntN(10_000)), "旧款 "+l.Title
	}
	if perMille(d.r, shareFloor) {
		o.Lines[0].priceFen = o.Lines[0].priceFen/10 + 1
	}
}

// deadlines are the platform's: a livestream ships within a day, a shop within two; remote places get longer.
func (d *day) deadlines(o *Order) {
	ship, promise := 48*time.Hour, 5*24*time.Hour
	switch {
	case o.Kind == "presale":
		ship, promise = 10*24*time.Hour, 15*24*time.Hour
	case o.Channel == "livestream":
		ship = 24 * time.Hour
	}
	if remote(o.Province) || overseas(o.Province) {
		promise += 3 * 24 * time.Hour
	}
	o.ShipBy, o.PromisedBy = o.PlacedAt.Add(ship), o.PlacedAt.Add(promise)
	o.CollectBy = o.ShipBy.Add(24 * time.Hour)
}
