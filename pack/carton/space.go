package carton

import (
	"cmp"
	"slices"
)

// space is an empty cuboid of a carton whose floor is carried everywhere.
type space struct{ at, size [3]int }

func (s space) volume() int { return s.size[0] * s.size[1] * s.size[2] }

// spaces do not overlap. They are kept in the order in which they are filled: lowest, rearmost, leftmost.
type spaces []space

func (list *spaces) add(s space) {
	if min(s.size[0], s.size[1], s.size[2]) <= 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(*list, s, func(a, b space) int {
		return cmp.Or(cmp.Compare(a.at[2], b.at[2]), cmp.Compare(a.at[1], b.at[1]), cmp.Compare(a.at[0], b.at[0]))
	})
	*list = slices.Insert(*list, i, s)
	if len(*list) <= mostSpaces {
		return
	}
	least := 0
	for i, s := range *list {
		if s.volume() < (*list)[least].volume() {
			least = i
		}
	}
	*list = slices.Delete(*list, least, least+1)
}

// find is the first space that takes units of a pile, and the largest block of at most n of them in it; -1 where
// there is none. What nothing may be above is not stacked; what does not stack stands on the floor of the carton.
func (list spaces) find(p *pile, n int) (int, bundle) {
	for i, s := range list {
		if !p.item.stacks() && s.at[2] > 0 {
			break // and so are all that come after
		}
		best := bundle{at: s.at, item: p.item}
		for _, unit := range p.turns {
			if unit[0] > s.size[0] || unit[1] > s.size[1] || unit[2] > s.size[2] {
				continue
			}
			layers := s.size[2] / unit[2]
			if p.item.Fragile || !p.item.stacks() {
				layers = min(layers, 1)
			}
			many := grid(s.size[0]/unit[0], s.size[1]/unit[1], layers, n)
			if b := (bundle{at: s.at, unit: unit, many: many, item: p.item}); b.units() > best.units() {
				best = b
			}
		}
		if best.units() > 0 {
			return i, best
		}
	}
	return -1, bundle{}
}

// grid is the largest block of at most n units: whole layers, or where there are too few units for one, whole rows.
func grid(wide, deep, high, n int) [3]int {
	switch layer := wide * deep; {
	case n >= layer:
		return [3]int{wide, deep, min(high, n/layer)}
	case n >= wide:
		return [3]int{wide, n / wide, 1}
	}
	return [3]int{n, 1, 1}
}

// cut takes a block out of a space and leaves what is beside, in front and above it. The floor is cut so that the
// larger of the two strips is as large as can be.
func (list *spaces) cut(i int, b bundle) {
	s := (*list)[i]
	*list = slices.Delete(*list, i, i+1)
	beside, front := s, s
	beside.at[0], beside.size[0] = s.at[0]+b.size(0), s.size[0]-b.size(0)
	front.at[1], front.size[1] = s.at[1]+b.size(1), s.size[1]-b.size(1)
	if beside.volume() >= front.volume() {
		front.size[0] = b.size(0)
	} else {
		beside.size[1] = b.size(1)
	}
	list.add(beside)
	list.add(front)
	if !b.item.Fragile && b.item.stacks() {
		above := s
		above.at[2] += b.size(2)
		list.add(space{above.at, [3]int{b.size(0), b.size(1), s.size[2] - b.size(2)}})
	}
}
