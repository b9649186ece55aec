package flow

import (
	"context"
	"fmt"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

// Returned says what came back: a whole parcel, or some of its goods.
type Returned struct {
	Waybill  string
	Node     string // code of the warehouse it came to; the one it left from if empty
	Location string // code: where good goods are put; without one everything waits in quarantine
	Lines    []ReturnedLine
	Actor    string
}

// ReturnedLine is some of the goods and how they look. Without lines the whole parcel came back, to be inspected.
type ReturnedLine struct {
	SKU      string
	Quantity int64
	Quality  string // good, defective or quarantine
}

// Received answers a return.
type Received struct {
	Order       string `json:"order"`
	Restocked   int64  `json:"restocked"`   // units that can be sold again
	Quarantined int64  `json:"quarantined"` // units that wait for a decision, or are defective
}

// ReturnParcel books the goods of a parcel that came back. Good ones go to the location that is named and
// can be sold at once; everything else, and whatever nobody has looked at, goes to quarantine. A unit comes
// back once only. Faults: return.unknown_waybill, return.not_shipped, return.too_many, inventory.unknown_….
func (s *Service) ReturnParcel(ctx context.Context, once *db.Once, in Returned) (Received, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Received, error) {
		parcel, err := findParcel(tx, in.Waybill)
		if err != nil {
			return Received{}, err
		}
		o, err := order.LockOne(tx, parcel.OrderID)
		if err != nil {
			return Received{}, err
		}
		left, err := outstanding(tx, parcel)
		if err != nil {
			return Received{}, err
		}
		moves, err := in.moves(tx, parcel, left)
		if err != nil {
			return Received{}, err
		}
		if err := inventory.Post(tx, moves...); err != nil {
			return Received{}, err
		}
		out := Received{Order: id.Show(order.Prefix, o.ID)}
		for _, m := range moves {
			if m.To.Quality == inventory.Good {
				out.Restocked += m.Quantity
			} else {
				out.Quarantined += m.Quantity
			}
		}
		ship.CameBack(tx, parcel)
		to := o.Axes
		to.Delivery = order.DeliveryReturned
		if err := order.Move(tx, o, to); err != nil {
			return Received{}, err
		}
		tx.Emit(db.Event{Kind: "return.received.v1", Order: o.ID, Subject: parcel.ID, Actor: in.Actor,
			Params: map[string]any{"waybill": in.Waybill, "restocked": out.Restocked, "quarantined": out.Quarantined}})
		return out, nil
	})
}

func findParcel(tx *db.Tx, waybill string) (*ship.Shipment, error) {
	found, err := ship.ShipmentsByWaybill(tx, []string{waybill})
	if err != nil {
		return nil, err
	}
	for _, s := range found {
		if s.Gone() {
			return s, nil
		}
	}
	if len(found) > 0 {
		return nil, fault.New(fault.Conflict, "return.not_shipped", "the parcel %s has not left; cancel its order instead", waybill).With("waybill", waybill)
	}
	return nil, fault.New(fault.NotFound, "return.unknown_waybill", "no parcel left with waybill %s", waybill).With("waybill", waybill)
}

// goods are what can still come back of one SKU and lot.
type goods struct {
	sku      int64
	lot      string
	quantity int64
}

// outstanding is what was in the parcel and has not come back yet.
func outstanding(tx *db.Tx, s *ship.Shipment) ([]*goods, error) {
	lines, err := pack.LinesOf(tx, []int64{s.ParcelID})
	if err != nil {
		return nil, err
	}
	var list []*goods
	find := func(sku int64, lot string) *goods {
		for _, g := range list {
			if g.sku == sku && g.lot == lot {
				return g
			}
		}
		list = append(list, &goods{sku: sku, lot: lot})
		return list[len(list)-1]
	}
	for _, l := range lines[s.ParcelID] {
		find(l.SKU, l.Lot).quantity += l.Quantity
	}
	returned, err := inventory.ReturnedOf(tx, s.ID)
	for _, e := range returned {
		find(e.SKU, e.Lot).quantity -= e.Quantity
	}
	return list, err
}

func (in Returned) moves(tx *db.Tx, s *ship.Shipment, left []*goods) ([]inventory.Move, error) {
	good, quarantine, err := in.places(tx, s)
	if err != nil {
		return nil, err
	}
	var moves []inventory.Move
	take := func(g *goods, quantity int64, quality string) {
		to := inventory.Place{Node: quarantine.NodeID, Location: quarantine.ID, Quality: quality}
		if quality == inventory.Good && good.ID != 0 {
			to.Location = good.ID
		} else if quality == inventory.Good {
			to.Quality = inventory.Quarantine
		}
		g.quantity -= quantity
		moves = append(moves, inventory.Move{SKU: g.sku, Lot: g.lot, Quantity: quantity, From: inventory.Outside(inventory.Customer), To: to, Cause: "return", Ref: s.ID})
	}
	if len(in.Lines) == 0 {
		for _, g := range left {
			if g.quantity > 0 {
				take(g, g.quantity, inventory.Quarantine)
			}
		}
		if len(moves) == 0 {
			return nil, fault.New(fault.Conflict, "return.too_many", "everything in this parcel has come back already")
		}
		return moves, nil
	}
	err = in.takeLines(tx, left, take) // appends to moves
	return moves, err
}

// takeLines matches what is said to have come back with what can.
func (in Returned) takeLines(tx *db.Tx, left []*goods, take func(*goods, int64, string)) error {
	var codes []string
	for _, l := range in.Lines {
		codes = append(codes, l.SKU)
	}
	skus, err := catalog.ByCodes(tx, codes)
	if err != nil {
		return err
	}
	for i, l := range in.Lines {
		field := func(name string) string { return fmt.Sprintf("lines[%d].%s", i, name) }
		sku, ok := skus[l.SKU]
		switch {
		case !ok:
			return fault.Invalidf(field("sku"), "inventory.unknown_sku", "there is no SKU %q", l.SKU).With("value", l.SKU)
		case l.Quantity <= 0:
			return fault.Invalidf(field("quantity"), "inventory.quantity", "a quantity is above 0")
		case l.Quality != inventory.Good && l.Quality != inventory.Defective && l.Quality != inventory.Quarantine:
			return fault.Invalidf(field("quality"), "inventory.quality", "%q is none of good, defective, quarantine", l.Quality).With("value", l.Quality)
		}
		need := l.Quantity
		for _, g := range left {
			if q := min(need, g.quantity); g.sku == sku.ID && q > 0 {
				take(g, q, l.Quality)
				need -= q
			}
		}
		if need > 0 {
			return fault.Invalidf(field("quantity"), "return.too_many", "%d more of %s came back than left in this parcel", need, l.SKU).With("sku", l.SKU).With("over", need)
		}
	}
	return nil
}

// places finds where good goods and all others are put.
func (in Returned) places(tx *db.Tx, s *ship.Shipment) (good, quarantine warehouse.Location, err error) {
	node := s.NodeID
	if in.Node != "" {
		nodes, err := warehouse.Nodes(tx)
		if err != nil {
			return good, quarantine, err
		}
		node = 0
		for _, n := range nodes {
			if n.Code == in.Node {
				node = n.ID
			}
		}
		if node == 0 {
			return good, quarantine, fault.Invalidf("node", "inventory.unknown_node", "there is no warehouse %q", in.Node).With("value", in.Node)
		}
	}
	if in.Location != "" {
		found, err := warehouse.LocationsByCodes(tx, node, []string{in.Location})
		if err != nil {
			return good, quarantine, err
		}
		if good = found[in.Location]; good.ID == 0 {
			return good, quarantine, fault.Invalidf("location", "inventory.unknown_location", "the warehouse has no location %q", in.Location).With("value", in.Location)
		}
	}
	quarantine, err = warehouse.Quarantine(tx, node)
	return good, quarantine, err
}
