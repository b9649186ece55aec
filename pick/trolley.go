package pick

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/pick/route"
	"github.com/packhorse/packhorse/wave"
)

// onFloor gives the ground a wave is divided on, and tells every candidate where its stops are on it and what it weighs.
// Where the locations have no coordinates the ground has no floor, and neighbours by pick_seq are walked together.
func (l *load) onFloor(tx *db.Tx, w wave.Wave, list []wave.Candidate) (wave.Ground, error) {
	if w.Method == wave.Discrete {
		return wave.Ground{}, nil
	}
	trolleys, err := wave.TrolleysOf(tx, []int64{w.NodeID})
	if err != nil {
		return wave.Ground{}, err
	}
	var hard []inventory.Reservation
	for _, c := range list {
		hard = append(hard, l.hard[c.Fulfilment]...)
	}
	stops, places := stopsOf(hard, l.bound.Locations, l.skus)
	g := wave.Ground{Trolley: trolleys[w.NodeID], Walking: l.walking[w.NodeID]}
	leaving, err := wave.LeavingFrom(tx, g.Walking)
	if err != nil {
		return wave.Ground{}, err
	}
	floor, ok := l.grounds[w.NodeID].floor(stops, places)
	if ok {
		g.Floor = floor
	}
	at := make(map[int64]route.Stop, len(stops))
	for i, s := range stops {
		at[places[i].ID] = s
	}
	for i := range list {
		l.weigh(&list[i], at)
		list[i].Due = leaving.Seconds(l.fulfilments[list[i].Fulfilment].Rank.Deadline())
	}
	return g, nil
}

// weigh fills in what a candidate takes of a trolley.
func (l *load) weigh(c *wave.Candidate, at map[int64]route.Stop) {
	for _, r := range l.hard[c.Fulfilment] {
		sku := l.skus[r.SKU]
		c.Stops = append(c.Stops, at[r.Location])
		c.WeightG += sku.WeightG * r.Quantity
		c.VolumeMM3 += sku.LengthMM * sku.WidthMM * sku.HeightMM * r.Quantity
	}
}
