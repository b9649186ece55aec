package carton

import (
	"cmp"
	"slices"
)

// block is one placed unit.
type block struct {
	at, size [3]int
	item     *Item
}

func (b block) end(axis int) int {
	return b.at[axis] + b.size[axis]
}

// point is an extreme point: a corner at which a unit may be put down. failed is the SKU that last did
// not fit here; as the carton only gets fuller, the next unit of that SKU need not be tried again.
// room is how far one can look from the point along each axis; nothing longer fits.
type point struct {
	at     [3]int
	room   [3]int
	failed string
}

// filling is a carton being packed. Weight is counted, not limited, here.
type filling struct {
	inner  [3]int
	mailer bool
	blocks []block // measured units with a place
	loose  []Item  // units that count by volume and weight only
	points []point
	volume int
	g      int
	effort *int // overlap tests left
	any    bool // any part of a base that is carried will do
}

func newFilling(c Carton, effort *int) *filling {
	return &filling{inner: c.Inner, mailer: c.Kind == Mailer, points: []point{{room: c.Inner}}, effort: effort}
}

// add puts one unit into the carton, at the first extreme point that takes it: lowest, then rearmost,
// then leftmost.
func (f *filling) add(it *Item, turns [][3]int) bool {
	if f.mailer || !it.measured() {
		if f.mailer && (!it.Soft || f.volume+it.volume() > f.inner[0]*f.inner[1]*f.inner[2]) {
			return false
		}
		f.loose = append(f.loose, *it)
		f.volume += it.volume()
		f.g += it.G
		return true
	}
	for i := range f.points {
		p := &f.points[i]
		if p.failed == it.SKU {
			continue
		}
		for _, size := range turns {
			if size[0] > p.room[0] || size[1] > p.room[1] || size[2] > p.room[2] {
				continue
			}
			if *f.effort <= 0 {
				return false
			}
			if b := (block{at: p.at, size: size, item: it}); f.fits(b) {
				f.put(b)
				return true
			}
		}
		p.failed = it.SKU
	}
	return false
}

// fits checks overlap, what stands above and below, and that half the base is carried. The newest units
// are looked at first, because they are the likeliest to be in the way.
func (f *filling) fits(b block) bool {
	*f.effort--
	carried := 0
	for i := len(f.blocks) - 1; i >= 0; i-- {
		*f.effort--
		o := &f.blocks[i]
		area := overlap(b.at[0], b.end(0), o.at[0], o.end(0)) * overlap(b.at[1], b.end(1), o.at[1], o.end(1))
		if area == 0 {
			continue
		}
		low, high := o, &b
		if b.at[2] < o.at[2] {
			low, high = &b, o
		}
		if low.end(2) > high.at[2] || low.item.Fragile || !low.item.stacks() || !high.item.stacks() {
			return false
		}
		if o.end(2) == b.at[2] {
			carried += area
		}
	}
	return b.at[2] == 0 || 2*carried >= b.size[0]*b.size[1] || f.any && carried > 0
}

func (f *filling) put(b block) {
	f.blocks = append(f.blocks, b)
	f.volume += b.item.volume()
	f.g += b.item.G
	f.points = slices.DeleteFunc(f.points, func(p point) bool { return inside(p.at, b) })
	for i := range f.points {
		f.points[i].narrow(&b)
	}
	for axis := range 3 {
		corner := b.at
		corner[axis] = b.end(axis)
		for other := range 3 {
			if other != axis {
				f.addPoint(f.slide(corner, other))
			}
		}
	}
}

// slide moves a corner along one axis towards the origin until it meets a unit or the wall.
func (f *filling) slide(corner [3]int, axis int) [3]int {
	stop := 0
	for i := range f.blocks {
		b := &f.blocks[i]
		if e := b.end(axis); e > stop && e <= corner[axis] && covers(b, corner, axis) {
			stop = e
		}
	}
	corner[axis] = stop
	return corner
}

// covers reports whether the corner lies before b when looking along the axis.
func covers(b *block, corner [3]int, axis int) bool {
	for other := range 3 {
		if other != axis && (corner[other] < b.at[other] || corner[other] >= b.end(other)) {
			return false
		}
	}
	return true
}

// narrow lets b end the view from the point along the axis on which b lies straight ahead.
func (p *point) narrow(b *block) {
	for axis := range 3 {
		if ahead := b.at[axis] - p.at[axis]; ahead >= 0 && ahead < p.room[axis] && covers(b, p.at, axis) {
			p.room[axis] = ahead
		}
	}
}

func (f *filling) addPoint(at [3]int) {
	fresh := point{at: at}
	for axis := range 3 {
		fresh.room[axis] = f.inner[axis] - at[axis]
		if fresh.room[axis] <= 0 {
			return
		}
	}
	i, known := slices.BinarySearchFunc(f.points, at, func(p point, at [3]int) int {
		return cmp.Or(cmp.Compare(p.at[2], at[2]), cmp.Compare(p.at[1], at[1]), cmp.Compare(p.at[0], at[0]))
	})
	if known {
		return
	}
	for j := range f.blocks {
		fresh.narrow(&f.blocks[j])
	}
	f.points = slices.Insert(f.points, i, fresh)
}

func inside(at [3]int, b block) bool {
	for axis := range 3 {
		if at[axis] < b.at[axis] || at[axis] >= b.end(axis) {
			return false
		}
	}
	return true
}

func overlap(a, aEnd, b, bEnd int) int {
	return max(0, min(aEnd, bEnd)-max(a, b))
}

// orientations lists how a unit may stand, without repeating equal ones: two ways this side up, else six.
func (it Item) orientations() [][3]int {
	l, w, h := it.MM[0], it.MM[1], it.MM[2]
	all := [][3]int{{l, w, h}, {w, l, h}, {l, h, w}, {h, l, w}, {w, h, l}, {h, w, l}}
	if it.ThisSideUp {
		all = all[:2]
	}
	var distinct [][3]int
	for _, d := range all {
		if !slices.Contains(distinct, d) {
			distinct = append(distinct, d)
		}
	}
	return distinct
}

func (f *filling) placements() []Placement {
	var list []Placement
	for _, b := range follow(f.blocks) {
		list = append(list, Placement{b.item.SKU, b.at[0], b.at[1], b.at[2], b.size[0], b.size[1], b.size[2]})
	}
	for _, it := range f.loose {
		list = append(list, Placement{SKU: it.SKU, DX: it.MM[0], DY: it.MM[1], DZ: it.MM[2]})
	}
	return list
}
