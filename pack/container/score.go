package container

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// The weights of the block evaluation of Araya, Guerrero and Nuñez (2017).
const (
	fewBoxes  = 0.2  // exponent of the number of boxes: blocks of fewer, larger boxes come first
	nearby    = 0.04 // faces this part of the block's length apart count as touching
	laneBits  = 20   // of a dimension in a packed size
	laneGuard = 1<<laneBits | 1<<(2*laneBits+1) | 1<<(3*laneBits+2)
)

// candidate is a block as the inner loop reads it.
type candidate struct {
	size    [3]int32
	slack   [3]int32 // the distance that still counts as touching
	area    [3]int64 // of a face across each axis
	surface float64  // 1 / its whole surface
	block   *block
}

func pack(size [3]int32) uint64 {
	return uint64(size[0]) | uint64(size[1])<<(laneBits+1) | uint64(size[2])<<(2*laneBits+2)
}

// entry is the part of a candidate that decides whether it is looked at: two of them lie in a line of the cache.
type entry struct {
	packed uint64  // its size in three lanes
	key    float64 // the part of its score that the place does not change
	kind   [2]int16
	count  [2]int16 // of its first two types; twice the same where there is one
	index  int32    // of the candidate
	more   bool     // whether there are more types
}

// index prepares blocks for the inner loop, those with the greatest key first.
func index(blocks []*block) ([]candidate, []entry) {
	list, entries := make([]candidate, len(blocks)), make([]entry, len(blocks))
	for i, b := range blocks {
		c := candidate{size: b.size, block: b}
		sum := int64(0)
		for axis := range 3 {
			c.slack[axis] = int32(nearby * float64(b.size[axis]))
			c.area[axis] = int64(b.size[(axis+1)%3]) * int64(b.size[(axis+2)%3])
			sum += 2 * c.area[axis]
		}
		c.surface = 1 / float64(sum)
		list[i] = c
		e := entry{packed: pack(b.size), key: float64(b.volume) * math.Pow(float64(b.boxes), -fewBoxes), index: int32(i), more: len(b.need) > 2}
		for j := range 2 {
			n := b.need[min(j, len(b.need)-1)]
			e.kind[j], e.count[j] = int16(n.kind), int16(min(n.count, math.MaxInt16))
		}
		e.more = e.more || b.boxes > math.MaxInt16
		entries[i] = e
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(b.key, a.key) })
	return list, entries
}

// inStock reports whether there are boxes enough for a block.
func (s *search) inStock(t *state, e *entry) bool {
	return t.left[e.kind[0]] >= int32(e.count[0]) && t.left[e.kind[1]] >= int32(e.count[1]) && (!e.more || t.has(s.list[e.index].block))
}

// stocked keeps the entries for which there are boxes enough.
func (s *search) stocked(t *state, from, to []entry) []entry {
	to = to[:0]
	for i := range from {
		if s.inStock(t, &from[i]) {
			to = append(to, from[i])
		}
	}
	return to
}

// touch is a thing beside a space that a block in it may touch: where it lies on the face, and how far behind it.
type touch struct {
	lo1, hi1, lo2, hi2, away int32
}

// beside is what surrounds a space: per axis the side of the anchor and the side opposite.
type beside struct {
	touches [3][2][]touch
	wall    [3][2]int32 // the distance to the wall of the container
}

// look gathers what is beside a space.
func (s *search) look(t *state, sp *cuboid) {
	for axis := range 3 {
		near := 0
		if s.anchor(sp, axis) {
			near = 1
		}
		s.side.wall[axis][near], s.side.wall[axis][1-near] = sp.lo[axis], s.size[axis]-sp.hi[axis]
		if near == 1 {
			s.side.wall[axis][0], s.side.wall[axis][1] = s.size[axis]-sp.hi[axis], sp.lo[axis]
		}
		s.side.touches[axis][0], s.side.touches[axis][1] = s.side.touches[axis][0][:0], s.side.touches[axis][1][:0]
		s.near[axis] = near
	}
	for i := range t.placed {
		o := &t.placed[i].cuboid
		for axis := range 3 {
			s.lookAt(sp, o, axis)
		}
	}
}

func (s *search) lookAt(sp, o *cuboid, axis int) {
	margin := int32(nearby * float64(sp.size(axis)))
	low := sp.lo[axis] - o.hi[axis]  // how far o ends before the space begins
	high := o.lo[axis] - sp.hi[axis] // and how far it begins behind its end
	if (low < 0 || low > margin) && (high < 0 || high > margin) {
		return
	}
	one, two := (axis+1)%3, (axis+2)%3
	if sp.lo[one] >= o.hi[one] || o.lo[one] >= sp.hi[one] || sp.lo[two] >= o.hi[two] || o.lo[two] >= sp.hi[two] {
		return
	}
	t := touch{o.lo[one], o.hi[one], o.lo[two], o.hi[two], low}
	side := s.near[axis]
	if low < 0 || low > margin {
		t.away, side = high, 1-side
	}
	s.side.touches[axis][side] = append(s.side.touches[axis][side], t)
}

// contact is the part of a block's surface that touches what is beside its space, when it stands in the anchor corner.
func (s *search) contact(sp *cuboid, c *candidate) float64 {
	var lo, hi [3]int32
	for axis := range 3 {
		if s.near[axis] == 0 {
			lo[axis], hi[axis] = sp.lo[axis], sp.lo[axis]+c.size[axis]
		} else {
			lo[axis], hi[axis] = sp.hi[axis]-c.size[axis], sp.hi[axis]
		}
	}
	sum := int64(0)
	for axis := range 3 {
		slack := c.slack[axis]
		for side := range 2 {
			if side == 1 {
				slack -= sp.size(axis) - c.size[axis]
			}
			if slack < 0 {
				continue
			}
			if s.side.wall[axis][side] <= slack {
				sum += c.area[axis]
				continue
			}
			one, two := (axis+1)%3, (axis+2)%3
			face := int64(0)
			for i := range s.side.touches[axis][side] {
				t := &s.side.touches[axis][side][i]
				if t.away > slack {
					continue
				}
				a := min(hi[one], t.hi1) - max(lo[one], t.lo1)
				b := min(hi[two], t.hi2) - max(lo[two], t.lo2)
				if a > 0 && b > 0 {
					face += int64(a) * int64(b)
				}
			}
			sum += min(face, c.area[axis])
		}
	}
	return float64(sum) * c.surface
}

// mostContact is a quick bound of contact: the three faces in the corner, and those opposite that come near the end.
func mostContact(c *candidate, gap *[3]int32) float64 {
	sum := c.area[0] + c.area[1] + c.area[2]
	for axis := range 3 {
		if gap[axis] <= c.slack[axis] {
			sum += c.area[axis]
		}
	}
	return float64(sum) * c.surface
}

// choice is a block for a space and how promising it is.
type choice struct {
	c     *candidate
	score float64
}

// choose finds the best blocks for a space, at most k, best first: volume, what of the space stays usable, the part of the
// surface that touches something, few boxes (Araya, Guerrero and Nuñez 2017).
func (s *search) choose(t *state, entries []entry, sp *cuboid, k int, best []choice) []choice {
	best = best[:0]
	s.look(t, sp)
	room := [3]int32{sp.size(0), sp.size(1), sp.size(2)}
	packed := pack(room) | laneGuard
	whole := 1 / float64(sp.volume())
	limit := 0.0
	volume := float64(sp.volume())
	from := sort.Search(len(entries), func(i int) bool { return entries[i].key <= volume })
	for i := from; i < len(entries); i++ {
		e := &entries[i]
		if e.key <= limit {
			break
		}
		s.scanned++
		if (packed-e.packed)&laneGuard != laneGuard || !s.inStock(t, e) {
			continue
		}
		c := &s.list[e.index]
		gap := [3]int32{room[0] - c.size[0], room[1] - c.size[1], room[2] - c.size[2]}
		usable := float64(c.size[0]+t.reach.most[0][gap[0]]) * float64(c.size[1]+t.reach.most[1][gap[1]]) * float64(c.size[2]+t.reach.most[2][gap[2]])
		score := e.key * usable * whole
		m := mostContact(c, &gap)
		if m *= m; score*m*m <= limit {
			continue
		}
		m = s.contact(sp, c)
		m *= m
		score *= m * m
		if score <= limit {
			continue
		}
		if len(best) < k {
			best = append(best, choice{})
		}
		j := len(best) - 1
		for ; j > 0 && best[j-1].score < score; j-- {
			best[j] = best[j-1]
		}
		best[j] = choice{c, score}
		if len(best) == k {
			limit = best[k-1].score
		}
	}
	return best
}
