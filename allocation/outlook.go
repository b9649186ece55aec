package allocation

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// Outlook is what would be decided over an order at this moment, with every node that was looked at. Nothing of it is written.
type Outlook struct {
	Strategy   Strategy
	Units      int64 // base units that no node ships yet; 0: nothing is left to decide
	Why        words.Text
	Candidates []Candidate // those that would ship first, then the nearer to it
	Missing    []BackOrder // what would wait
	Pieces     []Located   // what is to be decided, and where it is now
}

// Candidate is a node as the decision saw it.
type Candidate struct {
	Node   int64
	Code   string
	Have   int64      // of the units asked for, there and not promised
	Ships  int64      // of them, would ship from here
	Holds  int64      // of them, promised from here already, and no wave has taken them
	Metres int64      // to the recipient; -1 where nobody knows
	Cost   int64      // of the whole order from here, minor units of the company's currency; -1 where it does not serve the region
	Days   int        // to the door
	Why    words.Text // why it ships nothing; empty where it does
}

// Outlook decides over what no node ships of an order, without promising anything. Fault: order.not_found.
func (s *Service) Outlook(ctx context.Context, orderID int64, scope Scope) (out Outlook, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, []int64{orderID})
		if err != nil {
			return err
		}
		o := found[orderID]
		if o == nil {
			return order.Missing(orderID)
		}
		list, _, err := needs(tx, []*order.Order{o})
		if err != nil {
			return err
		}
		n := &list[0]
		back, pieces := n.loose(scope)
		if err := name(tx, list, n.skus()); err != nil {
			return err
		}
		p, _, err := s.snapshot(tx, list, n.skus(), inventory.Available)
		if err != nil {
			return err
		}
		out = look(giveBack(p, back), n)
		out.Pieces = pieces
		out.hold(back)
		return nil
	})
	return out, err
}

// look hears every node of a problem of one order, and what is decided.
func look(p Problem, n *need) Outlook {
	r := newBoard(&p).open(&p.Orders[0])
	out := Outlook{Strategy: p.Strategy, Units: r.units}
	if r.units == 0 {
		return out
	}
	for i := range r.offers {
		of := &r.offers[i]
		c := Candidate{Node: r.sites[of.site].node.ID, Code: r.sites[of.site].node.Code, Metres: of.distance, Cost: -1, Days: of.days}
		if of.lane != nil {
			c.Cost = of.cost
		}
		if of.distance <= 1 || of.distance >= unknownDistance {
			c.Metres = -1 // a stand-in, not a distance
		}
		row := r.row(of.site)
		for _, w := range r.wants {
			c.Have += min(max(row[w.sku], 0), w.asked)
		}
		out.Candidates = append(out.Candidates, c)
	}
	d := Decide(p)[0]
	n.home(&d, p.Nodes)
	out.Why, out.Missing = d.Why, d.BackOrders
	for i := range out.Candidates {
		out.Candidates[i].decided(d)
	}
	slices.SortStableFunc(out.Candidates, func(a, b Candidate) int { return int(min(max(key(a)-key(b), -1), 1)) })
	return out
}

// decided fills in what a decision says of a node.
func (c *Candidate) decided(d Decision) {
	for _, p := range d.Parcels {
		if p.Node == c.Node {
			for _, l := range p.Lines {
				c.Ships += l.Quantity
			}
		}
	}
	for _, x := range d.Rejected {
		if x.Node == c.Node {
			c.Why = words.Text{Code: x.Code, Params: x.Params}
		}
	}
}

// key sorts nodes: who ships, who has more, who is cheaper.
func key(c Candidate) int64 {
	cost := c.Cost
	if cost < 0 {
		cost = math.MaxInt32
	}
	return -c.Ships<<52 - min(c.Have, 1<<12)<<40 + min(cost, 1<<39)
}

// Placed is what came of an order that was decided over once more.
type Placed struct {
	OrderID    int64
	Served     bool // it got something
	Fulfilment string
}

// Again decides over one order that waits for goods, at once. Faults: order.not_found, allocation.not_waiting.
func (s *Service) Again(ctx context.Context, once *db.Once, orderID int64) (Placed, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Placed, error) {
		o, err := order.LockOne(tx, orderID)
		if err != nil {
			return Placed{}, err
		}
		if o.Fulfilment != order.FulfilmentWaiting && o.Fulfilment != order.FulfilmentBackordered {
			return Placed{}, fault.New(fault.Conflict, "allocation.not_waiting", "the order does not wait for goods: it is %s", o.Fulfilment).With("state", o.Fulfilment)
		}
		r, err := s.place(tx, []*order.Order{o}, inventory.LockAvailable)
		return Placed{OrderID: orderID, Served: r.served > 0, Fulfilment: o.Fulfilment}, errors.Join(err, r.failed)
	})
}
