package allocation

import "github.com/packhorse/packhorse/order"

// Scope is what an outlook looks at besides what no node ships yet.
type Scope struct {
	Unreleased bool    // what nodes have promised and no wave has taken, as if it were still to be decided
	Nodes      []int64 // only of these nodes; nil: all
}

// Located is units of an order line that are to be decided, and the node that has promised them; Fulfilment and Node are 0
// where no node has.
type Located struct {
	Piece
	Fulfilment, Node int64
}

// loose opens what the scope takes in besides what no node ships, and lists all of it.
func (n *need) loose(scope Scope) (back []*order.Fulfilment, pieces []Located) {
	for _, l := range n.lines {
		pieces = append(pieces, Located{Piece: Piece{int64(l.No), l.SKU, l.Quantity}})
	}
	by := By{Nodes: scope.Nodes}
	for _, f := range n.fulfilments {
		if scope.Unreleased && by.reaches(f) {
			back = append(back, f)
		}
	}
	n.reopen(back)
	for _, f := range back {
		f.Status = order.Cancelled // in memory: so it is no home of the order
		for _, l := range f.Lines {
			if l.Quantity > 0 {
				pieces = append(pieces, Located{Piece{l.LineNo, l.SKUID, l.Quantity}, f.ID, f.NodeID})
			}
		}
	}
	return back, pieces
}

// giveBack is a problem as if some fulfilments had not been promised.
func giveBack(p Problem, back []*order.Fulfilment) Problem {
	for _, f := range back {
		for _, l := range f.Lines {
			p.Stock[StockKey{Node: f.NodeID, SKU: l.SKUID}] += l.Quantity
		}
	}
	keepPlaces(&p, back)
	return p
}

// hold notes what each candidate has promised already.
func (o *Outlook) hold(back []*order.Fulfilment) {
	for _, f := range back {
		for i := range o.Candidates {
			if c := &o.Candidates[i]; c.Node == f.NodeID {
				c.Holds += f.Units()
			}
		}
	}
}
