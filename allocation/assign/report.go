package assign

import (
	"github.com/packhorse/packhorse/internal/words"
)

// Report is an answer as it is exchanged.
type Report struct {
	Cost       int64           `json:"cost"`
	LowerBound int64           `json:"lower_bound"`
	GreedyCost int64           `json:"greedy_cost"`
	Orders     []OrderReport   `json:"orders"`
	Unfilled   []UnfilledUnits `json:"unfilled"`
	Prices     Prices          `json:"prices"`
	Seconds    float64         `json:"seconds"`
}

// OrderReport says what becomes of one order, and why.
type OrderReport struct {
	ID       Name           `json:"id"`
	Parcels  []ParcelReport `json:"parcels"`
	Cost     int64          `json:"cost"`
	Why      Reason         `json:"why"`
	Rejected []Rejection    `json:"rejected"` // every node that ships nothing of it
}

// ParcelReport is what one node ships of an order.
type ParcelReport struct {
	Node  Name    `json:"node"`
	Lines []Units `json:"lines"`
}

// Units are units of a SKU.
type Units struct {
	SKU      Name  `json:"sku"`
	Quantity int64 `json:"quantity"`
}

// UnfilledUnits are units of an order that do not ship.
type UnfilledUnits struct {
	ID       Name  `json:"id"`
	SKU      Name  `json:"sku"`
	Quantity int64 `json:"quantity"`
}

// Rejection says why a node ships nothing of an order.
type Rejection struct {
	Node   Name   `json:"node"`
	Reason Reason `json:"reason"`
}

// Reason is a code of the words area "allocation" with its parameters, and its sentence.
type Reason struct {
	words.Text
	Sentence string `json:"text"`
}

// Prices are what one unit or parcel more would save, by the relaxation; what is not listed costs nothing.
type Prices struct {
	Stock    []StockPrice `json:"stock"`
	Capacity []NodePrice  `json:"capacity"`
	Pairs    []PairReport `json:"pairs"`
}

// PairReport is a PairPrice: what is paid for each pair of units that an order takes of a row of stock above half of its units there.
type PairReport struct {
	Node  Name    `json:"node"`
	SKU   Name    `json:"sku"`
	Odd   []Name  `json:"odd"`
	Price float64 `json:"price"`
}

// StockPrice is the price of a unit of a SKU at a node.
type StockPrice struct {
	Node  Name    `json:"node"`
	SKU   Name    `json:"sku"`
	Price float64 `json:"price"`
}

// NodePrice is the price of a parcel of a node.
type NodePrice struct {
	Node  Name    `json:"node"`
	Price float64 `json:"price"`
}

// NewReport writes an answer with names and reasons in a language; the time it took is left to the caller.
func NewReport(p *Problem, n *Names, a *Answer, lang string) *Report {
	r := &Report{Cost: a.Cost, LowerBound: a.Bound, GreedyCost: a.Greedy, Orders: []OrderReport{}, Unfilled: []UnfilledUnits{},
		Prices: Prices{Stock: []StockPrice{}, Capacity: []NodePrice{}, Pairs: []PairReport{}}}
	e := newExplainer(p, n, a, lang)
	for i := range a.Plans {
		plan := &a.Plans[i]
		o := OrderReport{ID: n.Orders[i], Parcels: []ParcelReport{}, Cost: plan.Cost, Why: e.why(i), Rejected: e.rejected(i)}
		for _, parcel := range plan.Parcels {
			o.Parcels = append(o.Parcels, ParcelReport{Node: n.Nodes[parcel.Node], Lines: sumUnits(p.Orders[i].Lines, parcel.Units, n)})
		}
		for _, u := range sumUnits(p.Orders[i].Lines, plan.Unfilled, n) {
			r.Unfilled = append(r.Unfilled, UnfilledUnits{n.Orders[i], u.SKU, u.Quantity})
		}
		r.Orders = append(r.Orders, o)
	}
	for i, price := range a.StockPrices {
		if s := &p.Stock[i]; price > 0 {
			r.Prices.Stock = append(r.Prices.Stock, StockPrice{n.Nodes[s.Node], n.SKUs[s.SKU], price})
		}
	}
	for i, price := range a.NodePrices {
		if price > 0 {
			r.Prices.Capacity = append(r.Prices.Capacity, NodePrice{n.Nodes[i], price})
		}
	}
	for _, pair := range a.PairPrices {
		s := &p.Stock[pair.Stock]
		to := PairReport{Node: n.Nodes[s.Node], SKU: n.SKUs[s.SKU], Odd: []Name{}, Price: pair.Price}
		for _, i := range pair.Odd {
			to.Odd = append(to.Odd, n.Orders[i])
		}
		r.Prices.Pairs = append(r.Prices.Pairs, to)
	}
	return r
}

// sumUnits adds up units per line by SKU, in the order of the lines.
func sumUnits(lines []Line, units []int64, n *Names) []Units {
	out := []Units{}
	at := make(map[int]int, len(lines))
	for l, count := range units {
		if count == 0 {
			continue
		}
		k, known := at[lines[l].SKU]
		if !known {
			k = len(out)
			at[lines[l].SKU] = k
			out = append(out, Units{SKU: n.SKUs[lines[l].SKU]})
		}
		out[k].Quantity += count
	}
	return out
}
