package ship

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
)

// HandOverIn is what was scanned at the dock.
type HandOverIn struct {
	Waybills    []string // of single parcels
	Fulfilments []int64  // all labelled parcels of each
	Node        int64    // where; a parcel of another node is refused. 0 = anywhere
	Actor       string
}

// Manifest is what was handed over in one go, and what was not.
type Manifest struct {
	ID      int64
	Handed  []Sent // by carrier and waybill
	Refused []NotTaken
	Papers  []Paper // one for each carrier
}

// NotTaken is a scan that was not taken, with the fault that says why.
type NotTaken struct {
	Field        string // which of the scans: "waybills[2]", "fulfilments[0]"
	Waybill      string
	FulfilmentID int64
	Code         string
	Params       map[string]any
	Message      string
}

const maxManifest = 1000

// HandOver gives labelled parcels to their carriers: the scan at the dock. Each good scan counts, each bad one is
// listed. A fulfilment has shipped when the last of its parcels has left. once may be nil. Faults:
// ship.manifest_size; in Refused: those of a stop (order.StopCancelled, …), ship.unknown_waybill, ship.not_labelled, ship.other_node, order.on_hold, fulfilment.not_found, ship.not_packed.
func (s *Service) HandOver(ctx context.Context, once *db.Once, in HandOverIn) (Manifest, error) {
	if n := len(in.Waybills) + len(in.Fulfilments); n == 0 || n > maxManifest {
		return Manifest{}, fault.Invalidf("waybills", "ship.manifest_size", "a hand-over takes 1 to %d scans, not %d", maxManifest, n).With("max", maxManifest).With("have", n)
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Manifest, error) {
		scanned, err := ShipmentsByWaybill(tx, in.forms())
		if err != nil {
			return Manifest{}, err
		}
		ids := slices.Clone(in.Fulfilments)
		for _, sh := range scanned {
			ids = append(ids, sh.FulfilmentID)
		}
		d, err := s.open(tx, ids)
		if err != nil {
			return Manifest{}, err
		}
		m := &manifest{dock: d, in: in, byWaybill: map[string][]*Shipment{}, going: map[int64][]*Shipment{}}
		if m.halted, err = halted(tx, scanned); err != nil {
			return Manifest{}, err
		}
		m.gather(scanned)
		return m.out, s.send(tx, m)
	})
}

func (in HandOverIn) forms() []string {
	list := make([]string, len(in.Waybills))
	for i, w := range in.Waybills {
		list[i] = form(w)
	}
	return list
}

// manifest is a hand-over while it is put together.
type manifest struct {
	*dock
	in        HandOverIn
	byWaybill map[string][]*Shipment
	going     map[int64][]*Shipment  // by fulfilment
	halted    map[int64][]order.Stop // by fulfilment, of waybills that were voided
	out       Manifest
}

// halted reads why waybills were voided that somebody holds in hand all the same.
func halted(tx *db.Tx, scanned []*Shipment) (map[int64][]order.Stop, error) {
	var ids []int64
	for _, sh := range scanned {
		if sh.Status == Voided {
			ids = append(ids, sh.FulfilmentID)
		}
	}
	return order.StopsOf(tx, ids)
}

func (m *manifest) refuse(field, waybill string, fulfilment int64, err error) {
	r := NotTaken{Field: field, Waybill: waybill, FulfilmentID: fulfilment, Code: fault.Code(err), Message: err.Error()}
	if f, ok := fault.As(err); ok {
		r.Params = f.Params
	}
	m.out.Refused = append(m.out.Refused, r)
}

// gather finds the parcels that go.
func (m *manifest) gather(scanned []*Shipment) {
	for _, read := range scanned {
		for _, sh := range m.shipments[read.OrderID] {
			if sh.ID == read.ID {
				m.byWaybill[sh.Waybill] = append(m.byWaybill[sh.Waybill], sh)
			}
		}
	}
	for i, w := range m.in.forms() {
		sh, err := m.labelled(w)
		if err == nil {
			err = m.take(sh)
		}
		if err != nil {
			m.refuse(fmt.Sprintf("waybills[%d]", i), w, 0, err)
		}
	}
	for i, key := range m.in.Fulfilments {
		if err := m.takeAll(key); err != nil {
			m.refuse(fmt.Sprintf("fulfilments[%d]", i), "", key, err)
		}
	}
}

// labelled is the parcel that waits under a number.
func (m *manifest) labelled(waybill string) (*Shipment, error) {
	list := m.byWaybill[waybill]
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "ship.unknown_waybill", "no parcel of ours has the waybill %s; scan it again, or put the parcel aside", waybill).
			With("waybill", waybill)
	}
	for _, sh := range list {
		if sh.Status == Labelled {
			return sh, nil
		}
	}
	last := list[len(list)-1]
	if err := order.Blocked(m.halted[last.FulfilmentID]); err != nil && last.Status == Voided {
		return nil, err
	}
	return nil, notLabelled(last)
}

func notLabelled(sh *Shipment) error {
	return fault.New(fault.Conflict, "ship.not_labelled", "the waybill of the parcel is %s; only a labelled one can be handed over", sh.Status).
		With("status", sh.Status).With("carrier", sh.Carrier)
}

func (m *manifest) takeAll(fulfilment int64) error {
	f, err := m.packed(fulfilment)
	if err != nil {
		return err
	}
	live := m.live(f)
	if len(live) == 0 {
		return fault.New(fault.Conflict, "ship.not_labelled", "the fulfilment has no waybill; label it first").With("status", "none").With("carrier", "")
	}
	for _, sh := range live { // all of it or nothing: a box that is put aside must not be booked out
		if sh.Status != Labelled {
			return notLabelled(sh)
		}
	}
	for _, sh := range live {
		if err := m.take(sh); err != nil {
			return err
		}
	}
	return nil
}

func (m *manifest) take(sh *Shipment) error {
	if _, err := m.packed(sh.FulfilmentID); err != nil {
		return err
	}
	switch {
	case sh.Status != Labelled:
		return notLabelled(sh)
	case m.in.Node != 0 && sh.NodeID != m.in.Node:
		return fault.New(fault.Conflict, "ship.other_node", "the parcel %s belongs to another node; put it aside", sh.Waybill).With("waybill", sh.Waybill)
	case !slices.Contains(m.going[sh.FulfilmentID], sh): // scanned twice is scanned
		m.going[sh.FulfilmentID] = append(m.going[sh.FulfilmentID], sh)
	}
	return nil
}

// send writes the hand-over and tells the carriers that want to hear of it.
func (s *Service) send(tx *db.Tx, m *manifest) error {
	m.out.ID = tx.NewID()
	lines, err := m.contents(tx)
	if err != nil {
		return err
	}
	var left []inventory.Left
	for _, key := range slices.Sorted(maps.Keys(m.going)) {
		goods, err := s.sendOne(tx, m, m.fulfilments[key], lines)
		if err != nil {
			return err
		}
		left = append(left, goods...)
	}
	inventory.Consume(tx, left, m.picked)
	slices.SortFunc(m.out.Handed, func(a, b Sent) int {
		return cmp.Or(cmp.Compare(a.Carrier, b.Carrier), cmp.Compare(a.Waybill, b.Waybill))
	})
	m.papers(tx)
	s.collect(tx, &m.out)
	return nil
}

func (m *manifest) contents(tx *db.Tx) (map[int64][]pack.ParcelLine, error) {
	var parcels []int64
	for _, list := range m.going {
		for _, sh := range list {
			for _, x := range sh.all() {
				parcels = append(parcels, x.ParcelID)
			}
		}
	}
	slices.Sort(parcels)
	return pack.LinesOf(tx, parcels)
}

func (s *Service) sendOne(tx *db.Tx, m *manifest, f *order.Fulfilment, lines map[int64][]pack.ParcelLine) ([]inventory.Left, error) {
	travelling := m.travellers(f, m.going[f.ID], m.lastOf(f))
	if err := m.departAll(tx, travelling); err != nil {
		return nil, err
	}
	byCarrier := map[string][]*Shipment{}
	for _, sh := range m.going[f.ID] {
		s.handOver(tx, sh)
		if err := sh.move(tx, HandedOver); err != nil {
			return nil, err
		}
		byCarrier[sh.Carrier] = append(byCarrier[sh.Carrier], sh)
		m.out.Handed = append(m.out.Handed, sentOf(sh))
	}
	var left []inventory.Left
	for _, carrier := range slices.Sorted(maps.Keys(byCarrier)) {
		for _, g := range m.travellers(f, byCarrier[carrier], false) {
			depart(tx, g.f, g.gone, m.in.Actor)
		}
	}
	for _, g := range travelling {
		var contents []pack.ParcelLine
		for _, sh := range g.gone {
			contents = append(contents, lines[sh.ParcelID]...)
		}
		goods, err := leaving(m.picked[g.f.ID], contents, g.gone[0].ID)
		if err != nil {
			return nil, err
		}
		left = append(left, goods...)
	}
	return left, nil
}

// lastOf reports whether every parcel of a fulfilment leaves now, or has left.
func (m *manifest) lastOf(f *order.Fulfilment) bool {
	return !slices.ContainsFunc(m.parcels[f.ID], func(p pack.Parcel) bool {
		return !slices.ContainsFunc(m.shipments[f.OrderID], func(sh *Shipment) bool {
			return sh.ParcelID == p.ID && (sh.Gone() || slices.Contains(m.going[f.ID], sh))
		})
	})
}

// leaving is what goes out of the fulfilment's container: the contents of the parcels, drawn from what was picked.
func leaving(rs []inventory.Reservation, contents []pack.ParcelLine, shipment int64) ([]inventory.Left, error) {
	type part struct {
		seq int64
		lot string
	}
	wanted := map[part]int64{}
	for _, l := range contents {
		wanted[part{l.Seq, l.Lot}] += l.Quantity
	}
	var left []inventory.Left
	for _, r := range rs {
		at := part{r.Seq, r.Lot}
		q := min(wanted[at], r.Quantity)
		if r.Kind != inventory.Picked || q == 0 {
			continue
		}
		wanted[at] -= q
		left = append(left, inventory.Left{Reservation: r, Quantity: q, Ref: shipment})
	}
	for at, q := range wanted {
		if q > 0 {
			return nil, fmt.Errorf("ship: %d units of line %d lot %q are packed and not picked", q, at.seq, at.lot)
		}
	}
	return left, nil
}
