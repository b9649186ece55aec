package pick

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/pick/route"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

// few is up to how many lines a walk is not worth planning: it follows pick_seq.
const few = 2

// walk is the order of the locations and its length in millimetres, beside that of the plain rule.
type walk struct {
	rank               map[int64]int // place in the walk, by location
	length, bySequence int
}

// walkFor plans the walk past the locations of some reservations by the rule of the node. Where the floor cannot be drawn, the walk
// follows pick_seq: no picker waits because coordinates are missing.
func walkFor(g ground, tours string, hard []inventory.Reservation, locations map[int64]warehouse.Location, skus map[int64]catalog.SKU) walk {
	stops, places := stopsOf(hard, locations, skus)
	order := route.BySequence(stops)
	w := walk{}
	if floor, ok := g.floor(stops, places); ok && len(hard) > few {
		order = w.plan(floor, tours, stops, order)
	} else if ok {
		w.length = strides(g.stage, places, order)
		w.bySequence = w.length
	}
	w.rank = make(map[int64]int, len(order))
	for i, stop := range order {
		w.rank[places[stop].ID] = i
	}
	return w
}

// plan fills in the lengths and gives the order of the rule.
func (w *walk) plan(floor route.Floor, tours string, stops []route.Stop, plain []int) []int {
	var err error
	if w.bySequence, err = route.Measure(floor, stops, plain); err != nil {
		return plain
	}
	w.length = w.bySequence
	if tours == wave.InSequence {
		return plain
	}
	tour, err := route.Plan(floor, stops, route.Options{HeavyFirst: true})
	if err != nil {
		return plain
	}
	w.length = tour.Length
	return tour.Order
}

// stopsOf lists every location once, with the weight that is picked there.
func stopsOf(hard []inventory.Reservation, locations map[int64]warehouse.Location, skus map[int64]catalog.SKU) ([]route.Stop, []warehouse.Location) {
	at := make(map[int64]int, len(hard))
	var stops []route.Stop
	var places []warehouse.Location
	for _, r := range hard {
		i, seen := at[r.Location]
		if !seen {
			l := locations[r.Location]
			i, at[r.Location] = len(stops), len(stops)
			stops = append(stops, route.Stop{Location: l.Code, Y: int(l.YMM), Seq: int(l.PickSeq)})
			places = append(places, l)
		}
		stops[i].G += int(skus[r.SKU].WeightG * r.Quantity)
	}
	return stops, places
}

// floor draws the node as far as these stops need it: their aisles, joined by a cross aisle at either end of the
// racks. ok is false where the locations have no coordinates.
func (g ground) floor(stops []route.Stop, places []warehouse.Location) (f route.Floor, ok bool) {
	front, back := g.front, g.back
	var aisles []aisle
	for _, l := range places {
		ok = ok || l.XMM != 0 || l.YMM != 0
		front, back = min(front, l.YMM), max(back, l.YMM)
		aisles = append(aisles, aisleOf(l))
	}
	slices.SortFunc(aisles, aisle.compare)
	// Both sides of an aisle are reached from its middle: one aisle of that number, wherever its racks begin.
	aisles = slices.CompactFunc(aisles, func(a, b aisle) bool { return a.no != 0 && a.no == b.no || a == b })
	slices.SortStableFunc(aisles, func(a, b aisle) int { return cmp.Compare(a.x, b.x) })
	for _, a := range aisles {
		f.Aisles = append(f.Aisles, int(a.x))
	}
	for i, l := range places {
		own := aisleOf(l)
		stops[i].Aisle = 1 + slices.IndexFunc(aisles, func(a aisle) bool { return own.no != 0 && a.no == own.no || a == own })
	}
	f.CrossAisles = []int{int(front)}
	if back > front {
		f.CrossAisles = append(f.CrossAisles, int(back))
	}
	f.Depot = route.Point{X: int(g.stage.XMM), Y: int(g.stage.YMM)}
	return f, ok
}

// aisle is where a location is reached from: an aisle with a number, or the line into the depth at its x.
type aisle struct{ no, x int64 }

func aisleOf(l warehouse.Location) aisle { return aisle{l.Aisle, l.XMM} }

func (a aisle) compare(b aisle) int { return cmp.Or(cmp.Compare(a.no, b.no), cmp.Compare(a.x, b.x)) }

// strides is the rectilinear length of a short walk from the stage and back to it.
func strides(stage warehouse.Location, places []warehouse.Location, order []int) int {
	at, sum := stage, int64(0)
	for _, i := range order {
		sum += apart(at, places[i])
		at = places[i]
	}
	return int(sum + apart(at, stage))
}

func apart(a, b warehouse.Location) int64 {
	x, y := a.XMM-b.XMM, a.YMM-b.YMM
	return max(x, -x) + max(y, -y)
}

// metres rounds millimetres.
func metres(mm int) int64 { return int64(mm+500) / 1000 }
