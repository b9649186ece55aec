package container

import (
	"cmp"
	"math"
	"slices"
)

// block is a cuboid of boxes that is loaded as one. Most are grids of equal boxes, the others two blocks side by side.
type block struct {
	size   [3]int32
	top    [2]int32 // from its origin: the part of its upper side that carries with its whole area
	volume int64    // of the boxes in it
	boxes  int32
	need   []need // boxes by type, types ascending
	// a grid of equal boxes
	kind int32 // index of the box
	unit [3]int32
	many [3]int32
	// or two blocks, the second behind the first along axis
	first, second *block
	axis          int
}

// need is how many boxes of one type a block is made of.
type need struct {
	kind, count int32
}

const (
	mostBlocks = 10_000
	leastFill  = 0.99 // of a block of two blocks
)

// makeBlocks lists the blocks the search chooses from: grids of equal boxes first, then blocks joined to blocks as long as
// they fill their cuboid to 99 % (T. Fanslau and A. Bortfeldt, "A tree search algorithm for solving the container loading
// problem", INFORMS Journal on Computing 22, 2010).
func makeBlocks(p Problem, most int) []*block {
	m := maker{p: p, most: most, known: map[blockKey]bool{}}
	m.grids()
	m.join()
	return m.list
}

type blockKey struct {
	size [3]int32
	hash uint64
}

type maker struct {
	p     Problem
	most  int
	list  []*block
	known map[blockKey]bool
	// the blocks that are joined already, by their size along each axis
	bySize [3][][]*block
}

func (b *block) key() blockKey {
	h := uint64(14695981039346656037)
	for _, n := range b.need {
		h = (h ^ uint64(n.kind)) * 1099511628211
		h = (h ^ uint64(n.count)) * 1099511628211
	}
	return blockKey{b.size, h}
}

func (m *maker) add(b *block) bool {
	k := b.key()
	if m.known[k] {
		return false
	}
	m.known[k] = true
	m.list = append(m.list, b)
	return true
}

// grids makes the grids of equal boxes that the container and the quantity allow. Where these alone are too many, every box
// goes without some of its larger ones.
func (m *maker) grids() {
	ways := 0
	for _, box := range m.p.Boxes {
		ways += len(box.turns())
	}
	for i, box := range m.p.Boxes {
		if box.Quantity == 0 {
			continue
		}
		for _, d := range box.turns() {
			m.gridsOf(int32(i), box, d, max(8, 4*m.most/ways))
		}
	}
	if len(m.list) > m.most {
		slices.SortStableFunc(m.list, func(a, b *block) int { return cmp.Compare(a.boxes, b.boxes) })
		m.thin()
	}
}

// thin keeps the blocks of one box and an even choice of the others.
func (m *maker) thin() {
	single := 0
	for single < len(m.list) && m.list[single].boxes == 1 {
		single++
	}
	kept, others := m.list[:single:single], m.list[single:]
	for i := single; i < m.most; i++ {
		kept = append(kept, others[(i-single)*len(others)/(m.most-single)])
	}
	m.list = kept
}

// gridsOf makes grids of one box standing one way, at most most of them: all, or those of some numbers along each axis.
func (m *maker) gridsOf(kind int32, box Box, d [3]int32, most int) {
	var many [3][]int32
	for dense := int32(64); ; dense /= 2 {
		for axis := range 3 {
			many[axis] = numbers(min(int32(m.p.Container[axis])/d[axis], int32(box.Quantity)), dense)
		}
		if dense == 0 || gridCount(many, int32(box.Quantity), most) <= most {
			break
		}
	}
	for _, x := range many[0] {
		for _, y := range many[1] {
			for _, z := range many[2] {
				if int64(x)*int64(y)*int64(z) > int64(box.Quantity) {
					break
				}
				n := x * y * z
				b := &block{size: [3]int32{x * d[0], y * d[1], z * d[2]}, boxes: n, volume: int64(n) * int64(box.volume()),
					need: []need{{kind, n}}, kind: kind, unit: d, many: [3]int32{x, y, z}}
				b.top = [2]int32{b.size[0], b.size[1]}
				m.add(b)
			}
		}
	}
}

// numbers lists 1 to most: all up to dense, then ever fewer; where dense is 0, the least and the largest.
func numbers(most, dense int32) []int32 {
	var list []int32
	for n := int32(1); n <= most && (dense > 0 || n == 1); n += 1 + n/max(dense, 1)/2 {
		list = append(list, n)
	}
	if len(list) > 0 && list[len(list)-1] != most {
		list = append(list, most)
	}
	return list
}

// gridCount counts the grids of no more boxes than there are, and ends when they are more than most.
func gridCount(many [3][]int32, quantity int32, most int) int {
	count := 0
	for _, x := range many[0] {
		for _, y := range many[1] {
			for _, z := range many[2] {
				if int64(x)*int64(y)*int64(z) > int64(quantity) || count > most {
					break
				}
				count++
			}
		}
	}
	return count
}

// join joins every block to those of no more boxes, blocks of few boxes first, until there are enough.
func (m *maker) join() {
	var byBoxes [][]*block
	later := func(b *block) {
		for int(b.boxes) >= len(byBoxes) {
			byBoxes = append(byBoxes, nil)
		}
		byBoxes[b.boxes] = append(byBoxes[b.boxes], b)
	}
	for _, b := range m.list {
		later(b)
	}
	for axis := range 3 {
		m.bySize[axis] = make([][]*block, m.p.Container[axis]+1)
	}
	for n := 1; n < len(byBoxes); n++ {
		for _, a := range byBoxes[n] {
			for axis := range 3 {
				m.bySize[axis][a.size[axis]] = append(m.bySize[axis][a.size[axis]], a)
			}
			for axis := range 3 {
				from := len(m.list)
				if !m.joinAlong(a, axis) {
					return
				}
				for _, b := range m.list[from:] {
					later(b)
				}
			}
		}
	}
}

// joinAlong joins a block along an axis to all that are nearly as wide, and reports whether more blocks are wanted.
func (m *maker) joinAlong(a *block, axis int) bool {
	one, two := (axis+1)%3, (axis+2)%3
	wide, high := a.size[one], a.size[two]
	widest := min(int32(float64(wide)/leastFill), int32(m.p.Container[one]))
	for w := int32(float64(wide)*leastFill) + 1; w <= widest; w++ {
		for _, b := range m.bySize[one][w] {
			length, height := a.size[axis]+b.size[axis], max(high, b.size[two])
			if length > int32(m.p.Container[axis]) || float64(a.volume+b.volume) < leastFill*float64(length)*float64(max(wide, w))*float64(height) {
				continue
			}
			var size [3]int32
			size[axis], size[one], size[two] = length, max(wide, w), height
			m.joined(a, b, axis, size)
			if len(m.list) >= m.most {
				return false
			}
		}
	}
	return true
}

func (m *maker) joined(a, b *block, axis int, size [3]int32) {
	j := &block{size: size, volume: a.volume + b.volume, boxes: a.boxes + b.boxes, first: a, second: b, axis: axis}
	if m.p.Supported && !j.stands() {
		j.first, j.second = b, a
		if !j.stands() {
			return
		}
	}
	for ia, ib := 0, 0; ia < len(a.need) || ib < len(b.need); {
		n := need{kind: math.MaxInt32}
		if ia < len(a.need) {
			n.kind = a.need[ia].kind
		}
		if ib < len(b.need) {
			n.kind = min(n.kind, b.need[ib].kind)
		}
		if ia < len(a.need) && a.need[ia].kind == n.kind {
			n.count += a.need[ia].count
			ia++
		}
		if ib < len(b.need) && b.need[ib].kind == n.kind {
			n.count += b.need[ib].count
			ib++
		}
		if int(n.count) > m.p.Boxes[n.kind].Quantity {
			return
		}
		j.need = append(j.need, n)
	}
	m.add(j)
}

// stands reports whether every box of a joined block is carried, and finds out what carries on its top.
func (b *block) stands() bool {
	low, high := b.first, b.second
	if b.axis == 2 {
		b.top = high.top
		return high.size[0] <= low.top[0] && high.size[1] <= low.top[1]
	}
	b.top = low.top
	if low.size[2] < high.size[2] { // the taller one alone bears the top, and that is not at the origin
		return false
	}
	if low.size[2] == high.size[2] && low.top[b.axis] == low.size[b.axis] {
		b.top[b.axis] += high.top[b.axis]
		b.top[1-b.axis] = min(low.top[1-b.axis], high.top[1-b.axis])
	}
	return true
}

// unfold lists the boxes of a block at a place.
func (b *block) unfold(p Problem, at [3]int32, list []Placement) []Placement {
	if b.first != nil {
		list = b.first.unfold(p, at, list)
		at[b.axis] += b.first.size[b.axis]
		return b.second.unfold(p, at, list)
	}
	for z := range b.many[2] {
		for x := range b.many[0] {
			for y := range b.many[1] {
				list = append(list, Placement{p.Boxes[b.kind].Type,
					int(at[0] + x*b.unit[0]), int(at[1] + y*b.unit[1]), int(at[2] + z*b.unit[2]),
					int(b.unit[0]), int(b.unit[1]), int(b.unit[2])})
			}
		}
	}
	return list
}
