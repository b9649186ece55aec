package aftersales

import (
	"context"
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

// ReceiveIn is goods of a case that came in.
type ReceiveIn struct {
	CaseID int64
	Node   string // code: where they came to; where they were to come if empty
	Lines  []Came // none: all that is awaited
	Actor  string
}

// Came is so many pieces of a SKU. Barcode may stand for it.
type Came struct {
	SKU      string // code or bar code
	Quantity int64
}

// Receive books goods of a case into quarantine. Goods that the customer never bought from us are taken too, and told
// apart. More than left in his parcels is refused: it belongs to somebody else, and is pooled (Pool). Faults:
// aftersales.not_found, aftersales.state, aftersales.no_goods, aftersales.too_many_back, aftersales.nothing_awaited,
// inventory.unknown_sku, inventory.quantity, inventory.unknown_node.
func (s *Service) Receive(ctx context.Context, once *db.Once, in ReceiveIn) (Case, error) {
	return s.change(ctx, once, in.CaseID, func(tx *db.Tx, b *book, c *Case) error {
		node, err := nodeNamed(tx, in.Node, c.NodeID)
		if err != nil {
			return err
		}
		pieces, err := c.came(tx, in.Lines)
		if err != nil {
			return err
		}
		_, err = b.take(tx, c, delivery{node: node, actor: in.Actor}, pieces)
		return err
	})
}

// pieceIn is so many units of a SKU in hand.
type pieceIn struct {
	sku, quantity int64
	code          string
	field         string
}

// came resolves what was read; without lines it is what the case awaits.
func (c *Case) came(tx *db.Tx, lines []Came) (out []pieceIn, err error) {
	if len(lines) == 0 {
		for _, l := range c.Lines {
			if rest := l.Quantity - l.Received; rest > 0 {
				out = append(out, pieceIn{sku: l.SKUID, quantity: rest})
			}
		}
		if len(out) == 0 {
			return nil, fault.New(fault.Conflict, "aftersales.nothing_awaited", "everything that was awaited is here already; say what else came")
		}
		return out, nil
	}
	return resolve(tx, lines)
}

// resolve finds SKUs by bar code or code. Faults: inventory.unknown_sku, inventory.quantity.
func resolve(tx *db.Tx, lines []Came) (out []pieceIn, err error) {
	for i, l := range lines {
		b, found, err := catalog.ByBarcode(tx, l.SKU)
		switch {
		case err != nil:
			return nil, err
		case !found:
			return nil, fault.Invalidf(fmt.Sprintf("lines[%d].sku", i), "inventory.unknown_sku", "there is no SKU %q", l.SKU).With("value", l.SKU)
		case l.Quantity <= 0 || l.Quantity > 1_000_000:
			return nil, fault.Invalidf(fmt.Sprintf("lines[%d].quantity", i), "inventory.quantity", "a quantity is above 0")
		}
		out = append(out, pieceIn{sku: b.SKU, quantity: l.Quantity * b.Factor, code: l.SKU, field: fmt.Sprintf("lines[%d].quantity", i)})
	}
	return out, nil
}

// delivery is where and how goods came in.
type delivery struct {
	node, parcel int64 // parcel: without an owner, in which they had stood
	actor        string
	photos       []string
	note         string
}

// take books pieces into quarantine and gives the units it made.
func (b *book) take(tx *db.Tx, c *Case, d delivery, pieces []pieceIn) ([]*Unit, error) {
	if !c.Goods() {
		return nil, fault.New(fault.Conflict, "aftersales.no_goods", "no goods come back with this case (%s)", c.Kind).With("kind", c.Kind)
	}
	if c.Status == Requested { // goods do not wait for a decision; the money still does
		if err := b.decide(tx, c, Decision{Approved: true, Why: arrivedWhy(c.Waybill)}, d.actor, false); err != nil {
			return nil, err
		}
	}
	if err := c.move(Received); err != nil {
		return nil, err
	}
	quarantine, err := warehouse.Quarantine(tx, d.node)
	if err != nil {
		return nil, err
	}
	var units []*Unit
	for _, p := range pieces {
		made, err := b.takePiece(c, p)
		if err != nil {
			return nil, err
		}
		units = append(units, made...)
	}
	if err := b.standIn(tx, c, d, quarantine.ID, units); err != nil {
		return nil, err
	}
	return units, b.deliveryAfter(tx, units)
}

// takePiece matches pieces in hand with what left: first with what the case asks for, then with anything else of
// the order. What never left with this order is a unit of no line.
func (b *book) takePiece(c *Case, p pieceIn) (units []*Unit, err error) {
	rest, known := p.quantity, false
	for _, asked := range []bool{true, false} {
		for _, x := range b.sent {
			if x.sku != p.sku {
				continue
			}
			known = true
			l := c.lineOf(x.lineNo, x.sku)
			q := min(rest, x.quantity-x.back)
			if asked && l == nil {
				continue
			}
			if asked {
				q = min(q, l.Quantity-l.Received)
			}
			if q <= 0 {
				continue
			}
			if l == nil {
				l = c.line(Line{LineNo: x.lineNo, SKUID: x.sku})
			}
			l.Received, l.dirty = l.Received+q, true
			x.back += q
			rest -= q
			units = append(units, &Unit{LineNo: x.lineNo, SKUID: x.sku, Lot: x.lot, Quantity: q, ShipmentID: x.shipment.ID})
		}
	}
	switch {
	case rest > 0 && known:
		return nil, fault.Invalidf(p.field, "aftersales.too_many_back", "%d more came back than left with this order; pool them as a parcel without an owner", rest).
			With("over", rest).With("sku", p.code)
	case rest > 0:
		units = append(units, &Unit{SKUID: p.sku, Quantity: rest})
	}
	return units, nil
}

func (c *Case) lineOf(lineNo, sku int64) *Line {
	var found *Line
	for _, l := range c.Lines {
		if l.LineNo == lineNo && l.SKUID == sku && (found == nil || found.Received >= found.Quantity) {
			found = l
		}
	}
	return found
}

// standIn writes the units, and books them from the customer into quarantine.
func (b *book) standIn(tx *db.Tx, c *Case, d delivery, quarantine int64, units []*Unit) error {
	var moves []inventory.Move
	var sold, foreign int64
	for _, u := range units {
		u.CaseID, u.ParcelID, u.NodeID, u.LocationID, u.Fate, u.ReceivedBy = c.ID, d.parcel, d.node, quarantine, Waiting, d.actor
		u.ID, u.ReceivedAt, u.Photos, u.Note = tx.NewID(), tx.Micros(), d.photos, d.note
		m := inventory.Move{SKU: u.SKUID, Lot: u.Lot, Quantity: u.Quantity, From: inventory.Outside(inventory.Customer), To: u.place(), Cause: "return", Ref: u.ShipmentID}
		if u.ShipmentID == 0 {
			m.Cause, m.Ref = "return_other", c.ID
			foreign += u.Quantity
		} else {
			sold += u.Quantity
		}
		moves = append(moves, m)
	}
	c.Units = append(c.Units, units...)
	b.tell(tx, c, "aftersales.received.v1", d.actor, map[string]any{"units": sold, "foreign": foreign, "waybills": b.waybillsOf(units)})
	return inventory.Post(tx, moves...)
}

// waybillsOf are the numbers under which units had left.
func (b *book) waybillsOf(units []*Unit) []string {
	list := []string{}
	for _, sh := range b.shipments {
		if slices.ContainsFunc(units, func(u *Unit) bool { return u.ShipmentID == sh.ID }) {
			list = append(list, sh.Waybill)
		}
	}
	return list
}

// deliveryAfter ends the journey of parcels whose goods stand here again, and brings the order's axis after them.
func (b *book) deliveryAfter(tx *db.Tx, units []*Unit) error {
	seen := map[int64]bool{}
	for _, u := range units {
		for _, sh := range b.shipments {
			if sh.ID == u.ShipmentID && !seen[sh.ID] {
				seen[sh.ID] = true
				ship.CameBack(tx, sh)
			}
		}
	}
	to := b.Axes
	to.Delivery = ship.Delivery(b.Fulfilment, b.shipments)
	return order.Move(tx, b.Order, to)
}
