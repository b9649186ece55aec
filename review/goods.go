package review

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// goods are the SKUs that orders mean: by the codes of the catalogue, else by what their channels call them.
type goods struct {
	byCode map[string]catalog.SKU
	called map[intake.Called]int64
}

// goodsOf looks up what the lines without a SKU mean now.
func goodsOf(tx *db.Tx, orders map[int64]*order.Order) (g goods, err error) {
	var codes []string
	var called []intake.Called
	for _, o := range orders {
		for _, l := range o.Lines {
			if l.SKUID == 0 {
				codes = append(codes, l.SKU)
				called = append(called, intake.Called{Channel: o.Channel, Code: l.SKU})
			}
		}
	}
	slices.Sort(codes)
	if g.byCode, err = catalog.ByCodes(tx, slices.Compact(codes)); err != nil {
		return g, err
	}
	called = slices.DeleteFunc(called, func(c intake.Called) bool { _, ours := g.byCode[c.Code]; return ours })
	g.called, err = intake.Meanings(tx, called)
	return g, err
}

// sku is what a line means; 0 while nobody knows.
func (g goods) sku(o *order.Order, l order.Line) int64 {
	if s, ours := g.byCode[l.SKU]; ours {
		return s.ID
	}
	return g.called[intake.Called{Channel: o.Channel, Code: l.SKU}]
}

func (g goods) mapLines(tx *db.Tx, o *order.Order) {
	for i, l := range o.Lines {
		if key := g.sku(o, l); l.SKUID == 0 && key != 0 {
			o.Lines[i].SKUID = key
			order.SaveLine(tx, o.Lines[i])
		}
	}
}

// Stranger is a code of a channel that orders wait for because nobody knows which SKU it is.
type Stranger struct {
	intake.Called
	Title  string // as the channel calls the goods, in the newest order
	Orders int64
	Units  int64
	Oldest int64 // the order that waits longest
}

// Strangers lists what channels call goods that nobody knows, among the oldest CountTo orders that are held for that, those first that
// hold up most orders. keep says which of the orders the caller may see.
func Strangers(tx *db.Tx, keep func([]int64) ([]int64, error)) ([]Stranger, error) {
	held, err := order.StoppedFor(tx, CodeUnmapped, CountTo)
	if err != nil || len(held) == 0 {
		return nil, err
	}
	if held, err = keep(held); err != nil {
		return nil, err
	}
	orders, err := order.ByIDs(tx, held)
	if err != nil {
		return nil, err
	}
	g, err := goodsOf(tx, orders)
	if err != nil {
		return nil, err
	}
	at := map[intake.Called]*Stranger{}
	slices.Sort(held)
	for _, key := range held {
		o := orders[key]
		if o == nil {
			continue
		}
		seen := map[intake.Called]bool{}
		for _, l := range o.Lines {
			c := intake.Called{Channel: o.Channel, Code: l.SKU}
			if l.SKUID != 0 || l.Wanted() == 0 || g.sku(o, l) != 0 {
				continue
			}
			if at[c] == nil {
				at[c] = &Stranger{Called: c, Oldest: o.ID}
			}
			at[c].Title = cmp.Or(l.Title, at[c].Title)
			at[c].Units += l.Wanted()
			if !seen[c] {
				at[c].Orders++
			}
			seen[c] = true
		}
	}
	out := make([]Stranger, 0, len(at))
	for _, s := range at {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Stranger) int {
		return cmp.Or(cmp.Compare(b.Orders, a.Orders), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Code, b.Code))
	})
	return out, nil
}
