package batching

// columns are batches as the columns of a set partitioning problem: every order in exactly one chosen column, the
// sum of lengths least.
type columns struct {
	orders []int32 // of all columns, one after the other
	from   []int32 // where each column begins, and the end of the last
	length []int
}

func (c *columns) count() int       { return len(c.length) }
func (c *columns) of(i int) []int32 { return c.orders[c.from[i]:c.from[i+1]] }
func (c *columns) add(s []int32, l int) {
	if len(c.from) == 0 {
		c.from = append(c.from, 0)
	}
	c.orders = append(c.orders, s...)
	c.from = append(c.from, int32(len(c.orders)))
	c.length = append(c.length, l)
}

// The most columns that are written down: of few orders, where a proof is near; of more; and on floors of another kind
// than one block, where each costs a planned walk.
const (
	maxColumns      = 1_000_000
	maxColumnsMany  = 200_000
	maxColumnsFloor = 2_000
	fewOrders       = 24
	tooMany         = 150 // orders, for any proof
)

// everyBatch lists all sets of orders that fit the cart; ok is false where there are more than so many, or stop says
// that it takes too long.
func everyBatch(m *meter, most int, stop func() bool) (c *columns, ok bool) {
	g := &growth{m: m, limit: min(most, maxColumns), stop: stop}
	switch {
	case m.places == nil:
		g.limit = min(most, maxColumnsFloor)
	case len(m.own) > fewOrders:
		g.limit = min(most, maxColumnsMany)
	}
	if len(m.own) > min(tooMany, g.limit) || !g.grow(0, load{}) {
		return nil, false
	}
	g.out, g.set = &columns{}, nil
	return g.out, g.grow(0, load{})
}

// growth goes through all sets that fit, smallest order first. Without out it only counts.
type growth struct {
	m      *meter
	limit  int
	counts int
	out    *columns
	set    []int32
	stop   func() bool
}

func (g *growth) grow(next int, have load) bool {
	orders := g.m.problem.Orders
	for o := next; o < len(orders); o++ {
		sum := have.plus(g.m.own[o])
		alone := len(g.set) == 0
		if !alone && (!sum.within(g.m.limit) || orders[o].Zone != orders[g.set[0]].Zone) {
			continue
		}
		g.set = append(g.set, int32(o))
		if !g.write() || sum.within(g.m.limit) && !g.grow(o+1, sum) {
			return false
		}
		g.set = g.set[:len(g.set)-1]
	}
	return true
}

// write notes the set; false when there are too many.
func (g *growth) write() bool {
	if g.out == nil {
		g.counts++
		return g.counts <= g.limit
	}
	g.out.add(g.set, g.m.measure(g.set))
	return g.out.count()%patrol != 0 || !g.stop()
}
