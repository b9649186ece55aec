package allocation

// total is how much of a want all sites together have that could ship a part of the order.
func (r *request) total(w want) int64 {
	var sum int64
	for i := range r.offers {
		if r.offers[i].helps() {
			sum += min(w.asked, r.row(r.offers[i].site)[w.sku])
		}
	}
	return sum
}

// waits is the code of why units of a SKU are back-ordered.
func (r *request) waits(sku int64) string {
	var helped, anyShort, thisShort bool
	for i := range r.offers {
		helped = helped || r.offers[i].helps()
	}
	for _, w := range r.wants {
		short := r.total(w) < w.asked
		anyShort = anyShort || short
		thisShort = thisShort || short && w.line.SKU == sku
	}
	switch {
	case !helped:
		return r.nobody()
	case thisShort:
		return codeWaitsShort
	case anyShort && (r.limit == 1 || r.p.ShipComplete):
		return codeWaitsComplete
	case r.limit == 1:
		return codeWaitsWhole
	}
	return codeWaitsParcels
}

// nobody explains an order that no site can help with: by the obstacle that is soonest gone.
func (r *request) nobody() string {
	var seen [4]bool
	for i := range r.offers {
		switch of := &r.offers[i]; of.out {
		case codeCapacity: // room tomorrow is of no use where the goods are missing too
			seen[0] = seen[0] || r.stocks(of)
			seen[1] = seen[1] || !r.stocks(of)
		case codeShort:
			seen[1] = true
		case codeNoService:
			seen[2] = true
		case codeRejectedBefore:
			seen[3] = true
		}
	}
	for i, code := range []string{codeWaitsCapacity, codeWaitsShort, codeWaitsService, codeWaitsRejected} {
		if seen[i] {
			return code
		}
	}
	return codeWaitsClosed
}

// stocks reports whether a site has any unit that the order asks for.
func (r *request) stocks(of *offer) bool {
	row := r.row(of.site)
	for _, w := range r.wants {
		if row[w.sku] > 0 {
			return true
		}
	}
	return false
}
