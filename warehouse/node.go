package warehouse

import (
	"slices"
	"time"
)

// Node is a building that ships.
type Node struct {
	ID                int64
	Code              string
	Name              string
	Timezone          string // IANA name, such as Asia/Shanghai
	Country           string // ISO 3166-1 alpha-2
	Province          string
	City              string
	District          string
	Address           string
	Lat, Lng          int64 // micro-degrees; both zero = unknown
	CapacityOrdersDay int64 // parcels a day; 0 = unlimited
	HandlingCost      int64 // per parcel, minor units of the company's currency
	Priority          int64 // smaller goes first
	Open              bool
	Cutoffs           []Cutoff // by carrier and time

	zone *time.Location // of Timezone, when the node was read from the store
}

// Cutoff is when a carrier collects, every day. A carrier may have several; the last one ends the day.
type Cutoff struct {
	Carrier string
	Minute  int // of the day by the clock on the node's wall, 0 to 1439
}

// equal compares what two nodes say; ids do not count.
func (n Node) equal(o Node) bool {
	same := slices.Equal(n.Cutoffs, o.Cutoffs)
	return same && n.plain() == o.plain()
}

// row is a node's fields without its cut-offs, which can be compared.
type row struct {
	code, name, timezone, country, province, city, district, address string
	lat, lng, capacity, handling, priority                           int64
	open                                                             bool
}

func (n Node) plain() row {
	return row{n.Code, n.Name, n.Timezone, n.Country, n.Province, n.City, n.District, n.Address,
		n.Lat, n.Lng, n.CapacityOrdersDay, n.HandlingCost, n.Priority, n.Open}
}
