package ship

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/warehouse"
)

// tariff is all that carrier choice knows of nodes, rates and suspensions, read once and kept while nobody changes them.
type tariff struct {
	version  version
	strategy Strategy
	lateCost int64
	services []product
	cards    map[lane]RateCard
	regions  []string // keys of all regions that some card goes to, sorted
	nodes    map[int64]warehouse.Node
	stops    []Stop
	ladders  map[Ladder][]Rung
}

// version says which rates, suspensions and nodes a tariff is made of.
type version struct{ rates, nodes string }

type product struct{ carrier, service string }

type lane struct {
	product
	from, to string // region keys
}

// Every import of rates, every suspension and every ladder renews a setting, and so does every change of nodes. They are read before
// what they stand for: what is kept under a version may be newer than it, and is then read once more; never older.
const (
	versionSetting  = "ship.tariff"
	strategySetting = "ship.strategy"
	lateSetting     = "ship.late_cost_per_day"

	usualLateCost = 300 // minor units a day: what a late parcel costs in questions and coupons
)

var (
	selShipSettings = db.NewSQL(`SELECT name, value FROM setting WHERE name = ANY($1)`)
	putSetting      = db.Upsert("setting", "name text, value text, updated_at bigint, updated_by text", 1,
		"value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by")
)

// renew tells every process that rates or suspensions have changed.
func renew(tx *db.Tx, actor string) {
	tx.Put(putSetting, versionSetting, strconv.FormatInt(tx.NewID(), 36), tx.Micros(), cmp.Or(actor, "system"))
}

// tariff gives the tariff as it is for this transaction.
func (s *Service) tariff(tx *db.Tx) (*tariff, error) {
	now := &tariff{strategy: Balanced, lateCost: usualLateCost}
	if err := now.readSettings(tx); err != nil {
		return nil, err
	}
	if t := s.known.Load(); t != nil && t.version == now.version {
		same := *t
		same.strategy, same.lateCost = now.strategy, now.lateCost
		return &same, nil
	}
	if err := now.read(tx); err != nil {
		return nil, err
	}
	s.known.Store(now)
	return now, nil
}

var shipSettings = []string{versionSetting, warehouse.VersionSetting, strategySetting, lateSetting}

func (t *tariff) readSettings(tx *db.Tx) error {
	rows := tx.Query(selShipSettings, shipSettings)
	for rows.Next() {
		var name, value string
		rows.Scan(&name, &value)
		n, err := strconv.ParseInt(value, 10, 64)
		switch {
		case name == versionSetting:
			t.version.rates = value
		case name == warehouse.VersionSetting:
			t.version.nodes = value
		case name == strategySetting && Strategy(value).Valid():
			t.strategy = Strategy(value)
		case name == lateSetting && err == nil && n >= 0:
			t.lateCost = n
		}
	}
	return rows.Close()
}

func (t *tariff) read(tx *db.Tx) error {
	cards, err := Rates(tx)
	if err != nil {
		return err
	}
	t.index(cards)
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return err
	}
	t.nodes = make(map[int64]warehouse.Node, len(nodes))
	for _, n := range nodes {
		t.nodes[n.ID] = n
	}
	if t.stops, err = Stops(tx); err != nil {
		return err
	}
	t.ladders, err = Ladders(tx)
	return err
}

func (t *tariff) index(cards []RateCard) {
	t.cards = make(map[lane]RateCard, len(cards))
	for _, c := range cards {
		name := product{c.Carrier, c.Service}
		at := lane{name, key(c.FromRegion), key(c.ToRegion)}
		if _, had := t.cards[at]; had {
			continue // two spellings of one lane: the first counts, as in CardFor
		}
		t.cards[at] = c
		if n := len(t.services); n == 0 || t.services[n-1] != name {
			t.services = append(t.services, name)
		}
		t.regions = append(t.regions, at.to)
	}
	slices.Sort(t.regions)
	t.regions = slices.Compact(t.regions)
}

func key(region string) string {
	if region == Anywhere {
		return region
	}
	return RegionKey(region)
}

// card is CardFor by index: the very destination before the very origin.
func (t *tariff) card(name product, from, to string) (RateCard, bool) {
	for _, at := range [4]lane{{name, from, to}, {name, Anywhere, to}, {name, from, Anywhere}, {name, Anywhere, Anywhere}} {
		if c, ok := t.cards[at]; ok {
			return c, true
		}
	}
	return RateCard{}, false
}

// price is what a parcel costs by the rates; false where there is none.
func (t *tariff) price(carrier, service string, node int64, province string, g int64, mm [3]int64) (int64, string, bool) {
	c, ok := t.card(product{carrier, service}, RegionKey(t.nodes[node].Province), RegionKey(province))
	if !ok {
		return 0, "", false
	}
	cost, _ := Price(c, g, mm)
	return cost, c.Currency, true
}

// stopped lists what is suspended of a service, in the words of a query.
func (t *tariff) stopped(name product) []Suspension {
	var out []Suspension
	for _, s := range t.stops {
		if s.Carrier == name.carrier && (s.Service == "" || s.Service == name.service) {
			out = append(out, s.Suspension)
		}
	}
	return out
}
