package assign

import "math"

// pool remembers plans of every order, by what they cost and use of scarce resources. To price what is remembered is a
// hundred times cheaper than to search, and a plan once found is mostly found again.
type pool struct {
	columns [][]column
	parts   []part
	plans   []placed
	scarce  []bool // by resource
	cuts    *cuts
}

// column is a plan of one order.
type column struct {
	cost     float64
	from, to int32 // in parts
	uses     int32 // where the whole plan is, in plans
	hash     uint64
	weight   float64 // how much of it is in the average
}

// part is what a plan uses of one resource.
type part struct {
	resource int32
	units    float64
}

// mostColumns bounds what is remembered of an order.
const mostColumns = 60

func newPool(m *model) *pool {
	c := &pool{columns: make([][]column, len(m.p.Orders)), scarce: make([]bool, len(m.supply)), cuts: newCuts(m)}
	for _, r := range m.scarce {
		c.scarce[r] = true
	}
	for i := range m.p.Orders {
		nothing := m.p.Orders[i].UnfilledCost * m.wanted[i]
		c.columns[i] = append(c.columns[i], column{cost: float64(nothing), uses: int32(i)})
		c.plans = append(c.plans, placed{cost: nothing})
	}
	return c
}

// add remembers a plan of order i and says which column it is, -1 where there is no room.
func (c *pool) add(m *model, i int, p *placed) int32 {
	if len(p.nodes) == 0 {
		return 0
	}
	hash := uint64(0x243f6a8885a308d3)
	for _, u := range p.uses {
		hash = (hash ^ uint64(u.row)<<20 ^ uint64(u.want)<<50 ^ uint64(u.units)) * 0x9e3779b97f4a7c15
		hash ^= hash >> 29
	}
	for k := range c.columns[i] {
		if c.columns[i][k].hash == hash {
			return int32(k)
		}
	}
	if len(c.columns[i]) >= mostColumns {
		return -1
	}
	var kept placed
	kept.copyFrom(p)
	c.plans = append(c.plans, kept)
	k := column{cost: float64(p.cost), uses: int32(len(c.plans) - 1), hash: hash}
	c.split(m, i, &k)
	c.columns[i] = append(c.columns[i], k)
	return int32(len(c.columns[i]) - 1)
}

// split lists what a column of order i uses.
func (c *pool) split(m *model, i int, k *column) {
	k.from = int32(len(c.parts))
	p := &c.plans[k.uses]
	for _, n := range p.nodes {
		if r := m.capacity(n); c.scarce[r] {
			c.parts = append(c.parts, part{int32(r), 1})
		}
	}
	for _, u := range p.uses {
		if c.scarce[u.row] {
			c.parts = append(c.parts, part{u.row, float64(u.units)})
		}
		if m.twins[i] {
			continue // what it takes of a row is in several uses; a cut is true without it
		}
		for _, at := range c.cuts.of[u.row] {
			if n := c.cuts.list[at].takes(int32(i), u.units); n > 0 {
				c.parts = append(c.parts, part{int32(len(m.supply)) + at, float64(n)})
			}
		}
	}
	k.to = int32(len(c.parts))
}

// refresh lists anew what all columns use, with the cuts that there are now.
func (c *pool) refresh(m *model) {
	c.parts = c.parts[:0]
	for i := range c.columns {
		for k := range c.columns[i] {
			c.split(m, i, &c.columns[i][k])
		}
	}
}

// value is what column k costs at prices.
func (c *pool) value(k *column, price []float64) float64 {
	v := k.cost
	for _, t := range c.parts[k.from:k.to] {
		v += price[t.resource] * t.units
	}
	return v
}

// cheapest is the column of order i that costs least at prices.
func (c *pool) cheapest(i int, price []float64) (at int32, least float64) {
	least = math.Inf(1)
	for k := range c.columns[i] {
		if v := c.value(&c.columns[i][k], price); v < least {
			at, least = int32(k), v
		}
	}
	return at, least
}

// use adds column k to the use of resources.
func (c *pool) use(k *column, flow []float64) {
	for _, t := range c.parts[k.from:k.to] {
		flow[t.resource] += t.units
	}
}
