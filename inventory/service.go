package inventory

import (
	"context"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/warehouse"
)

// maxQuantity bounds one movement, so that no sum over any history overflows.
const maxQuantity = 1_000_000_000

// Service is the use cases of stock.
type Service struct {
	db      *db.DB
	reserve *db.Batch[Demand, Granted]
}

// New makes the service of one company.
func New(d *db.DB) *Service {
	s := &Service{db: d}
	s.reserve = db.NewBatch(d, 256, grant)
	return s
}

// Granted answers a direct reservation.
type Granted struct {
	Quantity int64 `json:"quantity"`
	Left     int64 `json:"left"` // what can be promised after it, at that node
}

// ErrShort says that a node cannot promise the whole quantity. Nothing was promised.
var ErrShort = fault.New(fault.Conflict, "inventory.short", "the node cannot promise that many; nothing was reserved")

// Reserve promises units of one node, or nothing. Requests that come at the same moment are combined: the
// row of a hot SKU is written once for all of them, and they are granted in order of arrival until it is empty.
func (s *Service) Reserve(ctx context.Context, once *db.Once, d Demand) (Granted, error) {
	if d.Quantity <= 0 || d.Quantity > maxQuantity {
		return Granted{}, fault.Invalidf("quantity", "inventory.quantity", "reserve between 1 and %d units", int64(maxQuantity))
	}
	return s.reserve.Do(ctx, once, d)
}

func grant(tx *db.Tx, demands []Demand) []db.Result[Granted] {
	out := make([]db.Result[Granted], len(demands))
	skus := make([]int64, len(demands))
	for i, d := range demands {
		skus[i] = d.SKU
	}
	free, err := LockAvailable(tx, skus)
	if err != nil {
		return db.FailAll(out, err)
	}
	var granted []Demand
	for i, d := range demands {
		k := Key{d.SKU, d.Node}
		if free[k] < d.Quantity {
			out[i].Err = ErrShort
			continue
		}
		free[k] -= d.Quantity
		if d.FulfilmentID == 0 {
			d.FulfilmentID, d.Seq = tx.NewID(), 1
		}
		granted = append(granted, d)
		out[i].Out = Granted{d.Quantity, free[k]}
		tx.Emit(db.Event{Kind: "stock.reserved.v1", Order: d.OrderID, Subject: d.FulfilmentID, Params: reserved{d.SKU, d.Node, d.Quantity}})
	}
	if err := Promise(tx, granted); err != nil {
		return db.FailAll(out, err)
	}
	return out
}

type reserved struct {
	SKU      int64 `json:"sku"`
	Node     int64 `json:"node"`
	Quantity int64 `json:"quantity"`
}

// Change is a receipt, an adjustment or a move of loose stock, as a person or a system asks for it.
type Change struct {
	Kind     string // receipt, adjust_up, adjust_down, move, quality
	SKU      string // code
	Owner    string // whose goods; empty = the company's own, or those of the only one who uses the code
	Node     string // code
	Location string // code: where it is or comes to
	To       string // code of the other location, for a move
	Lot      string
	Expires  string // date of the lot, YYYY-MM-DD
	Quality  string // of the goods; good if empty
	Becomes  string // the new quality, for kind quality
	Quantity int64
	Actor    string
	Note     string
}

// Do books a change of loose stock. Faults name the field; a side that holds too little is a conflict.
func (s *Service) Do(ctx context.Context, once *db.Once, c Change) (Balance, error) {
	if c.Quality == "" {
		c.Quality = Good
	}
	if c.Quantity <= 0 || c.Quantity > maxQuantity {
		return Balance{}, fault.Invalidf("quantity", "inventory.quantity", "a quantity is between 1 and %d", int64(maxQuantity))
	}
	if c.Expires != "" && !isDate(c.Expires) {
		return Balance{}, fault.Invalidf("expires_on", "inventory.date", "%q is not a date like 2027-06-30", c.Expires).With("value", c.Expires)
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Balance, error) {
		m, err := c.move(tx)
		if err != nil {
			return Balance{}, err
		}
		if err := enough(tx, m); err != nil {
			return Balance{}, err
		}
		if c.Expires != "" {
			if m.Lot == "" {
				m.Lot = c.Expires // as in the stock file: such goods are told apart by their date
			}
			tx.Put(putLot, m.SKU, m.Lot, c.Expires)
		}
		if err := Post(tx, m); err != nil {
			return Balance{}, err
		}
		node := max(m.From.Node, m.To.Node)
		tx.Emit(db.Event{Kind: c.event(), Subject: m.SKU, Actor: c.Actor,
			Params: map[string]any{"kind": c.Kind, "sku": c.SKU, "owner": c.Owner, "node": c.Node, "location": c.Location, "quantity": c.Quantity, "note": c.Note}})
		list, err := Balances(tx, []int64{m.SKU})
		for _, b := range list {
			if b.Node == node {
				return b, err
			}
		}
		return Balance{Key: Key{m.SKU, node}}, err
	})
}

var lockSide = db.NewSQL(`SELECT on_hand, reserved FROM inventory_stock
  WHERE location_id = $1 AND container = 0 AND sku_id = $2 AND lot = $3 AND quality = $4 FOR UPDATE`)

// enough refuses to take goods that are not there, or that are promised to somebody.
func enough(tx *db.Tx, m Move) error {
	if m.From.Location < 0 {
		return nil
	}
	var onHand, reserved int64
	if _, err := tx.Query(lockSide, m.From.Location, m.SKU, m.Lot, m.From.Quality).One(&onHand, &reserved); err != nil {
		return err
	}
	if free := onHand - reserved; free < m.Quantity {
		return fault.New(fault.Conflict, "inventory.too_few", "%d stand there and %d of them are reserved; %d cannot be taken", onHand, reserved, m.Quantity).
			With("on_hand", onHand).With("reserved", reserved).With("quantity", m.Quantity)
	}
	if m.From.Quality != Good || (m.To.Node == m.From.Node && m.To.Quality == Good) {
		return nil // what can be promised stays the same
	}
	free, err := LockAvailable(tx, []int64{m.SKU})
	if have := free[Key{m.SKU, m.From.Node}]; err == nil && have < m.Quantity {
		err = fault.New(fault.Conflict, "inventory.promised", "the warehouse has promised all but %d of its stock to orders; %d cannot be taken", have, m.Quantity).
			With("free", have).With("quantity", m.Quantity)
	}
	return err
}

func (c Change) event() string {
	if c.Kind == "receipt" {
		return "stock.received.v1"
	}
	return "stock.adjusted.v1"
}

// move resolves the codes of a change.
// goods finds the SKU that is meant by a code, as in the stock file.
func goods(tx *db.Tx, code, owner string) (catalog.SKU, error) {
	bearing, err := catalog.Bearing(tx, []string{code})
	if err != nil {
		return catalog.SKU{}, err
	}
	sku, unclear := catalog.Choose(bearing[code], "sku", code, owner)
	switch {
	case unclear == nil:
		return sku, nil
	case unclear.Code == "catalog.sku_ambiguous":
		return sku, unclear
	}
	return sku, fault.Invalidf("sku", "inventory.unknown_sku", "there is no SKU %q", code).With("value", code)
}

func (c Change) move(tx *db.Tx) (Move, error) {
	m := Move{Lot: c.Lot, Quantity: c.Quantity, Cause: c.Kind}
	sku, err := goods(tx, c.SKU, c.Owner)
	if err != nil {
		return m, err
	}
	m.SKU = sku.ID
	at, to, err := places(tx, c.Node, c.Location, c.To)
	if err != nil {
		return m, err
	}
	at.Quality, to.Quality = c.Quality, c.Quality
	switch c.Kind {
	case "receipt":
		m.From, m.To = Outside(Supplier), at
	case "adjust_up":
		m.From, m.To = Outside(Adjustment), at
	case "adjust_down":
		m.From, m.To = at, Outside(Adjustment)
	case "move":
		if to.Location == 0 {
			return m, fault.Invalidf("to", "required", "say where the goods go")
		}
		m.From, m.To = at, to
	case "quality":
		to = at
		to.Quality = c.Becomes
		m.From, m.To = at, to
	default:
		return m, fault.Invalidf("kind", "inventory.kind", "%q is none of receipt, adjust_up, adjust_down, move, quality", c.Kind)
	}
	if bad := badQuality(m.From.Quality, m.To.Quality); bad != "" {
		return m, fault.Invalidf("quality", "inventory.quality", "%q is none of good, defective, quarantine, missing", bad)
	}
	if m.From == m.To {
		return m, fault.Invalidf("to", "inventory.same_place", "the goods are there already")
	}
	return m, nil
}

func badQuality(all ...string) string {
	for _, q := range all {
		switch q {
		case Good, Defective, Quarantine, Missing:
		default:
			return q
		}
	}
	return ""
}

func places(tx *db.Tx, node, location, to string) (at, other Place, err error) {
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return at, other, err
	}
	for _, n := range nodes {
		if n.Code != node {
			continue
		}
		found, err := warehouse.LocationsByCodes(tx, n.ID, []string{location, to})
		if err != nil {
			return at, other, err
		}
		l, ok := found[location]
		if !ok {
			return at, other, fault.Invalidf("location", "inventory.unknown_location", "%s has no location %q", node, location)
		}
		at = Place{Node: n.ID, Location: l.ID}
		if to != "" {
			l, ok := found[to]
			if !ok {
				return at, other, fault.Invalidf("to", "inventory.unknown_location", "%s has no location %q", node, to)
			}
			other = Place{Node: n.ID, Location: l.ID}
		}
		return at, other, nil
	}
	return at, other, fault.Invalidf("warehouse", "inventory.unknown_node", "there is no warehouse %q", node)
}
