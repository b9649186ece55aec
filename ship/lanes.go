package ship

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/warehouse"
)

// typicalG is the weight at which services are compared before anybody knows the parcel: within the first weight
// of nearly every card.
const typicalG = 1000

// Lanes gives, for every node and region, the rate of the service that would carry a typical parcel for the
// least money, then in the fewest days. Regions are in the form of RegionKey. What is suspended now is left out; a
// region to which nothing goes is missing. allocation calls it in every step: it costs one small read while nothing changes.
func (s *Service) Lanes(tx *db.Tx) ([]allocation.Lane, error) {
	t, err := s.tariff(tx)
	if err != nil {
		return nil, err
	}
	stops := t.activeStops(tx)
	if had := s.lanes.Load(); had != nil && had.version == t.version && slices.Equal(had.stops, stops) {
		return had.lanes, nil
	}
	made := &laneTable{version: t.version, stops: stops}
	for _, id := range sortedNodes(t.nodes) {
		from := RegionKey(t.nodes[id].Province)
		for _, to := range t.regions {
			if l, ok := t.lane(tx, s.currency, from, to); ok {
				l.Node = id
				made.lanes = append(made.lanes, l)
			}
		}
	}
	s.lanes.Store(made)
	return made.lanes, nil
}

func sortedNodes(nodes map[int64]warehouse.Node) []int64 {
	ids := make([]int64, 0, len(nodes))
	for id := range nodes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// lane is the best rate between two regions; false when nobody goes there.
func (t *tariff) lane(tx *db.Tx, currency, from, to string) (allocation.Lane, bool) {
	var best RateCard
	least := int64(-1)
	for _, name := range t.services {
		c, ok := t.card(name, from, to)
		if !ok || c.Currency != currency || t.isStopped(tx, name, to) {
			continue
		}
		cost, _ := Price(c, typicalG, [3]int64{})
		if least < 0 || cmp.Or(cmp.Compare(cost, least), cmp.Compare(c.DaysP90, best.DaysP90)) < 0 {
			best, least = c, cost
		}
	}
	region := to
	if to == Anywhere {
		region = allocation.AnyRegion
	}
	return allocation.Lane{Region: region, FirstG: best.FirstG, FirstCost: best.FirstPrice, StepG: best.StepG, StepCost: best.StepPrice,
		Days: best.DaysP90}, least >= 0
}

// isStopped looks at whole regions only: of the city nobody knows here.
func (t *tariff) isStopped(tx *db.Tx, name product, to string) bool {
	return slices.ContainsFunc(t.stopped(name), func(x Suspension) bool {
		if x.City != "" {
			return false
		}
		if x.Province = key(x.Province); x.Province == Anywhere {
			x.Province = to
		}
		return x.Covers(Address{Province: to}, tx.Now())
	})
}

// activeStops are the ids of the suspensions in force: a lane table holds while they are the same.
func (t *tariff) activeStops(tx *db.Tx) []int64 {
	var ids []int64
	for _, x := range t.stops {
		if !tx.Now().Before(x.From) && (x.Until.IsZero() || tx.Now().Before(x.Until)) {
			ids = append(ids, x.ID)
		}
	}
	return ids
}
