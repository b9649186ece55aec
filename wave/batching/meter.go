package batching

import "github.com/packhorse/packhorse/pick/route"

// meter measures walks and remembers what it measured.
type meter struct {
	problem Problem
	places  *route.Places // nil where the floor is not one block
	stops   []route.Set   // of every order
	union   route.Set
	planner route.Planner
	names   []uint64 // of every order; the name of a set is the exclusive or of its members'
	known   []measured
	own     []load // what every order takes
	limit   load
}

// measured is a remembered walk. Two sets share a name once in 2^64 pairs.
type measured struct {
	name   uint64
	length int
}

// remembered is how many walks are kept in mind: more than a few orders can make, or what the machine holds close by.
func remembered(orders int) int { return 1 << min(16, orders+2) }

func newMeter(p Problem) *meter {
	m := &meter{problem: p, known: make([]measured, remembered(len(p.Orders))), limit: p.Cart.limits()}
	c := chance(0)
	for _, o := range p.Orders {
		m.names = append(m.names, c.next())
		m.own = append(m.own, o.load())
	}
	if block, err := route.NewBlock(p.Floor); err == nil {
		m.places = block.Places(p.allStops())
		for _, o := range p.Orders {
			m.stops = append(m.stops, m.places.NewSet(o.Stops))
		}
		m.union = m.places.NewSet(nil)
	}
	return m
}

// another is a meter of the same problem that works beside this one.
func (m *meter) another() *meter {
	n := *m
	n.known = make([]measured, len(m.known))
	n.planner = route.Planner{}
	n.union = make(route.Set, len(m.union))
	return &n
}

// length measures the walk for a set of orders with its name.
func (m *meter) length(name uint64, orders []int32) int {
	if len(orders) == 0 {
		return 0
	}
	at := &m.known[name&uint64(len(m.known)-1)]
	if at.name != name || at.length == 0 {
		*at = measured{name, m.measure(orders)}
	}
	return at.length
}

func (m *meter) measure(orders []int32) int {
	if m.places == nil {
		tour, err := m.tour(wide(orders))
		if err != nil {
			return never
		}
		return tour.Length
	}
	clear(m.union)
	for _, o := range orders {
		m.union.Add(m.stops[o])
	}
	return m.places.Length(m.union)
}

// never is longer than any walk, and small enough to be added up.
const never = 1 << 45

// tour is the walk for some orders, past the stops that Problem.stopsOf gives.
func (m *meter) tour(orders []int) (route.Tour, error) {
	return m.planner.Plan(m.problem.Floor, m.problem.stopsOf(orders), route.Options{})
}

// reachable finds an order that cannot be walked. In one block there is none.
func (m *meter) reachable() error {
	if m.places != nil {
		return nil
	}
	for i := range m.own {
		if _, err := m.tour([]int{i}); err != nil {
			return err
		}
	}
	return nil
}

func (m *meter) nameOf(orders []int32) (name uint64) {
	for _, o := range orders {
		name ^= m.names[o]
	}
	return name
}

func wide(orders []int32) []int {
	out := make([]int, len(orders))
	for i, o := range orders {
		out[i] = int(o)
	}
	return out
}

func narrow(sets [][]int) [][]int32 {
	out := make([][]int32, len(sets))
	for i, s := range sets {
		for _, o := range s {
			out[i] = append(out[i], int32(o))
		}
	}
	return out
}
