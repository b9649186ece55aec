package assign

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/packhorse/packhorse/internal/words"
)

// Report is an answer as it is exchanged: one JSON object, written order by order, because the reasons of all orders and nodes
// together can be a hundred times as large as the answer.
type Report struct {
	p    *Problem
	n    *Names
	a    *Answer
	lang string
	out  *bufio.Writer
}

// head is what a report begins with.
type head struct {
	Cost       int64 `json:"cost"`
	LowerBound int64 `json:"lower_bound"`
	GreedyCost int64 `json:"greedy_cost"`
}

// tail is what it ends with.
type tail struct {
	Unfilled []UnfilledUnits `json:"unfilled"`
	Prices   Prices          `json:"prices"`
	Seconds  float64         `json:"seconds"`
}

// OrderReport says what becomes of one order, and why. Behind it stands "rejected": a Rejection for every node that ships nothing of it.
type OrderReport struct {
	ID      Name           `json:"id"`
	Parcels []ParcelReport `json:"parcels"`
	Cost    int64          `json:"cost"`
	Why     Reason         `json:"why"`
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

// NewReport is the report of an answer with names and reasons in a language.
func NewReport(p *Problem, n *Names, a *Answer, lang string) *Report {
	return &Report{p: p, n: n, a: a, lang: lang}
}

// Write writes the report as one line; seconds is asked at the end for what all took.
func (r *Report) Write(w io.Writer, seconds func() float64) error {
	r.out = bufio.NewWriterSize(w, 1<<16)
	if err := r.open(head{r.a.Cost, r.a.Bound, r.a.Greedy}); err != nil {
		return err
	}
	_, _ = r.out.WriteString(`,"orders":[`)
	e, end := newExplainer(r.p, r.n, r.a, r.lang), tail{Unfilled: []UnfilledUnits{}, Prices: r.prices()}
	for i := range r.a.Plans {
		if i > 0 {
			_ = r.out.WriteByte(',')
		}
		if err := r.order(e, i); err != nil {
			return err
		}
		for _, u := range sumUnits(r.p.Orders[i].Lines, r.a.Plans[i].Unfilled, r.n) {
			end.Unfilled = append(end.Unfilled, UnfilledUnits{r.n.Orders[i], u.SKU, u.Quantity})
		}
	}
	end.Seconds = seconds()
	text, err := json.Marshal(end)
	if err != nil {
		return err
	}
	_, _ = r.out.WriteString("],")
	_, _ = r.out.Write(text[1:])
	_ = r.out.WriteByte('\n')
	return r.out.Flush()
}

// open writes an object without its end, so that more fields can follow.
func (r *Report) open(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = r.out.Write(text[:len(text)-1])
	return err
}

func (r *Report) order(e *explainer, i int) error {
	plan := &r.a.Plans[i]
	o := OrderReport{ID: r.n.Orders[i], Parcels: []ParcelReport{}, Cost: plan.Cost, Why: e.why(i)}
	for _, parcel := range plan.Parcels {
		o.Parcels = append(o.Parcels, ParcelReport{Node: r.n.Nodes[parcel.Node], Lines: sumUnits(r.p.Orders[i].Lines, parcel.Units, r.n)})
	}
	if err := r.open(o); err != nil {
		return err
	}
	_, _ = r.out.WriteString(`,"rejected":[`)
	first := true
	for node, reason := range e.rejected(i) {
		if !first {
			_ = r.out.WriteByte(',')
		}
		first = false
		_, _ = r.out.WriteString(`{"node":`)
		_, _ = r.out.WriteString(string(r.n.Nodes[node]))
		_, _ = r.out.WriteString(`,"reason":`)
		text, err := e.json(reason)
		if err != nil {
			return err
		}
		_, _ = r.out.Write(text)
		_ = r.out.WriteByte('}')
	}
	_, err := r.out.WriteString("]}")
	return err
}

func (r *Report) prices() Prices {
	to := Prices{Stock: []StockPrice{}, Capacity: []NodePrice{}, Pairs: []PairReport{}}
	for i, price := range r.a.StockPrices {
		if s := &r.p.Stock[i]; price > 0 {
			to.Stock = append(to.Stock, StockPrice{r.n.Nodes[s.Node], r.n.SKUs[s.SKU], price})
		}
	}
	for i, price := range r.a.NodePrices {
		if price > 0 {
			to.Capacity = append(to.Capacity, NodePrice{r.n.Nodes[i], price})
		}
	}
	for _, pair := range r.a.PairPrices {
		s := &r.p.Stock[pair.Stock]
		one := PairReport{Node: r.n.Nodes[s.Node], SKU: r.n.SKUs[s.SKU], Odd: []Name{}, Price: pair.Price}
		for _, i := range pair.Odd {
			one.Odd = append(one.Odd, r.n.Orders[i])
		}
		to.Pairs = append(to.Pairs, one)
	}
	return to
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
