package ship

import (
	"context"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Stop is a suspension (停发) as people and carriers announce it: of one service of a carrier, or of all.
type Stop struct {
	ID      int64
	Carrier string
	Service string // empty: every service of the carrier
	Suspension
}

var (
	selStops = db.NewSQL(`SELECT id, carrier, service, region, from_at, to_at, note FROM ship_suspension ORDER BY id`)
	insStop  = db.Insert("ship_suspension", "id bigint, carrier text, service text, region text, from_at bigint, to_at bigint, note text")
	endStop  = db.Change("ship_suspension", "id bigint, at bigint", 1, "to_at = x.at", "t.id = x.id AND (t.to_at = 0 OR t.to_at > x.at)")
)

// Stops lists all suspensions, past ones too, oldest first.
func Stops(tx *db.Tx) ([]Stop, error) {
	return db.All(tx.Query(selStops), func(r *db.Rows) (s Stop) {
		var region string
		var from, to int64
		r.Scan(&s.ID, &s.Carrier, &s.Service, &region, &from, &to, &s.Reason)
		s.Province, s.City, _ = strings.Cut(region, "/")
		s.From = time.UnixMicro(from).UTC()
		if to > 0 {
			s.Until = time.UnixMicro(to).UTC()
		}
		return s
	})
}

// Suspend says that a carrier does not go somewhere for a time. Province Anywhere is everywhere; From zero is now, Until zero is
// until further notice. It returns the id. Fault: ship.suspension.
func (s *Service) Suspend(ctx context.Context, once *db.Once, actor string, stop Stop) (int64, error) {
	if stop.Carrier == "" || stop.Province == "" || strings.Contains(stop.Province, "/") || !stop.Until.IsZero() && !stop.Until.After(stop.From) {
		return 0, fault.Invalidf("region", "ship.suspension", "a suspension needs a carrier, a province (or %s for all) and an end after its begin", Anywhere)
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (int64, error) {
		region, from, to := stop.Province, tx.Micros(), int64(0)
		if stop.City != "" {
			region += "/" + stop.City
		}
		if !stop.From.IsZero() {
			from = stop.From.UnixMicro()
		}
		if !stop.Until.IsZero() {
			to = stop.Until.UnixMicro()
		}
		id := tx.NewID()
		tx.Put(insStop, id, stop.Carrier, stop.Service, region, from, to, stop.Reason)
		renew(tx, actor)
		tx.Emit(db.Event{Kind: "ship.suspended.v1", Subject: id, Actor: actor, Params: map[string]any{"carrier": stop.Carrier, "region": region}})
		return id, nil
	})
}

// Resume ends a suspension now. One that is over, or that there never was, is a conflict.
func (s *Service) Resume(ctx context.Context, once *db.Once, actor string, id int64) error {
	_, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (struct{}, error) {
		tx.Put(endStop, id, tx.Micros())
		renew(tx, actor)
		tx.Emit(db.Event{Kind: "ship.resumed.v1", Subject: id, Actor: actor})
		return struct{}{}, nil
	})
	return err
}
