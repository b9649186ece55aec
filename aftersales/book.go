package aftersales

import (
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
)

// book is an order with everything that happened after it was sold, locked: the order first, as everywhere.
type book struct {
	*order.Order
	policy      Policy
	cases       []*Case
	refunds     []*Payback
	fulfilments []*order.Fulfilment
	shipments   []*ship.Shipment
	sent        []*sent
	perUnit     map[int64][]catalog.Component // by order line: what one unit of it is made of
}

// sent is what left in one parcel of one fulfilment line and lot.
type sent struct {
	shipment *ship.Shipment
	lineNo   int64
	sku      int64
	lot      string
	quantity int64
	back     int64 // of it, has come back
}

// piece names base units of a SKU of an order line.
type piece struct{ line, sku int64 }

// openBook locks an order and reads what belongs to it. Fault: order.not_found.
func openBook(tx *db.Tx, orderID int64) (*book, error) {
	o, err := order.LockOne(tx, orderID)
	if err != nil {
		return nil, err
	}
	return readBook(tx, o)
}

func readBook(tx *db.Tx, o *order.Order) (*book, error) {
	b := &book{Order: o}
	var err error
	if b.policy, err = readPolicy(tx); err != nil {
		return nil, err
	}
	if b.cases, err = db.All(tx.Query(selOfOrder, o.ID), scanCase); err != nil {
		return nil, err
	}
	if err := fill(tx, b.cases); err != nil {
		return nil, err
	}
	if b.refunds, err = db.All(tx.Query(selRefundsOf, o.ID), scanRefund); err != nil {
		return nil, err
	}
	if err := fillRefunds(tx, b.refunds); err != nil {
		return nil, err
	}
	if err := b.readSent(tx); err != nil {
		return nil, err
	}
	return b, b.readRecipes(tx)
}

// bookOf opens the order of a case. Faults: aftersales.not_found, order.not_found.
func bookOf(tx *db.Tx, caseID int64) (*book, *Case, error) {
	c, err := caseByID(tx, caseID)
	if err != nil {
		return nil, nil, err
	}
	b, err := openBook(tx, c.OrderID)
	if err != nil {
		return nil, nil, err
	}
	return b, b.caseOf(caseID), nil
}

func (b *book) caseOf(key int64) *Case {
	for _, c := range b.cases {
		if c.ID == key {
			return c
		}
	}
	return nil
}

// readSent reads what has left, parcel by parcel, and what of it has come back.
func (b *book) readSent(tx *db.Tx) error {
	fs, err := order.FulfilmentsOf(tx, []int64{b.ID})
	if err != nil {
		return err
	}
	b.fulfilments = fs[b.ID]
	ss, err := ship.LockShipmentsOf(tx, []int64{b.ID})
	if err != nil {
		return err
	}
	b.shipments = ss[b.ID]
	lineOf := map[[2]int64]int64{}
	for _, f := range b.fulfilments {
		for _, l := range f.Lines {
			lineOf[[2]int64{f.ID, l.Seq}] = l.LineNo
		}
	}
	for _, s := range b.shipments {
		if !s.Gone() {
			continue
		}
		if err := b.readParcel(tx, s, lineOf); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) readParcel(tx *db.Tx, s *ship.Shipment, lineOf map[[2]int64]int64) error {
	contents, err := pack.LinesOf(tx, []int64{s.ParcelID})
	if err != nil {
		return err
	}
	first := len(b.sent)
	for _, l := range contents[s.ParcelID] {
		b.sent = append(b.sent, &sent{shipment: s, lineNo: lineOf[[2]int64{s.FulfilmentID, l.Seq}], sku: l.SKU, lot: l.Lot, quantity: l.Quantity})
	}
	returned, err := inventory.ReturnedOf(tx, s.ID)
	for _, e := range returned {
		rest := e.Quantity
		for _, x := range b.sent[first:] {
			if q := min(rest, x.quantity-x.back); x.sku == e.SKU && x.lot == e.Lot && q > 0 {
				x.back += q
				rest -= q
			}
		}
	}
	return err
}

func (b *book) readRecipes(tx *db.Tx) error {
	var skus []int64
	for _, l := range b.Lines {
		skus = append(skus, l.SKUID)
	}
	recipes, err := catalog.Bundles(tx, skus, time.UnixMicro(b.PlacedAt))
	b.perUnit = map[int64][]catalog.Component{}
	for _, l := range b.Lines {
		if parts, bundle := recipes[l.SKUID]; bundle {
			b.perUnit[l.No] = parts
		} else {
			b.perUnit[l.No] = []catalog.Component{{SKU: l.SKUID, Quantity: 1}}
		}
	}
	return err
}

// base is how many base units an order line sold.
func (b *book) base(lineNo int64) (n int64) {
	for _, l := range b.Lines {
		if l.No == lineNo {
			for _, c := range b.perUnit[lineNo] {
				n += c.Quantity * l.Quantity
			}
		}
	}
	return n
}

// left is what of each piece has left, and may still be asked to come back: less what other cases have asked for, and
// what has come back without a case.
func (b *book) left() map[piece]int64 {
	out := map[piece]int64{}
	returned := map[piece]int64{}
	for _, x := range b.sent {
		out[piece{x.lineNo, x.sku}] += x.quantity
		returned[piece{x.lineNo, x.sku}] += x.back
	}
	for _, c := range b.cases {
		if !c.Goods() {
			continue
		}
		for _, l := range c.Lines {
			p := piece{l.LineNo, l.SKUID}
			out[p] -= c.counts(l)
			returned[p] -= l.Received
		}
	}
	for p, q := range returned { // booked without a case
		out[p] -= max(q, 0)
	}
	return out
}

// deliveredAt is when the last parcel arrived, or was handed over where the carrier does not say.
func (b *book) deliveredAt() (at time.Time) {
	var last int64
	for _, s := range b.shipments {
		last = max(last, s.DeliveredAt)
	}
	if last > 0 {
		at = time.UnixMicro(last).UTC()
	}
	return at
}

// worth is what was paid for so many base units of a line.
func (b *book) worth(shares map[int64]int64, lineNo, units int64) int64 {
	return part(shares[lineNo], units, b.base(lineNo))
}

// value is what was paid for what a case asks for.
func (b *book) value(c *Case) (n int64) {
	shares := Shares(b.Order)
	units := map[int64]int64{}
	for _, l := range c.Lines {
		units[l.LineNo] += l.Quantity
	}
	for line, q := range units {
		n += b.worth(shares, line, q)
	}
	return n
}

// write sends everything that is new or has changed.
func (b *book) write(tx *db.Tx) {
	for _, c := range b.cases {
		c.write(tx)
	}
	for _, r := range b.refunds {
		r.write(tx)
	}
}
