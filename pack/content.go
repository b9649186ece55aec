package pack

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/carton"
)

// Content is what of a fulfilment line is in a parcel.
type Content struct {
	Seq      int64 // of the fulfilment's line
	SKU      int64
	Lot      string
	Quantity int64 // base units
}

// contents is what a fulfilment has to pack.
type contents struct {
	node int64
	list []Content // in order of seq and lot
	skus map[int64]catalog.SKU
}

// pickedOf is what stands in the fulfilment's container.
func pickedOf(rs []inventory.Reservation) []Content {
	var list []Content
	for _, r := range rs {
		if r.Kind == inventory.Picked {
			list = append(list, Content{r.Seq, r.SKU, r.Lot, r.Quantity})
		}
	}
	return merged(list)
}

// promisedOf is what will stand there.
func promisedOf(f *order.Fulfilment) []Content {
	var list []Content
	for _, l := range f.Lines {
		if l.Quantity > 0 {
			list = append(list, Content{Seq: l.Seq, SKU: l.SKUID, Quantity: l.Quantity})
		}
	}
	return list
}

// merged adds up what was picked of one line and lot in several places.
func merged(list []Content) []Content {
	slices.SortStableFunc(list, func(a, b Content) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Lot, b.Lot)) })
	out := list[:0]
	for _, c := range list {
		if n := len(out); n > 0 && out[n-1].Seq == c.Seq && out[n-1].Lot == c.Lot {
			out[n-1].Quantity += c.Quantity
			continue
		}
		out = append(out, c)
	}
	return out
}

func (c contents) units() (n int64) {
	for _, p := range c.list {
		n += p.Quantity
	}
	return n
}

// weight is tare and contents; false where the catalogue does not know the weight of one of them.
func (c contents) weight(of []Content, tareG int64) (int64, bool) {
	g, known := tareG, true
	for _, p := range of {
		unit := c.skus[p.SKU].WeightG
		g += unit * p.Quantity
		known = known && unit > 0
	}
	return g, known
}

// code is what people call a SKU.
func (c contents) code(sku int64) string {
	return cmp.Or(c.skus[sku].Code, strconv.FormatInt(sku, 10))
}

// problem puts the contents to the chooser of cartons. Its items are called by their places in skus.
func (b *bench) problem(c contents) (p carton.Problem, skus []int64) {
	p = carton.Problem{Cartons: b.offered, Freight: typicalFreight}
	for _, part := range c.list {
		if i := slices.Index(skus, part.SKU); i >= 0 {
			p.Items[i].Quantity += int(part.Quantity)
			continue
		}
		p.Items = append(p.Items, b.item(c.skus[part.SKU], len(skus), part.Quantity))
		skus = append(skus, part.SKU)
	}
	return p, skus
}

func (b *bench) item(s catalog.SKU, name int, quantity int64) carton.Item {
	mm := [3]int64{s.LengthMM, s.WidthMM, s.HeightMM}
	return carton.Item{SKU: strconv.Itoa(name), Quantity: int(quantity), MM: [3]int{int(mm[0]), int(mm[1]), int(mm[2])},
		G: int(s.WeightG), ThisSideUp: s.ThisSideUp, Fragile: s.Fragile, Soft: b.bagged(s, mm)}
}

// bagged reports whether goods travel in a bag: flat, no larger than the smallest of them, and nothing that
// a knock would spoil. The catalogue does not say what is soft.
func (b *bench) bagged(s catalog.SKU, mm [3]int64) bool {
	mm = longestFirst(mm)
	return mm[2] > 0 && mm[2] <= b.flat[2] && mm[1] <= b.flat[1] && mm[0] <= b.flat[0] &&
		!s.Fragile && !s.ThisSideUp && !s.Liquid && !s.Battery
}

func longestFirst(mm [3]int64) [3]int64 {
	slices.SortFunc(mm[:], func(x, y int64) int { return cmp.Compare(y, x) })
	return mm
}
