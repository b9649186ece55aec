package route

import "slices"

// matrix holds every distance a tour can be made of. Node 0 is the depot, node i+1 is visit i.
type matrix struct {
	d         [][]int
	end       []int // from each node to the nearest drop
	symmetric bool  // between visits, the way back is as long as the way there
}

// measure holds the ways between single stops.
func (f Floor) measure(stops []Stop) matrix { return f.waysBetween(f.single(stops)) }

func (f Floor) waysBetween(visits []visit) matrix {
	into := make([]place, 0, len(visits)+1)
	into = append(into, f.standAt(f.Depot))
	for _, v := range visits {
		into = append(into, v.in)
	}
	drops := f.ends()
	m := matrix{d: make([][]int, len(into)), end: make([]int, len(into)), symmetric: f.twoWay()}
	for i := range into {
		from := into[0]
		if i > 0 {
			from = visits[i-1].out
		}
		m.d[i] = f.walks(from, into)
		m.d[i][i] = 0
		m.end[i] = slices.Min(f.walks(from, drops))
	}
	return m
}

// ends lists where the walk may end.
func (f Floor) ends() []place {
	if len(f.Drops) == 0 {
		return []place{f.standAt(f.Depot)}
	}
	places := make([]place, len(f.Drops))
	for i, p := range f.Drops {
		places[i] = f.standAt(p)
	}
	return places
}

func (m matrix) visits() int {
	return len(m.d) - 1
}

func (m matrix) length(order []int) int {
	total, at := 0, 0
	for _, i := range order {
		total += m.d[at][i+1]
		at = i + 1
	}
	if at == 0 {
		return 0
	}
	return total + m.end[at]
}
