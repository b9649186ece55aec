package aftersales

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/warehouse"
)

// GradeIn says how some goods of a case look, and where they go.
type GradeIn struct {
	CaseID   int64
	Unit     int64  // which one; 0: the next of the SKU that nobody has graded
	SKU      string // code or bar code; empty with Unit
	Quantity int64  // pieces of that bar code; 0 is one, with Unit all of it
	Grade    string
	Fate     string // empty: the usual one of the grade
	Location string // code: for goods to be sold again; empty is the place they were picked from
	Node     string // of goods that are not booked in yet
	Note     string
	Photos   []string // references
	Actor    string
}

// maxPhotos bounds the references of one grading.
const maxPhotos = 20

// Grade grades goods and moves them to where they belong. Goods that nobody has booked in are received by it, so that
// a scan and a word are enough. Goods that were sent to be refurbished are graded again by their unit. Faults: those of
// Receive, aftersales.grade, aftersales.fate, aftersales.unit, aftersales.few, aftersales.location,
// inventory.unknown_location.
func (s *Service) Grade(ctx context.Context, once *db.Once, in GradeIn) (Case, error) {
	if err := in.check(); err != nil {
		return Case{}, err
	}
	return s.change(ctx, once, in.CaseID, func(tx *db.Tx, b *book, c *Case) error {
		list, quantity, err := b.chosen(tx, c, in)
		if err != nil {
			return err
		}
		return b.grade(tx, c, in, list, quantity)
	})
}

func (in *GradeIn) check() error {
	in.Grade = strings.ToUpper(in.Grade)
	in.Fate = cmp.Or(in.Fate, usualFate[in.Grade])
	var found []*fault.Fault
	if usualFate[in.Grade] == "" {
		found = append(found, fault.Invalidf("grade", "aftersales.grade", "%q is none of A, B, C, D", in.Grade).With("value", in.Grade))
	}
	if in.Fate == Waiting || fateStates[in.Fate] == nil {
		found = append(found, fault.Invalidf("fate", "aftersales.fate", "%q is none of restock, refurbish, quarantine, scrap", in.Fate).With("value", in.Fate))
	}
	if in.Unit == 0 && in.SKU == "" {
		found = append(found, fault.Invalidf("sku", "required", "say which goods"))
	}
	if in.Quantity < 0 {
		found = append(found, fault.Invalidf("quantity", "inventory.quantity", "a quantity is above 0"))
	}
	found = append(found, tooLong("note", in.Note), photosFault(in.Photos))
	if f := fault.Join(found...); f != nil {
		return f
	}
	return nil
}

func photosFault(list []string) *fault.Fault {
	if len(list) > maxPhotos || slices.ContainsFunc(list, func(p string) bool { return p == "" || len(p) > 500 }) {
		return fault.Invalidf("photos", "aftersales.photos", "up to %d references of up to 500 characters", maxPhotos).With("most", maxPhotos)
	}
	return nil
}

// chosen finds the units that are graded, and how many pieces of them.
func (b *book) chosen(tx *db.Tx, c *Case, in GradeIn) ([]*Unit, int64, error) {
	if in.Unit != 0 {
		i := slices.IndexFunc(c.Units, func(u *Unit) bool { return u.ID == in.Unit && len(fateStates[u.Fate]) > 0 })
		if i < 0 {
			return nil, 0, fault.Invalidf("unit", "aftersales.unit", "the case has no unit %s that can be graded", id.Show(UnitPrefix, in.Unit)).With("unit", id.Show(UnitPrefix, in.Unit))
		}
		u := c.Units[i]
		if q := cmp.Or(in.Quantity, u.Quantity); q > u.Quantity {
			return nil, 0, few(u.Quantity)
		}
		return []*Unit{u}, cmp.Or(in.Quantity, u.Quantity), nil
	}
	pieces, err := resolve(tx, []Came{{SKU: in.SKU, Quantity: max(in.Quantity, 1)}})
	if err != nil {
		return nil, 0, err
	}
	p := pieces[0]
	p.field = "quantity"
	list := c.waitingOf(p.sku)
	var here int64
	for _, u := range list {
		here += u.Quantity
	}
	if here >= p.quantity {
		return list, p.quantity, nil
	}
	node, err := nodeNamed(tx, in.Node, c.NodeID)
	if err != nil {
		return nil, 0, err
	}
	missing := p
	missing.quantity -= here
	made, err := b.take(tx, c, delivery{node: node, actor: in.Actor}, []pieceIn{missing})
	return append(list, made...), p.quantity, err
}

func few(have int64) error {
	return fault.Invalidf("quantity", "aftersales.few", "only %d of it are here", have).With("have", have)
}

func (c *Case) waitingOf(sku int64) (out []*Unit) {
	for _, u := range c.Units {
		if u.SKUID == sku && u.Fate == Waiting {
			out = append(out, u)
		}
	}
	return out
}

// grade gives pieces of units their grade and fate. A unit that is graded in part is split.
func (b *book) grade(tx *db.Tx, c *Case, in GradeIn, list []*Unit, quantity int64) error {
	var moves []inventory.Move
	for _, u := range list {
		q := min(quantity, u.Quantity)
		if q == 0 {
			break
		}
		quantity -= q
		if err := step(fateStates, "unit", u.Fate, in.Fate); err != nil {
			return err
		}
		graded := u
		if q < u.Quantity {
			graded = u.split(tx, q)
			c.Units = append(c.Units, graded)
		}
		m, err := b.send(tx, graded, in)
		if err != nil {
			return err
		}
		moves = append(moves, m...)
	}
	b.tell(tx, c, "aftersales.graded.v1", in.Actor, map[string]any{"sku": in.SKU, "grade": in.Grade, "fate": in.Fate, "note": in.Note, "photos": len(in.Photos)})
	if in.Fate == Restock {
		tx.Wake("stock.received.v1") // somebody may be owed them
	}
	return inventory.Post(tx, moves...)
}

// send writes the grade on a unit and says which move takes it to its fate; goods to be refurbished stay.
func (b *book) send(tx *db.Tx, u *Unit, in GradeIn) ([]inventory.Move, error) {
	m := inventory.Move{SKU: u.SKUID, Lot: u.Lot, Quantity: u.Quantity, From: u.place(), To: u.place(), Cause: in.Fate, Ref: u.ID}
	u.Grade, u.Fate, u.GradedBy, u.GradedAt, u.dirty = in.Grade, in.Fate, in.Actor, tx.Micros(), true
	u.Note = cmp.Or(in.Note, u.Note)
	u.Photos = append(slices.Clone(u.Photos), in.Photos...)
	switch in.Fate {
	case Refurbish:
		return nil, nil
	case Scrap:
		m.To, u.LocationID = inventory.Outside(inventory.Scrap), 0
	case Quarantine:
		m.To.Quality, m.Cause = inventory.Defective, "grade"
	case Restock:
		shelf, err := b.shelf(tx, u, in.Location)
		if err != nil {
			return nil, err
		}
		m.To, u.LocationID = inventory.Place{Node: u.NodeID, Location: shelf, Quality: inventory.Good}, shelf
	}
	return []inventory.Move{m}, nil
}

// shelf is where goods that are as new are put: where they were told to, or where they came from.
func (b *book) shelf(tx *db.Tx, u *Unit, code string) (int64, error) {
	if code != "" {
		found, err := warehouse.LocationsByCodes(tx, u.NodeID, []string{code})
		if err != nil {
			return 0, err
		}
		if l, ok := found[code]; ok && l.Kind != warehouse.KindQuarantine {
			return l.ID, nil
		}
		return 0, fault.Invalidf("location", "inventory.unknown_location", "the warehouse has no location %q for goods to be sold", code).With("value", code)
	}
	var ids []int64
	for _, f := range b.fulfilments {
		if f.NodeID == u.NodeID && f.Status == order.Shipped {
			ids = append(ids, f.ID)
		}
	}
	visits, err := pick.VisitsOf(tx, ids)
	if err != nil {
		return 0, err
	}
	for _, v := range visits {
		if v.SKUID == u.SKUID && v.Picked > 0 {
			return v.LocationID, nil
		}
	}
	return 0, fault.Invalidf("location", "aftersales.location", "say on which location the goods are put")
}
