package allocation

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/geo"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/warehouse"
)

// stockReader reads what can be promised: inventory.LockAvailable, which keeps it so until the transaction ends, or
// inventory.Available, where the guard of the balance finds out in the end whether it was still so.
type stockReader func(tx *db.Tx, skus []int64) (map[inventory.Key]int64, error)

// askSnapshot asks ahead for what every snapshot reads.
func askSnapshot(tx *db.Tx) {
	tx.Ahead(selSettings)
	warehouse.AskNodes(tx)
}

// snapshot makes the problem of some needs: what they compete for, as it stands now.
func (s *Service) snapshot(tx *db.Tx, list []need, skus []int64, stock stockReader) (Problem, rulebook, error) {
	policy, err := readPolicy(tx)
	if err != nil {
		return Problem{}, policy, err
	}
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return Problem{}, policy, err
	}
	left, err := s.load.left(tx, nodes)
	if err != nil {
		return Problem{}, policy, err
	}
	p := Problem{Strategy: policy.Strategy, MaxParcels: policy.MaxParcels, SplitCost: policy.SplitCost,
		Currency: s.settings.Currency, ShipComplete: policy.ShipComplete}
	for _, n := range nodes {
		node := s.node(n, left[n.ID], tx.Now())
		node.Plain = policy.methodAt(n.ID) == PlainRule
		p.Nodes = append(p.Nodes, node)
	}
	if p.Rates, err = s.rates(tx, nodes); err != nil {
		return Problem{}, policy, err
	}
	for i := range list {
		p.Orders = append(p.Orders, s.order(&list[i], policy.Policy, nodes, tx.Now()))
	}
	free, err := stock(tx, skus)
	p.Stock = make(map[StockKey]int64, len(free))
	for k, n := range free {
		p.Stock[StockKey{Node: k.Node, SKU: k.SKU}] = n
	}
	return p, policy, err
}

func (s *Service) node(n warehouse.Node, left int, now time.Time) Node {
	lat, lng := n.Lat, n.Lng
	if lat == 0 && lng == 0 {
		lat, lng = s.places.find(n.Country, n.Province, n.City)
	}
	return Node{ID: n.ID, Code: n.Code, Lat: lat, Lng: lng, Province: s.settings.Region(n.Province), CapacityLeft: left,
		HandlingCost: n.HandlingCost, CutoffPassed: n.CutoffPassed(now), Priority: int(n.Priority), Open: n.Open}
}

// rates are the lanes with their regions in one spelling. A company that has no rates yet ships everywhere:
// its first order must not wait for a price list.
func (s *Service) rates(tx *db.Tx, nodes []warehouse.Node) ([]Lane, error) {
	given, err := s.lanes(tx)
	if err != nil {
		return nil, err
	}
	rates := make([]Lane, 0, max(len(given), len(nodes)))
	for _, l := range given {
		if l.Region != AnyRegion {
			l.Region = s.settings.Region(l.Region)
		}
		rates = append(rates, l)
	}
	if len(rates) == 0 {
		for _, n := range nodes {
			rates = append(rates, Lane{Node: n.ID, Region: AnyRegion})
		}
	}
	return rates, nil
}

func (s *Service) order(n *need, policy Policy, nodes []warehouse.Node, now time.Time) Order {
	to := n.Recipient
	o := Order{ID: n.ID, Region: s.settings.Region(cmp.Or(to.Province, to.Country)), MaySplit: n.MaySplit,
		UnfilledCost: policy.UnfilledCost, Lines: n.lines, Excluded: n.refused()}
	o.Lat, o.Lng = s.places.find(to.Country, to.Province, to.City)
	if n.PromisedBy > 0 {
		o.LateCostPerDay = policy.LateCostPerDay
		o.PromisedDays = int(max(0, time.UnixMicro(n.PromisedBy).Sub(now)) / (24 * time.Hour))
	}
	if homes := n.homes(); !n.MaySplit && len(homes) > 0 {
		for _, w := range nodes {
			if !slices.Contains(homes, w.ID) {
				o.Excluded = append(o.Excluded, w.ID)
			}
		}
	}
	return o
}

// places remembers where cities are: a company ships to the same few thousand again and again.
type places struct {
	mu    sync.Mutex
	known map[city]spot
}

type city struct{ country, province, city string }

type spot struct{ lat, lng int64 }

const maxPlaces = 20_000

// find gives a place in micro-degrees, both zero when it is not known.
func (p *places) find(country, province, name string) (lat, lng int64) {
	key := city{country, province, name}
	p.mu.Lock()
	defer p.mu.Unlock()
	at, found := p.known[key]
	if !found {
		at.lat, at.lng, _ = geo.Place(country, province, name)
		if p.known == nil || len(p.known) >= maxPlaces { // names are typed by people: they must not fill the memory
			p.known = map[city]spot{}
		}
		p.known[key] = at
	}
	return at.lat, at.lng
}
