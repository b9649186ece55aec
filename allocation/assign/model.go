package assign

import (
	"math"
	"slices"
)

// model is a problem in the form the search works on. A resource is what plans compete for: first the rows of stock, by
// SKU, then the capacity of each node.
type model struct {
	p       *Problem
	rows    []int   // SKU k has the stock rows rows[k] … rows[k+1]-1
	nodeOf  []int32 // of a stock row
	rowOf   []int32 // Problem.Stock → stock row; -1 = nothing to ship there
	supply  []int64 // of every resource
	rates   []int32 // zone × node → 1 + index of the rate; 0 = not served
	wants   []want
	first   []int     // order i has the wants first[i] … first[i+1]-1
	wanted  []int64   // units an order asks for
	twins   []bool    // orders that ask for a SKU at two weights
	scarce  []int32   // resources that may be asked for more than there is: only they have a price
	dearest []float64 // of every resource: no price above it proves more
	short   []bool    // of every resource: rows of SKUs of which more is asked for than all nodes have
}

// want is what an order asks of one SKU at one weight.
type want struct {
	sku   int32
	twin  int32 // an earlier want of the order for the same SKU at another weight, counted from its first; -1 = none
	units int64
	g     float64
	grams int64
}

const plenty = math.MaxInt64 / 4

func newModel(p *Problem) *model {
	m := &model{p: p}
	m.addStock()
	m.rates = make([]int32, p.Zones*len(p.Nodes))
	for i, r := range p.Rates {
		m.rates[r.Zone*len(p.Nodes)+r.Node] = int32(i + 1)
	}
	m.addOrders()
	m.findScarce()
	return m
}

func (m *model) addStock() {
	p := m.p
	m.rows = make([]int, p.SKUs+1)
	for _, s := range p.Stock {
		if s.Quantity > 0 && p.Nodes[s.Node].Capacity != 0 {
			m.rows[s.SKU+1]++
		}
	}
	for k := range p.SKUs {
		m.rows[k+1] += m.rows[k]
	}
	n := m.rows[p.SKUs]
	m.nodeOf, m.rowOf, m.supply = make([]int32, n), make([]int32, len(p.Stock)), make([]int64, n+len(p.Nodes))
	next := append([]int(nil), m.rows...)
	for i, s := range p.Stock {
		m.rowOf[i] = -1
		if s.Quantity > 0 && p.Nodes[s.Node].Capacity != 0 {
			row := next[s.SKU]
			next[s.SKU]++
			m.rowOf[i], m.nodeOf[row], m.supply[row] = int32(row), int32(s.Node), s.Quantity
		}
	}
	for i, node := range p.Nodes {
		m.supply[n+i] = node.Capacity
		if node.Capacity < 0 {
			m.supply[n+i] = plenty
		}
	}
}

// capacity is the resource of a node's parcels.
func (m *model) capacity(node int32) int { return len(m.nodeOf) + int(node) }

// addOrders adds up lines that ask for the same.
func (m *model) addOrders() {
	p := m.p
	m.first, m.wanted, m.twins = make([]int, len(p.Orders)+1), make([]int64, len(p.Orders)), make([]bool, len(p.Orders))
	for i := range p.Orders {
		from := len(m.wants)
		for _, l := range p.Orders[i].Lines {
			if l.Quantity > 0 {
				m.addWant(from, l)
				m.wanted[i] += l.Quantity
			}
		}
		m.first[i+1] = len(m.wants)
		m.twins[i] = slices.ContainsFunc(m.wants[from:], func(w want) bool { return w.twin >= 0 })
	}
}

func (m *model) addWant(from int, l Line) {
	twin := int32(-1)
	for j := from; j < len(m.wants); j++ {
		if w := &m.wants[j]; w.sku == int32(l.SKU) {
			if w.grams == l.G {
				w.units += l.Quantity
				return
			}
			twin = int32(j - from)
		}
	}
	m.wants = append(m.wants, want{sku: int32(l.SKU), twin: twin, units: l.Quantity, g: float64(l.G), grams: l.G})
}

// rate is the rate of a node for an order, nil where the node may not or cannot serve it.
func (m *model) rate(o *Order, node int32) *Rate {
	i := m.rates[o.Zone*len(m.p.Nodes)+int(node)]
	if i == 0 {
		return nil
	}
	for _, b := range o.Barred {
		if b == int(node) {
			return nil
		}
	}
	return &m.p.Rates[i-1]
}

// findScarce adds up what could be asked of every resource at most.
func (m *model) findScarce() {
	asked := make([]float64, len(m.supply))
	m.dearest = make([]float64, len(m.supply))
	last := make([]int32, len(m.p.Nodes)) // 1 + the order that has been counted at a node
	for i := range m.p.Orders {
		o := &m.p.Orders[i]
		for _, w := range m.wants[m.first[i]:m.first[i+1]] {
			for row := m.rows[w.sku]; row < m.rows[w.sku+1]; row++ {
				node := m.nodeOf[row]
				if m.rate(o, node) == nil {
					continue
				}
				worth := float64(o.UnfilledCost)
				if o.Whole {
					worth *= float64(m.wanted[i])
				}
				m.dearest[row] = max(m.dearest[row], worth)
				asked[row] += float64(w.units)
				if last[node] != int32(i+1) {
					last[node] = int32(i + 1)
					asked[m.capacity(node)]++
					m.dearest[m.capacity(node)] = max(m.dearest[m.capacity(node)], float64(o.UnfilledCost)*float64(m.wanted[i]))
				}
			}
		}
	}
	m.short = make([]bool, len(m.supply))
	demand := make([]int64, m.p.SKUs)
	for i := range m.wants {
		demand[m.wants[i].sku] += m.wants[i].units
	}
	for k, left := range demand {
		rows := m.supply[m.rows[k]:m.rows[k+1]]
		for _, n := range rows {
			left -= n
		}
		for r := range rows {
			m.short[m.rows[k]+r] = left > 0
		}
	}
	for r, a := range asked {
		if a > float64(m.supply[r]) {
			m.scarce = append(m.scarce, int32(r))
		}
	}
}

// units is how many all orders ask for, at least one.
func (m *model) units() int64 {
	sum := int64(1)
	for _, n := range m.wanted {
		sum += n
	}
	return sum
}
