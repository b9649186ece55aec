package container

// reach says for every axis and every length up to the container's how much of it boxes of the given types, one after the
// other, can fill at most; what is more is lost.
type reach struct {
	most  [3][]int32
	least [3]int32 // the shortest dimension of any box along the axis
}

// newReach solves the three knapsacks, quantities not counted, on sets of bits.
func newReach(p Problem, has func(kind int) bool) *reach {
	r := &reach{}
	for axis := range 3 {
		length := p.Container[axis]
		sums := make([]uint64, length/64+1)
		sums[0] = 1
		r.least[axis] = int32(length) + 1
		seen := map[int32]bool{}
		for kind, b := range p.Boxes {
			if !has(kind) {
				continue
			}
			for _, d := range b.turns() {
				r.least[axis] = min(r.least[axis], d[axis])
				if seen[d[axis]] {
					continue
				}
				seen[d[axis]] = true
				for step := int(d[axis]); step <= length; step *= 2 {
					shiftIn(sums, step)
				}
			}
		}
		r.most[axis] = make([]int32, length+1)
		best := int32(0)
		for l := range r.most[axis] {
			if sums[l/64]>>(l%64)&1 == 1 {
				best = int32(l)
			}
			r.most[axis][l] = best
		}
	}
	return r
}

// shiftIn adds to the set every member plus step.
func shiftIn(set []uint64, step int) {
	words, bits := step/64, uint(step%64)
	for i := len(set) - 1; i >= words; i-- {
		v := set[i-words] << bits
		if bits > 0 && i > words {
			v |= set[i-words-1] >> (64 - bits)
		}
		set[i] |= v
	}
}

// kinds is a set of types of boxes; types that share a bit count as one.
type kinds [4]uint64

func (k kinds) has(kind int) bool {
	return k[kind/64%4]>>(kind%64)&1 == 1
}

func (k *kinds) add(kind int) {
	k[kind/64%4] |= 1 << (kind % 64)
}

// Bounds of the memory for reaches that are known already, in lengths, and of the work for a new one, in lengths times
// boxes; where it is more, the first one serves for all.
const (
	mostLengths = 4_000_000
	mostWork    = 400_000
)

// reaches remembers the reach of every set of types met.
type reaches struct {
	p     Problem
	known map[kinds]*reach
	first *reach
}

func (r *reaches) of(k kinds) *reach {
	if found := r.known[k]; found != nil {
		return found
	}
	lengths := r.p.Container[0] + r.p.Container[1] + r.p.Container[2]
	if lengths*len(r.p.Boxes) > mostWork && r.first != nil {
		return r.first
	}
	if len(r.known)*lengths > mostLengths {
		clear(r.known)
	}
	fresh := newReach(r.p, k.has)
	r.known[k] = fresh
	if r.first == nil {
		r.first = fresh
	}
	return fresh
}
