package people

import "github.com/packhorse/packhorse/seed"

// bin is where goods physically lie.
type bin struct{ warehouse, location, sku, lot string }

// shelf is what is really there: the people know it because they put it there and took it away. A count that is blind,
// as counts should be, can only be answered from it.
type shelf map[bin]int64

func stockUp(rows []seed.Stock) shelf {
	s := shelf{}
	for _, r := range rows {
		if r.Quality == "good" {
			s[bin{r.Warehouse, r.Location, r.SKU, r.Lot}] += int64(r.Quantity)
		}
	}
	return s
}

// take takes goods out of a bin, and remembers of which lot they were.
func (p *People) take(w *Warehouse, v visit, quantity int64) {
	p.bins[bin{w.Code, v.Location, v.SKU, v.Lot}] -= quantity
	key := held{v.Fulfilment, v.SKU}
	if lot, before := p.lots[key]; before && lot != v.Lot {
		v.Lot = mixed
	}
	p.lots[key] = v.Lot
}

// held is one SKU of a fulfilment.
type held struct{ fulfilment, sku string }

// mixed stands for goods of several lots, which nobody can tell apart afterwards.
const mixed = "?"
