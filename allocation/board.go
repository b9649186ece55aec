package allocation

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/packhorse/packhorse/internal/money"
)

// board is what is left of stock and capacity while the orders are served one after the other.
type board struct {
	p       *Problem
	sites   []site             // by node ID, so that the smaller index wins a tie
	skus    map[int64]int      // only what some order asks for
	stock   []int64            // one row of len(skus) per site
	lanes   map[string][]*Lane // per region one lane, or nil, per site
	amounts map[int64]string
	kept    bool    // plain nodes give nothing beside what the plain rule has them ship, which is drawn already
	req     request // scratch, used again for every order
}

// site is a node on the board.
type site struct {
	node  Node
	name  string
	left  int // parcels it can still take; negative = any number
	place point
}

func newBoard(p *Problem) *board {
	b := &board{p: p, skus: map[int64]int{}, amounts: map[int64]string{}, lanes: map[string][]*Lane{}}
	index := b.addNodes()
	b.addStock()
	b.addLanes(index)
	return b
}

func (b *board) addNodes() map[int64]int {
	index := make(map[int64]int, len(b.p.Nodes))
	for _, n := range b.p.Nodes {
		if _, twice := index[n.ID]; twice {
			continue
		}
		index[n.ID] = 0
		name := n.Code
		if name == "" {
			name = strconv.FormatInt(n.ID, 10)
		}
		b.sites = append(b.sites, site{node: n, name: name, left: n.CapacityLeft, place: newPoint(n.Lat, n.Lng)})
	}
	slices.SortFunc(b.sites, func(x, y site) int { return cmp.Compare(x.node.ID, y.node.ID) })
	for i := range b.sites {
		index[b.sites[i].node.ID] = i
	}
	return index
}

// addStock looks up only what is asked for: the stock of a company is far larger than one batch.
func (b *board) addStock() {
	var asked []int64
	for i := range b.p.Orders {
		for _, l := range b.p.Orders[i].Lines {
			if _, known := b.skus[l.SKU]; !known {
				b.skus[l.SKU] = len(asked)
				asked = append(asked, l.SKU)
			}
		}
	}
	b.stock = make([]int64, 0, len(b.sites)*len(asked))
	for i := range b.sites {
		for _, sku := range asked {
			b.stock = append(b.stock, max(0, b.p.Stock[StockKey{b.sites[i].node.ID, sku}]))
		}
	}
	b.req.slots = make([]int, len(asked))
}

func (b *board) addLanes(index map[int64]int) {
	for i := range b.p.Rates {
		l := &b.p.Rates[i]
		at, known := index[l.Node]
		if !known {
			continue
		}
		row := b.lanes[l.Region]
		if row == nil {
			row = make([]*Lane, len(b.sites))
			b.lanes[l.Region] = row
		}
		if row[at] == nil {
			row[at] = l
		}
	}
	anywhere := b.lanes[AnyRegion]
	if anywhere == nil {
		return
	}
	for _, row := range b.lanes {
		for i := range row {
			row[i] = cmp.Or(row[i], anywhere[i])
		}
	}
}

// lanesTo has one lane, or nil, per site.
func (b *board) lanesTo(region string) []*Lane {
	if row := b.lanes[region]; row != nil {
		return row
	}
	if row := b.lanes[AnyRegion]; row != nil {
		return row
	}
	return make([]*Lane, len(b.sites))
}

// row is the stock of a site, by SKU index.
func (b *board) row(site int) []int64 {
	return b.stock[site*len(b.skus) : (site+1)*len(b.skus)]
}

// amount writes minor units for people. The same few prices recur in a batch, so each is written once.
func (b *board) amount(minor int64) string {
	if b.p.Currency == "" {
		return strconv.FormatInt(minor, 10)
	}
	text, known := b.amounts[minor]
	if !known {
		text = money.Format(minor, b.p.Currency) + " " + b.p.Currency
		b.amounts[minor] = text
	}
	return text
}
