package shape

import (
	"fmt"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/pick/route"
)

// Method is how the orders of a part are picked.
type Method string

// The methods.
const (
	Discrete Method = "discrete"     // one tour for one order
	Bulk     Method = "bulk_to_pack" // many units together, sorted by nobody: the packer scans one and has its order
	Cluster  Method = "cluster"      // a cart with a box for each order
	PutWall  Method = "put_wall"     // many orders together, sorted into the slots of a wall afterwards
)

// Part is the orders of one shape and how they are picked.
type Part struct {
	Shape  Shape
	Method Method
	Orders []int   // positions in the pool, in its order
	Tours  [][]int // what is walked together: positions in the pool; a put-wall batch that needs several carts is one of these
	Cost   Cost    // predicted for Method
	Plain  Cost    // predicted order by order, each on its own shortest tour
}

// Plan is the whole pool. Cost never takes longer than Plain.
type Plan struct {
	Parts []Part
	Cost  Cost
	Plain Cost
}

// choices are the methods a shape may be picked by, beside order by order.
var choices = map[Shape][]Method{
	HotSKU:    {Bulk},
	Single:    {Bulk},
	MultiLine: {Cluster, PutWall},
}

// Decide splits the pool and gives every shape the method that is predicted to take the least time; order by order where
// nothing is faster. The orders come in the order in which they are to be served. Faults: shape.quantity for a line
// without units, shape.lines for an order without lines, and those of route.Floor.Validate.
func Decide(f route.Floor, orders []Order, l Limits, p Pace) (Plan, error) {
	if err := validate(f, orders); err != nil {
		return Plan{}, err
	}
	d := decision{orders: orders, limits: l.sane(), pace: p, floor: f}
	if block, err := route.NewBlock(f); err == nil {
		d.block = block
	}
	var plan Plan
	split := Split(orders, d.limits)
	for _, s := range shapes {
		part := Part{Shape: s}
		for i := range orders {
			if split[i] == s {
				part.Orders = append(part.Orders, i)
			}
		}
		if len(part.Orders) == 0 {
			continue
		}
		if err := d.choose(&part); err != nil {
			return Plan{}, err
		}
		plan.Parts = append(plan.Parts, part)
		plan.Cost.Add(part.Cost)
		plan.Plain.Add(part.Plain)
	}
	return plan, nil
}

// sane makes limits at least one of everything, so that every order goes somewhere.
func (l Limits) sane() Limits {
	l.HotOrders, l.CartBoxes, l.WallSlots, l.CartML = max(2, l.HotOrders), max(1, l.CartBoxes), max(1, l.WallSlots), max(1, l.CartML)
	return l
}

func validate(f route.Floor, orders []Order) error {
	var stops []route.Stop
	for i, o := range orders {
		if len(o.Lines) == 0 {
			return fault.Invalidf(fmt.Sprintf("orders[%d].lines", i), "shape.lines", "the order has no line; leave it out of the pool")
		}
		for k, line := range o.Lines {
			if line.Quantity < 1 {
				return fault.Invalidf(fmt.Sprintf("orders[%d].lines[%d].quantity", i, k), "shape.quantity", "a line has at least one unit, not %d", line.Quantity).
					With("quantity", line.Quantity)
			}
			stops = append(stops, line.At)
		}
	}
	return f.Validate(stops)
}

// choose predicts a part order by order and by the methods of its shape, and keeps the fastest.
func (d *decision) choose(part *Part) error {
	var err error
	part.Method = Discrete
	for _, i := range part.Orders {
		part.Tours = append(part.Tours, []int{i})
	}
	if part.Plain, err = d.predict(Discrete, part.Tours); err != nil {
		return err
	}
	part.Cost = part.Plain
	for _, m := range choices[part.Shape] {
		tours := d.group(m, part.Shape, part.Orders)
		cost, err := d.predict(m, tours)
		if err != nil {
			return err
		}
		if cost.Seconds < part.Cost.Seconds {
			part.Method, part.Tours, part.Cost = m, tours, cost
		}
	}
	return nil
}
