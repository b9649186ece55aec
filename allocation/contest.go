package allocation

import "slices"

// contested says which orders of a problem get in each other's way: several ask for a SKU that some site has, but not enough
// of for all of them, or more orders come than a site takes parcels. nil where none do; then serving them one after the other
// is as good as serving them together, because nobody takes anything away from anybody.
func (b *board) contested() []bool {
	scarce, crowded := b.scarce(), b.crowded()
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

// crowded are the sites that stock something for more orders than they take.
func (b *board) crowded() (out []int) {
	for i := range b.sites {
		s := &b.sites[i]
		if !s.node.Open || s.left <= 0 || s.left >= len(b.p.Orders) {
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

// scarce says of every SKU whether several orders ask for it and some site has a part of what they ask for.
func (b *board) scarce() []bool {
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
		for sku, n := range b.row(i) {
			out[sku] = out[sku] || askers[sku] > 1 && n > 0 && n < asked[sku]
		}
	}
	return out
}
