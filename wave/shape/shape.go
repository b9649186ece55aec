package shape

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/packhorse/packhorse/pick/route"
)

// Shape is what an order looks like to a picker.
type Shape string

// The shapes. An order has the first that fits, in this order.
const (
	Urgent    Shape = "urgent"      // its last moment comes before a shared walk would be back
	Bulky     Shape = "bulky"       // larger or heavier than a box of the cart
	HotSKU    Shape = "hot_sku"     // many orders have this very content
	Single    Shape = "single_item" // one unit: nothing has to be brought together
	MultiLine Shape = "multi_line"  // everything else
)

// shapes lists all of them, in the order in which they are tried.
var shapes = [...]Shape{Urgent, Bulky, HotSKU, Single, MultiLine}

// Order is a fulfilment that waits, with the places its goods come from.
type Order struct {
	Lines   []Line
	ML      int  // volume of all its goods, millilitres; 0: unknown, taken as fitting
	G       int  // weight of all its goods, grams
	Minutes int  // until its last moment, as far as Timed
	Timed   bool // it has a last moment
}

// Line is some units of one SKU from one place.
type Line struct {
	SKU      int64
	Quantity int
	At       route.Stop
}

// Limits say where a shape begins and how much a method takes at once.
type Limits struct {
	UrgentMinutes int // an order with at most so many minutes left is urgent
	BoxML, BoxG   int // what a box of the cart holds; an order above either is bulky
	HotOrders     int // so many orders of one content are hot
	CartBoxes     int // orders on a cart that sorts while picking
	CartML        int // volume of a cart that does not: singles, hot goods, a share of a put-wall batch
	WallSlots     int // orders sorted together at the put wall
}

// Usual are limits of a small warehouse: twelve boxes of 50 litres on a cart, a wall of 40 slots.
func Usual() Limits {
	return Limits{UrgentMinutes: 30, BoxML: 50_000, BoxG: 15_000, HotOrders: 8, CartBoxes: 12, CartML: 600_000, WallSlots: 40}
}

// Split gives every order its shape.
func Split(orders []Order, l Limits) []Shape {
	content := make([]string, len(orders))
	alike := map[string]int{}
	for i, o := range orders {
		content[i] = o.Content()
		alike[content[i]]++
	}
	out := make([]Shape, len(orders))
	for i, o := range orders {
		switch {
		case o.Timed && o.Minutes <= l.UrgentMinutes:
			out[i] = Urgent
		case o.ML > l.BoxML || o.G > l.BoxG:
			out[i] = Bulky
		case alike[content[i]] >= l.HotOrders:
			out[i] = HotSKU
		case o.units() == 1:
			out[i] = Single
		default:
			out[i] = MultiLine
		}
	}
	return out
}

func (o Order) units() (n int) {
	for _, l := range o.Lines {
		n += l.Quantity
	}
	return n
}

// Content names what is in an order: equal for orders of the same SKUs and quantities.
func (o Order) Content() string {
	lines := slices.Clone(o.Lines)
	slices.SortFunc(lines, func(a, b Line) int { return cmp.Or(cmp.Compare(a.SKU, b.SKU), cmp.Compare(a.Quantity, b.Quantity)) })
	var text []byte
	for _, l := range lines {
		text = binary.AppendVarint(binary.AppendVarint(text, l.SKU), int64(l.Quantity))
	}
	return string(text)
}
