package route

import (
	"math/bits"
	"slices"
)

// Places numbers a fixed choice of places in a block, so that a set of stops becomes a few machine words and the
// union of two sets one operation a word. It is made once for all stops that can occur and then only read, but its
// Length may be asked by any number of goroutines.
type Places struct {
	block Block
	words []int // first word of each aisle, and the end
	ys    []int // height of every bit
}

// Set is a set of places as bits. Sets of the same Places may be joined with Add.
type Set []uint64

// Places numbers every distinct place among the stops.
func (b *Block) Places(stops []Stop) *Places {
	p := &Places{block: *b, words: make([]int, len(b.xs)+1)}
	p.block.ys, p.block.filled = nil, nil
	heights := make([][]int, len(b.xs))
	for _, s := range stops {
		heights[s.Aisle-1] = append(heights[s.Aisle-1], s.Y)
	}
	for a, ys := range heights {
		slices.Sort(ys)
		ys = slices.Compact(ys)
		p.words[a+1] = p.words[a] + (len(ys)+63)/64
		p.ys = append(p.ys, ys...)
		p.ys = append(p.ys, make([]int, p.words[a+1]*64-len(p.ys))...)
		heights[a] = ys
	}
	return p
}

// NewSet is the set of some stops. Stops that were not among those the Places were made of are a programming error:
// NewSet panics.
func (p *Places) NewSet(stops []Stop) Set {
	s := make(Set, p.words[len(p.words)-1])
	for _, stop := range stops {
		s.put(p.bit(stop))
	}
	return s
}

func (s Set) put(bit int) { s[bit/64] |= 1 << (bit % 64) }

func (p *Places) bit(stop Stop) int {
	first, end := p.words[stop.Aisle-1]*64, p.words[stop.Aisle]*64
	for i := first; i < end; i++ {
		if p.ys[i] == stop.Y {
			return i
		}
	}
	panic("route: a stop at a place that was not numbered")
}

// Add puts everything that is in t into s.
func (s Set) Add(t Set) {
	for i, w := range t {
		s[i] |= w
	}
}

// Length is the length in millimetres of the shortest walk from the depot past every place of the set and back; 0 for
// the empty set.
func (p *Places) Length(s Set) int {
	w := p.block.begin()
	any := false
	for a := range p.block.xs {
		first, last, gap := p.span(s, a)
		if first < 0 {
			continue
		}
		any = true
		w.aisle(p.block.xs[a], p.ys[first], p.ys[last], gap)
	}
	if !any {
		return 0
	}
	return w.finish()
}

// LengthOfBoth is the Length of the union of two sets, which it does not build.
func (p *Places) LengthOfBoth(s, t Set, scratch Set) int {
	for i := range scratch {
		scratch[i] = s[i] | t[i]
	}
	return p.Length(scratch)
}

// span finds the first and the last place of a set in one aisle, and the widest gap between neighbours.
func (p *Places) span(s Set, a int) (first, last, gap int) {
	first, last = -1, -1
	for w := p.words[a]; w < p.words[a+1]; w++ {
		for word := s[w]; word != 0; word &= word - 1 {
			at := w*64 + bits.TrailingZeros64(word)
			if first < 0 {
				first = at
			} else {
				gap = max(gap, inside(&p.block, p.ys[at])-inside(&p.block, p.ys[last]))
			}
			last = at
		}
	}
	return first, last, gap
}
