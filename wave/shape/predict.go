package shape

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/pick/route"
)

// decision is one pool while it is decided.
type decision struct {
	floor   route.Floor
	block   *route.Block // nil on floors that are no single block
	planner route.Planner
	orders  []Order
	limits  Limits
	pace    Pace
	stops   []route.Stop
}

// group says which orders of a part are walked together.
func (d *decision) group(m Method, s Shape, orders []int) (tours [][]int) {
	switch {
	case s == HotSKU:
		for _, alike := range d.byContent(orders) {
			tours = append(tours, d.byVolume(alike)...)
		}
	case m == Bulk:
		sorted := slices.Clone(orders)
		slices.SortStableFunc(sorted, func(a, b int) int {
			p, q := d.orders[a].Lines[0].At, d.orders[b].Lines[0].At
			return cmp.Or(cmp.Compare(p.Aisle, q.Aisle), cmp.Compare(p.Y, q.Y))
		})
		return d.byVolume(sorted)
	case m == Cluster:
		return slices.Collect(slices.Chunk(orders, d.limits.CartBoxes))
	default:
		return slices.Collect(slices.Chunk(orders, d.limits.WallSlots))
	}
	return tours
}

// byContent brings orders of the same content together, in the order of the first of each.
func (d *decision) byContent(orders []int) (groups [][]int) {
	at := map[string]int{}
	for _, i := range orders {
		key := d.orders[i].Content()
		g, known := at[key]
		if !known {
			g = len(groups)
			at[key] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	return groups
}

// byVolume fills carts one after the other.
func (d *decision) byVolume(orders []int) (carts [][]int) {
	filled := 0
	for _, i := range orders {
		ml := d.orders[i].ML
		if len(carts) == 0 || filled+ml > d.limits.CartML {
			carts, filled = append(carts, nil), 0
		}
		filled += ml
		carts[len(carts)-1] = append(carts[len(carts)-1], i)
	}
	return carts
}

// predict sums the cost of the tours under a method.
func (d *decision) predict(m Method, tours [][]int) (total Cost, err error) {
	for _, orders := range tours {
		cost, err := d.tour(m, orders)
		if err != nil {
			return Cost{}, err
		}
		total.Add(cost)
	}
	return total, nil
}

func (d *decision) tour(m Method, orders []int) (Cost, error) {
	d.stops = d.stops[:0]
	units, lines, ml := 0, 0, 0
	for _, i := range orders {
		o := d.orders[i]
		for _, l := range o.Lines {
			d.stops = append(d.stops, l.At)
			units += l.Quantity
		}
		lines += len(o.Lines)
		ml += o.ML
	}
	slices.SortFunc(d.stops, func(a, b route.Stop) int { return cmp.Or(cmp.Compare(a.Aisle, b.Aisle), cmp.Compare(a.Y, b.Y)) })
	d.stops = slices.CompactFunc(d.stops, samePlace)
	var cost Cost
	carts := 1
	if m == PutWall {
		carts = max(1, (ml+d.limits.CartML-1)/d.limits.CartML)
	}
	for share := range slices.Chunk(d.stops, (len(d.stops)+carts-1)/carts) {
		mm, err := d.length(share)
		if err != nil {
			return Cost{}, err
		}
		cost.Add(d.pace.Tour(mm, len(share), 0))
	}
	cost.Seconds += units * d.pace.Take
	switch m {
	case Cluster:
		cost.Seconds += lines * d.pace.Box
	case PutWall:
		cost.Seconds += lines * d.pace.Sort
	}
	return cost, nil
}

func samePlace(a, b route.Stop) bool { return a.Aisle == b.Aisle && a.Y == b.Y }

// length is that of the shortest tour past some places, or of the best that is found on large floors.
func (d *decision) length(stops []route.Stop) (int, error) {
	if d.block != nil {
		return d.block.Length(stops), nil
	}
	t, err := d.planner.Plan(d.floor, stops, route.Options{})
	return t.Length, err
}
