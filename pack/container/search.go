package container

import (
	"cmp"
	"math"
	"slices"
)

// Options bound the work. With neither bound Load ends only where its answer is proven.
type Options struct {
	Stop  func() bool // asked after every completed loading, and in long ones; nil never stops
	Nodes int         // at most so many completed loadings; 0 means no limit
}

// put is a placed block.
type put struct {
	cuboid
	block *block
}

// state is a partial loading.
type state struct {
	spaces []space
	placed []put
	left   []int32 // boxes by type
	kinds  kinds   // types with boxes left
	reach  *reach
	volume int64
}

func (t *state) has(b *block) bool {
	for i := range b.need {
		if t.left[b.need[i].kind] < b.need[i].count {
			return false
		}
	}
	return true
}

func (t *state) copyOf(o *state) {
	t.spaces = append(t.spaces[:0], o.spaces...)
	t.placed = append(t.placed[:0], o.placed...)
	t.left = append(t.left[:0], o.left...)
	t.kinds, t.reach, t.volume = o.kinds, o.reach, o.volume
}

// search is what stays the same through a search, and its working memory.
type search struct {
	p         Problem
	size      [3]int32
	supported bool
	list      []candidate
	entries   []entry
	reaches   reaches
	o         Options
	nodes     int
	bound     int64
	best      []put
	bestSize  int64
	// working memory
	fresh []cuboid
	side  beside
	near  [3]int // side of the anchor of the space looked at: 0 low, 1 high
	try   state
	one   []choice
	// entries in stock: of the state being expanded, of the loading being completed
	stock, spare, inTry []entry
	scanned             int // entries looked at since the latter were sifted
}

// put loads a block into the anchor corner of a space.
func (s *search) put(t *state, sp cuboid, b *block) {
	at := cuboid{}
	for axis := range 3 {
		if s.anchor(&sp, axis) {
			at.lo[axis], at.hi[axis] = sp.hi[axis]-b.size[axis], sp.hi[axis]
		} else {
			at.lo[axis], at.hi[axis] = sp.lo[axis], sp.lo[axis]+b.size[axis]
		}
	}
	t.placed = append(t.placed, put{at, b})
	t.volume += b.volume
	out := false
	for _, n := range b.need {
		t.left[n.kind] -= n.count
		out = out || t.left[n.kind] == 0
	}
	if out {
		t.kinds = kinds{}
		for kind, q := range t.left {
			if q > 0 {
				t.kinds.add(kind)
			}
		}
		t.reach = s.reaches.of(t.kinds)
	}
	s.cut(t, b, &at)
}

// siftAfter is how many entries are looked at before those without stock are sifted out, which takes about as long.
const siftAfter = 5_000

// complete loads the best block into the nearest space until there is none.
func (s *search) complete(t *state) int64 {
	entries := s.stock
	s.scanned = 0
	for step := 1; len(t.spaces) > 0; step++ {
		if step%128 == 0 && s.o.Stop != nil && s.o.Stop() {
			break
		}
		i := t.nearest()
		sp := t.spaces[i].cuboid
		if s.scanned > siftAfter {
			s.inTry = s.stocked(t, entries, s.inTry)
			entries, s.scanned = s.inTry, 0
		}
		s.one = s.choose(t, entries, &sp, 1, s.one)
		if len(s.one) == 0 {
			t.drop(i)
			continue
		}
		s.put(t, sp, s.one[0].c.block)
	}
	s.nodes++
	if t.volume > s.bestSize {
		s.bestSize = t.volume
		s.best = append(s.best[:0], t.placed...)
	}
	return t.volume
}

func (t *state) drop(i int) {
	last := len(t.spaces) - 1
	t.spaces[i] = t.spaces[last]
	t.spaces = t.spaces[:last]
}

func (s *search) over() bool {
	return s.bestSize >= s.bound || s.o.Nodes > 0 && s.nodes >= s.o.Nodes || s.o.Stop != nil && s.o.Stop()
}

// Load fills the container with as much volume as it finds. The problem must be valid (Problem.Validate). The same
// problem and number of nodes always give the same answer.
func Load(p Problem, o Options) Answer {
	s := &search{p: p, supported: p.Supported, o: o, reaches: reaches{p: p, known: map[kinds]*reach{}}}
	root := state{left: make([]int32, len(p.Boxes))}
	boxes := int64(0)
	for kind, b := range p.Boxes {
		root.left[kind] = int32(b.Quantity)
		boxes += int64(b.Quantity) * int64(b.volume())
		if b.Quantity > 0 {
			root.kinds.add(kind)
		}
	}
	for axis := range 3 {
		s.size[axis] = int32(p.Container[axis])
	}
	root.reach = s.reaches.of(root.kinds)
	s.bound = int64(1)
	for axis := range 3 {
		s.bound *= int64(root.reach.most[axis][p.Container[axis]])
	}
	s.bound = min(s.bound, boxes)
	s.list, s.entries = index(makeBlocks(p, mostBlocks))
	s.stock = s.entries
	root.spaces = []space{s.newSpace(cuboid{hi: s.size})}
	s.try.copyOf(&root)
	s.complete(&s.try)
	for level := 2.0; !s.over(); level *= 2 {
		if !s.beam(&root, int(level)) {
			break
		}
	}
	return s.answer()
}

func (s *search) answer() Answer {
	a := Answer{Placements: []Placement{}, Packed: int(s.bestSize), Bound: int(s.bound), Nodes: s.nodes}
	for _, b := range s.best {
		a.Placements = b.block.unfold(s.p, b.lo, a.Placements)
	}
	slices.SortFunc(a.Placements, func(a, b Placement) int {
		return cmp.Or(cmp.Compare(a.Z, b.Z), cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y))
	})
	return a
}

// child is a state that may be in the next level of the beam.
type child struct {
	parent int
	space  cuboid
	block  *block
	value  int64
}

// beam runs one beam search in which every level looks at about size loadings: the width is its root, and so is the number
// of blocks tried from each state (Araya and Riff 2014). It reports whether a larger one could find more.
func (s *search) beam(root *state, size int) bool {
	width := int(math.Sqrt(float64(size)) + 0.5)
	level := []*state{{}}
	level[0].copyOf(root)
	cutOff := false
	var spare []*state
	for len(level) > 0 {
		tries := (size + len(level)/2) / len(level)
		children := []child{}
		seen := map[int64]bool{}
		var options []choice
		for i, t := range level {
			sp, found := s.expand(t, tries, options)
			options = found
			cutOff = cutOff || len(found) == tries
			for _, f := range found {
				s.try.copyOf(t)
				s.put(&s.try, sp, f.c.block)
				v := s.complete(&s.try)
				if !seen[v] {
					seen[v] = true
					children = append(children, child{i, sp, f.c.block, v})
				}
				if s.over() {
					return false
				}
			}
		}
		slices.SortStableFunc(children, func(a, b child) int { return cmp.Compare(b.value, a.value) })
		if len(children) > width {
			children, cutOff = children[:width], true
		}
		next := make([]*state, 0, len(children))
		for _, c := range children {
			t := &state{}
			if n := len(spare); n > 0 {
				t, spare = spare[n-1], spare[:n-1]
			}
			t.copyOf(level[c.parent])
			s.put(t, c.space, c.block)
			next = append(next, t)
		}
		spare = append(spare, level...)
		level = next
	}
	return cutOff
}

// expand finds the blocks to try from a state, and the space they are for.
func (s *search) expand(t *state, tries int, options []choice) (cuboid, []choice) {
	s.stock = s.stocked(t, s.entries, s.spare)
	s.spare = s.stock
	for len(t.spaces) > 0 {
		i := t.nearest()
		sp := t.spaces[i].cuboid
		if options = s.choose(t, s.stock, &sp, tries, options); len(options) > 0 {
			return sp, options
		}
		t.drop(i)
	}
	return cuboid{}, options[:0]
}
