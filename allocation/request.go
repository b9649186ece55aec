package allocation

import "slices"

// request is one order in front of the board.
type request struct {
	*board
	o         *Order
	limit     int // parcels; 1 = may not be split
	splitCost int64
	wants     []want
	units     int64
	g         int64
	offers    []offer // one per site
	slots     []int   // SKU index → 1 + position in wants, while wants are gathered
	divide    division
}

// want is what the order asks of one SKU, over all its lines.
type want struct {
	sku   int // index on the board
	asked int64
	g     int64 // of one unit
	line  *Line // the first that asks for it
}

// offer is what one site can do for the order.
type offer struct {
	site     int
	kept     bool   // see board.kept
	out      string // code of what keeps it from shipping the whole order; empty = it can
	lane     *Lane
	have     int64 // units of the order it has in stock
	distance int64
	days     int
	cost     int64 // of the whole order in one parcel from here
}

// open puts the order in front of the board and hears every site.
func (b *board) open(o *Order) *request {
	r := &b.req
	r.board, r.o = b, o
	r.limit = maxParcels(b.p, o)
	r.splitCost = o.SplitCost
	if r.splitCost == 0 {
		r.splitCost = b.p.SplitCost
	}
	r.gather()
	r.hear()
	return r
}

func maxParcels(p *Problem, o *Order) int {
	switch {
	case !o.MaySplit:
		return 1
	case o.MaxParcels > 0:
		return o.MaxParcels
	case p.MaxParcels > 0:
		return p.MaxParcels
	}
	return DefaultMaxParcels
}

// gather adds up the lines by SKU: two lines of one SKU draw on the same stock.
func (r *request) gather() {
	r.wants, r.units, r.g = r.wants[:0], 0, 0
	for i := range r.o.Lines {
		l := &r.o.Lines[i]
		if l.Quantity <= 0 {
			continue
		}
		sku := r.skus[l.SKU]
		if r.slots[sku] == 0 {
			r.wants = append(r.wants, want{sku: sku, g: l.G, line: l})
			r.slots[sku] = len(r.wants)
		}
		w := &r.wants[r.slots[sku]-1]
		w.asked += l.Quantity
		r.units += l.Quantity
		r.g += l.Quantity * w.g
	}
	for _, w := range r.wants {
		r.slots[w.sku] = 0
	}
}

func (r *request) hear() {
	r.offers = r.offers[:0]
	lanes, home := r.lanesTo(r.o.Region), newPoint(r.o.Lat, r.o.Lng)
	for i := range r.sites {
		of := offer{site: i, lane: lanes[i], kept: r.kept && r.sites[i].node.Plain}
		of.out = r.obstacle(&of)
		if of.lane != nil {
			of.days = of.lane.Days
			if r.sites[i].node.CutoffPassed {
				of.days++
			}
			of.cost = of.lane.Price(r.g) + r.sites[i].node.HandlingCost + r.late(of.days)
		}
		of.distance = r.distance(home, &r.sites[i])
		r.offers = append(r.offers, of)
	}
}

// obstacle is the first thing that keeps a site from shipping the whole order.
func (r *request) obstacle(of *offer) string {
	s := &r.sites[of.site]
	switch {
	case len(r.wants) == 0:
		return codeNotNeeded
	case !s.node.Open:
		return codeClosed
	case slices.Contains(r.o.Excluded, s.node.ID):
		return codeRejectedBefore
	case of.lane == nil:
		return codeNoService
	case s.left == 0:
		return codeCapacity
	}
	row := r.row(of.site)
	for _, w := range r.wants {
		of.have += min(row[w.sku], w.asked)
	}
	switch {
	case of.have < r.units:
		return codeShort
	case of.kept:
		return codePlainNode
	}
	return ""
}

// distance falls back on the province: platforms mask the address, but never the province.
func (r *request) distance(home point, s *site) int64 {
	switch {
	case home.known && s.place.known:
		return home.metres(s.place)
	case home.known:
		return unknownDistance
	case s.node.Province != "" && s.node.Province == r.o.Region:
		return 0
	}
	return 1
}

// late is the price of arriving after the promised day.
func (r *request) late(days int) int64 {
	return r.o.LateCostPerDay * int64(max(0, days-r.o.PromisedDays))
}

// helps reports whether a site could ship a part of the order.
func (of *offer) helps() bool {
	return (of.out == "" || of.out == codeShort) && of.have > 0 && !of.kept
}
