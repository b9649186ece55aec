package assign

import "math"

// measureRest finds what units cost at least if any set of nodes may ship them.
func (d *desk) measureRest() {
	d.easiest = 0
	for i := range d.offers {
		d.easiest = min(d.easiest, d.offers[i].lin+float64(d.o.SplitCost))
	}
	d.gather()
	d.rest, d.restLin = d.serve(0, d.price, nil), d.serve(0, d.carry, nil)
	d.set, d.at = d.set[:0], d.at[:0]
	d.measureOuter()
	d.rest, d.restLin = d.under(d.rest), d.under(d.restLin)
}

// gather makes the set all nodes.
func (d *desk) gather() {
	d.set, d.at = d.set[:0], d.at[:0]
	for i := range d.offers {
		d.set, d.at = append(d.set, int32(i)), append(d.at, d.offers[i].at)
	}
}

// measureOuter spreads what it costs to open a node over all units that it could ship, so that no plan pays less for them.
func (d *desk) measureOuter() {
	for i := range d.outer {
		d.outer[i] = d.outer[i][:0]
		for range d.wants {
			d.outer[i] = append(d.outer[i], d.unit)
		}
	}
	split := float64(d.o.SplitCost)
	for i := range d.offers {
		of := &d.offers[i]
		there := d.there[of.at : int(of.at)+len(d.wants)]
		var most float64
		for _, n := range there {
			most += float64(n)
		}
		for l, n := range there {
			if n > 0 {
				p := d.price[int(of.at)+l]
				d.outer[0][l] = min(d.outer[0][l], p+(of.fix+split)/most)
				d.outer[1][l] = min(d.outer[1][l], p+of.perG*d.wants[l].g+max(0, of.lin+split)/most)
			}
		}
	}
}

// further is what plans cost at least that open the set and perhaps more nodes.
func (d *desk) further(fix, lin float64) float64 {
	return d.under(max(d.serve(fix, d.price, d.outer[0]), d.serve(lin, d.carry, d.outer[1])))
}

// under takes off what adding up in floating point may have put on.
func (d *desk) under(v float64) float64 {
	if math.IsInf(v, 0) {
		return v
	}
	return v - 1e-12*math.Abs(v)
}

// worthwhile is what a plan must be below to be better than the best.
func (d *desk) worthwhile() float64 { return d.best - 1e-9*(1+math.Abs(d.best)) }

// search adds to the set one node after the other, the cheaper to open first, as long as some plan with it could be better.
// fix and lin are the sums over the set, with the cost of splits; late is what its slowest parcel costs, known a bound for all that
// is added to the set.
func (d *desk) search(from int, fix, lin, late, known float64) {
	depth := d.depth(from)
	for i := from; i < len(d.offers); i++ {
		of := &d.offers[i]
		newFix, newLin := fix+of.fix, lin+of.lin
		if depth > 0 {
			newFix, newLin = newFix+float64(d.o.SplitCost), newLin+float64(d.o.SplitCost)
		}
		cut := d.worthwhile()
		if newFix+late+d.rest >= cut {
			return // those behind it cost no less to open
		}
		if d.work <= 0 && (depth > 0 || i > 0) {
			d.floor = min(d.floor, max(known, newFix+late+d.rest))
			return
		}
		newLate, room := max(late, d.late(of)), d.limit-depth-1
		if newFix+newLate+d.rest >= cut || newLin+newLate+d.easiest*float64(room)+d.restLin >= cut {
			continue
		}
		d.set, d.at = append(d.set[:depth], int32(i)), append(d.at[:depth], of.at)
		bound := math.Inf(-1)
		if room > 0 {
			bound = d.further(newFix+newLate, newLin+newLate+min(0, d.easiest)*float64(room))
			d.work--
		}
		if bound >= cut {
			continue
		}
		d.weigh(newFix+newLate, newLin+newLate)
		if room > 0 && bound < d.worthwhile() {
			d.search(i+1, newFix, newLin, newLate, bound)
		}
	}
}

// depth is how many nodes are in the set when search goes on from an offer: none at the first.
func (d *desk) depth(from int) int {
	if from == 0 {
		return 0
	}
	return len(d.set)
}
