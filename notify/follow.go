package notify

import (
	"cmp"
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// Follow reads the next page of events for every endpoint that follows them, and writes the deliveries. It returns how
// many events it read, summed over the endpoints; 0 means that there is nothing new, or nobody who follows.
func (s *Service) Follow(ctx context.Context) (read int, err error) {
	if s.set.Poster == nil {
		return 0, nil
	}
	var behind []int64
	err = s.db.View(ctx, func(tx *db.Tx) error {
		behind = nil
		all, err := active(tx)
		if err != nil {
			return err
		}
		for _, e := range all {
			facts, err := tx.Events(e.place, 1)
			if err != nil {
				return err
			}
			if len(facts) > 0 {
				behind = append(behind, e.ID)
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, key := range behind {
		n, err := s.follow(ctx, key)
		if err != nil {
			return read, err
		}
		read += n
	}
	return read, nil
}

func active(tx *db.Tx) ([]*Endpoint, error) {
	all, err := db.All(tx.Query(selEndpoints), scanEndpoint)
	return slices.DeleteFunc(all, func(e *Endpoint) bool { return e.State != Active }), err
}

// endpointPlaces are where Follow reads.
func (s *Service) endpointPlaces(tx *db.Tx) (places []db.Cursor, err error) {
	if s.set.Poster == nil {
		return nil, nil
	}
	all, err := active(tx)
	for _, e := range all {
		places = append(places, e.place)
	}
	return places, err
}

// follow holds the endpoint's row while it looks which lanes are busy: whoever settles a delivery holds it too, so that
// none of the two overlooks the other's.
func (s *Service) follow(ctx context.Context, key int64) (read int, err error) {
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		e, err := lockedEndpoint(tx, key)
		if err != nil || e.State != Active {
			return err
		}
		facts, err := tx.Events(e.place, pageSize)
		read = len(facts)
		if err != nil || read == 0 {
			return err
		}
		e.place = facts[read-1].Cursor()
		e.save(tx)
		return deliver(tx, e, slices.DeleteFunc(facts, func(f db.Fact) bool { return !e.wants(f.Kind) }))
	})
	return read, err
}

// deliver writes a delivery for each event, and asks for the sending of those at the head of their lane.
func deliver(tx *db.Tx, e *Endpoint, facts []db.Fact) error {
	var lanes []int64
	for _, f := range facts {
		lanes = append(lanes, cmp.Or(f.Order, f.ID))
	}
	busy := map[int64]bool{}
	rows := tx.Query(selBusyLanes, e.ID, lanes)
	for rows.Next() {
		var lane int64
		rows.Scan(&lane)
		busy[lane] = true
	}
	if err := rows.Close(); err != nil {
		return err
	}
	for i, f := range facts {
		d := &Delivery{ID: tx.NewID(), Endpoint: e.ID, Event: f.Cursor(), Lane: lanes[i], OrderID: f.Order, Kind: f.Kind, EventAt: f.At, State: Queued, CreatedAt: tx.Micros()}
		tx.Put(insDelivery, d.ID, d.Endpoint, d.Event.Tx, d.Event.ID, d.Lane, d.OrderID, d.Kind, d.EventAt, d.State, "", 0, 0, 0, d.CreatedAt, 0)
		if !busy[d.Lane] {
			d.enqueue(tx)
		}
		busy[d.Lane] = true
	}
	return nil
}
