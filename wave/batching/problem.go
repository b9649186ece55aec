package batching

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/pick/route"
)

// MaxOrders and MaxStops are the most that one problem may hold.
const (
	MaxOrders = 20_000
	MaxStops  = 1_000_000
)

// most is the largest number that a weight, a volume or a length may be, so that sums stay whole numbers.
const most = 1 << 40

// Order is what must not be divided between walks. Weight and volume are in the units of the cart.
type Order struct {
	Stops  []route.Stop // where its goods are; Aisle and Y are read, the same place may be named twice
	Weight int
	Volume int
	Places int    // of the cart; 0 counts as one
	Zone   string // only orders of the same zone share a walk
	Due    int    // seconds after the first walk begins; 0: none, below 0: late already
}

// Cart is what one walk can take; 0 in a field is no limit.
type Cart struct {
	Places int
	Weight int
	Volume int
}

// Pace turns walks into time. It is read only where an order has a due time.
type Pace struct {
	Pickers  int // who walk at the same time; 0 counts as one
	Speed    int // of walking, in units of the floor a second; 0: walking takes no time
	PerStop  int // seconds at each place
	PerBatch int // seconds to set up a walk and hand it over
}

// Problem is a floor, the orders to pick on it, and what a walk can take.
type Problem struct {
	Floor  route.Floor
	Orders []Order
	Cart   Cart
	Pace   Pace
}

// Validate reports every mistake of the problem as one fault. An order larger than the cart is no mistake: it is
// walked alone.
func (p Problem) Validate() error {
	if len(p.Orders) > MaxOrders {
		return fault.Invalidf("orders", "batching.too_many", "%d orders at once are too many: give at most %d", len(p.Orders), MaxOrders).
			With("have", len(p.Orders)).With("max", MaxOrders)
	}
	var causes []*fault.Fault
	stops := 0
	for i, o := range p.Orders {
		stops += len(o.Stops)
		for _, v := range [...]struct {
			name string
			n    int
		}{{"weight", o.Weight}, {"volume", o.Volume}, {"places", o.Places}} {
			if v.n < 0 || v.n > most {
				causes = append(causes, fault.Invalidf(fmt.Sprintf("orders[%d].%s", i, v.name), "batching.load", "the %s of order %d is %d; give 0 or more", v.name, i, v.n).
					With("order", i).With("value", v.n))
			}
		}
	}
	for _, n := range []int{p.Cart.Places, p.Cart.Weight, p.Cart.Volume, p.Pace.Pickers, p.Pace.Speed, p.Pace.PerStop, p.Pace.PerBatch} {
		if n < 0 || n > most {
			causes = append(causes, fault.Invalidf("cart", "batching.limit", "a limit or a pace of %d cannot be meant: give 0 or more", n).With("value", n))
		}
	}
	if stops > MaxStops {
		causes = append(causes, fault.Invalidf("orders", "batching.too_many_stops", "%d stops at once are too many: give at most %d", stops, MaxStops).
			With("have", stops).With("max", MaxStops))
	}
	if joined := fault.Join(causes...); joined != nil {
		return joined
	}
	return p.Floor.Validate(p.allStops())
}

func (p Problem) allStops() (all []route.Stop) {
	for _, o := range p.Orders {
		all = append(all, o.Stops...)
	}
	return all
}

// load is what orders take of a cart.
type load struct{ places, weight, volume int }

func (o Order) load() load { return load{max(o.Places, 1), o.Weight, o.Volume} }

func (l load) plus(m load) load {
	return load{l.places + m.places, l.weight + m.weight, l.volume + m.volume}
}

func (l load) minus(m load) load {
	return load{l.places - m.places, l.weight - m.weight, l.volume - m.volume}
}

func (l load) within(c load) bool {
	return l.places <= c.places && l.weight <= c.weight && l.volume <= c.volume
}

// limits is the cart with what is unlimited spelt out.
func (c Cart) limits() load {
	orMost := func(n int) int {
		if n == 0 {
			return 1 << 60
		}
		return n
	}
	return load{orMost(c.Places), orMost(c.Weight), orMost(c.Volume)}
}

// Fits tells whether orders, as positions in the problem, may share one walk.
func (p Problem) Fits(orders []int) bool {
	sum := load{}
	for _, i := range orders {
		if p.Orders[i].Zone != p.Orders[orders[0]].Zone {
			return false
		}
		sum = sum.plus(p.Orders[i].load())
	}
	return sum.within(p.Cart.limits())
}

// stopsOf is every place that some orders need, once, at its highest level.
func (p Problem) stopsOf(orders []int) []route.Stop {
	var all []route.Stop
	for _, i := range orders {
		all = append(all, p.Orders[i].Stops...)
	}
	slices.SortStableFunc(all, func(a, b route.Stop) int {
		return cmp.Or(cmp.Compare(a.Aisle, b.Aisle), cmp.Compare(a.Y, b.Y), cmp.Compare(b.Z, a.Z))
	})
	return slices.CompactFunc(all, func(a, b route.Stop) bool { return a.Aisle == b.Aisle && a.Y == b.Y })
}
