package allocation

import (
	"context"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
)

// Policy is how the company wants its nodes chosen. Costs are minor units of its currency.
type Policy struct {
	Strategy       Strategy `json:"strategy"`
	Method         Method   `json:"method"`
	MaxParcels     int      `json:"max_parcels"`       // of an order that may be split
	SplitCost      int64    `json:"split_cost"`        // of each parcel after the first, besides its freight
	LateCostPerDay int64    `json:"late_cost_per_day"` // after the promised day
	UnfilledCost   int64    `json:"unfilled_cost"`     // per unit that has to wait
	ShipComplete   bool     `json:"ship_complete"`     // a short order waits whole
}

// Method says whether orders that wait at the same moment, and want the same, are decided over together.
type Method string

// The methods. Only the strategy Cheapest can be optimised: the others say which node is better whatever it costs.
const (
	Optimised Method = "optimised" // together, so that they cost little; each gets at least what the plain rule would give it
	PlainRule Method = "plain"     // one after the other, the oldest first
)

// DefaultPolicy is what holds where nothing was set.
func DefaultPolicy() Policy {
	return Policy{Strategy: Cheapest, Method: Optimised, MaxParcels: DefaultMaxParcels, SplitCost: 200, LateCostPerDay: 300}
}

var (
	selSettings = db.NewSQL(`SELECT name, value FROM setting WHERE name >= 'allocation.' AND name < 'allocation/'`)
	putSetting  = db.Upsert("setting", "name text, value text, updated_at bigint, updated_by text", 1,
		"value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by")
)

// readPolicy overlays the defaults with what was set. A value that cannot be read leaves the default: orders
// must not stop over it.
func readPolicy(tx *db.Tx) (rulebook, error) {
	p := rulebook{Policy: DefaultPolicy()}
	rows := tx.Query(selSettings)
	for rows.Next() {
		var name, value string
		rows.Scan(&name, &value)
		n, err := strconv.ParseInt(value, 10, 64)
		switch {
		case name == "allocation.strategy" && Strategy(value).Valid():
			p.Strategy = Strategy(value)
		case name == "allocation.method" && Method(value).valid():
			p.Method = Method(value)
		case name == "allocation.ship_complete":
			p.ShipComplete = value == "true"
		case strings.HasPrefix(name, ownMethod):
			p.sayOwn(name, Method(value))
		case err != nil || n < 0:
		case name == "allocation.max_parcels":
			p.MaxParcels = int(n)
		case name == "allocation.split_cost":
			p.SplitCost = n
		case name == "allocation.late_cost_per_day":
			p.LateCostPerDay = n
		case name == "allocation.unfilled_cost":
			p.UnfilledCost = n
		}
	}
	return p, rows.Close()
}

// Policy reads what holds now.
func (s *Service) Policy(ctx context.Context) (p Policy, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		r, err := readPolicy(tx)
		p = r.Policy
		return err
	})
	return p, err
}

// SavePolicy sets it for the steps to come. Faults: allocation.bad_strategy, allocation.bad_method, allocation.bad_cost, allocation.bad_parcels.
func (s *Service) SavePolicy(ctx context.Context, once *db.Once, actor string, p Policy) (Policy, error) {
	if err := p.check(); err != nil {
		return Policy{}, err
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Policy, error) {
		for _, v := range []struct{ name, value string }{
			{"strategy", string(p.Strategy)}, {"method", string(p.Method)}, {"max_parcels", strconv.Itoa(p.MaxParcels)},
			{"split_cost", strconv.FormatInt(p.SplitCost, 10)}, {"late_cost_per_day", strconv.FormatInt(p.LateCostPerDay, 10)},
			{"unfilled_cost", strconv.FormatInt(p.UnfilledCost, 10)}, {"ship_complete", strconv.FormatBool(p.ShipComplete)},
		} {
			tx.Put(putSetting, "allocation."+v.name, v.value, tx.Micros(), actor)
		}
		tx.Emit(db.Event{Kind: "allocation.policy_saved.v1", Actor: actor, Params: p})
		return p, nil
	})
}

func (m Method) valid() bool { return m == Optimised || m == PlainRule }

func (p Policy) check() error {
	var found []*fault.Fault
	if !p.Strategy.Valid() {
		found = append(found, fault.Invalidf("strategy", "allocation.bad_strategy",
			"the strategy must be nearest, cheapest, fastest or priority, not %q", p.Strategy).With("value", string(p.Strategy)))
	}
	if !p.Method.valid() {
		found = append(found, badMethod(p.Method))
	}
	if p.MaxParcels < 1 || p.MaxParcels > 20 {
		found = append(found, fault.Invalidf("max_parcels", "allocation.bad_parcels", "an order may have 1 to 20 parcels, not %d", p.MaxParcels).
			With("value", p.MaxParcels))
	}
	for _, c := range []struct {
		field string
		value int64
	}{{"split_cost", p.SplitCost}, {"late_cost_per_day", p.LateCostPerDay}, {"unfilled_cost", p.UnfilledCost}} {
		if c.value < 0 || c.value > money.MaxMinor {
			found = append(found, fault.Invalidf(c.field, "allocation.bad_cost", "a cost cannot be %d; give minor units from 0", c.value).With("value", c.value))
		}
	}
	if f := fault.Join(found...); f != nil {
		return f
	}
	return nil
}
