package batching

import (
	"math"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/pick/route"
)

// file puts together what was read.
func (p *parser) file() (File, error) {
	f := File{Name: p.head["NAME"], Unit: 1, cells: map[[2]int][2]int{}}
	if kind, layout := p.head["TYPE"], p.head["LAYOUT"]; kind != "" && !strings.EqualFold(kind, "order_batching") {
		return f, p.wrong("TYPE", "TYPE %q is not Order_batching", kind)
	} else if layout = strings.ToLower(layout); layout != "" && !strings.HasPrefix(layout, "single") && !strings.HasPrefix(layout, "one") {
		return f, p.wrong("LAYOUT", "LAYOUT %q is not known: single-block is", layout)
	}
	g, err := p.geometry()
	if err != nil {
		return f, err
	}
	f.Unit = g.unit
	f.Problem.Floor = g.floor
	if err := p.fill(&f, g); err != nil {
		return f, err
	}
	if n := p.head["NUM_ORDERS"]; n != "" && n != strconv.Itoa(len(p.orders)) {
		return f, p.wrong("NUM_ORDERS", "NUM_ORDERS is %s, but there are %d orders", n, len(p.orders))
	}
	if len(p.orders) == 0 {
		return f, p.wrong("ORDER_SECTION", "there are no orders")
	}
	return f, f.Problem.Validate()
}

// geometry is the floor in whole numbers.
type geometry struct {
	floor             route.Floor
	unit              int
	cells             int
	bottom, cell, top int
}

func (g geometry) y(cell int) int { return g.bottom + (g.cells-1-cell)*g.cell }

// maxLines bounds the aisles and the cells of an aisle.
const maxLines = 100_000

func (p *parser) count(key string) (int, error) {
	n, err := strconv.Atoi(p.head[key])
	if err != nil || n < 1 || n > maxLines {
		return 0, p.wrong(key, "%s is %q, not a number from 1 to %d", key, p.head[key], maxLines)
	}
	return n, nil
}

func (p *parser) geometry() (g geometry, err error) {
	keys := [...]string{"DISTANCE_AISLE_TO_AISLE", "DISTANCE_CELL_TO_CELL", "DISTANCE_TOP_TO_CELL", "DISTANCE_BOTTOM_TO_CELL", "DISTANCE_TOP_OR_BOTTOM_TO_DEPOT"}
	var d [len(keys)]int
	g.unit = 1
	for _, key := range keys {
		g.unit = max(g.unit, unitOf(p.head[key]))
	}
	for i, key := range keys {
		text := p.head[key]
		if key == "DISTANCE_TOP_OR_BOTTOM_TO_DEPOT" && text == "" {
			text = "0"
		}
		if text == "" {
			return g, p.wrong(key, "the file ends here, and %s was not given", key)
		}
		if d[i], err = whole(text, g.unit); err != nil {
			return g, p.wrong(key, "%s is %q, not a distance", key, text)
		}
	}
	g.cell, g.top, g.bottom = d[1], d[2], d[3]
	aisles, err := p.count("NUM_AISLES")
	if err != nil {
		return g, err
	}
	if g.cells, err = p.count("NUM_CELLS"); err != nil {
		return g, err
	}
	for i := range aisles {
		g.floor.Aisles = append(g.floor.Aisles, i*d[0])
	}
	depth := g.bottom + (g.cells-1)*g.cell + g.top
	g.floor.CrossAisles = []int{0, max(depth, 1)}
	g.floor.Depot, err = p.depot(d[0], d[4], g.floor.CrossAisles[1])
	return g, err
}

func (p *parser) depot(aisle, stub, depth int) (at route.Point, err error) {
	no := 0.0
	if text := p.head["DEPOT_AISLE"]; text != "" {
		if no, err = strconv.ParseFloat(text, 64); err != nil || !(no >= 0 && no <= maxLines) {
			return at, p.wrong("DEPOT_AISLE", "DEPOT_AISLE is %q, not a number from 0", text)
		}
	}
	at = route.Point{X: int(math.Round(no * float64(aisle))), Y: -stub}
	switch side := strings.ToLower(p.head["DEPOT_LOCATION"]); {
	case side == "", strings.HasPrefix(side, "bottom"):
	case strings.HasPrefix(side, "top"):
		at.Y = depth + stub
	default:
		return at, p.wrong("DEPOT_LOCATION", "DEPOT_LOCATION is %q, neither bottom nor top", p.head["DEPOT_LOCATION"])
	}
	return at, nil
}

// fill makes the orders.
func (p *parser) fill(f *File, g geometry) error {
	unit := unitOf(p.head["PICKER_CAPACITY"])
	for _, w := range p.weight {
		unit = max(unit, unitOf(w))
	}
	capacity, err := whole(p.head["PICKER_CAPACITY"], unit)
	if err != nil || capacity == 0 {
		return p.wrong("PICKER_CAPACITY", "PICKER_CAPACITY is %q, not a number above 0", p.head["PICKER_CAPACITY"])
	}
	f.Problem.Cart.Weight = capacity
	for _, rows := range p.orders {
		var o Order
		for _, w := range rows {
			p.line = w.line
			stop, weight, err := p.want(w, g, unit)
			if err != nil {
				return err
			}
			o.Weight += weight
			o.Stops = append(o.Stops, stop)
			f.cells[[2]int{stop.Aisle, stop.Y}] = [2]int{stop.Aisle - 1, g.cells - 1 - (stop.Y-g.bottom)/max(g.cell, 1)}
		}
		if o.Weight > capacity {
			return p.wrong("PICKER_CAPACITY", "order %d weighs %s, more than the capacity of %s: it cannot be picked",
				len(f.Problem.Orders), decimal(o.Weight, unit), p.head["PICKER_CAPACITY"])
		}
		f.Problem.Orders = append(f.Problem.Orders, o)
	}
	return nil
}

func (p *parser) want(w wanted, g geometry, unit int) (route.Stop, int, error) {
	places := p.lies[w.article]
	if len(places) == 0 {
		return route.Stop{}, 0, p.wrong("ID", "article %s lies in no cell of the SKU_SECTION", w.article)
	}
	quantity := 1
	if w.quantity != "" {
		var err error
		if quantity, err = strconv.Atoi(w.quantity); err != nil || quantity < 0 || quantity > most {
			return route.Stop{}, 0, p.wrong("QUANTITY", "QUANTITY is %q, not a whole number from 0", w.quantity)
		}
	}
	weight := unit
	if text := p.weight[w.article]; text != "" {
		var err error
		if weight, err = whole(text, unit); err != nil {
			return route.Stop{}, 0, p.wrong("WEIGHT", "WEIGHT of article %s is %q, not a number from 0", w.article, text)
		}
	}
	if weight > 0 && quantity > most/weight {
		return route.Stop{}, 0, p.wrong("QUANTITY", "%d of article %s weigh more than can be reckoned with", quantity, w.article)
	}
	return g.nearest(places), quantity * weight, nil
}

// nearest is the place closest to the depot.
func (g geometry) nearest(places [][2]int) route.Stop {
	best, least := route.Stop{}, -1
	for _, at := range places {
		s := route.Stop{Aisle: at[0] + 1, Y: g.y(at[1])}
		if away := gap(g.floor.Aisles[at[0]], g.floor.Depot.X) + gap(s.Y, g.floor.Depot.Y); least < 0 || away < least {
			best, least = s, away
		}
	}
	return best
}

// unitOf is the power of ten that makes a decimal number whole; 1 for what is none.
func unitOf(text string) int {
	_, after, _ := strings.Cut(text, ".")
	after = strings.TrimRight(after, "0")
	unit := 1
	for range min(len(after), 6) {
		unit *= 10
	}
	return unit
}

// whole is a decimal number from 0 in whole parts of the unit; digits below it are rounded.
func whole(text string, unit int) (int, error) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return 0, err
	}
	if !(v >= 0 && v <= 1e9) {
		return 0, strconv.ErrRange
	}
	return int(math.Round(v * float64(unit))), nil
}

func decimal(n, unit int) string { return strconv.FormatFloat(float64(n)/float64(unit), 'f', -1, 64) }

// gap is the way between two places on a line.
func gap(a, b int) int { return max(a-b, b-a) }
