package allocation

import "cmp"

// metric is one thing by which two nodes that can both ship the order are compared.
type metric int

const (
	byDistance metric = iota
	byCost
	byDays
	byPriority
)

// metrics lists what decides, the strongest first.
func (s Strategy) metrics() [3]metric {
	switch s {
	case Nearest:
		return [3]metric{byDistance, byCost, byDays}
	case Fastest:
		return [3]metric{byDays, byCost, byDistance}
	case Priority:
		return [3]metric{byPriority, byCost, byDays}
	}
	return [3]metric{byCost, byDays, byDistance}
}

func (r *request) value(of *offer, m metric) int64 {
	switch m {
	case byDistance:
		return of.distance
	case byDays:
		return int64(of.days)
	case byPriority:
		return int64(r.sites[of.site].node.Priority)
	}
	return of.cost
}

// compare is negative when x is better, and names the metric that says so; zero when none separates them.
func (r *request) compare(x, y *offer) (by metric, order int) {
	for _, m := range r.p.Strategy.metrics() {
		if c := cmp.Compare(r.value(x, m), r.value(y, m)); c != 0 {
			return m, c
		}
	}
	return 0, 0
}

// single is the best site that can ship the whole order, and how many can; nil when none can.
func (r *request) single() (best *offer, able int) {
	for i := range r.offers {
		of := &r.offers[i]
		if of.out != "" {
			continue
		}
		able++
		if best == nil {
			best = of
		} else if _, c := r.compare(of, best); c < 0 {
			best = of
		}
	}
	return best, able
}
