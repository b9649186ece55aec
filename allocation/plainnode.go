package allocation

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/warehouse"
)

// NodeMethod is how orders get to a node.
type NodeMethod struct {
	NodeID int64
	Own    Method // what was said for this node; empty: as the company's policy says
	Holds  Method // what that comes to: PlainRule wherever the strategy is not Cheapest
}

// rulebook is the company's policy with what nodes say otherwise.
type rulebook struct {
	Policy
	own map[int64]Method // by node
}

// ownMethod begins the names of the settings that nodes have of their own; the id follows.
const ownMethod = "allocation.method."

// sayOwn takes over a method that was said for a node. One that cannot be read leaves the company's.
func (p *rulebook) sayOwn(name string, m Method) {
	node, err := strconv.ParseInt(strings.TrimPrefix(name, ownMethod), 10, 64)
	if err != nil || !m.valid() {
		return
	}
	if p.own == nil {
		p.own = map[int64]Method{}
	}
	p.own[node] = m
}

// methodAt is the method that holds at a node.
func (p rulebook) methodAt(node int64) Method {
	m := p.Method
	if own, said := p.own[node]; said {
		m = own
	}
	if p.Strategy != Cheapest {
		return PlainRule
	}
	return m
}

// together reports whether orders that compete can be decided over together at any node.
func (p rulebook) together() bool {
	if p.Strategy != Cheapest {
		return false
	}
	for _, m := range p.own {
		if m == Optimised {
			return true
		}
	}
	return p.Method == Optimised
}

// MethodsAt says of every node that is asked for how orders get there.
func MethodsAt(tx *db.Tx, nodes []int64) ([]NodeMethod, error) {
	p, err := readPolicy(tx)
	out := make([]NodeMethod, len(nodes))
	for i, n := range nodes {
		out[i] = NodeMethod{NodeID: n, Own: p.own[n], Holds: p.methodAt(n)}
	}
	return out, err
}

// SaveMethod says how orders get to a node, for what is decided from now on; an empty method leaves it to the company's policy.
// actor is who asks, as in events; once may be nil. Faults: allocation.bad_method, allocation.node.
func (s *Service) SaveMethod(ctx context.Context, once *db.Once, actor string, node int64, m Method) (NodeMethod, error) {
	if m != "" && !m.valid() {
		return NodeMethod{}, badMethod(m)
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (NodeMethod, error) {
		nodes, err := warehouse.Nodes(tx)
		if err != nil {
			return NodeMethod{}, err
		}
		if !slices.ContainsFunc(nodes, func(n warehouse.Node) bool { return n.ID == node }) {
			return NodeMethod{}, fault.Invalidf("node", "allocation.node", "there is no such warehouse; name one that exists")
		}
		p, err := readPolicy(tx)
		if err != nil {
			return NodeMethod{}, err
		}
		name := ownMethod + strconv.FormatInt(node, 10)
		tx.Put(putSetting, name, string(m), tx.Micros(), actor)
		tx.Emit(db.Event{Kind: "allocation.method_saved.v1", Subject: node, Actor: actor, Params: map[string]any{"method": cmp.Or(string(m), "company")}})
		delete(p.own, node)
		p.sayOwn(name, m)
		return NodeMethod{NodeID: node, Own: m, Holds: p.methodAt(node)}, nil
	})
}

// badMethod is the fault of a method that is none.
func badMethod(m Method) *fault.Fault {
	return fault.Invalidf("method", "allocation.bad_method", "the method must be optimised or plain, not %q", m).With("value", string(m))
}

// keep draws what the plain rule ships of orders that it serves from a plain node, and says which these are. From then on plain
// nodes give nothing more.
func (b *board) keep(plain []Decision) []bool {
	kept := make([]bool, len(plain))
	if b.kept = true; !slices.ContainsFunc(b.sites, func(s site) bool { return s.node.Plain }) {
		return kept
	}
	for i := range plain {
		d := &plain[i]
		kept[i] = slices.ContainsFunc(d.Parcels, func(p Parcel) bool { return b.sites[b.siteOf(p.Node)].node.Plain })
		if kept[i] {
			b.takeAway(d)
		}
	}
	return kept
}

// siteOf is the site of a node that is on the board.
func (b *board) siteOf(node int64) int {
	return slices.IndexFunc(b.sites, func(s site) bool { return s.node.ID == node })
}

// takeAway removes from the board what a decision ships.
func (b *board) takeAway(d *Decision) {
	for _, p := range d.Parcels {
		at := b.siteOf(p.Node)
		if b.sites[at].left > 0 {
			b.sites[at].left--
		}
		for _, l := range p.Lines {
			b.row(at)[b.skus[l.SKU]] -= l.Quantity
		}
	}
}
