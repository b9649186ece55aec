package seed

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// Stock is one row of the stock import.
type Stock struct {
	Warehouse string `json:"warehouse"`
	Location  string `json:"location"`
	SKU       string `json:"sku"`
	Quality   string `json:"quality"` // good or defective
	Lot       string `json:"lot"`
	ExpiresOn string `json:"expires_on"` // yyyy-mm-dd
	Quantity  int    `json:"quantity"`
}

// shares of the whole demand that each warehouse serves, in per cent.
var shares = []struct {
	warehouse string
	percent   int
}{{"JX", 50}, {"DG", 30}, {"CD", 20}}

// Stock lays in goods for a number of orders from a day on. Most SKUs lie in all three warehouses, with a quarter more
// than expected; about one in twelve lies in one only; about one in forty runs short, and a few are out. Goods with a
// shelf life lie in lots, of which a few are near their end on that day. A little is defective.
func (c *Company) Stock(day time.Time, orders int) []Stock {
	r := c.stream("stock")
	shelves := newShelves(c.Locations())
	var list []Stock
	for rank, expected := range c.expectedUnits(orders) {
		good := c.offers[rank].good
		if good.LengthMM == 0 {
			continue // a bundle: its parts are stocked
		}
		for _, p := range place(r, laidIn(r, rank, expected)) {
			list = append(list, p.rows(r, good, day, shelves)...)
		}
	}
	slices.SortStableFunc(list, byPlace)
	return list
}

// expectedUnits is the demand per rank, that for bundles passed on to their parts.
func (c *Company) expectedUnits(orders int) []int {
	units := make([]float64, len(c.offers))
	rankOf := map[string]int{}
	for rank, o := range c.offers {
		rankOf[o.good.SKU] = rank
		units[rank] = float64(orders) * unitsPerOrder * float64(c.demand.weight(rank)) / float64(c.demand.total())
	}
	for _, part := range c.bundles {
		units[rankOf[part.Component]] += units[rankOf[part.Bundle]] * float64(part.Quantity)
	}
	whole := make([]int, len(units))
	for rank, u := range units {
		whole[rank] = int(u + 0.5)
	}
	return whole
}

// laidIn is how much of a SKU there is, over all warehouses: a quarter more than expected and a few for luck; a third
// of it for the SKUs that run short. The ten hottest never do: one of them alone would starve a tenth of the orders.
func laidIn(r *rand.Rand, rank, expected int) int {
	switch {
	case rank >= 10 && perMille(r, 5):
		return 0
	case rank >= 10 && perMille(r, 20):
		return max(2, expected/3)
	}
	return expected + expected/4 + between(r, 6, 15)
}

// lay is what lies of one SKU in one warehouse.
type lay struct {
	warehouse string
	quantity  int
	fast      bool
}

// place spreads a SKU over the warehouses by their share of demand. Every twelfth lies in one only, every sixth in two.
func place(r *rand.Rand, quantity int) []lay {
	at := slices.Clone(shares)
	switch x := r.IntN(1000); {
	case x < 80:
		i := r.IntN(len(at))
		at = at[i : i+1]
	case x < 250:
		i := r.IntN(len(at))
		at = slices.Delete(at, i, i+1)
	}
	whole := 0
	for _, s := range at {
		whole += s.percent
	}
	var list []lay
	rest := quantity
	for i, s := range at {
		part := quantity * s.percent / whole
		if i == len(at)-1 {
			part = rest
		}
		rest -= part
		if part > 0 {
			list = append(list, lay{s.warehouse, part, quantity > 300})
		}
	}
	return list
}

// faceHolds is how many units of a SKU lie at its pick face; what is more lies in the reserve above.
const faceHolds = 120

// rows are the stock lines of one lay: the face, the reserve, now and then a defective unit.
func (l lay) rows(r *rand.Rand, g Good, day time.Time, shelves *shelves) []Stock {
	row := Stock{Warehouse: l.warehouse, Location: shelves.face(l.warehouse, l.fast), SKU: g.SKU, Quality: "good", Quantity: min(l.quantity, faceHolds)}
	row.Lot, row.ExpiresOn = lot(r, g, day, 0)
	list := []Stock{row}
	pallet := max(5*faceHolds, l.quantity/20) // a SKU never fills more than some twenty places of the reserve
	for left := l.quantity - row.Quantity; left > 0; left -= pallet {
		row.Location, row.Quantity = shelves.next(l.warehouse, "reserve"), min(left, pallet)
		row.Lot, row.ExpiresOn = lot(r, g, day, 60)
		list = append(list, row)
	}
	if perMille(r, 12) {
		row.Location, row.Quality, row.Quantity = shelves.next(l.warehouse, "defective"), "defective", between(r, 1, 4)
		list = append(list, row)
	}
	return list
}

// lot draws the lot of goods with a shelf life: made in the first half of it, at least fresh days later than the
// oldest; three in a hundred are within twenty days of their end.
func lot(r *rand.Rand, g Good, day time.Time, fresh int) (code, expires string) {
	if g.ShelfLife == 0 {
		return "", ""
	}
	left := g.ShelfLife - r.IntN(g.ShelfLife/2)
	if fresh > 0 {
		left = min(g.ShelfLife, left+fresh)
	} else if perMille(r, 30) {
		left = between(r, 2, 20)
	}
	end := day.AddDate(0, 0, left)
	return fmt.Sprintf("L%s", end.AddDate(0, 0, -g.ShelfLife).Format("060102")), end.Format(time.DateOnly)
}
