package seed

import (
	"cmp"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/geo"
)

// region is a province as the orders name it, with what is ordered there.
type region struct {
	country, province, city string // city: the one with most lines
	lat, lng                int64
	known                   bool // lat and lng hold a place
	lines                   int
}

type regionKey struct{ country, province string }

func keyOf(d Demand) regionKey {
	return regionKey{strings.ToUpper(strings.TrimSpace(d.Country)), strings.TrimSpace(d.Province)}
}

// regionsOf groups the demand by province, the busiest first.
func regionsOf(demand []Demand) []region {
	groups := map[regionKey][]Demand{}
	for _, d := range demand {
		groups[keyOf(d)] = append(groups[keyOf(d)], d)
	}
	var list []region
	for key, group := range groups {
		r := region{country: key.country, province: key.province, lines: len(group)}
		r.city = mostOf(group, func(d Demand) string { return d.City })
		r.lat, r.lng, r.known = geo.Place(r.country, r.province, r.city)
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b region) int {
		return cmp.Or(cmp.Compare(b.lines, a.lines), cmp.Compare(a.country, b.country), cmp.Compare(a.province, b.province))
	})
	return list
}

// candidates bounds the sites that are tried: nobody builds in the sixtieth region.
const candidates = 60

// site chooses three to five regions so that the demand travels few metres in all: the p-median problem, by greedy
// addition and then single swaps (Teitz and Bart 1968). With fewer places than nodes, the busiest gets several,
// a day's walk apart. None where no region is known.
func site(regions []region) []region {
	known := slices.DeleteFunc(slices.Clone(regions), func(r region) bool { return !r.known })
	if len(known) == 0 {
		return nil
	}
	want := 3
	switch {
	case len(known) > 15:
		want = 5
	case len(known) > 6:
		want = 4
	}
	m := newMedian(known)
	var chosen []int
	for len(chosen) < min(want, len(m.metres)) {
		chosen = m.add(chosen)
	}
	for m.swap(chosen) {
	}
	var nodes []region
	for _, i := range chosen {
		nodes = append(nodes, known[i])
	}
	for i := int64(1); len(nodes) < want; i++ {
		second := known[0]
		second.lat += 300_000 * i
		nodes = append(nodes, second)
	}
	return nodes
}

// median is the table of distances from each candidate to each region.
type median struct {
	regions []region
	metres  [][]int64
}

func newMedian(regions []region) median {
	m := median{regions: regions}
	for _, a := range regions[:min(candidates, len(regions))] {
		row := make([]int64, len(regions))
		for j, b := range regions {
			row[j] = geo.Metres(a.lat, a.lng, b.lat, b.lng)
		}
		m.metres = append(m.metres, row)
	}
	return m
}

// cost is the metres that all lines travel from the nearest of the chosen sites.
func (m median) cost(chosen []int) int64 {
	var sum int64
	for j, r := range m.regions {
		near := m.metres[chosen[0]][j]
		for _, i := range chosen[1:] {
			near = min(near, m.metres[i][j])
		}
		sum += near * int64(r.lines)
	}
	return sum
}

// add chooses the one site more that saves most.
func (m median) add(chosen []int) []int {
	best := -1
	var least int64
	for i := range m.metres {
		if slices.Contains(chosen, i) {
			continue
		}
		if c := m.cost(append(slices.Clone(chosen), i)); best < 0 || c < least {
			best, least = i, c
		}
	}
	return append(chosen, best)
}

// swap moves one site to a better place; false when no single move is better.
func (m median) swap(chosen []int) bool {
	before := m.cost(chosen)
	for at, old := range chosen {
		for i := range m.metres {
			if slices.Contains(chosen, i) {
				continue
			}
			if chosen[at] = i; m.cost(chosen) < before {
				return true
			}
			chosen[at] = old
		}
	}
	return false
}
