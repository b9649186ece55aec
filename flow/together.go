package flow

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/warehouse"
)

// MostTogether is how many orders one parcel may be for.
const MostTogether = 20

// Bound is what became of one wish to put orders into one parcel.
type Bound struct {
	Bond    *order.Bond  // nil where it was refused
	Refused *fault.Fault // why
}

// Together puts the fulfilments of each group into one parcel, as far as that can be; the answers are in order of groups. The others of
// a bond that is named in part stay where they are: it must be named whole to grow. A waybill that was taken with a wave is voided,
// for it is for less than the parcel will weigh. once may be nil. Faults of a group: together.size, together.unknown,
// together.node, together.state, together.recipient, together.cod, together.currency, together.already, together.same_order,
// order.on_hold.
func (s *Service) Together(ctx context.Context, once *db.Once, groups [][]int64, actor string) ([]Bound, error) {
	out, err := s.together(ctx, once, groups, actor)
	if db.Duplicate(err) { // the first bond ever was made at the same moment, and nobody could know of it
		return s.together(ctx, once, groups, actor)
	}
	return out, err
}

func (s *Service) together(ctx context.Context, once *db.Once, groups [][]int64, actor string) ([]Bound, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) ([]Bound, error) {
		var ids []int64
		for _, g := range groups {
			ids = append(ids, g...)
		}
		t, err := gather(tx, ids)
		if err != nil {
			return nil, err
		}
		out := make([]Bound, len(groups))
		for i, g := range groups {
			out[i].Bond, err = s.bind(tx, t, id.Distinct(g), actor)
			if f, refused := fault.As(err); refused {
				out[i] = Bound{Refused: f}
			} else if err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// table is what is read of fulfilments that may go into one parcel, locked: the orders first, as everywhere.
type table struct {
	fulfilments map[int64]*order.Fulfilment
	orders      map[int64]*order.Order
	bonds       map[int64]*order.Bond
}

func gather(tx *db.Tx, ids []int64) (*table, error) {
	ids, err := order.WithAll(tx, ids)
	if err != nil {
		return nil, err
	}
	seen, err := order.Fulfilments(tx, ids)
	if err != nil {
		return nil, err
	}
	var orders []int64
	for _, f := range seen {
		orders = append(orders, f.OrderID)
	}
	t := &table{}
	if t.orders, err = order.Lock(tx, id.Distinct(orders)); err != nil {
		return nil, err
	}
	if t.fulfilments, err = order.LockFulfilments(tx, ids); err != nil {
		return nil, err
	}
	t.bonds = map[int64]*order.Bond{}
	found, err := order.BondsOf(tx, ids)
	maps.Copy(t.bonds, found)
	return t, err
}

// bind checks one group, and writes nothing of it where it returns a fault.
func (s *Service) bind(tx *db.Tx, t *table, ids []int64, actor string) (*order.Bond, error) {
	list, err := t.fit(ids)
	if err != nil {
		return nil, err
	}
	to := t.orders[list[0].OrderID].Recipient
	apart, together, err := s.allocation.OneParcel(tx, list[0].NodeID, to, ids)
	if err != nil {
		return nil, err
	}
	var released []*order.Fulfilment
	for _, f := range list {
		if f.Status != order.Allocated {
			released = append(released, f)
		}
	}
	if err := s.ship.StopFor(tx, released, actor); err != nil {
		return nil, err
	}
	if err := order.Unbind(tx, ids); err != nil { // a bond that grows is a new one
		return nil, err
	}
	b, err := order.Bind(tx, list, apart, together, actor)
	for _, key := range ids {
		t.bonds[key] = b
	}
	return b, err
}

// fit lists the fulfilments of a group, the most urgent first, if they may go into one parcel.
func (t *table) fit(ids []int64) (list []*order.Fulfilment, err error) {
	if len(ids) < 2 || len(ids) > MostTogether {
		return nil, fault.Invalidf("fulfilments", "together.size", "one parcel is for 2 to %d orders, not %d", MostTogether, len(ids)).
			With("max", MostTogether).With("have", len(ids))
	}
	for _, key := range ids {
		f := t.fulfilments[key]
		if f == nil {
			return nil, named("together.unknown", key, "there is no fulfilment %s", id.Show(order.FulfilmentPrefix, key))
		}
		if err := t.may(f, ids); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	first := t.orders[list[0].OrderID]
	key := allocation.RecipientKey(first.Recipient)
	for i, f := range list {
		o := t.orders[f.OrderID]
		switch {
		case f.NodeID != list[0].NodeID:
			return nil, named("together.node", f.ID, "they are at different warehouses; have one warehouse ship them first")
		case key == "" || allocation.RecipientKey(o.Recipient) != key:
			return nil, named("together.recipient", f.ID, "they do not go to one recipient at one address")
		case o.Currency != first.Currency:
			return nil, named("together.currency", f.ID, "they are sold in different currencies")
		case slices.ContainsFunc(list[:i], func(x *order.Fulfilment) bool { return x.OrderID == f.OrderID }):
			return nil, named("together.same_order", f.ID, "two parts of one order are merged, not put into one parcel with each other")
		}
	}
	slices.SortFunc(list, func(a, b *order.Fulfilment) int {
		return cmp.Or(cmp.Compare(a.Rank.Due, b.Rank.Due), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// may reports whether one fulfilment can go into a parcel with the others of a group.
func (t *table) may(f *order.Fulfilment, ids []int64) error {
	if f.Status != order.Allocated && f.Status != order.Released && f.Status != order.Picked {
		return named("together.state", f.ID, "a fulfilment is %s; only what is not packed can go into one parcel", f.Status).With("status", f.Status)
	}
	if err := order.Stopped(f.Holds); err != nil {
		return err
	}
	if o := t.orders[f.OrderID]; o == nil || o.Kind == "cod" {
		return named("together.cod", f.ID, "the courier collects money for an order at the door; it travels by itself")
	}
	if b := t.bonds[f.ID]; b != nil && slices.ContainsFunc(b.Members, func(m order.Member) bool { return !slices.Contains(ids, m.Fulfilment) }) {
		return named("together.already", f.ID, "a fulfilment goes into one parcel with others already; name all of them, or take it out first")
	}
	return nil
}

func named(code string, key int64, message string, args ...any) *fault.Fault {
	return fault.New(fault.Conflict, code, message, args...).With("fulfilment", id.Show(order.FulfilmentPrefix, key))
}

// Separate takes fulfilments out of their bonds, and tells how many were in one; the others go on together, but for a last one. once may
// be nil. Fault: together.packed.
func (s *Service) Separate(ctx context.Context, once *db.Once, fulfilments []int64, actor string) (int, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (int, error) {
		t, err := gather(tx, fulfilments)
		if err != nil {
			return 0, err
		}
		n := 0
		for _, key := range id.Distinct(fulfilments) {
			if t.bonds[key] == nil {
				continue
			}
			if f := t.fulfilments[key]; f.Status == order.Packed || f.Status == order.Shipped {
				return 0, named("together.packed", f.ID, "the parcel is packed; open it first")
			}
			n++
		}
		return n, order.Part(tx, fulfilments, order.PartAsked, actor)
	})
}

// Without takes those out of the bond of a fulfilment that are not picked, so that the others need not wait, and tells how many. once
// may be nil. Fault: fulfilment.not_found.
func (s *Service) Without(ctx context.Context, once *db.Once, fulfilment int64, actor string) (int, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (int, error) {
		t, err := gather(tx, []int64{fulfilment})
		if err != nil {
			return 0, err
		}
		if t.fulfilments[fulfilment] == nil {
			return 0, fault.New(fault.NotFound, "fulfilment.not_found", "there is no fulfilment %s", id.Show(order.FulfilmentPrefix, fulfilment))
		}
		var waiting []int64
		for key, b := range t.bonds {
			f := t.fulfilments[key]
			if b == t.bonds[fulfilment] && key != fulfilment && (f.Status == order.Allocated || f.Status == order.Released || f.Holds > 0) {
				waiting = append(waiting, key)
			}
		}
		return len(waiting), order.Part(tx, waiting, order.PartNotPicked, actor)
	})
}

// sharing are packed fulfilments, and those of other orders that lie in the same cartons: whoever opens one opens all.
func sharing(tx *db.Tx, packed []*order.Fulfilment) (all, others []*order.Fulfilment, err error) {
	ids := make([]int64, len(packed))
	for i, f := range packed {
		ids[i] = f.ID
	}
	bonds, err := order.BondsOf(tx, ids)
	if err != nil || len(bonds) == 0 {
		return packed, nil, err
	}
	var mates []int64
	for _, b := range bonds {
		for _, m := range b.Members {
			if !slices.Contains(ids, m.Fulfilment) {
				mates = append(mates, m.Fulfilment)
			}
		}
	}
	locked, err := order.LockFulfilments(tx, mates)
	if err != nil {
		return nil, nil, err
	}
	for _, key := range id.Distinct(mates) {
		if f := locked[key]; f != nil && f.Status == order.Packed {
			others = append(others, f)
		}
	}
	return slices.Concat(packed, others), others, nil
}

// openAgain opens the cartons of packed fulfilments: no waybill stands on them any more, and what was in them stands at the stage. Who
// holds a carton in which goods of other orders lie is told at the next scan to pack those again.
func (s *Service) openAgain(tx *db.Tx, packed []*order.Fulfilment, actor string) error {
	all, others, err := sharing(tx, packed)
	if err != nil || len(all) == 0 {
		return err
	}
	if err := s.ship.StopFor(tx, all, actor); err != nil {
		return err
	}
	if err := pack.Unpack(tx, all, actor); err != nil {
		return err
	}
	if len(others) == 0 {
		return nil
	}
	heads, err := order.ByIDs(tx, []int64{packed[0].OrderID})
	if err != nil {
		return err
	}
	for _, f := range others {
		if f.Holds > 0 {
			if err := order.Part(tx, []int64{f.ID}, order.PartHeld, actor); err != nil {
				return err
			}
		}
		bin, err := warehouse.Quarantine(tx, f.NodeID)
		if err != nil {
			return err
		}
		order.AddStop(tx, &order.Stop{OrderID: f.OrderID, FulfilmentID: f.ID, Reason: order.StopTogether, Actor: actor,
			Params: map[string]any{"bin": bin.Code, "order": strings.TrimSpace(heads[packed[0].OrderID].ExternalNo)}})
	}
	return nil
}

// leave takes what is not packed of an order out of its bonds.
func (w *work) leave(tx *db.Tx, reason, actor string) error {
	var ids []int64
	for _, f := range w.live() {
		if f.Status != order.Packed {
			ids = append(ids, f.ID)
		}
	}
	return order.Part(tx, ids, reason, actor)
}
