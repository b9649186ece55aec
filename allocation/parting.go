package allocation

import (
	"context"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// Split takes units out of a fulfilment that no wave has taken, into a fulfilment of their own.
type Split struct {
	Fulfilment int64
	Lines      []SplitLine
	Node       int64 // which ships them; 0: the same
	By
}

// SplitLine is how much of a line of the fulfilment goes.
type SplitLine struct{ Seq, Quantity int64 }

// Merge puts fulfilments of one order at one node, which no wave has taken, together again.
type Merge struct {
	Order       int64
	Fulfilments []int64
	By
}

// Split divides a fulfilment. Both parts keep their promises; where the other part goes to another node, its promises move. once may be nil.
// Faults: required, fulfilment.not_found, byhand.not_passed, byhand.released, byhand.no_line, byhand.too_many, byhand.whole,
// byhand.closed, byhand.no_service, byhand.short, byhand.may_not_split, http.node.
func (s *Service) Split(ctx context.Context, once *db.Once, in Split) (ByHand, error) {
	in.Reason = strings.TrimSpace(in.Reason)
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (ByHand, error) {
		d, err := s.deskOf(tx, in.Fulfilment, in.By)
		if err != nil {
			return ByHand{}, err
		}
		f, err := d.unreleased(in.Fulfilment)
		if err != nil {
			return ByHand{}, err
		}
		stays, goes, err := in.divide(f)
		if err != nil {
			return ByHand{}, err
		}
		to := in.Node
		if to == 0 {
			to = f.NodeID
		}
		if to != f.NodeID && in.Reason == "" {
			return ByHand{}, needsReason()
		}
		if err := in.choose(to); err != nil {
			return ByHand{}, err
		}
		return d.carry(actSplit, []*order.Fulfilment{f}, []wish{{node: f.NodeID, lines: stays}, {node: to, lines: goes, chosen: to != f.NodeID}})
	})
}

// deskOf opens the order of a fulfilment.
func (s *Service) deskOf(tx *db.Tx, fulfilment int64, by By) (*desk, error) {
	found, err := order.Fulfilments(tx, []int64{fulfilment})
	if err != nil {
		return nil, err
	}
	if found[fulfilment] == nil {
		return nil, noFulfilment(fulfilment)
	}
	return s.desk(tx, found[fulfilment].OrderID, by)
}

func noFulfilment(key int64) error {
	return fault.New(fault.NotFound, "fulfilment.not_found", "there is no fulfilment %s", id.Show(order.FulfilmentPrefix, key))
}

// unreleased finds a fulfilment of the order that no wave has taken.
func (d *desk) unreleased(key int64) (*order.Fulfilment, error) {
	at := slices.IndexFunc(d.n.fulfilments, func(f *order.Fulfilment) bool { return f.ID == key })
	if at < 0 || d.by.Nodes != nil && !slices.Contains(d.by.Nodes, d.n.fulfilments[at].NodeID) {
		return nil, noFulfilment(key)
	}
	f := d.n.fulfilments[at]
	if f.Status != order.Allocated {
		return nil, fault.New(fault.Conflict, "byhand.released", "the warehouse works on it, or it is over: it is %q", f.Status).With("status", f.Status)
	}
	return f, nil
}

// divide is what stays in a fulfilment and what goes.
func (in Split) divide(f *order.Fulfilment) (stays, goes []Line, err error) {
	left := map[int64]int64{}
	for _, l := range f.Lines {
		left[l.Seq] = l.Quantity
	}
	for _, x := range in.Lines {
		at := slices.IndexFunc(f.Lines, func(l order.FulfilmentLine) bool { return l.Seq == x.Seq })
		if at < 0 {
			return nil, nil, fault.Invalidf("lines", "byhand.no_line", "the fulfilment has no line %d", x.Seq).With("seq", x.Seq)
		}
		if l := f.Lines[at]; x.Quantity < 1 || x.Quantity > left[x.Seq] {
			return nil, nil, fault.Invalidf("quantity", "byhand.too_many", "of line %d %d units can be moved, not %d", l.LineNo, left[x.Seq], x.Quantity).
				With("line", l.LineNo).With("there", left[x.Seq]).With("quantity", x.Quantity)
		}
		left[x.Seq] -= x.Quantity
		goes = addLine(goes, f.Lines[at].LineNo, f.Lines[at].SKUID, x.Quantity)
	}
	for _, l := range f.Lines {
		stays = addLine(stays, l.LineNo, l.SKUID, left[l.Seq])
	}
	if len(goes) == 0 || len(stays) == 0 {
		return nil, nil, fault.Invalidf("lines", "byhand.whole", "choose some of the goods, not none and not all of them")
	}
	return stays, goes, nil
}

// Merge joins fulfilments into one; their promises stay. once may be nil. Faults: order.not_found, fulfilment.not_found,
// byhand.not_passed, byhand.released, byhand.one, byhand.apart.
func (s *Service) Merge(ctx context.Context, once *db.Once, in Merge) (ByHand, error) {
	in.Reason = strings.TrimSpace(in.Reason)
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (ByHand, error) {
		d, err := s.desk(tx, in.Order, in.By)
		if err != nil {
			return ByHand{}, err
		}
		var back []*order.Fulfilment
		one := wish{}
		for _, key := range id.Distinct(in.Fulfilments) {
			f, err := d.unreleased(key)
			if err != nil {
				return ByHand{}, err
			}
			if len(back) > 0 && f.NodeID != one.node {
				return ByHand{}, fault.New(fault.Conflict, "byhand.apart", "they stand in different warehouses; move one of them first")
			}
			one.node = f.NodeID
			back = append(back, f)
			for _, l := range f.Lines {
				one.lines = addLine(one.lines, l.LineNo, l.SKUID, l.Quantity)
			}
		}
		if len(back) < 2 {
			return ByHand{}, fault.Invalidf("fulfilments", "byhand.one", "name at least two parcels to put together")
		}
		return d.carry(actMerged, back, []wish{one})
	})
}
