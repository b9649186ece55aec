package pack

import (
	"cmp"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// shared are fulfilments that go into one parcel, and their goods as if they were of one: Seq of a content is a place in parts.
type shared struct {
	contents
	parts []part
}

// part is what of a line of one of them is to be packed.
type part struct {
	f *order.Fulfilment
	Content
}

// share puts the goods of some fulfilments onto one bench; promised is for those of which nothing was picked yet.
func (k *book) share(members []*order.Fulfilment, promised bool) (s shared) {
	s.skus = k.skus
	for _, f := range members {
		s.node = f.NodeID
		c := k.contents(f)
		if len(c.list) == 0 && promised {
			c.list = promisedOf(f)
		}
		for _, x := range c.list {
			s.parts = append(s.parts, part{f, x})
			s.list = append(s.list, Content{Seq: int64(len(s.parts)), SKU: x.SKU, Lot: x.Lot, Quantity: x.Quantity})
		}
	}
	return s
}

// of is what of a member is in the parcel.
func (s *shared) of(f *order.Fulfilment) (list []Content) {
	for _, p := range s.parts {
		if p.f == f {
			list = append(list, p.Content)
		}
	}
	return list
}

// own gives the lines of a draft the places they have in their own fulfilments.
func (s *shared) own(lines []Content) {
	for i := range lines {
		lines[i].Seq = s.parts[lines[i].Seq-1].Seq
	}
}

// mates are the fulfilments of the bond of one that are not closed or gone, the leading one first; f alone where it is in none.
func (k *book) mates(f *order.Fulfilment) []*order.Fulfilment {
	b := k.bonds[f.ID]
	if b == nil {
		return []*order.Fulfilment{f}
	}
	var list []*order.Fulfilment
	for _, m := range b.Members {
		if x := k.fulfilments[m.Fulfilment]; x != nil && x.Live() && x.Status != order.Packed {
			list = append(list, x)
		}
	}
	return list
}

// goods is what has to be packed with a fulfilment: its own, and what goes into the same parcel.
func (k *book) goods(f *order.Fulfilment) contents {
	return k.share(k.mates(f), false).contents
}

// together closes the one parcel of a bond.
func (k *book) together(tx *db.Tx, stops map[int64][]order.Stop, in checked) (Out, error) {
	f := k.fulfilments[in.FulfilmentID]
	if err := ready(f, in.FulfilmentID); err != nil {
		return Out{}, err
	}
	members, waiting := k.sort(f, stops)
	if len(waiting) > 0 && !in.Without {
		return Out{}, incomplete(waiting)
	}
	if len(in.Parcels) > 1 || len(in.Parcels) == 1 && in.Parcels[0].Lines != nil {
		return Out{}, oneParcel()
	}
	s := k.share(members, false)
	if len(in.Scans) > 0 {
		if err := in.scanned.compare(s.contents).fault(); err != nil {
			return Out{}, err
		}
	}
	drafts, weights, err := k.bench.lay(s.contents, in.Parcels)
	if err != nil {
		return Out{}, err
	}
	if len(drafts) > 1 {
		return Out{}, oneParcel()
	}
	packer := cmp.Or(in.Packer, "system")
	if err := leaveBehind(tx, waiting, packer); err != nil {
		return Out{}, err
	}
	return k.closeShared(tx, members, s, drafts[0], weights[0], in, packer)
}

// sort tells the members that can be packed now from those that the parcel would have to wait for.
func (k *book) sort(f *order.Fulfilment, stops map[int64][]order.Stop) (members, waiting []*order.Fulfilment) {
	for _, x := range k.mates(f) {
		if x.Status == order.Picked && x.Holds == 0 && len(stops[x.ID]) == 0 {
			members = append(members, x)
		} else {
			waiting = append(waiting, x)
		}
	}
	return members, waiting
}

// incomplete is the fault of a parcel that is not complete.
func incomplete(list []*order.Fulfilment) error {
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = id.Show(order.FulfilmentPrefix, f.ID)
	}
	return fault.New(fault.Conflict, "pack.together_waiting", "%d fulfilments that go into this parcel are not picked: %s; wait for them, or pack without them", len(list), strings.Join(names, ", ")).
		With("count", len(list)).With("fulfilments", strings.Join(names, ", "))
}

func oneParcel() error {
	return fault.Invalidf("parcels", "pack.together_one", "what several orders share is one parcel, whole: name one carton or %q, or take them apart", Own)
}

// leaveBehind takes those that the parcel does not wait for out of the bond.
func leaveBehind(tx *db.Tx, list []*order.Fulfilment, packer string) error {
	ids := make([]int64, len(list))
	for i, f := range list {
		ids[i] = f.ID
	}
	return order.Part(tx, ids, order.PartNotPicked, packer)
}

// closeShared writes the carton of the leading fulfilment and, in it, a parcel of every other one.
func (k *book) closeShared(tx *db.Tx, members []*order.Fulfilment, s shared, d Draft, weightG int64, in checked, packer string) (Out, error) {
	out := Out{FulfilmentID: in.FulfilmentID}
	for i, f := range members {
		if err := order.MoveFulfilment(tx, f, order.Packed); err != nil {
			return Out{}, err
		}
		x, weighs := d, weightG
		if i > 0 {
			x, weighs = Draft{Inside: out.Parcels[0].ID}, 0
		}
		x.Lines = s.of(f)
		out.Parcels = append(out.Parcels, closeParcel(tx, f, 1, x, weighs, packer))
	}
	if saved, ok := k.bench.saving(s.contents, []Draft{d}); ok {
		saved.record(tx, out.Parcels[0])
	}
	outer := weighed{id.Show(Prefix, out.Parcels[0].ID), d.Carton, d.ExpectedG, weightG}
	for i, f := range members {
		said := evidence{Parcels: []weighed{outer}, Scans: len(in.Scans)}
		if len(members) > 1 {
			said.Together = len(members)
		}
		if i > 0 {
			said.Inside = outer.ID
		}
		tx.Emit(db.Event{Kind: "pack.packed.v1", Order: f.OrderID, Subject: f.ID, Actor: packer, Params: said})
	}
	if len(members) > 1 {
		return out, order.TellPacked(tx, members, outer.ID, packer)
	}
	return out, nil
}

var selInside = db.NewSQL(`SELECT ` + parcelColumns + ` FROM pack_parcel WHERE inside_id = ANY($1) AND inside_id <> 0 AND status = 'packed' ORDER BY inside_id, id`)

// Inside reads what other orders have in some cartons, by the parcel that is the carton. It asks nothing where nothing was ever
// put into one parcel.
func Inside(tx *db.Tx, parcels []int64) (map[int64][]Parcel, error) {
	if any, err := order.AnyTogether(tx); err != nil || !any || len(parcels) == 0 {
		return nil, err
	}
	list, err := db.All(tx.Query(selInside, parcels), scanParcel)
	out := map[int64][]Parcel{}
	for _, p := range list {
		out[p.InsideID] = append(out[p.InsideID], p)
	}
	return out, err
}
