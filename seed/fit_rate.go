package seed

import (
	"cmp"

	"github.com/packhorse/packhorse/internal/geo"
)

// anyRegion is what a rate names that holds where no nearer one does.
const anyRegion = "*"

// rates prices every lane from the nodes' regions to the regions of the orders. A region that stands in two countries
// under one name keeps the rate of the busier.
func (f fitting) rates() []Rate {
	level := priceLevel(f.currency)
	var list []Rate
	priced := map[[2]string]bool{}
	for _, n := range f.nodes {
		from := cmp.Or(n.province, anyRegion)
		for _, to := range append(f.regions, region{province: anyRegion}) {
			lane := [2]string{from, to.province}
			if to.province == "" || priced[lane] {
				continue
			}
			priced[lane] = true
			for _, t := range tariffs {
				if t.abroad || n.country == to.country || to.province == anyRegion {
					list = append(list, t.rate(from, to.province, fitBand(n, to), f.currency, level))
				}
			}
		}
	}
	return list
}

func fitBand(from, to region) int {
	switch {
	case !to.known || from.country != to.country:
		return bands - 1
	case from.province == to.province:
		return 0
	case to.country == "CN":
		return chinaBand(from.province, to.province)
	}
	return distanceBand(geo.Metres(from.lat, from.lng, to.lat, to.lng))
}

// priceLevel scales the Chinese tariffs into another currency: minor units there for a hundred fen here. It is a rough
// level of parcel prices, not an exchange rate.
func priceLevel(currency string) int64 {
	switch currency {
	case "BRL":
		return 250
	case "USD", "EUR", "GBP", "AUD", "CAD", "CHF":
		return 120
	case "JPY", "INR":
		return 180
	case "KRW":
		return 800
	}
	return 100
}
