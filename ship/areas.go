package ship

import (
	"context"
	"errors"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// published is a suspension that a carrier announced itself.
type published struct {
	region string
	from   int64
	id     int64
}

var (
	selPublished = db.NewSQL(`SELECT region, from_at, suspension_id FROM ship_published WHERE carrier = $1 ORDER BY region, from_at`)
	insPublished = db.Insert("ship_published", "carrier text, region text, from_at bigint, suspension_id bigint")
	delPublished = db.Remove("ship_published", "carrier text, region text, from_at bigint", "t.carrier = x.carrier AND t.region = x.region AND t.from_at = x.from_at")
	setUntil     = db.Change("ship_suspension", "id bigint, until bigint", 1, "to_at = x.until", "t.id = x.id")
)

// LearnAreas asks every carrier that publishes it where it does not go, and keeps that as suspensions: new ones begin,
// those taken back end now. What people entered stays. The answer is always 0: nothing waits.
func (s *Service) LearnAreas(ctx context.Context) (int, error) {
	var failed error
	for _, code := range s.carriers.Codes() {
		c, publishes := s.carriers.Get(code).(AreaChecker)
		if !publishes {
			continue
		}
		areas, err := c.Suspended(ctx)
		if err == nil {
			err = s.db.Update(ctx, func(tx *db.Tx) error { return learn(tx, code, areas) })
		}
		failed = errors.Join(failed, err)
	}
	return 0, failed
}

// learn brings the suspensions of one carrier to what it publishes.
func learn(tx *db.Tx, carrier string, areas []Suspension) error {
	had, err := db.All(tx.Query(selPublished, carrier), func(r *db.Rows) (p published) { r.Scan(&p.region, &p.from, &p.id); return p })
	if err != nil {
		return err
	}
	stops, err := Stops(tx)
	if err != nil {
		return err
	}
	until := map[int64]int64{}
	for _, x := range stops {
		until[x.ID] = microsOf(x.Until)
	}
	changed := false
	seen := map[int64]bool{}
	for _, a := range areas {
		region, from := regionOf(a), microsOf(a.From)
		i := slices.IndexFunc(had, func(p published) bool { return p.region == region && p.from == from })
		if i < 0 {
			id := tx.NewID()
			tx.Put(insStop, id, carrier, "", region, from, microsOf(a.Until), a.Reason)
			tx.Put(insPublished, carrier, region, from, id)
			tx.Emit(db.Event{Kind: "ship.suspended.v1", Subject: id, Actor: "carrier:" + carrier, Params: map[string]any{"carrier": carrier, "region": region}})
			had = append(had, published{region, from, id}) // the same area twice in one answer is one
			until[id] = microsOf(a.Until)
			seen[id], changed = true, true
			continue
		}
		seen[had[i].id] = true
		if to := microsOf(a.Until); to != until[had[i].id] {
			tx.Put(setUntil, had[i].id, to)
			changed = true
		}
	}
	for _, p := range had {
		if seen[p.id] {
			continue
		}
		tx.Put(delPublished, carrier, p.region, p.from)
		changed = true
		if to := until[p.id]; to == 0 || to > tx.Micros() {
			tx.Put(endStop, p.id, tx.Micros())
			tx.Emit(db.Event{Kind: "ship.resumed.v1", Subject: p.id, Actor: "carrier:" + carrier})
		}
	}
	if changed {
		renew(tx, "carrier:"+carrier)
	}
	return nil
}

func regionOf(a Suspension) string {
	if a.City == "" {
		return a.Province
	}
	return a.Province + "/" + a.City
}
