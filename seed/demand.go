package seed

import (
	"math"
	"math/rand/v2"
)

// offer is something a customer can put into the basket, with its place in the ranking of demand.
type offer struct {
	good Good
	cut  int // per mille of the price that the shop takes off while it promotes the SKU; mostly 0
}

// makeOffers ranks the catalogue by demand. Demand over ranks is Zipf-like (Zipf–Mandelbrot: weight 1/(rank+8)^0.9),
// which leaves about half of all lines to the first tenth of the SKUs. Bundles stand among the better half.
func makeOffers(r *rand.Rand, catalog, bundles []Good) ([]offer, chooser) {
	order := r.Perm(len(catalog))
	var offers []offer
	for rank, i := range order {
		if step := len(catalog) / 2 / len(bundles); rank%step == step-1 && rank/step < len(bundles) {
			offers = append(offers, offer{good: bundles[rank/step]})
		}
		cut := 0
		if perMille(r, 180) {
			cut = 50 * between(r, 1, 6)
		}
		offers = append(offers, offer{catalog[i], cut})
	}
	weights := make([]int64, len(offers))
	for rank := range weights {
		weights[rank] = int64(1e9 / math.Pow(float64(rank)+9, 0.9))
	}
	return offers, newChooser(weights)
}

// unitsPerOrder is what an order asks for on average, over all lines; stock is laid in by it.
const unitsPerOrder = 2.2
