package pick

import (
	"maps"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick/route"
	"github.com/packhorse/packhorse/wave"
)

// load is what is released in one transaction: everything that is read for it, and what Bind gave.
type load struct {
	fulfilments map[int64]*order.Fulfilment
	refused     map[int64]error // by fulfilment: why it cannot be released
	soft        []inventory.Reservation
	skus        map[int64]catalog.SKU
	grounds     map[int64]ground
	walking     map[int64]wave.Walking // by node
	planner     route.Planner
	bound       inventory.Bound
	hard        map[int64][]inventory.Reservation // by fulfilment
	foresee     func(*db.Tx, *order.Fulfilment, map[int64]catalog.SKU) error
}

// load locks fulfilments, those beside them too, and reads what releasing the former needs. Nothing is written yet.
func (s *Service) load(tx *db.Tx, ids, beside []int64) (*load, error) {
	l := &load{refused: map[int64]error{}, hard: map[int64][]inventory.Reservation{}, foresee: s.Foresee}
	var err error
	inventory.AskReservations(tx, id.Distinct(ids))
	wave.AskWalking(tx)
	if l.fulfilments, err = order.LockFulfilments(tx, slices.Concat(ids, beside)); err != nil {
		return nil, err
	}
	var nodes, good []int64
	for _, key := range ids {
		f := l.fulfilments[key]
		if f == nil {
			l.refused[key] = noFulfilment(key)
		} else if err := releasable(f); err != nil {
			l.refused[key] = err
		} else {
			nodes, good = append(nodes, f.NodeID), append(good, key)
		}
	}
	if len(good) == 0 {
		return l, nil
	}
	if err := l.promised(tx, good); err != nil {
		return nil, err
	}
	slices.Sort(nodes)
	nodes = slices.Compact(nodes)
	if l.walking, err = wave.WalkingOf(tx, nodes); err != nil {
		return nil, err
	}
	l.grounds, err = s.survey(tx, nodes)
	return l, err
}

// promised reads the soft reservations of fulfilments, and the SKUs they are of.
func (l *load) promised(tx *db.Tx, ids []int64) error {
	ids = id.Distinct(ids)
	all, err := inventory.Reservations(tx, ids)
	if err != nil {
		return err
	}
	var skus []int64
	for _, key := range ids {
		n := len(l.soft)
		for _, r := range all[key] {
			if r.Kind == inventory.Soft {
				l.soft = append(l.soft, r)
				skus = append(skus, r.SKU)
			}
		}
		if len(l.soft) == n {
			l.refused[key] = fault.New(fault.Conflict, "release.nothing", "nothing is promised to the fulfilment; allocate it again").
				With("fulfilment", id.Show(order.FulfilmentPrefix, key))
		}
	}
	slices.Sort(skus)
	l.skus, err = catalog.ByIDs(tx, slices.Compact(skus))
	return err
}

// bind binds what was promised. Fulfilments that lack something are refused and stay as they were.
func (l *load) bind(tx *db.Tx) (err error) {
	if len(l.soft) == 0 {
		return nil
	}
	if l.bound, err = inventory.Bind(tx, l.soft); err != nil {
		return err
	}
	for _, r := range l.bound.Hard {
		l.hard[r.FulfilmentID] = append(l.hard[r.FulfilmentID], r)
	}
	for _, r := range l.bound.Short {
		if l.refused[r.FulfilmentID] == nil { // the first of several says enough
			sku := l.skus[r.SKU].Code
			l.refused[r.FulfilmentID] = fault.New(fault.Conflict, "release.short",
				"%d × %s were promised but stand in no location of the node; re-route the fulfilment or count the stock", r.Quantity, sku).
				With("fulfilment", id.Show(order.FulfilmentPrefix, r.FulfilmentID)).With("sku", sku).With("quantity", r.Quantity)
		}
	}
	return nil
}

// trip is what one task is to be made of.
type trip struct {
	wave  int64
	node  int64
	group wave.Group
	actor string
}

// task makes the task of a group, moves its fulfilments to released and says so on their timelines.
func (l *load) task(tx *db.Tx, in trip) (*Task, error) {
	t := &Task{ID: tx.NewID(), WaveID: in.wave, NodeID: in.node, Method: in.group.Method, Status: Ready, stored: Ready}
	l.lay(t, in.group.Fulfilments)
	t.insert(tx)
	for _, key := range in.group.Fulfilments {
		if err := l.move(tx, l.fulfilments[key], t, in); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (l *load) move(tx *db.Tx, f *order.Fulfilment, t *Task, in trip) error {
	f.WaveID = in.wave
	if err := order.MoveFulfilment(tx, f, order.Released); err != nil {
		return err
	}
	p := releasedParams{Task: id.Show(Prefix, t.ID), Lines: len(l.hard[f.ID])}
	if in.wave != 0 {
		p.Wave = id.Show(wave.Prefix, in.wave)
	}
	tx.Emit(db.Event{Kind: "wave.released.v1", Order: f.OrderID, Subject: f.ID, Actor: in.actor, Params: p})
	if l.foresee == nil {
		return nil
	}
	return l.foresee(tx, f, l.skus)
}

type releasedParams struct {
	Wave  string `json:"wave,omitempty"`
	Task  string `json:"task"`
	Lines int    `json:"lines"`
}

// zone is the one zone that all goods stand in; empty when there are several.
func (l *load) zone(hard []inventory.Reservation) string {
	zones := map[string]bool{}
	for _, r := range hard {
		zones[l.bound.Locations[r.Location].Zone] = true
	}
	if len(zones) != 1 {
		return ""
	}
	return slices.Collect(maps.Keys(zones))[0]
}
