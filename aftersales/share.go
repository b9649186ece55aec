package aftersales

import (
	"math/bits"

	"github.com/packhorse/packhorse/order"
)

// Shipping is the number under which refunds count what was paid for shipping.
const Shipping = int64(0)

// Shares spreads what was paid for an order over its lines, and over Shipping, as the prices have it: the discount of
// the whole order is borne by the goods. The shares are minor units, none is below zero, and together they are
// what was paid. It is the most that may go back for each.
func Shares(o *order.Order) map[int64]int64 {
	var goods int64
	for _, l := range o.Lines {
		goods += max(l.Amount(), 0)
	}
	worth := max(goods-o.Discount, 0)
	paid := max(o.PaidAmount, 0)
	out := map[int64]int64{}
	forGoods := part(paid, worth, worth+o.ShippingFee)
	if goods == 0 {
		forGoods = 0
	}
	out[Shipping] = paid - forGoods
	var upTo, given int64
	for _, l := range o.Lines {
		upTo += max(l.Amount(), 0)
		to := part(forGoods, upTo, goods)
		out[l.No] += to - given
		given = to
	}
	return out
}

// part is whole × n / of, rounded down; 0 of nothing.
func part(whole, n, of int64) int64 {
	if of <= 0 || n <= 0 || whole <= 0 {
		return 0
	}
	if n >= of {
		return whole
	}
	hi, lo := bits.Mul64(uint64(whole), uint64(n))
	q, _ := bits.Div64(hi, lo, uint64(of))
	return int64(q)
}
