package container

// cuboid is a part of the container, from lo to hi.
type cuboid struct {
	lo, hi [3]int32
}

func (c cuboid) size(axis int) int32 { return c.hi[axis] - c.lo[axis] }

func (c cuboid) volume() int64 {
	return int64(c.size(0)) * int64(c.size(1)) * int64(c.size(2))
}

func (c *cuboid) meets(o *cuboid) bool {
	return c.lo[0] < o.hi[0] && o.lo[0] < c.hi[0] && c.lo[1] < o.hi[1] && o.lo[1] < c.hi[1] && c.lo[2] < o.hi[2] && o.lo[2] < c.hi[2]
}

func (c *cuboid) holds(o *cuboid) bool {
	return c.lo[0] <= o.lo[0] && o.hi[0] <= c.hi[0] && c.lo[1] <= o.lo[1] && o.hi[1] <= c.hi[1] && c.lo[2] <= o.lo[2] && o.hi[2] <= c.hi[2]
}

// space is a maximal empty cuboid. Spaces overlap (the cover of the empty rest).
type space struct {
	cuboid
	far int32 // Manhattan distance of its anchor corner from the container's corner nearest to it
}

// anchor tells for an axis whether the space's corner nearest to a corner of the container is at its upper end.
func (s *search) anchor(c *cuboid, axis int) bool {
	return s.size[axis]-c.hi[axis] < c.lo[axis] && !(axis == 2 && s.supported)
}

func (s *search) newSpace(c cuboid) space {
	far := int32(0)
	for axis := range 3 {
		if s.anchor(&c, axis) {
			far += s.size[axis] - c.hi[axis]
		} else {
			far += c.lo[axis]
		}
	}
	return space{c, far}
}

// nearest is the index of the space to load next: the one nearest to a corner, the largest of equals.
func (t *state) nearest() int {
	best := 0
	for i := 1; i < len(t.spaces); i++ {
		a, b := &t.spaces[i], &t.spaces[best]
		if a.far < b.far || a.far == b.far && a.volume() > b.volume() {
			best = i
		}
	}
	return best
}

// cut takes a placed block out of the spaces. What is too small for any box left is dropped.
func (s *search) cut(t *state, b *block, at *cuboid) {
	kept, fresh := 0, s.fresh[:0]
	least := &t.reach.least
	for i := range t.spaces {
		sp := &t.spaces[i]
		if !sp.meets(at) {
			if sp.size(0) >= least[0] && sp.size(1) >= least[1] && sp.size(2) >= least[2] {
				t.spaces[kept] = *sp
				kept++
			}
			continue
		}
		for axis := range 3 {
			if at.lo[axis]-sp.lo[axis] >= least[axis] {
				part := sp.cuboid
				part.hi[axis] = at.lo[axis]
				fresh = s.offer(fresh, &part, least)
			}
			if sp.hi[axis]-at.hi[axis] < least[axis] {
				continue
			}
			part := sp.cuboid
			part.lo[axis] = at.hi[axis]
			if axis == 2 && s.supported {
				for flat := range 2 {
					part.lo[flat] = max(part.lo[flat], at.lo[flat])
					part.hi[flat] = min(part.hi[flat], at.lo[flat]+b.top[flat])
				}
			}
			fresh = s.offer(fresh, &part, least)
		}
	}
	t.spaces = t.spaces[:kept]
	s.fresh = fresh
	for i := range fresh {
		if !inOther(fresh, t.spaces[:kept], i) {
			t.spaces = append(t.spaces, s.newSpace(fresh[i]))
		}
	}
}

// offer keeps a part that a box may fit into.
func (s *search) offer(fresh []cuboid, part *cuboid, least *[3]int32) []cuboid {
	if part.size(0) < least[0] || part.size(1) < least[1] || part.size(2) < least[2] {
		return fresh
	}
	return append(fresh, *part)
}

// inOther reports whether a part lies in another one, or in a space that was there before.
func inOther(fresh []cuboid, spaces []space, i int) bool {
	c := &fresh[i]
	for j := range spaces {
		if spaces[j].holds(c) {
			return true
		}
	}
	for j := range fresh {
		if j != i && fresh[j].holds(c) && (j < i || fresh[j] != *c) {
			return true
		}
	}
	return false
}
