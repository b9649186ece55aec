package assign

import (
	"cmp"
	"math"
	"slices"
)

// cut is a rule that every answer keeps and mixtures of plans break. Units of a row of stock are whole: where orders want them
// in twos, a row of three serves one of them and not one and a half. Half of what all orders take of the row, rounded down for each
// order, is at most half of the row, rounded down; the same is true when some orders are counted with a unit more and the row with
// as many (zero-half cuts: A. Caprara and M. Fischetti, "{0, 1/2}-Chvátal-Gomory cuts", Mathematical Programming 74, 1996). To the
// relaxation, a cut is one more resource.
type cut struct {
	row int32
	odd []int32 // the orders that are counted with a unit more, ascending
}

// takes is what an order that takes units of the row takes of the cut.
func (c *cut) takes(order int32, units int64) int64 {
	if _, odd := slices.BinarySearch(c.odd, order); odd {
		units++
	}
	return units / 2
}

func (c *cut) orders() []int {
	out := make([]int, len(c.odd))
	for k, i := range c.odd {
		out[k] = int(i)
	}
	return out
}

// marginal is what a unit more of every resource is worth: its price, and half of that of its cuts.
func (v *dual) marginal() []float64 {
	out := slices.Clone(v.price)
	clear(out[len(v.m.supply):])
	for at, c := range v.pool.cuts.list {
		out[c.row] += v.price[len(v.m.supply)+at] / 2
	}
	return out
}

// cuts are the rules found so far.
type cuts struct {
	list []cut
	of   [][]int32 // by stock row
}

func newCuts(m *model) *cuts { return &cuts{of: make([][]int32, len(m.nodeOf))} }

const (
	// cutsOfRow bounds how many cuts a row of stock may have.
	cutsOfRow = 8
	// largestRow is up to how many units a row is cut: of large rows little is lost by rounding.
	largestRow = 100
	// worthACut is by how much of a unit the averages must break a cut.
	worthACut = 0.05
)

// add remembers a cut unless it is known or its row has enough.
func (c *cuts) add(k cut) bool {
	known := c.of[k.row]
	if len(known) >= cutsOfRow || slices.ContainsFunc(known, func(at int32) bool { return slices.Equal(c.list[at].odd, k.odd) }) {
		return false
	}
	c.of[k.row] = append(known, int32(len(c.list)))
	c.list = append(c.list, k)
	return true
}

// parity is how an order uses a row in the averages: in which share of its plans it takes an odd number of units.
type parity struct {
	order int32
	odd   float64
}

// separate finds the cuts that the averages break most and makes them resources. It reports how many there are.
func (v *dual) separate() (found int) {
	rows := make([][]parity, len(v.m.nodeOf))
	for _, i := range v.active {
		if v.m.twins[i] {
			continue
		}
		for k := range v.pool.columns[i] {
			c := &v.pool.columns[i][k]
			if c.weight == 0 {
				continue
			}
			for _, u := range v.pool.plans[c.uses].uses {
				list := rows[u.row]
				if n := len(list); n == 0 || list[n-1].order != i {
					rows[u.row] = append(list, parity{order: i})
				}
				if u.units%2 == 1 {
					rows[u.row][len(rows[u.row])-1].odd += c.weight * v.scale
				}
			}
		}
	}
	for _, r := range v.m.scarce {
		if int(r) < len(rows) && v.supply[r] <= largestRow && v.separateRow(r, rows[r]) {
			found++
		}
	}
	if found > 0 {
		v.grow()
	}
	return found
}

// separateRow looks for the cut of a row that is broken most: orders that mostly take an odd number are counted with a unit
// more, and one order more or less where the row would then be even.
func (v *dual) separateRow(r int32, users []parity) bool {
	short := max(0, float64(v.supply[r])-v.flow[r])
	least, at, odd := math.Inf(1), -1, v.supply[r]%2 == 1
	for k := range users {
		if users[k].odd > 0.5 {
			odd = !odd
		}
		short += min(users[k].odd, 1-users[k].odd)
		if turn := math.Abs(1 - 2*users[k].odd); turn < least {
			least, at = turn, k
		}
	}
	if !odd {
		short += least
	}
	if short > 1-2*worthACut || !odd && at < 0 {
		return false
	}
	c := cut{row: r}
	for k := range users {
		if (users[k].odd > 0.5) != (!odd && k == at) {
			c.odd = append(c.odd, users[k].order)
		}
	}
	slices.SortFunc(c.odd, cmp.Compare)
	return v.pool.cuts.add(c)
}

// grow makes room for cuts that are new and adds up what the averages use of them.
func (v *dual) grow() {
	v.extend()
	v.pool.refresh(v.m)
	base := len(v.m.supply)
	clear(v.flow[base:])
	for _, i := range v.active {
		for k := range v.pool.columns[i] {
			c := &v.pool.columns[i][k]
			for _, t := range v.pool.parts[c.from:c.to] {
				if int(t.resource) >= base {
					v.flow[t.resource] += c.weight * v.scale * t.units
				}
			}
		}
	}
}

// extend makes the cuts that are new resources.
func (v *dual) extend() {
	all, base := v.pool.cuts.list, len(v.m.supply)
	for at := len(v.supply) - base; at < len(all); at++ {
		c := &all[at]
		v.scarce = append(v.scarce, int32(base+at))
		v.supply = append(v.supply, (v.supply[c.row]+int64(len(c.odd)))/2)
		v.dearest = append(v.dearest, 2*v.dearest[c.row])
	}
	for _, list := range []*[]float64{&v.price, &v.center, &v.trial, &v.trialFlow, &v.flow, &v.over, &v.slope} {
		*list = append(*list, make([]float64, len(v.supply)-len(*list))...)
	}
}
