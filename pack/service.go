package pack

import (
	"cmp"
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// Service holds the use cases of packing.
type Service struct {
	db    *db.DB
	packs *db.Batch[checked, Out]
}

// New makes the service.
func New(d *db.DB) *Service {
	return &Service{db: d, packs: db.NewBatch(d, 256, packAll)}
}

// In closes the parcels of a fulfilment.
type In struct {
	FulfilmentID int64
	Packer       string // who, as in events: "user:NAME"
	// Parcels as they stand on the bench. None: as proposed. Without lines: the whole content in the only one, or as
	// proposed in each where their number is that of the proposal.
	Parcels []ParcelIn
	Scans   []string // what was scanned into them, in any order; none = not checked by scanning
	Without bool     // of what goes into one parcel: those that are not picked stay behind, and leave it
}

// ParcelIn is a parcel on the bench.
type ParcelIn struct {
	Carton  string // a code or Own; empty is the proposed one, and Own where the lines are given
	WeightG int64  // from the scale; 0 = not weighed, taken as expected
	Lines   []LineIn
}

// LineIn is a quantity of a fulfilment line in a parcel.
type LineIn struct {
	Seq      int64
	Quantity int64
}

// Out is what was closed: of what goes into one parcel the carton first, then what lies in it.
type Out struct {
	FulfilmentID int64
	Parcels      []Parcel
}

// checked is an input whose scans are looked up.
type checked struct {
	In
	scanned tally
}

// Pack closes the parcels of a picked fulfilment, after the second check and the scale. What goes into one parcel with it is closed
// with it, whichever of them is named. once may be nil.
//
// Faults: pack.together_waiting, pack.together_one, fulfilment.not_found, pack.not_picked, order.on_hold, those of a stop (order.StopCancelled, …), pack.content_differs, pack.unknown_scan,
// pack.unknown_line, pack.unknown_carton, pack.contents_missing, pack.weight, pack.weight_differs, pack.too_many_units.
func (s *Service) Pack(ctx context.Context, once *db.Once, in In) (Out, error) {
	c, err := s.look(ctx, in)
	if err != nil {
		return Out{}, err
	}
	return s.packs.Do(ctx, once, c)
}

// PackAll is Pack for many at once, each with its own outcome.
func (s *Service) PackAll(ctx context.Context, ins []In) []db.Result[Out] {
	out, err := s.PackOnce(ctx, nil, ins)
	if err != nil {
		return refuseAll(len(ins), err)
	}
	return out
}

// PackOnce is PackAll under a key, see db.Bulk.
func (s *Service) PackOnce(ctx context.Context, once *db.Once, ins []In) ([]db.Result[Out], error) {
	list := make([]checked, len(ins))
	for i, in := range ins {
		c, err := s.look(ctx, in)
		if err != nil {
			return nil, err
		}
		list[i] = c
	}
	return s.packs.AllOnce(ctx, once, list, s.packs.Do)
}

func refuseAll(n int, err error) []db.Result[Out] {
	out := make([]db.Result[Out], n)
	for i := range out {
		out[i].Err = err
	}
	return out
}

// look finds what the scans stand for, outside the transaction that others wait for.
func (s *Service) look(ctx context.Context, in In) (c checked, err error) {
	c.In = in
	if len(in.Scans) > 0 {
		err = s.db.View(ctx, func(tx *db.Tx) error { c.scanned, err = count(tx, in.Scans); return err })
	}
	return c, err
}

func packAll(tx *db.Tx, ins []checked) []db.Result[Out] {
	out := make([]db.Result[Out], len(ins))
	ids := make([]int64, len(ins))
	for i, in := range ins {
		ids[i] = in.FulfilmentID
	}
	inventory.AskReservations(tx, id.Distinct(ids))
	fulfilments, err := order.LockFulfilments(tx, ids)
	if err != nil {
		return refuseAll(len(ins), err)
	}
	bonds, err := order.BondsOf(tx, ids) // under the lock, and behind the first statement, which tells what may be remembered
	if err != nil {
		return refuseAll(len(ins), err)
	}
	if len(bonds) > 0 {
		if fulfilments, err = order.LockFulfilments(tx, withMates(ids, bonds)); err != nil {
			return refuseAll(len(ins), err)
		}
	}
	stops, err := order.Obstacles(tx, fulfilments)
	if err != nil {
		return refuseAll(len(ins), err)
	}
	k, err := openBook(tx, fulfilments, bonds)
	if err != nil {
		return refuseAll(len(ins), err)
	}
	for i, in := range ins {
		switch out[i].Err = order.Blocked(stops[in.FulfilmentID]); {
		case out[i].Err != nil:
		case bonds[in.FulfilmentID] != nil:
			out[i].Out, out[i].Err = k.together(tx, stops, in)
		default:
			out[i].Out, out[i].Err = k.pack(tx, fulfilments[in.FulfilmentID], in)
		}
	}
	return out
}

// evidence is what can be shown later about a parcel: small, because there are many.
type evidence struct {
	Parcels []weighed `json:"parcels"`
	Scans   int       `json:"scans,omitempty"`

	Together int    `json:"together,omitempty"` // orders in the one parcel
	Inside   string `json:"inside,omitempty"`   // the parcel of another order that this one lies in
}

type weighed struct {
	ID        string `json:"id"`
	Carton    string `json:"carton"`
	ExpectedG int64  `json:"expected_g,omitempty"`
	WeightG   int64  `json:"weight_g,omitempty"`
}

func (k *book) pack(tx *db.Tx, f *order.Fulfilment, in checked) (Out, error) {
	if err := ready(f, in.FulfilmentID); err != nil {
		return Out{}, err
	}
	c := k.contents(f)
	if len(in.Scans) > 0 {
		if err := in.scanned.compare(c).fault(); err != nil {
			return Out{}, err
		}
	}
	drafts, weights, err := k.bench.lay(c, in.Parcels)
	if err != nil {
		return Out{}, err
	}
	if err := order.MoveFulfilment(tx, f, order.Packed); err != nil {
		return Out{}, err
	}
	packer := cmp.Or(in.Packer, "system")
	out := Out{FulfilmentID: f.ID}
	said := evidence{Scans: len(in.Scans)}
	for i, d := range drafts {
		p := closeParcel(tx, f, i+1, d, weights[i], packer)
		out.Parcels = append(out.Parcels, p)
		said.Parcels = append(said.Parcels, weighed{id.Show(Prefix, p.ID), p.Carton, p.ExpectedG, p.WeightG})
	}
	if saved, ok := k.bench.saving(c, drafts); ok {
		saved.record(tx, out.Parcels[0])
	}
	tx.Emit(db.Event{Kind: "pack.packed.v1", Order: f.OrderID, Subject: f.ID, Actor: packer, Params: said})
	return out, nil
}

func ready(f *order.Fulfilment, asked int64) error {
	if f == nil {
		return missing(asked)
	}
	if f.Status != order.Picked {
		return fault.New(fault.Conflict, "pack.not_picked", "the fulfilment is %s; only a picked one can be packed", f.Status).With("status", f.Status)
	}
	return order.Stopped(f.Holds)
}
