package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/money"
)

// AllocationPolicy is how the company wants its warehouses chosen. Costs are decimal text in its currency.
type AllocationPolicy struct {
	Strategy       string `json:"strategy" enum:"nearest,cheapest,fastest,priority"`
	Method         string `json:"method" enum:"optimised,plain" doc:"optimised: orders that wait at the same moment and want the same are decided over together, with the strategy cheapest; plain: one after the other, the oldest first"`
	MaxParcels     int    `json:"max_parcels" doc:"of an order that may be split, 1 to 20"`
	SplitCost      string `json:"split_cost" doc:"of each parcel after the first, besides its freight"`
	LateCostPerDay string `json:"late_cost_per_day" doc:"of each day after the promised one"`
	UnfilledCost   string `json:"unfilled_cost" doc:"of each unit that has to wait; it is told, and chooses nothing"`
	ShipComplete   bool   `json:"ship_complete" doc:"an order of which something is short waits whole"`
}

func (s *Server) allocationPolicy() {
	query(s, route{path: "/v1/allocation-policy", tag: "orders", id: "get-allocation-policy", scope: access.OrdersRead, summary: "How warehouses are chosen"},
		func(c *call) (AllocationPolicy, error) {
			p, err := c.Allocation.Policy(c.ctx)
			return c.allocationPolicy(p), err
		})
	command(s, route{path: "/v1/allocation-policy", tag: "orders", id: "save-allocation-policy", scope: access.Admin, summary: "Say how warehouses are chosen",
		about: "Holds for what is decided from now on. Problems: allocation.bad_strategy, allocation.bad_method, allocation.bad_parcels, allocation.bad_cost, http.amount."}, (*call).saveAllocationPolicy)
}

func (c *call) allocationPolicy(p allocation.Policy) AllocationPolicy {
	return AllocationPolicy{Strategy: string(p.Strategy), Method: string(p.Method), MaxParcels: p.MaxParcels, SplitCost: c.costText(p.SplitCost),
		LateCostPerDay: c.costText(p.LateCostPerDay), UnfilledCost: c.costText(p.UnfilledCost), ShipComplete: p.ShipComplete}
}

func (c *call) saveAllocationPolicy(in AllocationPolicy) (AllocationPolicy, error) {
	p := allocation.Policy{Strategy: allocation.Strategy(in.Strategy), Method: allocation.Method(in.Method), MaxParcels: in.MaxParcels, ShipComplete: in.ShipComplete}
	for _, x := range []struct {
		field, text string
		to          *int64
	}{{"split_cost", in.SplitCost, &p.SplitCost}, {"late_cost_per_day", in.LateCostPerDay, &p.LateCostPerDay}, {"unfilled_cost", in.UnfilledCost, &p.UnfilledCost}} {
		v, err := amountOf(x.field, x.text, c.Currency)
		if err != nil {
			return in, err
		}
		*x.to = v
	}
	saved, err := c.Allocation.SavePolicy(c.ctx, c.once, c.actor(), p)
	return c.allocationPolicy(saved), err
}

// costText shows a cost in the company's currency.
func (c *call) costText(minor int64) string { return money.Format(minor, c.Currency) }
