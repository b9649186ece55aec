package seed

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/geo"
	"github.com/packhorse/packhorse/internal/money"
)

// Demand is one line of somebody's real orders, as far as a network is fitted to it.
type Demand struct {
	OrderNo                 string
	Country, Province, City string // as they stand in the document
	SKU                     string
	Quantity                int
	Currency                string // ISO 4217
}

// Fitted is a network that can serve given orders, in the import formats.
type Fitted struct {
	Warehouses []Warehouse
	Locations  []Location
	Stock      []Stock
	Rates      []Rate
}

// FitTo makes up a network for given orders of any country: three to five warehouses in the regions from which the
// demand is near, stock that covers all but about three in a hundred units of the SKUs in the catalogue, and rates
// into every region that occurs, with a dear one into any other. The faults seed.no_demand and seed.no_place say that
// there is nothing to serve, or no order whose country or province can be found on the map.
func FitTo(seed int64, demand []Demand, catalog []Good) (Fitted, error) {
	if len(demand) == 0 {
		return Fitted{}, fault.New(fault.Invalid, "seed.no_demand", "there are no order lines to fit a network to; give a file with orders")
	}
	regions := regionsOf(demand)
	nodes := site(regions)
	if len(nodes) == 0 {
		return Fitted{}, fault.New(fault.Invalid, "seed.no_place",
			"no order has a country and province that we can find on the map; fill the columns country (ISO 2) and province")
	}
	f := fitting{company: &Company{seed: seed}, regions: regions, nodes: nodes, currency: mostOf(demand, func(d Demand) string { return d.Currency })}
	f.currency = cmp.Or(f.currency, "CNY")
	lays := f.lays(demand, catalog)
	fitted := Fitted{Warehouses: f.warehouses(countOrders(demand)), Rates: f.rates()}
	fitted.Locations = f.locations(lays)
	fitted.Stock = f.stock(lays, fitted.Locations)
	return fitted, nil
}

// fitting is the network while it is made.
type fitting struct {
	company  *Company
	regions  []region
	nodes    []region // where the warehouses stand; node i has the code of nodeCode(i)
	currency string
}

func nodeCode(i int) string { return fmt.Sprintf("N%d", i+1) }

func (f fitting) warehouses(orders int) []Warehouse {
	var list []Warehouse
	for i, n := range f.nodes {
		zone := "UTC"
		if c, ok := geo.CountryOf(n.country); ok {
			zone = c.TimeZone
		}
		list = append(list, Warehouse{
			Code: nodeCode(i), Name: strings.TrimSpace(cmp.Or(n.city, n.province, n.country) + " " + nodeCode(i)), TimeZone: zone,
			Country: n.country, Province: n.province, City: n.city, Address: fmt.Sprintf("Logistics Park %d", i+1),
			Lat: degrees(n.lat), Lng: degrees(n.lng),
			// Together the nodes could take all the orders in one day about twice: a replay squeezes months into minutes.
			Capacity: max(500, orders*6/10), Handling: money.Format(150*priceLevel(f.currency)/100, f.currency),
			Cutoffs: "SF=16:00;JD=16:30;YTO=18:00;ZTO=18:30",
		})
	}
	return list
}

// locations gives every node a hall with a face for each three SKUs it holds.
func (f fitting) locations(lays map[string][]lay) []Location {
	skus := map[string]int{}
	for _, list := range lays {
		for _, l := range list {
			skus[l.warehouse]++
		}
	}
	var list []Location
	for i := range f.nodes {
		h := hall{warehouse: nodeCode(i), bays: 15, reach: 3}
		h.aisles = max(4, (skus[h.warehouse]/3+h.bays*h.reach-1)/(h.bays*h.reach))
		list = append(list, h.locations()...)
	}
	return list
}

func (f fitting) stock(lays map[string][]lay, locations []Location) []Stock {
	r := f.company.stream("fit stock")
	shelves := newShelves(locations)
	var list []Stock
	for _, sku := range slices.Sorted(maps.Keys(lays)) {
		for _, l := range lays[sku] {
			list = append(list, l.rows(r, Good{SKU: sku}, time.Time{}, shelves)...)
		}
	}
	slices.SortStableFunc(list, byPlace)
	return list
}

func countOrders(demand []Demand) int {
	numbers := map[string]bool{}
	for _, d := range demand {
		numbers[d.OrderNo] = true
	}
	return len(numbers)
}

// mostOf is the most frequent value that is not empty, the first in the alphabet of several.
func mostOf(demand []Demand, value func(Demand) string) string {
	count := map[string]int{}
	for _, d := range demand {
		if v := strings.TrimSpace(value(d)); v != "" {
			count[v]++
		}
	}
	best := ""
	for _, v := range slices.Sorted(maps.Keys(count)) {
		if best == "" || count[v] > count[best] {
			best = v
		}
	}
	return best
}

// degrees writes micro-degrees with the two decimals that the tables of places carry.
func degrees(micro int64) string { return fmt.Sprintf("%.2f", float64(micro)/1e6) }
