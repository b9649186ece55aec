package assign_test

import "github.com/packhorse/packhorse/allocation/assign"

// source is a small generator of numbers for tests.
type source struct{ state uint64 }

func (r *source) n(lo, hi int64) int64 {
	r.state = r.state*6364136223846793005 + 1442695040888963407
	return lo + int64(r.state>>33)%(hi-lo+1)
}

// scene describes problems of a kind.
type scene struct {
	name                  string
	orders, nodes, skus   int
	lines                 int64   // at most, per order
	units                 int64   // at most, per line
	stock                 float64 // of what is asked for, over all nodes
	capacity              float64 // of what is needed, over all nodes; 0 = any number
	split, unfilled, late int64
	parcels               int64
	hot                   bool  // demand is skewed
	uneven                int64 // how far the stock of a SKU is off, in per cent
}

func (sc scene) make(seed uint64) *assign.Problem {
	r := &source{seed*977 + 5}
	p := &assign.Problem{SKUs: sc.skus, Zones: 12}
	for range sc.nodes {
		c := int64(-1)
		if sc.capacity > 0 {
			c = int64(float64(sc.orders)/float64(sc.nodes)*sc.capacity) * r.n(60, 140) / 100
		}
		p.Nodes = append(p.Nodes, assign.Node{Capacity: c, Handling: r.n(50, 250), CutoffPassed: r.n(0, 3) == 0})
	}
	for n := range sc.nodes {
		for z := range p.Zones {
			if r.n(0, 19) == 0 {
				continue
			}
			far := int64((n*7+z*5)%12) / 2
			p.Rates = append(p.Rates, assign.Rate{Node: n, Zone: z, FirstG: 1000, FirstCost: 500 + 120*far + r.n(0, 99),
				StepG: 500, StepCost: 100 + 40*far + r.n(0, 20), Days: 1 + far/2 + r.n(0, 1)})
		}
	}
	grams := make([]int64, sc.skus)
	for k := range grams {
		grams[k] = r.n(50, 1500)
	}
	demand := make([]int64, sc.skus)
	for range sc.orders {
		o := assign.Order{Zone: int(r.n(0, int64(p.Zones-1))), PromisedDays: r.n(1, 4), LatePerDay: sc.late, SplitCost: sc.split,
			UnfilledCost: sc.unfilled, MaxParcels: int(r.n(1, sc.parcels))}
		for range r.n(1, sc.lines) {
			k := r.n(0, int64(sc.skus-1))
			if sc.hot {
				k = min(k, r.n(0, int64(sc.skus-1)), r.n(0, int64(sc.skus-1)))
			}
			q := r.n(1, sc.units)
			o.Lines = append(o.Lines, assign.Line{SKU: int(k), Quantity: q, G: grams[k]})
			demand[k] += q
		}
		p.Orders = append(p.Orders, o)
	}
	for k := range demand {
		left := int64(sc.stock*float64(demand[k])*float64(r.n(100-sc.uneven, 100+sc.uneven))/100 + 0.5)
		have := make([]int64, sc.nodes)
		for left > 0 {
			n := r.n(0, int64(sc.nodes-1))
			q := min(left, r.n(1, 1+demand[k]/8))
			have[n] += q
			left -= q
		}
		for n, q := range have {
			if q > 0 {
				p.Stock = append(p.Stock, assign.Stock{Node: n, SKU: k, Quantity: q})
			}
		}
	}
	return p
}

var scenes = []scene{
	{"single lines, hot SKUs", 1000, 20, 40, 1, 1, 0.9, 0, 300, 5000, 200, 3, true, 0},
	{"two lines, scarce", 1000, 20, 200, 3, 2, 0.8, 0, 300, 5000, 200, 3, false, 0},
	{"two lines, enough", 1000, 20, 200, 3, 2, 1.2, 0, 300, 5000, 200, 3, false, 0},
	{"capacity binds", 1000, 20, 200, 3, 2, 1.0, 0.9, 300, 5000, 200, 3, true, 0},
	{"capacity scarce, no split cost", 1000, 20, 200, 3, 2, 1.5, 1.1, 0, 8000, 500, 4, true, 0},
	{"five lines", 1000, 20, 300, 5, 3, 0.9, 1.5, 200, 3000, 100, 3, true, 0},
	{"many SKUs, one unit each", 1000, 20, 2000, 3, 1, 0.9, 0, 300, 5000, 200, 3, false, 0},
	{"cheap to leave", 1000, 20, 200, 4, 3, 0.9, 1.0, 300, 400, 100, 3, true, 0},
	{"whole parcels only", 1000, 20, 100, 3, 2, 0.9, 1.0, 300, 5000, 100, 1, true, 0},
	{"500 SKUs, unevenly stocked", 1000, 20, 500, 3, 2, 1.05, 1.6, 300, 3000, 100, 3, false, 50},
	{"50 SKUs, unevenly stocked", 1000, 20, 50, 3, 2, 1.05, 1.6, 300, 3000, 100, 3, false, 50},
	{"hot SKUs, up to three units", 1000, 20, 100, 2, 3, 0.9, 1.6, 300, 2000, 100, 3, true, 30},
	{"four lines of one unit", 1000, 20, 300, 4, 1, 1.3, 1.3, 500, 10000, 100, 2, true, 50},
	{"dear to leave", 1000, 20, 200, 3, 3, 0.7, 0, 500, 100000, 300, 3, true, 0},
}
