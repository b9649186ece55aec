package ship

import (
	"cmp"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/words"
)

// Strategy says which of the services that can take a parcel gets it.
type Strategy string

// The strategies. Equal services are told apart by cost, days, then carrier and service name.
const (
	Cheapest Strategy = "cheapest" // lowest freight
	Fastest  Strategy = "fastest"  // fewest days for half of the parcels, then for nine of ten
	Balanced Strategy = "balanced" // lowest freight + late cost, the days being those of nine parcels of ten
)

// Valid reports whether s is one of the strategies. Choose treats any other value as Balanced.
func (s Strategy) Valid() bool { return s == Cheapest || s == Fastest || s == Balanced }

// Query is one parcel and the services that could be asked to carry it.
type Query struct {
	Strategy       Strategy
	WeightG        int64
	MM             [3]int64 // outer size, in any order
	Liquid         bool
	Battery        bool
	COD            bool // cash on delivery
	FromRegion     string
	To             Address   // its Province is the region; its City matters to suspensions only
	Currency       string    // cards in another one cannot be compared; empty = all cards are in one
	Ready          time.Time // when it can be handed over, in the node's time zone
	CollectBy      time.Time // when the carrier must have it at the latest; zero = whenever
	PromisedBy     time.Time // when it must be at the door; zero = no promise
	LateCostPerDay int64
	Services       []CarrierService
}

// CarrierService is one product of a carrier, with what its contract allows.
type CarrierService struct {
	Carrier     string
	Service     string
	Cards       []RateCard
	Areas       []string     // regions served; empty = wherever a card reaches
	Suspended   []Suspension // Anywhere as the Province suspends the whole service
	MaxG        int64        // of the real weight; 0 = no limit
	MaxMM       [3]int64     // compared longest with longest; the sides that are zero, as the shorter ones, have no limit
	NoLiquids   bool
	NoBatteries bool
	COD         bool
	Cutoff      time.Duration // after local midnight; what is ready later leaves a day later; 0 = none
}

// Option is a service that can take the parcel.
type Option struct {
	Carrier     string `json:"carrier"`
	Service     string `json:"service"`
	Cost        int64  `json:"cost"` // freight, minor units
	Currency    string `json:"currency"`
	DaysP50     int    `json:"days_p50"` // from Ready to the door, a missed cut-off included
	DaysP90     int    `json:"days_p90"`
	ChargeableG int64  `json:"chargeable_g"`
	LateDays    int    `json:"late_days"` // beyond the promise, for nine parcels of ten
}

// Choice is the verdict. Option is empty when no service can take the parcel.
type Choice struct {
	Option
	Strategy Strategy    `json:"strategy"`
	Why      words.Text  `json:"why"`
	Rejected []Rejection `json:"rejected"` // every other service in the given order, those of the ladder too
	Fallback []Option    `json:"fallback"` // the other services that can take it, the next best first
}

// Rejection says why a service was not chosen.
type Rejection struct {
	Carrier string         `json:"carrier"`
	Service string         `json:"service"`
	Code    string         `json:"code"` // of the words area "ship"
	Params  map[string]any `json:"params,omitempty"`
}

// Found reports whether a service can take the parcel.
func (c *Choice) Found() bool { return c.Carrier != "" || c.Service != "" }

// Choose asks every service, drops those that cannot take the parcel and ranks the others. The same query
// always has the same answer.
func Choose(q Query) Choice {
	if !q.Strategy.Valid() {
		q.Strategy = Balanced
	}
	answers := make([]answer, len(q.Services))
	var able []int
	for i := range q.Services {
		answers[i] = q.ask(&q.Services[i])
		if answers[i].code == "" {
			able = append(able, i)
		}
	}
	slices.SortStableFunc(able, func(x, y int) int { return q.compare(&answers[x].option, &answers[y].option) })
	c := Choice{Strategy: q.Strategy}
	best := -1
	if len(able) > 0 {
		best = able[0]
		c.Option = answers[best].option
		for _, i := range able[1:] {
			c.Fallback = append(c.Fallback, answers[i].option)
		}
	}
	for i := range answers {
		if i != best {
			c.Rejected = append(c.Rejected, q.rejection(&answers[i], &c.Option))
		}
	}
	c.Why = q.why(&c)
	return c
}

// keys are what the strategy compares, the strongest first.
func (q *Query) keys(o *Option) [3]int64 {
	p50, p90 := int64(o.DaysP50), int64(o.DaysP90)
	switch q.Strategy {
	case Cheapest:
		return [3]int64{o.Cost, p50, p90}
	case Fastest:
		return [3]int64{p50, p90, o.Cost}
	}
	return [3]int64{q.total(o), p50, p90}
}

// total is freight and the price of lateness.
func (q *Query) total(o *Option) int64 { return o.Cost + q.LateCostPerDay*int64(o.LateDays) }

func (q *Query) compare(x, y *Option) int {
	a, b := q.keys(x), q.keys(y)
	return cmp.Or(slices.Compare(a[:], b[:]), cmp.Compare(x.Cost, y.Cost), cmp.Compare(x.Carrier, y.Carrier), cmp.Compare(x.Service, y.Service))
}
