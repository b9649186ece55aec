package seed

import (
	"cmp"
	"maps"
	"slices"

	"github.com/packhorse/packhorse/internal/geo"
)

// shortPerMille is how many units of the demand the fitted stock lacks.
const shortPerMille = 30

// lays decides what lies where, by SKU: near the demand for it; three in ten SKUs in one warehouse only, as slow goods
// do. SKUs that the catalogue does not know get no stock: their orders are held as unmapped.
func (f fitting) lays(demand []Demand, catalog []Good) map[string][]lay {
	wanted := f.wanted(demand, catalog)
	short := f.short(wanted)
	lays := map[string][]lay{}
	for sku, byNode := range wanted {
		chance := int(hash("fit place", f.company.seed, sku) % 1000)
		home := chance % len(f.nodes)
		whole := total(byNode)
		switch {
		case short[sku] > 0:
			lays[sku] = f.put(home, whole-short[sku])
		case chance < 300:
			lays[sku] = f.put(home, whole)
		default:
			for i, q := range byNode {
				lays[sku] = append(lays[sku], f.put(i, q)...)
			}
		}
	}
	return lays
}

func (f fitting) put(node, quantity int) []lay {
	if quantity <= 0 {
		return nil
	}
	return []lay{{nodeCode(node), quantity, quantity > faceHolds}}
}

// wanted is the demand for each known SKU at the node nearest to it.
func (f fitting) wanted(demand []Demand, catalog []Good) map[string][]int {
	known := map[string]bool{}
	for _, g := range catalog {
		known[g.SKU] = true
	}
	nearest := map[regionKey]int{}
	for _, r := range f.regions {
		nearest[regionKey{r.country, r.province}] = f.nearest(r)
	}
	wanted := map[string][]int{}
	for _, d := range demand {
		if !known[d.SKU] || d.Quantity <= 0 {
			continue
		}
		if wanted[d.SKU] == nil {
			wanted[d.SKU] = make([]int, len(f.nodes))
		}
		wanted[d.SKU][nearest[keyOf(d)]] += d.Quantity
	}
	return wanted
}

func (f fitting) nearest(r region) int {
	best := 0
	for i, n := range f.nodes {
		if r.known && geo.Metres(n.lat, n.lng, r.lat, r.lng) < geo.Metres(f.nodes[best].lat, f.nodes[best].lng, r.lat, r.lng) {
			best = i
		}
	}
	return best
}

// short halves the stock of SKUs, in an order of chance, as long as no more than the share of all units is missing.
func (f fitting) short(wanted map[string][]int) map[string]int {
	all := 0
	for _, byNode := range wanted {
		all += total(byNode)
	}
	skus := slices.SortedFunc(maps.Keys(wanted), func(a, b string) int {
		return cmp.Or(cmp.Compare(hash("fit short", f.company.seed, a), hash("fit short", f.company.seed, b)), cmp.Compare(a, b))
	})
	short, missing := map[string]int{}, 0
	for _, sku := range skus {
		lack := (total(wanted[sku]) + 1) / 2
		if (missing+lack)*1000 <= all*shortPerMille {
			short[sku] = lack
			missing += lack
		}
	}
	return short
}

func total(list []int) int {
	sum := 0
	for _, n := range list {
		sum += n
	}
	return sum
}
