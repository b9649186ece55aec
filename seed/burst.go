package seed

import (
	"math/rand/v2"
	"slices"
)

// burst is a run of orders from one address of the net, for one hot SKU: somebody buys up stock under many accounts.
// Every other burst also goes to one door, under different names.
type burst struct {
	start, end int
	oneDoor    bool
	ip         string
	door       *Recipient // of its first order
}

// makeBursts puts one burst into every seven hundred orders, at least one into any stream worth the name.
func makeBursts(r *rand.Rand, n int) []burst {
	if n < 40 {
		return nil
	}
	var list []burst
	for i := range 1 + n/700 {
		start := r.IntN(n - 10)
		list = append(list, burst{start: start, end: start + between(r, 6, 9), oneDoor: i%2 == 1})
	}
	return list
}

func burstAt(list []burst, i int) (*burst, bool) {
	at := slices.IndexFunc(list, func(b burst) bool { return b.start <= i && i < b.end })
	if at < 0 {
		return nil, false
	}
	return &list[at], true
}

// apply makes the order one of the burst.
func (b *burst) apply(o *Order, d *day) {
	if b.door == nil {
		door := o.Recipient
		b.door, b.ip = &door, o.BuyerIP
	}
	o.BuyerIP = b.ip
	o.Lines = []Line{d.line(1, d.company.offers[3], between(d.r, 1, 2))}
	if b.oneDoor {
		name, phone := o.Name, o.Phone
		o.Recipient = *b.door
		o.Name, o.Phone = name, phone
	}
}
