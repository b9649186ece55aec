package assign

import (
	"fmt"
	"slices"
)

// Validate says what of a problem makes no sense: the first number that is out of range, below 0, or given twice. Solve may
// panic on a problem that is not valid. A problem made by File.Problem is.
func (p *Problem) Validate() error {
	stock := make(map[[2]int]int, len(p.Stock))
	for i, s := range p.Stock {
		if err := within(s.Node, len(p.Nodes), s.SKU, p.SKUs, "SKU", stock, i); err != nil {
			return fmt.Errorf("stock %d: %w", i, err)
		}
		if s.Quantity < 0 {
			return fmt.Errorf("stock %d: the quantity is %d", i, s.Quantity)
		}
	}
	rates := make(map[[2]int]int, len(p.Rates))
	for i, r := range p.Rates {
		if err := within(r.Node, len(p.Nodes), r.Zone, p.Zones, "zone", rates, i); err != nil {
			return fmt.Errorf("rate %d: %w", i, err)
		}
		if min(r.FirstG, r.FirstCost, r.StepG, r.StepCost, r.Days) < 0 {
			return fmt.Errorf("rate %d: a number is below 0", i)
		}
	}
	for i := range p.Nodes {
		if p.Nodes[i].Handling < 0 {
			return fmt.Errorf("node %d: handling costs %d", i, p.Nodes[i].Handling)
		}
	}
	for i := range p.Orders {
		if err := p.Orders[i].validate(p); err != nil {
			return fmt.Errorf("order %d: %w", i, err)
		}
	}
	return nil
}

func within(node, nodes, other, others int, what string, seen map[[2]int]int, i int) error {
	if node < 0 || node >= nodes || other < 0 || other >= others {
		return fmt.Errorf("there is no node %d or no %s %d", node, what, other)
	}
	if first, twice := seen[[2]int{node, other}]; twice {
		return fmt.Errorf("node %d and %s %d are also in number %d", node, what, other, first)
	}
	seen[[2]int{node, other}] = i
	return nil
}

func (o *Order) validate(p *Problem) error {
	switch {
	case o.Zone < 0 || o.Zone >= p.Zones:
		return fmt.Errorf("there is no zone %d", o.Zone)
	case min(o.LatePerDay, o.SplitCost, o.UnfilledCost, int64(o.MaxParcels)) < 0:
		return fmt.Errorf("a cost or the number of parcels is below 0")
	case slices.ContainsFunc(o.Barred, func(n int) bool { return n < 0 || n >= len(p.Nodes) }):
		return fmt.Errorf("a node that is barred does not exist")
	}
	for l := range o.Lines {
		line := &o.Lines[l]
		if line.SKU < 0 || line.SKU >= p.SKUs || line.Quantity < 0 || line.G < 0 {
			return fmt.Errorf("line %d: there is no SKU %d, or its quantity %d or weight %d is below 0", l, line.SKU, line.Quantity, line.G)
		}
	}
	return nil
}
