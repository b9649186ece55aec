package pick

import (
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/pick/route"
	"github.com/packhorse/packhorse/wave"
	"github.com/packhorse/packhorse/wave/shape"
)

// predicted is what a walk of a length past some places should take a picker.
func predicted(pace shape.Pace, mm, places int, hard []inventory.Reservation, method string) shape.Cost {
	units := 0
	for _, r := range hard {
		units += int(r.Quantity)
	}
	c := pace.Tour(mm, places, units)
	if method == wave.Batch {
		c.Seconds += len(hard) * pace.Box
	}
	return c
}

// oneByOne is what the fulfilments of a trip would take, each on its own shortest walk. For a single one that is the
// walk itself.
func (l *load) oneByOne(in trip, together shape.Cost) (total shape.Cost) {
	if len(in.group.Fulfilments) == 1 {
		return together
	}
	for _, key := range in.group.Fulfilments {
		total.Add(l.alone(in.node, key))
	}
	return total
}

// alone is what a fulfilment would take by itself on its shortest walk.
func (l *load) alone(node, key int64) shape.Cost {
	hard := l.hard[key]
	stops, places := stopsOf(hard, l.bound.Locations, l.skus)
	mm := 0
	if floor, ok := l.grounds[node].floor(stops, places); ok {
		if tour, err := l.planner.Plan(floor, stops, route.Options{}); err == nil {
			mm = tour.Length
		}
	}
	return predicted(l.walking[node].Pace(), mm, len(stops), hard, wave.Discrete)
}

// forecast puts what its walks should take into a wave.
func forecast(w *wave.Wave, cost, plain shape.Cost) {
	w.Metres, w.PlainMetres = metres(cost.MM), metres(plain.MM)
	w.Seconds, w.PlainSeconds = int64(cost.Seconds), int64(plain.Seconds)
}

// shapeOf is what is in a fulfilment, as far as its shape asks: no places.
func (l *load) shapeOf(key, now int64) (o shape.Order) {
	for _, r := range l.hard[key] {
		sku := l.skus[r.SKU]
		o.Lines = append(o.Lines, shape.Line{SKU: r.SKU, Quantity: int(r.Quantity)})
		o.ML += int(sku.LengthMM * sku.WidthMM * sku.HeightMM / 1000 * r.Quantity)
		o.G += int(sku.WeightG * r.Quantity)
	}
	if by := l.fulfilments[key].Rank.Deadline(); by != 0 {
		const minute = 60_000_000
		o.Timed, o.Minutes = true, int((by-now)/minute)
	}
	return o
}
