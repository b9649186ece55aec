package order

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
)

// Bind puts fulfilments into one parcel. The caller has locked them and seen to it that they may go together; apart is what each
// would cost by itself, by fulfilment, together what the parcel costs.
func Bind(tx *db.Tx, list []*Fulfilment, apart map[int64]int64, together int64, actor string) (*Bond, error) {
	b := &Bond{ID: tx.NewID(), Together: together, At: tx.Micros(), Actor: actor}
	for _, f := range list {
		b.Members = append(b.Members, Member{Fulfilment: f.ID, Order: f.OrderID, Node: f.NodeID, Status: f.Status, Rank: f.Rank, Apart: apart[f.ID]})
		tx.Put(insTogether, f.ID, f.OrderID, b.ID, apart[f.ID], together, b.At, actor)
	}
	tx.Forget(togetherInMemory, int64(0))
	numbers, err := b.numbers(tx)
	for _, m := range b.Members {
		tx.Emit(db.Event{Kind: "order.together.v1", Order: m.Order, Subject: m.Fulfilment, Actor: actor,
			Params: map[string]any{"bond": id.Show(BondPrefix, b.ID), "orders": b.others(m.Order, numbers)}})
	}
	return b, err
}

// Unbind forgets the bonds of fulfilments that go into another one, whole.
func Unbind(tx *db.Tx, fulfilments []int64) error {
	found, err := BondsOf(tx, fulfilments)
	for key, b := range found {
		tx.Put(delTogether, key, b.ID)
	}
	return err
}

// Part takes fulfilments out of their bonds, which go on without them; a bond of one is none. Those that are in no bond stay as they
// are. reason is one of the Part codes.
func Part(tx *db.Tx, fulfilments []int64, reason, actor string) error {
	found, err := BondsOf(tx, fulfilments)
	if err != nil || len(found) == 0 {
		return err
	}
	done := map[int64]bool{}
	for _, key := range fulfilments {
		b := found[key]
		if b == nil || done[b.ID] {
			continue
		}
		done[b.ID] = true
		if err := b.part(tx, fulfilments, reason, actor); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bond) part(tx *db.Tx, leaving []int64, reason, actor string) error {
	numbers, err := b.numbers(tx)
	if err != nil {
		return err
	}
	stays := 0
	for _, m := range b.Members {
		if !slices.Contains(leaving, m.Fulfilment) {
			stays++
		}
	}
	for _, m := range b.Members {
		why := reason
		if !slices.Contains(leaving, m.Fulfilment) {
			if stays > 1 {
				continue
			}
			why = PartAlone
		}
		tx.Put(delTogether, m.Fulfilment, b.ID)
		tx.Emit(db.Event{Kind: "order.apart.v1", Order: m.Order, Subject: m.Fulfilment, Actor: actor,
			Params: map[string]any{"reason": why, "orders": b.others(m.Order, numbers)}})
	}
	return nil
}

// TellPacked says on the timelines of what lies in one parcel with which orders they travel, and in which parcel.
func TellPacked(tx *db.Tx, packed []*Fulfilment, parcel, actor string) error {
	in := &Bond{}
	for _, f := range packed {
		in.Members = append(in.Members, Member{Fulfilment: f.ID, Order: f.OrderID})
	}
	numbers, err := in.numbers(tx)
	for _, m := range in.Members {
		tx.Emit(db.Event{Kind: "order.packed_together.v1", Order: m.Order, Subject: m.Fulfilment, Actor: actor,
			Params: map[string]any{"parcel": parcel, "orders": in.others(m.Order, numbers)}})
	}
	return err
}

// numbers are the numbers of the orders in a bond, as their shops know them.
func (b *Bond) numbers(tx *db.Tx) (map[int64]string, error) {
	var keys []int64
	for _, m := range b.Members {
		keys = append(keys, m.Order)
	}
	heads, err := ByIDs(tx, id.Distinct(keys))
	out := map[int64]string{}
	for key, o := range heads {
		out[key] = o.ExternalNo
	}
	return out, err
}

// others are the numbers of all orders in the bond but one.
func (b *Bond) others(but int64, numbers map[int64]string) []string {
	list := []string{}
	for _, m := range b.Members {
		if m.Order != but && !slices.Contains(list, numbers[m.Order]) {
			list = append(list, numbers[m.Order])
		}
	}
	return list
}

// partHeld takes what is not packed of a held order out of its bonds.
func partHeld(tx *db.Tx, orderID int64, actor string) error {
	found, err := BondsOfOrders(tx, []int64{orderID})
	if err != nil || len(found) == 0 {
		return err
	}
	var leaving []int64
	for _, b := range found {
		for _, m := range b.Members {
			if m.Order == orderID && m.Status != Packed && m.Status != Shipped {
				leaving = append(leaving, m.Fulfilment)
			}
		}
	}
	return Part(tx, id.Distinct(leaving), PartHeld, actor)
}

// WithMates puts beside each of some fulfilments those that go into one parcel with it and wait for a wave at the same node, as far as
// there is room for most in all: a bond goes whole or not at all. Held ones wait.
func WithMates(tx *db.Tx, fulfilments []int64, most int) ([]int64, error) {
	found, err := BondsOf(tx, fulfilments)
	if err != nil || len(found) == 0 {
		return fulfilments[:min(len(fulfilments), most)], err
	}
	out := make([]int64, 0, len(fulfilments))
	done := map[int64]bool{}
	for _, key := range fulfilments {
		if done[key] {
			continue
		}
		unit := []int64{key}
		if b := found[key]; b != nil {
			unit = b.waiting(key)
		}
		for _, x := range unit {
			done[x] = true
		}
		if len(out)+len(unit) <= most {
			out = append(out, unit...)
		}
	}
	return out, nil
}

// waiting are a member and those of the others that may be released with it.
func (b *Bond) waiting(key int64) []int64 {
	list := []int64{key}
	for _, m := range b.Members {
		if m.Fulfilment != key && m.Status == Allocated && m.Holds == 0 {
			list = append(list, m.Fulfilment)
		}
	}
	return list
}
