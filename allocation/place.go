package allocation

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// Place decides over whatever of the orders no node ships or has shipped, in the order given, and writes
// it: fulfilments with their promises, debts, the state of fulfilment, and why. The caller has locked the
// orders; what it has written for them before, in the same transaction, counts. An order that review has not passed
// gets nothing new: what is missing of it waits.
func (s *Service) Place(tx *db.Tx, orders []*order.Order) error {
	r, err := s.place(tx, orders, inventory.LockAvailable)
	return errors.Join(err, r.failed)
}

// placed counts what came of some orders. One whose state forbids what was decided is left as it is and named
// in failed; it has written nothing.
type placed struct {
	done   int // decided over
	served int // got something
	failed error
}

// place is Place for orders that stand and fall alone.
func (s *Service) place(tx *db.Tx, orders []*order.Order, stock stockReader) (placed, error) {
	return s.follow(tx, orders, stock, prepared{})
}

// follow is place with a plan that was made for some of the orders before; what of it still holds is done.
func (s *Service) follow(tx *db.Tx, orders []*order.Order, stock stockReader, plan prepared) (r placed, err error) {
	if len(orders) == 0 {
		return r, nil
	}
	b, err := s.open(tx, orders, stock)
	if err != nil {
		return r, err
	}
	if plan.Plan == nil || !b.policy.together() {
		return b.write(tx, Decide(b.p), nil)
	}
	found := Follow(b.p, plan.Plan)
	t := &tally{p: &b.p, plan: plan, batch: &found}
	if r, err = b.write(tx, found.Decisions, t); err == nil {
		t.record(tx)
	}
	return r, err
}

// batch are orders that are decided over in one transaction, with what they compete for.
type batch struct {
	list []need
	held [][]Line // what is missing of an order that review has to look at first
	p    Problem

	policy rulebook
}

// open reads what is needed to decide over some orders.
func (s *Service) open(tx *db.Tx, orders []*order.Order, stock stockReader) (b batch, err error) {
	if len(orders) == 0 {
		return b, nil
	}
	list, skus, err := needs(tx, orders)
	if err != nil {
		return b, err
	}
	b = batch{list: list, held: make([][]Line, len(list))}
	for i := range list {
		b.held[i] = list[i].held()
	}
	b.p, b.policy, err = s.snapshot(tx, list, skus, stock)
	return b, err
}

// leave takes some of the orders out and returns them; who may be nil.
func (b *batch) leave(who []bool) (left []Order) {
	if who == nil {
		return nil
	}
	var rest batch
	for i, out := range who {
		if out {
			left = append(left, b.p.Orders[i])
			continue
		}
		rest.list, rest.held = append(rest.list, b.list[i]), append(rest.held, b.held[i])
		rest.p.Orders = append(rest.p.Orders, b.p.Orders[i])
	}
	b.list, b.held, b.p.Orders = rest.list, rest.held, rest.p.Orders
	return left
}

// write puts decisions down, one for each order. t may be nil.
func (b *batch) write(tx *db.Tx, decisions []Decision, t *tally) (r placed, err error) {
	var demands []inventory.Demand
	for i, d := range decisions {
		n := &b.list[i]
		n.home(&d, b.p.Nodes)
		n.wait(&d, b.held[i])
		made, err := n.write(tx, &d, b.p.Nodes, decided{together: t.told(i)})
		if err != nil {
			r.failed = errors.Join(r.failed, fmt.Errorf("order %s: %w", id.Show(order.Prefix, n.ID), err))
			continue
		}
		t.count(i)
		r.done++
		if len(made) > 0 {
			r.served++
		}
		demands = append(demands, made...)
	}
	if len(demands) == 0 {
		return r, nil
	}
	return r, inventory.Promise(tx, demands)
}

// home says what it means that an order may not be split and a node already ships a part of it: the other nodes
// were not asked, they have not rejected anything.
func (n *need) home(d *Decision, nodes []Node) {
	homes := n.homes()
	if n.MaySplit || len(homes) == 0 {
		return
	}
	refused := n.refused()
	for i := range d.Rejected {
		if r := &d.Rejected[i]; r.Code == codeRejectedBefore && !slices.Contains(refused, r.Node) {
			r.Code, r.Params = codeOtherNode, map[string]any{"node": codesOf(nodes, homes)}
		}
	}
	for i := range d.BackOrders {
		if d.BackOrders[i].Reason == codeWaitsRejected {
			d.BackOrders[i].Reason = codeWaitsWhole
		}
	}
}

func codesOf(nodes []Node, ids []int64) string {
	var codes []string
	for _, n := range nodes {
		if slices.Contains(ids, n.ID) {
			codes = append(codes, n.Code)
		}
	}
	return strings.Join(codes, ", ")
}

// write puts a decision down and returns what has to be promised for it. It checks first: an error has left
// nothing behind.
func (n *need) write(tx *db.Tx, d *Decision, nodes []Node, with decided) ([]inventory.Demand, error) {
	made := make([]*order.Fulfilment, len(d.Parcels))
	for i, p := range d.Parcels {
		made[i] = &order.Fulfilment{OrderID: n.ID, NodeID: p.Node, Status: order.Allocated, ShipBy: n.ShipBy, Cost: p.Cost, Rank: n.Rank}
		for _, l := range p.Lines {
			made[i].Lines = append(made[i].Lines, order.FulfilmentLine{LineNo: int64(l.No), SKUID: l.SKU, Quantity: l.Quantity})
		}
	}
	debts := n.debts(d)
	if err := n.stand(tx, slices.Concat(n.fulfilments, made), debts); err != nil {
		return nil, err
	}
	var demands []inventory.Demand
	for _, f := range made {
		order.AddFulfilment(tx, f)
		for _, l := range f.Lines {
			demands = append(demands, inventory.Demand{FulfilmentID: f.ID, Seq: l.Seq, OrderID: n.ID, SKU: l.SKUID, Node: f.NodeID, Quantity: l.Quantity})
		}
	}
	changed := n.owe(tx, debts)
	if len(made) > 0 {
		n.tellAllocated(tx, d, made, nodes, with)
	}
	if changed && len(d.BackOrders) > 0 {
		n.tellOwed(tx, d)
	}
	return demands, nil
}

// wait owes the customer what is missing of a held order that a node has begun with, so that it is not
// forgotten when the order goes on. One that nobody has begun with is decided over whole then.
func (n *need) wait(d *Decision, held []Line) {
	if len(held) == 0 || len(n.homes()) == 0 {
		return
	}
	d.Why, d.Rejected = words.Text{Code: codeWaitsHeld}, nil
	for _, l := range held {
		d.BackOrders = append(d.BackOrders, BackOrder{Line: l.No, SKU: l.SKU, Quantity: l.Quantity, Reason: codeWaitsHeld})
	}
}

// debts are what the order is owed from now on. A held order that nobody has begun with keeps those it has.
func (n *need) debts(d *Decision) []order.BackOrder {
	if n.barred() && len(n.homes()) == 0 {
		return n.owed
	}
	out := make([]order.BackOrder, len(d.BackOrders))
	for i, b := range d.BackOrders {
		out[i] = order.BackOrder{OrderID: n.ID, LineNo: int64(b.Line), SKUID: b.SKU, Quantity: b.Quantity, Reason: b.Reason}
	}
	return out
}

// owe writes the debts that differ from those that stand, and reports whether any did.
func (n *need) owe(tx *db.Tx, debts []order.BackOrder) (changed bool) {
	stood := make(map[piece]order.BackOrder, len(n.owed))
	for _, b := range n.owed {
		stood[piece{b.LineNo, b.SKUID}] = b
	}
	for _, b := range debts {
		key := piece{b.LineNo, b.SKUID}
		was, is := stood[key]
		delete(stood, key)
		if !is || was.Quantity != b.Quantity || was.Reason != b.Reason {
			b.Since = was.Since
			order.Owe(tx, b, is)
			changed = true
		}
	}
	for _, b := range n.owed {
		if _, gone := stood[piece{b.LineNo, b.SKUID}]; gone {
			b.Quantity = 0
			order.Owe(tx, b, true)
			changed = true
		}
	}
	return changed
}

// stand takes the order's state of fulfilment to what the facts will say, and back to review where that must look again.
func (n *need) stand(tx *db.Tx, fulfilments []*order.Fulfilment, owed []order.BackOrder) error {
	after := *n.Order
	if n.Passed() && n.unmapped() {
		after.Review = order.ReviewPending
	}
	to := after.Axes
	to.Fulfilment = order.Derive(&after, fulfilments, owed)
	return order.Move(tx, n.Order, to)
}
