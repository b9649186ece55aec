package carton

import (
	"math"
	"slices"
)

// History is what was sent, and what the question costs: which sizes of cartons should be kept in stock?
type History struct {
	Orders  []PastOrder `json:"orders"`
	Now     []Carton    `json:"now"`     // what is kept now; may be empty
	Offered []Carton    `json:"offered"` // what could be bought; where empty, boxes are made to measure from the goods
	Keep    int         `json:"keep"`    // at most so many sizes of boxes and mailers
	Freight Freight     `json:"freight"`
	Board   Board       `json:"board"`
	// Odd is what it costs more, in minor units, to make a box for one order that no size kept can hold in one parcel.
	Odd int64 `json:"odd"`
}

// PastOrder is goods that were sent together, and how often.
type PastOrder struct {
	Items []Item `json:"items"`
	Times int    `json:"times"` // 0 counts as 1
}

// Board is what a box made to measure costs and weighs.
type Board struct {
	Cost   int64 `json:"cost"`     // of any box, in minor units
	PerM2  int64 `json:"per_m2"`   // of a square metre of its surface, in minor units
	GPerM2 int   `json:"g_per_m2"` // weight of a square metre, in grams
	StepMM int   `json:"step_mm"`  // sizes are multiples of it; 0 means 10
	MaxG   int   `json:"max_g"`    // what a box carries; 0 = no limit
}

// Stock is the proposal. The costs are packaging and freight of all orders that one parcel of some size offered can hold;
// the others are apart, because no choice among these sizes decides about them. What is kept now may take several parcels.
type Stock struct {
	Cartons []Carton `json:"cartons"` // to be kept, the smallest first
	Uses    []int    `json:"uses"`    // orders that would have gone into each
	Cost    int64    `json:"cost"`
	CostNow int64    `json:"cost_now"` // with what is kept now, on the same orders
	Saving  int64    `json:"saving"`
	// LowerBound is what the orders would cost with every size offered, or made to their measure, in stock.
	LowerBound int64 `json:"lower_bound"`
	Orders     int   `json:"orders"`  // that were counted
	Odd        int   `json:"odd"`     // of them, for which a box would be made, at the cost of the best one offered and Odd
	OddNow     int   `json:"odd_now"` // and with what is kept now
	Apart      int   `json:"apart"`   // orders that fit into no single carton offered, not counted
}

// ProposeStock chooses the sizes that would have made the past orders cheapest: one size after the other, each the one that
// saves most, then exchanges of one size for another as long as that saves (the greedy and interchange heuristics for the
// p-median problem; M. B. Teitz and P. Bart, "Heuristic methods for estimating the generalized vertex median of a weighted
// graph", Operations Research 16, 1968). The history must be valid (History.Validate). stop ends the exchanges; nil never.
func ProposeStock(h History, stop func() bool) Stock {
	m := newMedian(h)
	if len(m.orders) > 0 {
		m.grow(max(h.Keep, 1))
		for m.exchange() && (stop == nil || !stop()) {
		}
	}
	return m.proposal()
}

// median is the table of costs and the choice so far.
type median struct {
	h       History
	offered []Carton
	orders  []PastOrder // that fit into some carton offered
	costs   [][]int64   // of each order in each carton offered
	apart   int
	chosen  []int
	own     []int64 // of each order in the best size offered, or in a box to its own measure
	first   []int64 // per order, the cheapest cost in a chosen carton or one made for it
	second  []int64 // and the next
	by      []int   // the carton of the cheapest
}

func newMedian(h History) *median {
	m := &median{h: h, offered: h.Offered}
	if len(m.offered) == 0 {
		m.offered = madeToMeasure(h)
	}
	p := Problem{Cartons: m.offered, Freight: h.Freight}
	for _, o := range h.Orders {
		p.Items = o.Items
		units, a := p.unfold()
		var row []int64
		if len(a.Unpackable) == 0 && len(units) > 0 {
			row = p.costs(units)
		}
		if len(row) == 0 || slices.Min(row) == impossible {
			m.apart += o.times()
			continue
		}
		own := slices.Min(row)
		if size, ok := o.stacked(h.Board.step()); ok && len(h.Offered) == 0 {
			own = min(own, p.parcelCost(h.Board.box(size), total(units).g))
		}
		m.orders, m.costs, m.own = append(m.orders, o), append(m.costs, row), append(m.own, own)
	}
	m.first, m.second, m.by = make([]int64, len(m.orders)), make([]int64, len(m.orders)), make([]int, len(m.orders))
	m.rank()
	return m
}

func (o PastOrder) times() int { return max(o.Times, 1) }

// costs is what the units cost in one parcel of each carton.
func (p Problem) costs(units []Item) []int64 {
	l, alone := total(units), pile{item: &units[0], turns: units[0].orientations()}
	row := make([]int64, len(p.Cartons))
	for i, c := range p.Cartons {
		row[i] = impossible
		if groups(units) > 1 || l.volume > c.volume() || !alone.takes(c) || !c.mayTakeAll(units[1:], total(units[1:])) || l.g > c.load() {
			continue
		}
		effort := 2_000 * len(units)
		if len(units) == 1 {
			row[i] = p.parcelCost(c, l.g)
		} else if _, ok := fillAll(c, units, &effort); ok {
			row[i] = p.parcelCost(c, l.g)
		}
	}
	return row
}

// rank finds the cheapest and the next chosen carton of every order.
func (m *median) rank() {
	for o, row := range m.costs {
		m.first[o], m.second[o], m.by[o] = m.own[o]+m.h.Odd, m.own[o]+m.h.Odd, -1
		for _, c := range m.chosen {
			switch cost := row[c]; {
			case cost < m.first[o]:
				m.first[o], m.second[o], m.by[o] = cost, m.first[o], c
			case cost < m.second[o]:
				m.second[o] = cost
			}
		}
	}
}

// grow adds the carton that saves most, until there are so many or nothing is saved.
func (m *median) grow(keep int) {
	for len(m.chosen) < min(keep, len(m.offered)) {
		best, most := -1, int64(0)
		for c := range m.offered {
			saved := int64(0)
			for o, row := range m.costs {
				saved += max(0, m.first[o]-row[c]) * int64(m.orders[o].times())
			}
			if saved > most {
				best, most = c, saved
			}
		}
		if best < 0 {
			return
		}
		m.chosen = append(m.chosen, best)
		m.rank()
	}
}

// exchange makes the exchange of one chosen carton for another that saves most, and reports whether any does.
func (m *median) exchange() bool {
	bestIn, bestOut, most := -1, -1, int64(0)
	lost := make([]int64, len(m.offered))
	for in := range m.offered {
		if slices.Contains(m.chosen, in) {
			continue
		}
		clear(lost)
		gain := int64(0)
		for o, row := range m.costs {
			times := int64(m.orders[o].times())
			gain += max(0, m.first[o]-row[in]) * times
			if m.by[o] >= 0 && row[in] > m.first[o] {
				lost[m.by[o]] += (min(row[in], m.second[o]) - m.first[o]) * times
			}
		}
		for _, out := range m.chosen {
			if saved := gain - lost[out]; saved > most {
				bestIn, bestOut, most = in, out, saved
			}
		}
	}
	if bestIn < 0 {
		return false
	}
	m.chosen[slices.Index(m.chosen, bestOut)] = bestIn
	m.rank()
	return true
}

// proposal sums up the choice.
func (m *median) proposal() Stock {
	s := Stock{Cartons: []Carton{}, Uses: []int{}, Apart: m.apart}
	slices.SortFunc(m.chosen, func(a, b int) int { return m.offered[a].volume() - m.offered[b].volume() })
	for _, c := range m.chosen {
		s.Cartons, s.Uses = append(s.Cartons, m.offered[c]), append(s.Uses, 0)
	}
	now := Problem{Cartons: m.h.Now, Freight: m.h.Freight}
	for o := range m.costs {
		times := m.orders[o].times()
		if m.by[o] < 0 {
			s.Odd += times
		} else {
			s.Uses[slices.Index(m.chosen, m.by[o])] += times
		}
		s.Orders += times
		s.Cost += m.first[o] * int64(times)
		s.LowerBound += m.own[o] * int64(times)
		now.Items = m.orders[o].Items
		a := Choose(now, Options{Effort: 20_000})
		if len(a.Unpackable) > 0 || a.Cost > m.own[o]+m.h.Odd {
			s.OddNow += times
			a.Cost = m.own[o] + m.h.Odd
		}
		s.CostNow += a.Cost * int64(times)
	}
	s.Saving = s.CostNow - s.Cost
	return s
}

// mostSizes bounds the sizes made to measure: those that most orders need exactly, and evenly chosen others.
const mostSizes = 160

// madeToMeasure lists boxes that hold an order with little to spare.
func madeToMeasure(h History) []Carton {
	step := h.Board.step()
	times := map[[3]int]int{}
	var sizes [][3]int
	for _, o := range h.Orders {
		size, ok := o.stacked(step)
		if ok && times[size] == 0 {
			sizes = append(sizes, size)
		}
		times[size] += o.times()
	}
	slices.SortStableFunc(sizes, func(a, b [3]int) int { return times[b] - times[a] })
	if half := mostSizes / 2; len(sizes) > mostSizes {
		rest := sizes[half:]
		slices.SortStableFunc(rest, func(a, b [3]int) int { return a[0]*a[1]*a[2] - b[0]*b[1]*b[2] })
		for i := range half {
			rest[i] = rest[(i+1)*len(rest)/half-1]
		}
		sizes = sizes[:mostSizes]
	}
	list := make([]Carton, len(sizes))
	for i, size := range sizes {
		list[i] = h.Board.box(size)
	}
	return list
}

// stacked is the size of a box in which the units lie on each other, the upper side of each as it must be, rounded up.
func (o PastOrder) stacked(step int) (size [3]int, ok bool) {
	for _, it := range o.Items {
		if !it.measured() {
			continue
		}
		mm := it.MM
		if !it.ThisSideUp {
			slices.Sort(mm[:])
			slices.Reverse(mm[:])
		}
		size[0], size[1] = max(size[0], mm[0], mm[1]), max(size[1], min(mm[0], mm[1]))
		size[2] += mm[2] * it.Quantity
		ok = true
	}
	for i := range size {
		size[i] = (size[i] + step - 1) / step * step
	}
	return size, ok && max(size[0], size[1], size[2]) <= longest
}

func (b Board) step() int {
	if b.StepMM == 0 {
		return 10
	}
	return b.StepMM
}

// box is a box made of the board. Its surface is twice its sides: lids and bottoms overlap.
func (b Board) box(size [3]int) Carton {
	mm2 := 2 * float64(size[0]*size[1]*2+size[0]*size[2]+size[1]*size[2])
	m2 := mm2 / 1e6
	tare := int(math.Ceil(m2 * float64(b.GPerM2)))
	return Carton{ID: sizeName(size), Kind: Box, Inner: size, TareG: tare, Cost: b.Cost + int64(math.Ceil(m2*float64(b.PerM2))), MaxG: b.MaxG}
}
