package allocation

import (
	"context"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// Override gives what no wave has taken of an order, or some of it, to a node that a person names.
type Override struct {
	Order  int64
	Node   int64
	Pieces []Piece // none: all that no wave has taken
	By
}

// Piece is units that an order line asks for, in base units of a component SKU.
type Piece struct {
	Line     int64
	SKU      int64 // 0: the only one that serves the line
	Quantity int64
}

// Override moves goods of an order that wait, or that other nodes have promised and no wave has taken, to a node. The promises move in
// the same transaction: the old ones end, the new ones begin, or nothing happens at all. What waits and was not named is
// decided over by the way, as allocation would. once may be nil. Faults: required, order.not_found, byhand.not_passed, byhand.nothing,
// byhand.there, byhand.no_piece, byhand.too_many, byhand.closed, byhand.no_service, byhand.short, byhand.may_not_split, http.node.
func (s *Service) Override(ctx context.Context, once *db.Once, in Override) (ByHand, error) {
	if in.Reason = strings.TrimSpace(in.Reason); in.Reason == "" {
		return ByHand{}, needsReason()
	}
	if err := in.choose(in.Node); err != nil {
		return ByHand{}, err
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (ByHand, error) {
		d, err := s.desk(tx, in.Order, in.By)
		if err != nil {
			return ByHand{}, err
		}
		t := d.taking(in.Node)
		if len(in.Pieces) == 0 {
			t.all()
		}
		for _, p := range in.Pieces {
			if err := t.piece(p); err != nil {
				return ByHand{}, err
			}
		}
		if len(t.moved) == 0 {
			return ByHand{}, d.nothingTo(in.Node)
		}
		back, wishes := t.wishes(in.Node)
		return d.carry(actMoved, back, wishes)
	})
}

func needsReason() error {
	return fault.Invalidf("reason", "required", "say why, for whoever asks later why the order did not ship from where it is cheapest")
}

// nothingTo says why nothing moves to a node.
func (d *desk) nothingTo(node int64) error {
	if slices.ContainsFunc(d.free(), func(f *order.Fulfilment) bool { return f.NodeID == node }) {
		return fault.New(fault.Conflict, "byhand.there", "all that can be moved is at that warehouse already")
	}
	return nothing()
}

// taking gathers what moves, and from where.
type taking struct {
	waits   []Line              // that no node ships
	sources []*order.Fulfilment // at other nodes, the oldest first
	left    map[*order.Fulfilment][]Line
	target  *order.Fulfilment // what the node ships already and no wave has taken; it takes in what comes
	moved   []Line
}

func (d *desk) taking(node int64) *taking {
	t := &taking{waits: slices.Clone(d.n.lines), left: map[*order.Fulfilment][]Line{}}
	for _, f := range d.free() {
		switch {
		case f.NodeID != node:
			t.sources, t.left[f] = append(t.sources, f), linesOf(f)
		case t.target == nil:
			t.target = f
		}
	}
	return t
}

func linesOf(f *order.Fulfilment) (out []Line) {
	for _, l := range f.Lines {
		out = addLine(out, l.LineNo, l.SKUID, l.Quantity)
	}
	return out
}

// all takes everything.
func (t *taking) all() {
	t.from(t.waits, func(l *Line) int64 { return l.Quantity })
	for _, f := range t.sources {
		t.from(t.left[f], func(l *Line) int64 { return l.Quantity })
	}
}

// from takes units out of lines.
func (t *taking) from(lines []Line, units func(*Line) int64) {
	for i := range lines {
		l := &lines[i]
		if q := units(l); q > 0 {
			l.Quantity -= q
			t.moved = addLine(t.moved, int64(l.No), l.SKU, q)
		}
	}
}

// piece takes what a person names: first what waits, then what the older fulfilments hold.
func (t *taking) piece(p Piece) error {
	pools := [][]Line{t.waits}
	for _, f := range t.sources {
		pools = append(pools, t.left[f])
	}
	sku, err := p.sku(slices.Concat(pools...))
	if err != nil {
		return err
	}
	fits := func(l *Line) bool { return int64(l.No) == p.Line && l.SKU == sku }
	var there int64
	for _, pool := range pools {
		for i := range pool {
			if fits(&pool[i]) {
				there += pool[i].Quantity
			}
		}
	}
	if p.Quantity < 1 || p.Quantity > there {
		return fault.Invalidf("quantity", "byhand.too_many", "of line %d %d units can be moved, not %d", p.Line, there, p.Quantity).
			With("line", p.Line).With("there", there).With("quantity", p.Quantity)
	}
	left := p.Quantity
	for _, pool := range pools {
		t.from(pool, func(l *Line) int64 {
			if !fits(l) {
				return 0
			}
			q := min(left, l.Quantity)
			left -= q
			return q
		})
	}
	return nil
}

// sku is the SKU that a piece speaks of.
func (p Piece) sku(lines []Line) (int64, error) {
	found := p.SKU
	for _, l := range lines {
		if int64(l.No) != p.Line || p.SKU != 0 && l.SKU != p.SKU {
			continue
		}
		if found != 0 && found != l.SKU {
			return 0, fault.Invalidf("sku", "byhand.which", "line %d is a bundle; say which SKU of it moves", p.Line).With("line", p.Line)
		}
		found = l.SKU
		if p.SKU != 0 {
			return found, nil
		}
	}
	if found == 0 || p.SKU != 0 {
		return 0, fault.Invalidf("line", "byhand.no_piece", "nothing of line %d can be moved: it is at that warehouse, with a wave, or has left", p.Line).With("line", p.Line)
	}
	return found, nil
}

// wishes are the parcels that come of it: the chosen one, and what stays where it was.
func (t *taking) wishes(node int64) (back []*order.Fulfilment, out []wish) {
	if t.target != nil {
		back = append(back, t.target)
		for _, l := range linesOf(t.target) {
			t.moved = addLine(t.moved, int64(l.No), l.SKU, l.Quantity)
		}
	}
	out = append(out, wish{node: node, lines: t.moved, chosen: true})
	for _, f := range t.sources {
		stays := slices.DeleteFunc(t.left[f], func(l Line) bool { return l.Quantity == 0 })
		if sum(stays) == f.Units() {
			continue
		}
		back = append(back, f)
		if len(stays) > 0 {
			out = append(out, wish{node: f.NodeID, lines: stays})
		}
	}
	return back, out
}

func sum(lines []Line) (units int64) {
	for _, l := range lines {
		units += l.Quantity
	}
	return units
}
