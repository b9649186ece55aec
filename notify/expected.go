package notify

import (
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

const day = 24 * time.Hour

// expected is the new date of a late parcel, UTC microseconds: what nine of ten parcels of that service need from the
// hand-over on, or, where that has passed too, two days from now. It is an estimate by the rate card, no promise of the
// carrier.
func expected(tx *db.Tx, shipment int64) (int64, error) {
	soon := tx.Now().Add(2 * day)
	found, err := ship.ShipmentsByID(tx, []int64{shipment})
	sh := found[shipment]
	if err != nil || sh == nil {
		return soon.UnixMicro(), err
	}
	cards, err := ship.Rates(tx)
	if err != nil {
		return 0, err
	}
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return 0, err
	}
	days := slowest(cards, sh, provinceOf(nodes, sh.NodeID))
	if then := time.UnixMicro(sh.HandedOverAt).Add(time.Duration(days) * day); days > 0 && then.After(tx.Now()) {
		return then.UnixMicro(), nil
	}
	return soon.UnixMicro(), nil
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
