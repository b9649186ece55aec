package carton

import "slices"

// settle lets the units down, the lowest first, each where it was found or moved to the edges of those below it, until it
// is carried by all rules, or on any part of its base. It gives nil where a unit finds no such place.
func (a *apartness) settle(anyPart bool) *filling {
	order := make([]int, len(a.units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return a.at[2][i] - a.at[2][j] })
	plenty := 1 << 30
	f := &filling{inner: a.inner, effort: &plenty, any: anyPart}
	for _, i := range order {
		b := block{size: a.turns[i][a.turn[i]], item: a.units[i]}
		if !a.letDown(f, &b, a.edges(f, b, 0, i), a.edges(f, b, 1, i)) {
			return nil
		}
		f.blocks = append(f.blocks, b)
		f.volume += b.item.volume()
		f.g += b.item.G
	}
	return f
}

// letDown looks for the first place at which the unit is carried.
func (a *apartness) letDown(f *filling, b *block, xs, ys []int) bool {
	for _, x := range xs {
		for _, y := range ys {
			a.loose--
			b.at = [3]int{x, y, 0}
			for _, o := range f.blocks {
				if overlap(x, b.end(0), o.at[0], o.end(0)) > 0 && overlap(y, b.end(1), o.at[1], o.end(1)) > 0 {
					b.at[2] = max(b.at[2], o.end(2))
				}
			}
			if b.end(2) <= a.inner[2] && f.fits(*b) {
				return true
			}
		}
	}
	return false
}

// edges lists where a unit may go along an axis: where it was found, as far the other way as the others leave it, and flush
// with those that stand already.
func (a *apartness) edges(f *filling, b block, axis, i int) []int {
	list := []int{a.at[axis][i], a.latest(axis, i) - b.size[axis]}
	for _, o := range f.blocks {
		for _, at := range [2]int{o.at[axis], o.end(axis) - b.size[axis]} {
			if at >= 0 && at+b.size[axis] <= a.inner[axis] && !slices.Contains(list, at) {
				list = append(list, at)
			}
		}
	}
	return list
}

// latest is how far along an axis a unit can end without changing the order of those it is apart from.
func (a *apartness) latest(axis, i int) int {
	end := a.inner[axis]
	for j := range a.units {
		if a.apart[axis][i]&(1<<j) != 0 && a.at[axis][j] >= a.at[axis][i]+a.size[i][axis] {
			end = min(end, a.latest(axis, j)-a.size[j][axis])
		}
	}
	return end
}
