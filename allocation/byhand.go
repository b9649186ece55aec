package allocation

import (
	"cmp"
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// By is a person who decides over what no wave has taken of an order.
type By struct {
	Actor      string
	Reason     string
	AllowSplit bool    // the order may travel in more parcels than its channel allows: the person says so, and it is recorded
	Nodes      []int64 // whose work the person may take back, and that may be chosen; nil: all
}

// reaches reports whether the person may take a fulfilment back: no wave has it, and its node is one of theirs.
func (b By) reaches(f *order.Fulfilment) bool {
	return f.Status == order.Allocated && (b.Nodes == nil || slices.Contains(b.Nodes, f.NodeID))
}

// choose refuses a node that the person may not choose.
func (b By) choose(node int64) error {
	if b.Nodes == nil || slices.Contains(b.Nodes, node) {
		return nil
	}
	return fault.Invalidf("node", "http.node", "there is no warehouse %d", node).With("node", node)
}

// ByHand answers a decision of a person. Costs are minor units of the company's currency.
type ByHand struct {
	Order       int64
	Fulfilment  string  // its state
	Fulfilments []Given // what the decision made, in the order in which it was written
	Cost        int64   // of all of them
	Machine     Machine
}

// Given is a fulfilment that a person's decision made.
type Given struct{ ID, Node, Units, Cost int64 }

// Machine is what allocation itself would have done with the same goods at the same moment.
type Machine struct {
	Nodes []string // codes; none: it would have waited
	Units int64    // that would have shipped
	Cost  int64    // minor units
}

// wish is a parcel as a person wants it.
type wish struct {
	node   int64
	lines  []Line
	chosen bool // the person chose the node; else it ships these lines already
}

// desk is an order in front of a person, locked.
type desk struct {
	s    *Service
	tx   *db.Tx
	by   By
	n    *need
	list []need // n alone
}

// desk opens an order. Faults: order.not_found, byhand.not_passed.
func (s *Service) desk(tx *db.Tx, orderID int64, by By) (*desk, error) {
	o, err := order.LockOne(tx, orderID)
	if err != nil {
		return nil, err
	}
	if _, err := order.LockFulfilmentsOf(tx, []int64{orderID}); err != nil {
		return nil, err
	}
	list, _, err := needs(tx, []*order.Order{o})
	if err != nil {
		return nil, err
	}
	if list[0].barred() {
		return nil, fault.New(fault.Conflict, "byhand.not_passed", "review has not passed the order; nothing can be given to a warehouse yet")
	}
	return &desk{s, tx, by, &list[0], list}, nil
}

// free lists what the person may take back, the oldest first.
func (d *desk) free() (out []*order.Fulfilment) {
	for _, f := range d.n.fulfilments {
		if d.by.reaches(f) {
			out = append(out, f)
		}
	}
	return out
}

// takeBack ends fulfilments that no wave has taken, with their promises; what they held is to be decided over again. The stock
// is locked first, in order of key like everywhere, and can be had again from here on.
func (d *desk) takeBack(list []*order.Fulfilment) (Problem, error) {
	ids := make([]int64, len(list))
	for i, f := range list {
		ids[i] = f.ID
	}
	held, err := inventory.Reservations(d.tx, ids)
	if err != nil {
		return Problem{}, err
	}
	d.n.reopen(list)
	if _, err := inventory.LockAvailable(d.tx, d.n.skus()); err != nil {
		return Problem{}, err
	}
	for _, f := range list {
		inventory.Release(d.tx, held[f.ID])
		if err := order.MoveFulfilment(d.tx, f, order.Cancelled); err != nil {
			return Problem{}, err
		}
	}
	return d.problem(list)
}

// problem is the order with all that is open of it, on what stands there now.
func (d *desk) problem(back []*order.Fulfilment) (Problem, error) {
	if err := name(d.tx, d.list, d.n.skus()); err != nil {
		return Problem{}, err
	}
	p, _, err := d.s.snapshot(d.tx, d.list, d.n.skus(), inventory.LockAvailable)
	settled := d.tx.Micros() - settling.Microseconds()
	keepPlaces(&p, slices.DeleteFunc(slices.Clone(back), func(f *order.Fulfilment) bool { return f.CreatedAt > settled })) // load does not count the younger any more
	return p, err
}

// keepPlaces leaves the nodes that give fulfilments back their places for the order: a day that is full must not turn away what it
// had taken already.
func keepPlaces(p *Problem, back []*order.Fulfilment) {
	for _, f := range back {
		for i := range p.Nodes {
			if n := &p.Nodes[i]; n.ID == f.NodeID && n.CapacityLeft >= 0 {
				n.CapacityLeft++
			}
		}
	}
}

// reopen adds what fulfilments hold to what is to be decided.
func (n *need) reopen(list []*order.Fulfilment) {
	for _, f := range list {
		for _, l := range f.Lines {
			n.lines = addLine(n.lines, l.LineNo, l.SKUID, l.Quantity)
		}
	}
	slices.SortStableFunc(n.lines, func(a, b Line) int { return cmp.Or(cmp.Compare(a.No, b.No), cmp.Compare(a.SKU, b.SKU)) })
}

// addLine adds units to the line and SKU they belong to.
func addLine(lines []Line, no, sku, units int64) []Line {
	if units == 0 {
		return lines
	}
	for i := range lines {
		if l := &lines[i]; int64(l.No) == no && l.SKU == sku {
			l.Quantity += units
			return lines
		}
	}
	return append(lines, Line{No: int(no), SKU: sku, Quantity: units})
}

// skus are those that something is to be decided of.
func (n *need) skus() []int64 {
	out := make([]int64, len(n.lines))
	for i, l := range n.lines {
		out[i] = l.SKU
	}
	return id.Distinct(out)
}

// Redo takes back what no wave has taken of an order, and lets allocation decide over it as if nobody had: the way back from
// every decision by hand. Faults: order.not_found, byhand.not_passed, byhand.nothing.
func (s *Service) Redo(ctx context.Context, once *db.Once, orderID int64, by By) (ByHand, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (ByHand, error) {
		d, err := s.desk(tx, orderID, by)
		if err != nil {
			return ByHand{}, err
		}
		back := d.free()
		if len(back) == 0 && len(d.n.lines) == 0 {
			return ByHand{}, nothing()
		}
		p, err := d.takeBack(back)
		if err != nil {
			return ByHand{}, err
		}
		if len(back) > 0 {
			d.tellTakenBack(back, p.Nodes)
		}
		verdict := Decide(p)[0]
		d.n.home(&verdict, p.Nodes)
		made, err := d.n.write(tx, &verdict, p.Nodes, decided{})
		if err != nil {
			return ByHand{}, err
		}
		return d.answer(&p.Orders[0], &verdict, &verdict, made, &p), inventory.Promise(tx, made)
	})
}

func nothing() error {
	return fault.New(fault.Conflict, "byhand.nothing", "nothing of the order can be moved: what is not with a wave has left or is not wanted")
}

// answer tells what was made of a decision, beside the machine's.
func (d *desk) answer(o *Order, chosen, plain *Decision, made []inventory.Demand, p *Problem) ByHand {
	out := ByHand{Order: d.n.ID, Fulfilment: d.n.Fulfilment, Cost: o.shipping(chosen),
		Machine: Machine{Cost: o.shipping(plain), Units: p.asked() - owed(plain)}}
	for _, x := range plain.Parcels {
		out.Machine.Nodes = append(out.Machine.Nodes, codesOf(p.Nodes, []int64{x.Node}))
	}
	for _, m := range made {
		if last := len(out.Fulfilments) - 1; last < 0 || out.Fulfilments[last].ID != m.FulfilmentID {
			out.Fulfilments = append(out.Fulfilments, Given{ID: m.FulfilmentID, Node: m.Node, Cost: chosen.Parcels[last+1].Cost})
		}
		out.Fulfilments[len(out.Fulfilments)-1].Units += m.Quantity
	}
	return out
}

// asked is how many units a problem of one order asks for.
func (p *Problem) asked() (units int64) {
	for _, l := range p.Orders[0].Lines {
		units += max(0, l.Quantity)
	}
	return units
}
