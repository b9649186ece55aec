package wave

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
)

var (
	putWalking = db.Upsert("wave_walking", "node_id bigint, tours text, pickers bigint, mm_per_second bigint, set_up_seconds bigint, find_seconds bigint, take_seconds bigint, box_seconds bigint, ahead_minutes bigint", 1,
		"tours = excluded.tours, pickers = excluded.pickers, mm_per_second = excluded.mm_per_second, set_up_seconds = excluded.set_up_seconds, "+
			"find_seconds = excluded.find_seconds, take_seconds = excluded.take_seconds, box_seconds = excluded.box_seconds, ahead_minutes = excluded.ahead_minutes")
	selWalking = db.NewSQL(`SELECT node_id, tours, pickers, mm_per_second, set_up_seconds, find_seconds, take_seconds, box_seconds, ahead_minutes FROM wave_walking`)
)

// AskWalking asks ahead for what WalkingOf will read.
func AskWalking(tx *db.Tx) { tx.Ahead(selWalking) }

// WalkingOf gives how walks go at every node that is asked for.
func WalkingOf(tx *db.Tx, nodes []int64) (map[int64]Walking, error) {
	out := make(map[int64]Walking, len(nodes))
	for _, n := range nodes {
		out[n] = UsualWalking(n)
	}
	list, err := db.All(tx.Query(selWalking), func(r *db.Rows) (w Walking) {
		r.Scan(&w.NodeID, &w.Tours, &w.Pickers, &w.MMPerSecond, &w.SetUp, &w.Find, &w.Take, &w.Box, &w.AheadMinutes)
		return w
	})
	for _, w := range list {
		if _, asked := out[w.NodeID]; asked {
			out[w.NodeID] = w
		}
	}
	return out, err
}

// SaveWalking makes how walks go at a node what w says. actor is who asks, as in events; once may be nil. Faults: wave.node,
// wave.tours, wave.out_of_range.
func (s *Service) SaveWalking(ctx context.Context, once *db.Once, actor string, w Walking) (Walking, error) {
	if f := w.validate(); f != nil {
		return Walking{}, f
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Walking, error) {
		if err := nodeExists(tx, w.NodeID); err != nil {
			return Walking{}, err
		}
		tx.Put(putWalking, w.NodeID, w.Tours, w.Pickers, w.MMPerSecond, w.SetUp, w.Find, w.Take, w.Box, w.AheadMinutes)
		tx.Emit(db.Event{Kind: "wave.walking_saved.v1", Subject: w.NodeID, Actor: actor, Params: map[string]any{"tours": w.Tours, "pickers": w.Pickers}})
		return w, nil
	})
}
