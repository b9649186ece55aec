package wave

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
)

var (
	putTrolley = db.Upsert("wave_trolley", "node_id bigint, rule text, places bigint, weight_g bigint, volume_ml bigint", 1,
		"rule = excluded.rule, places = excluded.places, weight_g = excluded.weight_g, volume_ml = excluded.volume_ml")
	insDivision = db.Insert("wave_division", "wave_id bigint, rule text, fulfilments bigint, walks bigint, mm bigint, first_come_mm bigint, at_least_mm bigint")

	selTrolleys  = db.NewSQL(`SELECT node_id, rule, places, weight_g, volume_ml FROM wave_trolley WHERE node_id = ANY($1)`)
	selDivisions = db.NewSQL(`SELECT wave_id, rule, fulfilments, walks, mm, first_come_mm, at_least_mm FROM wave_division WHERE wave_id = ANY($1)`)
)

// TrolleysOf gives the trolley of every node that is asked for.
func TrolleysOf(tx *db.Tx, nodes []int64) (map[int64]Trolley, error) {
	out := make(map[int64]Trolley, len(nodes))
	for _, n := range nodes {
		out[n] = UsualTrolley(n)
	}
	list, err := db.All(tx.Query(selTrolleys, nodes), func(r *db.Rows) (t Trolley) {
		r.Scan(&t.NodeID, &t.Rule, &t.Places, &t.WeightG, &t.VolumeML)
		return t
	})
	for _, t := range list {
		out[t.NodeID] = t
	}
	return out, err
}

// SaveTrolley makes the trolley of a node what t says. actor is who asks, as in events; once may be nil. Faults: wave.node,
// wave.rule, wave.out_of_range.
func (s *Service) SaveTrolley(ctx context.Context, once *db.Once, actor string, t Trolley) (Trolley, error) {
	if f := t.validate(); f != nil {
		return Trolley{}, f
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Trolley, error) {
		if err := nodeExists(tx, t.NodeID); err != nil {
			return Trolley{}, err
		}
		tx.Put(putTrolley, t.NodeID, t.Rule, t.Places, t.WeightG, t.VolumeML)
		tx.Emit(db.Event{Kind: "wave.trolley_saved.v1", Subject: t.NodeID, Actor: actor, Params: map[string]any{"rule": t.Rule, "places": t.Places}})
		return t, nil
	})
}

// RecordDivision writes what dividing a wave came to; nothing where nobody divided.
func RecordDivision(tx *db.Tx, wave int64, d Division) {
	if d.Walks > 0 {
		tx.Put(insDivision, wave, d.Rule, d.Fulfilments, d.Walks, d.Millimetres, d.FirstCome, d.AtLeast)
	}
}

// DivisionsOf gives, by wave, what dividing it came to. Waves without walks for several fulfilments are left out.
func DivisionsOf(tx *db.Tx, waves []int64) (map[int64]Division, error) {
	out := map[int64]Division{}
	rows := tx.Query(selDivisions, waves)
	_, err := db.All(rows, func(r *db.Rows) (key int64) {
		var d Division
		r.Scan(&key, &d.Rule, &d.Fulfilments, &d.Walks, &d.Millimetres, &d.FirstCome, &d.AtLeast)
		out[key] = d
		return key
	})
	return out, err
}
