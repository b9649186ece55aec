package notify

import (
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

const day = 24 * time.Hour

// Estimate is when a parcel on its way is expected.
type Estimate struct {
	At      int64 // UTC microseconds
	Overdue bool  // it should be there by now, and At is a second guess
}

// Expect estimates when parcels arrive, by shipment: what nine of ten parcels of that service need from the hand-over on, or, where
// that has passed too, two days from now. Where no rate card says, it is two days from now. It is an estimate, no promise of the carrier.
func Expect(tx *db.Tx, list []*ship.Shipment) (map[int64]Estimate, error) {
	out := make(map[int64]Estimate, len(list))
	if len(list) == 0 {
		return out, nil
	}
	cards, err := ship.Rates(tx)
	if err != nil {
		return nil, err
	}
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return nil, err
	}
	for _, sh := range list {
		out[sh.ID] = estimate(sh, slowest(cards, sh, provinceOf(nodes, sh.NodeID)), tx.Now())
	}
	return out, nil
}

func estimate(sh *ship.Shipment, days int64, now time.Time) Estimate {
	then := time.UnixMicro(sh.HandedOverAt).Add(time.Duration(days) * day)
	if days > 0 && then.After(now) {
		return Estimate{At: then.UnixMicro()}
	}
	return Estimate{At: now.Add(2 * day).UnixMicro(), Overdue: days > 0}
}

// expected is the new date of a late parcel, UTC microseconds.
func expected(tx *db.Tx, shipment int64) (int64, error) {
	found, err := ship.ShipmentsByID(tx, []int64{shipment})
	sh := found[shipment]
	if err != nil || sh == nil {
		return tx.Now().Add(2 * day).UnixMicro(), err
	}
	all, err := Expect(tx, []*ship.Shipment{sh})
	return all[shipment].At, err
}

func provinceOf(nodes []warehouse.Node, key int64) string {
	for _, n := range nodes {
		if n.ID == key {
			return n.Province
		}
	}
	return ""
}

// slowest is the longest of the cards of a service from a province, in days; 0 where there is none.
func slowest(cards []ship.RateCard, sh *ship.Shipment, province string) (days int64) {
	for _, c := range cards {
		if c.Carrier == sh.Carrier && c.Service == sh.Service && (c.FromRegion == "*" || ship.RegionKey(c.FromRegion) == ship.RegionKey(province)) {
			days = max(days, int64(c.DaysP90))
		}
	}
	return days
}
