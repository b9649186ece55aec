package assign

import "math"

// Problem is the file with numbers for names, and the names by number. A file that Read gave is valid.
func (f *File) Problem() (*Problem, *Names) {
	p, n := &Problem{}, &Names{}
	nodes, skus, zones := map[Name]int{}, map[Name]int{}, map[Name]int{}
	for i, node := range f.Nodes {
		nodes[node.ID] = i
		n.Nodes = append(n.Nodes, node.ID)
		p.Nodes = append(p.Nodes, Node{Capacity: unlimited(node.Capacity, -1), Handling: node.HandlingCost, CutoffPassed: node.CutoffPassed})
	}
	for _, s := range f.Stock {
		p.Stock = append(p.Stock, Stock{Node: nodes[s.Node], SKU: number(skus, &n.SKUs, s.SKU), Quantity: s.Quantity})
	}
	for _, r := range f.Rates {
		p.Rates = append(p.Rates, Rate{Node: nodes[r.Node], Zone: number(zones, &n.Zones, r.Zone), FirstG: r.FirstG, FirstCost: r.FirstCost,
			StepG: r.StepG, StepCost: r.StepCost, Days: r.Days})
	}
	for _, o := range f.Orders {
		to := Order{Zone: number(zones, &n.Zones, o.Zone), PromisedDays: unlimited(o.PromisedDays, math.MaxInt64/4), LatePerDay: o.LateCostPerDay,
			SplitCost: o.SplitCost, UnfilledCost: o.UnfilledCost, MaxParcels: int(min(unlimited(o.MaxParcels, math.MaxInt32), int64(len(f.Nodes))))}
		for _, l := range o.Lines {
			to.Lines = append(to.Lines, Line{SKU: number(skus, &n.SKUs, l.SKU), Quantity: l.Quantity, G: l.G})
		}
		n.Orders = append(n.Orders, o.ID)
		p.Orders = append(p.Orders, to)
	}
	p.SKUs, p.Zones = len(n.SKUs), len(n.Zones)
	return p, n
}

// Names are what a File calls the numbers of its Problem.
type Names struct{ Nodes, SKUs, Zones, Orders []Name }

func number(known map[Name]int, list *[]Name, name Name) int {
	i, ok := known[name]
	if !ok {
		i = len(*list)
		known[name] = i
		*list = append(*list, name)
	}
	return i
}
