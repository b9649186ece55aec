package carton

import "slices"

// pile is what is left of one SKU of a large order.
type pile struct {
	item  *Item
	turns [][3]int // how a unit may stand, the flattest first
	left  int
}

// takes is Carton.takes, without working out again how a unit may stand.
func (p *pile) takes(c Carton) bool {
	switch {
	case p.item.G > c.load():
		return false
	case c.Kind == Mailer:
		return p.item.Soft && p.item.volume() <= c.volume()
	case !p.item.measured():
		return true
	}
	return slices.ContainsFunc(p.turns, func(d [3]int) bool { return d[0] <= c.Inner[0] && d[1] <= c.Inner[1] && d[2] <= c.Inner[2] })
}

// bundle is a block of equal units, all turned alike: so many along each axis.
type bundle struct {
	at, unit, many [3]int
	item           *Item
}

func (s bundle) units() int { return s.many[0] * s.many[1] * s.many[2] }

func (s bundle) size(axis int) int { return s.unit[axis] * s.many[axis] }

// stacking is a carton filled with bundles, and what it holds of each pile it was filled from.
type stacking struct {
	load
	bundles []bundle
	loose   []pile // units that count by volume and weight only
	taken   []int
}

const (
	mostSpaces = 32 // of a carton; beyond them the smallest is given up
	patience   = 40 // SKUs in a row that find no room before the carton is closed
)

// stackUp fills a carton from piles, which come in the order of arrange.
//
// After M. Eley, "Solving container loading problems by block arrangement", European Journal of Operational Research 141
// (2002): blocks of equal units in the empty spaces that are left, each space cut in three by the block it gets. Here
// every block is a cuboid without gaps, so that the space above it is carried everywhere.
func stackUp(c Carton, piles []pile) stacking {
	s := stacking{taken: make([]int, len(piles))}
	free := spaces{{size: c.Inner}}
	for i, missed := 0, 0; i < len(piles) && missed < patience; i++ {
		p := &piles[i]
		if !p.takes(c) {
			continue
		}
		n := p.left
		if p.item.G > 0 {
			n = min(n, (c.load()-s.g)/p.item.G)
		}
		switch {
		case c.Kind != Mailer && p.item.measured():
			n = s.build(&free, p, n)
		case c.Kind == Mailer && p.item.measured():
			n = min(n, (c.volume()-s.volume)/p.item.volume())
			fallthrough
		default:
			s.loose = append(s.loose, pile{item: p.item, left: n})
		}
		s.taken[i] = n
		s.units, s.volume, s.g = s.units+n, s.volume+n*p.item.volume(), s.g+n*p.item.G
		if missed++; n > 0 {
			missed = 0
		}
	}
	return s
}

// build puts up to n units of a pile into the empty spaces and returns how many.
func (s *stacking) build(free *spaces, p *pile, n int) int {
	built := 0
	for built < n {
		at, b := free.find(p, n-built)
		if at < 0 {
			break
		}
		free.cut(at, b)
		s.bundles = append(s.bundles, b)
		built += b.units()
	}
	return built
}

// filling lists the units one by one.
func (s *stacking) filling(c Carton) *filling {
	f := &filling{inner: c.Inner, mailer: c.Kind == Mailer, volume: s.volume, g: s.g}
	for _, b := range s.bundles {
		for i := range b.units() {
			nth := [3]int{i % b.many[0], i / b.many[0] % b.many[1], i / (b.many[0] * b.many[1])}
			unit := block{at: b.at, size: b.unit, item: b.item}
			for axis := range 3 {
				unit.at[axis] += nth[axis] * b.unit[axis]
			}
			f.blocks = append(f.blocks, unit)
		}
	}
	for _, p := range s.loose {
		for range p.left {
			f.loose = append(f.loose, *p.item)
		}
	}
	return f
}
