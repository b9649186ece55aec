package allocation

// Decide serves the orders one after the other, in the given order, and returns one decision each.
//
// A node is out when it is closed, has rejected the order before, does not serve the region, has no
// capacity left or is short. Of the nodes that can ship the whole order the strategy picks one. If
// there is none and the order may be split, the cheapest split is taken, and if the stock is short,
// what is there ships. An order that may not be split ships whole or waits whole.
//
// The same problem always has the same answer: ties go to the smaller node ID.
func Decide(p Problem) []Decision {
	if !p.Strategy.Valid() {
		p.Strategy = Cheapest
	}
	return newBoard(&p).decide()
}

func (b *board) decide() []Decision {
	out := make([]Decision, len(b.p.Orders))
	for i := range b.p.Orders {
		out[i] = b.open(&b.p.Orders[i]).decide()
	}
	return out
}

func (r *request) decide() Decision {
	best, able := r.single()
	var parts []part
	if best != nil {
		parts = []part{{best, r.asked()}}
	} else {
		parts = r.split()
	}
	d := Decision{Order: r.o.ID, Strategy: r.p.Strategy, Rejected: r.rejections(best, parts)}
	d.Parcels, d.BackOrders = r.fill(parts)
	d.Cost = r.cost(&d)
	d.Why = r.why(&d, best, able)
	r.draw(r.wants, parts)
	return d
}

func (r *request) asked() []int64 {
	all := make([]int64, len(r.wants))
	for i, w := range r.wants {
		all[i] = w.asked
	}
	return all
}

// fill turns units per SKU back into lines: the first line of a SKU is served first.
func (r *request) fill(parts []part) (parcels []Parcel, short []BackOrder) {
	rest := make([]int64, len(r.o.Lines))
	for i := range r.o.Lines {
		rest[i] = max(0, r.o.Lines[i].Quantity)
	}
	for _, p := range parts {
		parcel := Parcel{Node: r.sites[p.offer.site].node.ID, G: r.grams(p), Cost: r.parcelCost(p), Days: p.offer.days}
		for i, w := range r.wants {
			left := p.take[i]
			for j := range r.o.Lines {
				line := r.o.Lines[j]
				if left == 0 {
					break
				}
				if line.SKU != w.line.SKU || rest[j] == 0 {
					continue
				}
				line.Quantity = min(left, rest[j])
				rest[j] -= line.Quantity
				left -= line.Quantity
				parcel.Lines = append(parcel.Lines, line)
			}
		}
		parcels = append(parcels, parcel)
	}
	for j, n := range rest {
		if line := &r.o.Lines[j]; n > 0 {
			short = append(short, BackOrder{Line: line.No, SKU: line.SKU, Quantity: n, Reason: r.waits(line.SKU)})
		}
	}
	return parcels, short
}

func (r *request) cost(d *Decision) int64 {
	var cost int64
	for _, b := range d.BackOrders {
		cost += r.o.UnfilledCost * b.Quantity
	}
	if len(d.Parcels) == 0 {
		return cost
	}
	var days int
	for _, p := range d.Parcels {
		cost += p.Cost
		days = max(days, p.Days)
	}
	return cost + r.splitCost*int64(len(d.Parcels)-1) + r.late(days)
}

// draw removes from the board what an order ships.
func (b *board) draw(wants []want, parts []part) {
	for _, p := range parts {
		row := b.row(p.offer.site)
		for i, w := range wants {
			row[w.sku] -= p.take[i]
		}
		if s := &b.sites[p.offer.site]; s.left > 0 {
			s.left--
		}
	}
}
