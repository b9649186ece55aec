package wave

import (
	"cmp"
	"slices"
	"strings"
)

// MaxGroup is how many fulfilments one walk serves at most: the boxes on a picking trolley.
const MaxGroup = 12

// Candidate is a fulfilment whose goods are bound.
type Candidate struct {
	Fulfilment int64
	Zones      []string // where its goods stand; order and repetition do not matter
	Place      int64    // the lowest pick_seq among its locations
}

// Group is what one picker walks for.
type Group struct {
	Zone        string // empty when the walk crosses zones
	Fulfilments []int64
}

// Plan divides a wave into walks. Discrete: one for each fulfilment, in the given order. Batch: fulfilments of
// the same zones together, neighbours in the walk first, at most MaxGroup in one; a fulfilment is never divided
// between walks, so nothing has to be brought together again before packing.
func Plan(method string, list []Candidate) []Group {
	most := 1
	list = slices.Clone(list)
	for i := range list {
		list[i].Zones = tidy(list[i].Zones)
	}
	if method == Batch {
		most = MaxGroup
		slices.SortStableFunc(list, func(a, b Candidate) int {
			return cmp.Or(slices.Compare(a.Zones, b.Zones), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Fulfilment, b.Fulfilment))
		})
	}
	var out []Group
	for len(list) > 0 {
		n := 1
		for n < min(most, len(list)) && slices.Equal(list[n].Zones, list[0].Zones) {
			n++
		}
		out = append(out, groupOf(list[:n]))
		list = list[n:]
	}
	return out
}

func groupOf(list []Candidate) Group {
	g := Group{}
	if len(list[0].Zones) == 1 {
		g.Zone = strings.Join(list[0].Zones, "")
	}
	for _, c := range list {
		g.Fulfilments = append(g.Fulfilments, c.Fulfilment)
	}
	return g
}
