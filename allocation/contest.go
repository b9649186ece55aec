package allocation

import "slices"

// contested says which orders of a problem get in each other's way: several ask for a SKU that some site has, but not enough
// of for all of them, or more orders come than a site takes parcels. nil where none do; then serving them one after the other
// is as good as serving them together, because nobody takes anything away from anybody.
//
// Where they do at plain nodes alone, they do not wait either: the plain rule decides there. But once some wait, so do those that want
// the same of a plain node, or whoever came later would be served there first.
func (b *board) contested() []bool {
	who := b.competing(func(s *site) bool { return !s.node.Plain })
	if who == nil || !slices.ContainsFunc(b.sites, func(s site) bool { return s.node.Plain }) {
		return who
	}
	return b.competing(func(*site) bool { return true })
}

// competing says which orders get in each other's way at some of the sites; nil where none do.
func (b *board) competing(at func(*site) bool) []bool {
	scarce, crowded := b.scarce(at), b.crowded(at)
	var who []bool
	for i := range b.p.Orders {
		o := &b.p.Orders[i]
		competes := slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Quantity > 0 && scarce[b.skus[l.SKU]] }) ||
			slices.ContainsFunc(crowded, func(site int) bool { return b.hasAny(site, o) })
		if competes && who == nil {
			who = make([]bool, len(b.p.Orders))
		}
		if competes {
			who[i] = true
		}
	}
	return who
}

// crowded are those of some sites that stock something for more orders than they take.
func (b *board) crowded(at func(*site) bool) (out []int) {
	for i := range b.sites {
		s := &b.sites[i]
		if !at(s) || !s.node.Open || s.left <= 0 || s.left >= len(b.p.Orders) {
			continue
		}
		n := 0
		for j := range b.p.Orders {
			if b.hasAny(i, &b.p.Orders[j]) {
				n++
			}
		}
		if n > s.left {
			out = append(out, i)
		}
	}
	return out
}

// hasAny reports whether a site has any unit that an order asks for.
func (b *board) hasAny(site int, o *Order) bool {
	row := b.row(site)
	return slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Quantity > 0 && row[b.skus[l.SKU]] > 0 })
}

// scarce says of every SKU whether several orders ask for it and one of some sites has a part of what they ask for.
func (b *board) scarce(at func(*site) bool) []bool {
	asked, askers, last := make([]int64, len(b.skus)), make([]int, len(b.skus)), make([]int, len(b.skus))
	for i := range b.p.Orders {
		for _, l := range b.p.Orders[i].Lines {
			if l.Quantity <= 0 {
				continue
			}
			sku := b.skus[l.SKU]
			asked[sku] += l.Quantity
			if last[sku] != i+1 {
				last[sku] = i + 1
				askers[sku]++
			}
		}
	}
	out := make([]bool, len(b.skus))
	for i := range b.sites {
		if !at(&b.sites[i]) {
			continue
		}
		for sku, n := range b.row(i) {
			out[sku] = out[sku] || askers[sku] > 1 && n > 0 && n < asked[sku]
		}
	}
	return out
}
