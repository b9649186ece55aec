package allocation

// Saving is what deciding over orders together came to, beside the plain rule on the same orders, stock and rates. Costs are
// minor units of the company's currency: freight, handling, splits and lateness, not what waiting is reckoned at.
type Saving struct {
	Orders     int64 // that were decided together
	Plain      int64 // what those that the plain rule serves would have cost by it
	Chosen     int64 // and what the same goods for the same orders cost now
	MoreOrders int64 // that get something now, and would have waited
	MoreUnits  int64 // that ship now, and would have waited
	MoreCost   int64 // what shipping those costs
}

// Saved is what the same goods for the same orders cost less; below 0 where making room for others cost more than that.
func (s Saving) Saved() int64 { return s.Plain - s.Chosen }

func (s *Saving) add(x Saving) {
	s.Orders += x.Orders
	s.Plain += x.Plain
	s.Chosen += x.Chosen
	s.MoreOrders += x.MoreOrders
	s.MoreUnits += x.MoreUnits
	s.MoreCost += x.MoreCost
}

// compare sets decisions beside those of the plain rule, order by order, for those that are counted; nil counts all.
func compare(p *Problem, found, plain []Decision, counted []bool) (sum Saving) {
	for i := range found {
		if counted == nil || counted[i] {
			sum.add(beside(&p.Orders[i], &found[i], &plain[i]))
		}
	}
	return sum
}

// beside compares the two decisions over one order. What it costs more where it ships more is the cost of that.
func beside(o *Order, found, plain *Decision) Saving {
	s := Saving{Orders: 1, Plain: o.shipping(plain), Chosen: o.shipping(found), MoreUnits: owed(plain) - owed(found)}
	if s.MoreUnits > 0 {
		if len(plain.Parcels) == 0 {
			s.MoreOrders = 1
		}
		s.MoreCost = max(0, s.Chosen-s.Plain)
		s.Chosen -= s.MoreCost
	}
	return s
}

// shipping is what a decision over the order costs without what waits.
func (o *Order) shipping(d *Decision) int64 { return d.Cost - o.UnfilledCost*owed(d) }

// owed is how many units wait.
func owed(d *Decision) (units int64) {
	for _, b := range d.BackOrders {
		units += b.Quantity
	}
	return units
}
