package wave

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/pick/route"
	"github.com/packhorse/packhorse/wave/shape"
)

// MaxGroup is how many fulfilments one walk serves at most: the boxes on a picking trolley.
const MaxGroup = 12

// Candidate is a fulfilment whose goods are bound.
type Candidate struct {
	Fulfilment int64
	Zones      []string    // where its goods stand; order and repetition do not matter
	Place      int64       // the lowest pick_seq among its locations
	Order      shape.Order // what is in it, for ByShape; the places of its lines are not asked for

	Stops     []route.Stop // on the floor of the Ground; none where there is none
	WeightG   int64        // 0 = unknown, as for the volume
	VolumeMM3 int64
	Due       int // seconds until its goods have to be at the stage, as Leaving.Seconds gives them; 0 = no deadline
}

// Group is what one picker walks for.
type Group struct {
	Method      string // Discrete, Batch or Bulk
	Zone        string // empty when the walk crosses zones
	Fulfilments []int64

	due int // of the first that is due; 0 = none is
}

// Plan is Ground.Plan where no floor is known.
func Plan(method string, list []Candidate) []Group {
	out, _ := Ground{}.Plan(method, list)
	return out
}

// Plan divides a wave into walks. Discrete: one for each fulfilment, in the given order. Batch: fulfilments of
// the same zones together by the rule of the trolley, or, where the floor has no aisles, neighbours in the walk first, at
// most MaxGroup in one; a fulfilment is never divided between walks, so nothing has to be brought together again before
// packing. ByShape: what is urgent comes first, one walk each; then what is bulky, one walk each; then fulfilments of one
// content that is hot together, and what is left together, each as Batch does, and single items together in walks of totals, as
// Bulk; where fulfilments are taken as they come, single items as Batch too. But for the urgent
// ones, and where fulfilments are taken as they come, the walk whose goods are due first begins first. The division says what
// the walks for several come to, where there is a floor.
func (g Ground) Plan(method string, list []Candidate) (out []Group, told Division) {
	list = slices.Clone(list)
	for i := range list {
		list[i].Zones = tidy(list[i].Zones)
	}
	if method != ByShape {
		out = g.groups(method, list, &told)
		if method == Batch {
			g.byDue(out)
		}
		return out, told
	}
	shapes := splitByShape(list)
	out = g.groups(Discrete, shapes[shape.Urgent], &told)
	urgent := len(out)
	out = append(out, g.groups(Discrete, shapes[shape.Bulky], &told)...)
	bulk := g.takeBulk(shapes)
	for _, alike := range byContent(shapes[shape.HotSKU]) {
		out = append(out, g.groups(Batch, alike, &told)...)
	}
	for _, s := range [...]shape.Shape{shape.Single, shape.MultiLine} {
		out = append(out, g.groups(Batch, shapes[s], &told)...)
	}
	out = append(out, g.bulkGroups(bulk, &told)...)
	g.byDue(out[urgent:])
	return out, told
}

// byDue puts the walk first whose goods are due first; walks of the same time stay in their order.
func (g Ground) byDue(list []Group) {
	if g.Trolley.Rule != FirstCome {
		slices.SortStableFunc(list, func(a, b Group) int { return cmp.Compare(dated(a.due), dated(b.due)) })
	}
}

// dated puts what has no deadline behind everything.
func dated(due int) int {
	if due == 0 {
		return math.MaxInt
	}
	return due
}

func splitByShape(list []Candidate) map[shape.Shape][]Candidate {
	orders := make([]shape.Order, len(list))
	for i, c := range list {
		orders[i] = c.Order
	}
	out := map[shape.Shape][]Candidate{}
	for i, s := range shape.Split(orders, shape.Usual()) {
		out[s] = append(out[s], list[i])
	}
	return out
}

// byContent brings fulfilments with the same goods together, in the order of the first of each.
func byContent(list []Candidate) (out [][]Candidate) {
	at := map[string]int{}
	for _, c := range list {
		key := c.Order.Content()
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], c)
	}
	return out
}

// groups divides fulfilments into walks of one method, Discrete or Batch.
func (g Ground) groups(method string, list []Candidate, told *Division) (out []Group) {
	if method == Batch {
		return g.together(Batch, MaxGroup, list, told)
	}
	g.walked(list, told)
	for i := range list {
		out = append(out, groupOf(method, list[i:i+1]))
	}
	return out
}

func groupOf(method string, list []Candidate) Group {
	g := Group{Method: method}
	if len(list[0].Zones) == 1 {
		g.Zone = strings.Join(list[0].Zones, "")
	}
	for _, c := range list {
		g.Fulfilments = append(g.Fulfilments, c.Fulfilment)
		if dated(c.Due) < dated(g.due) {
			g.due = c.Due
		}
	}
	return g
}
