package inventory

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Sides of the world outside. Goods come from and go to them; they are never counted.
const (
	Supplier   = int64(-1) // received from
	Customer   = int64(-2) // shipped to, returned from
	Adjustment = int64(-3) // found or lost in a count
	Scrap      = int64(-4) // destroyed
	Opening    = int64(-5) // stood there when the entries that had brought it went into an archive
)

// Qualities. Only good stock can be promised.
const (
	Good       = "good"
	Defective  = "defective"
	Quarantine = "quarantine" // to be inspected
	Missing    = "missing"    // the book says it is there, a picker did not find it; a count decides
)

// Qualities lists those that stock can be imported or moved in.
var Qualities = []string{Good, Defective, Quarantine, Missing}

// Place is one side of an entry. Node is 0 for the world outside.
type Place struct {
	Node, Location, Container int64
	Quality                   string
}

// Outside is a side of the world outside.
func Outside(location int64) Place { return Place{Location: location, Quality: Good} }

// Move is one entry to be written.
type Move struct {
	SKU      int64
	Lot      string
	Quantity int64 // base units, above 0
	From, To Place
	Cause    string // a code: "receipt", "pick", "ship", "count", "return", "adjust", "import", …
	Ref      int64  // the fulfilment, count, shipment … that caused it
}

var (
	insEntry = db.Insert("inventory_entry", "id bigint, at bigint, sku_id bigint, lot text, quantity bigint, from_location bigint, from_container bigint, from_quality text, "+
		"to_location bigint, to_container bigint, to_quality text, cause text, ref bigint")
	// insStock is for a row that was looked for and not found: had somebody else made it meanwhile, the unique key says so.
	insStock = db.Insert("inventory_stock", "location_id bigint, container bigint, sku_id bigint, lot text, quality text, node_id bigint, on_hand bigint, reserved bigint")
	addStock = db.Upsert("inventory_stock", "location_id bigint, container bigint, sku_id bigint, lot text, quality text, node_id bigint, on_hand bigint, reserved bigint", 5,
		"on_hand = t.on_hand + excluded.on_hand, reserved = t.reserved + excluded.reserved")
	// changeStock takes from (or, with negative arguments, gives to) a side that exists.
	changeStock = db.Change("inventory_stock", "location bigint, container bigint, sku bigint, lot text, quality text, q bigint, r bigint", 5,
		"on_hand = t.on_hand - x.q, reserved = t.reserved - x.r",
		"t.location_id = x.location AND t.container = x.container AND t.sku_id = x.sku AND t.lot = x.lot AND t.quality = x.quality AND t.on_hand >= x.q AND t.reserved >= x.r AND t.on_hand - x.q >= t.reserved - x.r")
	// emptyStock removes the whole content of a container's row.
	emptyStock = db.Remove("inventory_stock", "location bigint, container bigint, sku bigint, lot text, quality text, q bigint",
		"t.location_id = x.location AND t.container = x.container AND t.sku_id = x.sku AND t.lot = x.lot AND t.quality = x.quality AND t.on_hand = x.q AND t.reserved = x.q")
	addBalance = db.Upsert("inventory_balance", "sku_id bigint, node_id bigint, on_hand bigint, reserved bigint, blocked bigint", 2,
		"on_hand = t.on_hand + excluded.on_hand, blocked = t.blocked + excluded.blocked")
	// changeBalance adds to the three figures of a row that exists. What is promised must stay covered.
	changeBalance = db.Change("inventory_balance", "sku bigint, node bigint, h bigint, r bigint, b bigint", 2,
		"on_hand = t.on_hand + x.h, reserved = t.reserved + x.r, blocked = t.blocked + x.b",
		"t.sku_id = x.sku AND t.node_id = x.node AND t.on_hand + x.h >= 0 AND t.reserved + x.r >= 0 AND t.blocked + x.b >= 0 AND t.on_hand + x.h - t.blocked - x.b >= t.reserved + x.r")
)

// side is the key of a stock row.
type side struct {
	location, container, sku int64
	lot, quality             string
}

func (a side) compare(b side) int {
	return cmp.Or(cmp.Compare(a.sku, b.sku), cmp.Compare(a.location, b.location), cmp.Compare(a.container, b.container),
		cmp.Compare(a.lot, b.lot), cmp.Compare(a.quality, b.quality))
}

// change is what happens to a stock row: on hand and reserved, added.
type change struct {
	node, onHand, reserved int64
	empties                bool // it is the whole content of a container
	fresh                  bool // the row was not there, and what is given counts on that
}

// figures are what happens to a balance row.
type figures struct{ onHand, reserved, blocked int64 }

// Key names a balance row.
type Key struct{ SKU, Node int64 }

func (a Key) compare(b Key) int {
	return cmp.Or(cmp.Compare(a.SKU, b.SKU), cmp.Compare(a.Node, b.Node))
}

// page gathers what one use case does to the book, summed by row, and writes it in order of key: two
// writers that touch the same rows meet them in the same order and never lock each other out.
type page struct {
	tx       *db.Tx
	stock    map[side]*change
	balances map[Key]*figures
}

func newPage(tx *db.Tx) *page {
	return &page{tx: tx, stock: map[side]*change{}, balances: map[Key]*figures{}}
}

func (p *page) at(s side, node int64) *change {
	c := p.stock[s]
	if c == nil {
		c = &change{node: node}
		p.stock[s] = c
	}
	return c
}

func (p *page) balance(sku, node int64) *figures {
	k := Key{sku, node}
	f := p.balances[k]
	if f == nil {
		f = &figures{}
		p.balances[k] = f
	}
	return f
}

// entry writes the ledger entry of a move and notes what it does to both sides.
func (p *page) entry(m Move) {
	p.tx.Put(insEntry, p.tx.NewID(), p.tx.Micros(), m.SKU, m.Lot, m.Quantity, m.From.Location, m.From.Container, m.From.Quality,
		m.To.Location, m.To.Container, m.To.Quality, m.Cause, m.Ref)
	p.side(m, m.From, -m.Quantity)
	p.side(m, m.To, m.Quantity)
}

func (p *page) side(m Move, at Place, q int64) {
	if at.Location < 0 {
		return
	}
	p.at(side{at.Location, at.Container, m.SKU, m.Lot, at.Quality}, at.Node).onHand += q
	f := p.balance(m.SKU, at.Node)
	f.onHand += q
	if at.Quality != Good {
		f.blocked += q
	}
}

// write sends the summed changes. Rows that gain may be new; rows that lose must exist and hold enough.
func (p *page) write() {
	for _, s := range sortedKeys(p.stock, side.compare) {
		c := p.stock[s]
		switch {
		case c.onHand == 0 && c.reserved == 0:
		case c.empties:
			p.tx.Put(emptyStock, s.location, s.container, s.sku, s.lot, s.quality, -c.onHand)
		case c.fresh:
			p.tx.Put(insStock, s.location, s.container, s.sku, s.lot, s.quality, c.node, c.onHand, c.reserved)
		case c.onHand > 0 && c.reserved >= 0:
			p.tx.Put(addStock, s.location, s.container, s.sku, s.lot, s.quality, c.node, c.onHand, c.reserved)
		default:
			p.tx.Put(changeStock, s.location, s.container, s.sku, s.lot, s.quality, -c.onHand, -c.reserved)
		}
	}
	for _, k := range sortedKeys(p.balances, Key.compare) {
		f := p.balances[k]
		switch {
		case *f == figures{}:
		case f.onHand > 0 && f.reserved == 0 && f.blocked >= 0 && f.onHand >= f.blocked: // good stock does not shrink
			p.tx.Put(addBalance, k.SKU, k.Node, f.onHand, 0, f.blocked)
		default:
			p.tx.Put(changeBalance, k.SKU, k.Node, f.onHand, f.reserved, f.blocked)
		}
	}
}

func sortedKeys[K comparable, V any](m map[K]V, compare func(K, K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}

// Post writes moves of goods that no reservation covers. It fails with db.ErrGuard, and nothing is
// written, when a side holds too little or when what is promised would no longer be covered.
func Post(tx *db.Tx, moves ...Move) error {
	p := newPage(tx)
	for _, m := range moves {
		if m.Quantity <= 0 {
			return fault.Invalidf("quantity", "inventory.quantity", "a move needs a quantity above 0, not %d", m.Quantity)
		}
		if m.From == m.To || (m.From.Location < 0 && m.To.Location < 0) {
			return fmt.Errorf("inventory: a move from %v to %v moves nothing", m.From, m.To)
		}
		p.entry(m)
	}
	p.write()
	return nil
}
