package seed

import (
	"slices"

	"github.com/packhorse/packhorse/internal/geo"
	"github.com/packhorse/packhorse/internal/money"
)

// Rate is one row of the rate import: what a carrier's service costs from one region to another.
type Rate struct {
	Carrier    string `json:"carrier"`
	Service    string `json:"service"`
	From       string `json:"from_region"`
	To         string `json:"to_region"`
	FirstG     int    `json:"first_g"`
	FirstPrice string `json:"first_price"`
	StepG      int    `json:"step_g"`
	StepPrice  string `json:"step_price"`
	Divisor    int    `json:"volumetric_divisor"` // cm³ per kilogram
	DaysP50    int    `json:"days_p50"`
	DaysP90    int    `json:"days_p90"`
	Currency   string `json:"currency"`
}

// tariff is a service's price by distance. Prices are hundredths of a local parcel's price unit (fen in China).
type tariff struct {
	carrier, service string
	stepG, divisor   int
	first, step      [bands]int64
	days             [bands]int
	slack            int // days between the median and the slowest tenth
	abroad           bool
}

// bands of distance: the same province, near, middle, far, remote.
const bands = 5

var tariffs = []tariff{
	{"SF", "express", 500, 6000, [bands]int64{1400, 1900, 2300, 2500, 2900}, [bands]int64{150, 400, 650, 800, 1200}, [bands]int{1, 1, 1, 2, 3}, 1, true},
	{"SF", "standard", 500, 12000, [bands]int64{1000, 1300, 1500, 1700, 2200}, [bands]int64{100, 200, 350, 500, 900}, [bands]int{1, 2, 3, 3, 5}, 1, true},
	{"JD", "standard", 500, 8000, [bands]int64{800, 1000, 1200, 1400, 2000}, [bands]int64{80, 150, 250, 400, 800}, [bands]int{1, 2, 2, 3, 5}, 1, false},
	{"YTO", "standard", 1000, 8000, [bands]int64{320, 400, 480, 600, 1500}, [bands]int64{80, 150, 280, 400, 1300}, [bands]int{2, 2, 3, 4, 6}, 2, false},
	{"ZTO", "standard", 1000, 8000, [bands]int64{340, 420, 500, 620, 1450}, [bands]int64{80, 140, 270, 380, 1250}, [bands]int{1, 2, 3, 3, 6}, 2, false},
}

// remote tells the provinces that every carrier prices apart, whatever the distance.
func remote(province string) bool {
	return slices.Contains([]string{"西藏自治区", "新疆维吾尔自治区", "青海省", "内蒙古自治区"}, province)
}

// overseas tells the regions that only one carrier of the company serves.
func overseas(province string) bool {
	return slices.Contains([]string{"香港特别行政区", "澳门特别行政区", "台湾省"}, province)
}

// Rates are the tariffs of four carriers from each warehouse's province to every province they serve.
func (c *Company) Rates() []Rate {
	var list []Rate
	for _, w := range c.Warehouses() {
		for _, t := range tariffs {
			for _, to := range provinces() {
				if !overseas(to) || t.abroad {
					list = append(list, t.rate(w.Province, to, chinaBand(w.Province, to), "CNY", 100))
				}
			}
		}
	}
	return list
}

// rate prices a lane; percent scales the tariff into another currency's price level.
func (t tariff) rate(from, to string, band int, currency string, percent int64) Rate {
	return Rate{
		Carrier: t.carrier, Service: t.service, From: from, To: to,
		FirstG: 1000, FirstPrice: money.Format(t.first[band]*percent/100, currency),
		StepG: t.stepG, StepPrice: money.Format(t.step[band]*percent/100, currency),
		Divisor: t.divisor, DaysP50: t.days[band], DaysP90: t.days[band] + t.slack, Currency: currency,
	}
}

func chinaBand(from, to string) int {
	switch {
	case from == to:
		return 0
	case remote(to) || overseas(to):
		return bands - 1
	}
	lat1, lng1, _ := geo.Place("CN", from, "")
	lat2, lng2, _ := geo.Place("CN", to, "")
	return distanceBand(geo.Metres(lat1, lng1, lat2, lng2))
}

// distanceBand is the band of a lane between provinces; it never is the first, which is for one's own.
func distanceBand(metres int64) int {
	switch {
	case metres < 600_000:
		return 1
	case metres < 1_200_000:
		return 2
	case metres < 2_200_000:
		return 3
	}
	return bands - 1
}

// provinces lists the regions of China once each, in the order of the table of cities.
func provinces() []string {
	var list []string
	for _, c := range geo.Cities() {
		if len(list) == 0 || list[len(list)-1] != c.Province {
			list = append(list, c.Province)
		}
	}
	return list
}
