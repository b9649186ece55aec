package batching

// FirstCome is the plain rule: orders go into the open batch in the order in which they are given; the first that no
// longer fits closes it and opens the next. With several zones every zone has its own open batch.
func FirstCome(p Problem) [][]int {
	inOrder := make([]int, len(p.Orders))
	for i := range inOrder {
		inOrder[i] = i
	}
	return firstCome(p, inOrder)
}

func firstCome(p Problem, inOrder []int) (out [][]int) {
	open := map[string]int{}
	limit := p.Cart.limits()
	var loads []load
	for _, i := range inOrder {
		o := p.Orders[i]
		b, any := open[o.Zone]
		if !any || !loads[b].plus(o.load()).within(limit) {
			b = len(out)
			open[o.Zone] = b
			out = append(out, nil)
			loads = append(loads, load{})
		}
		out[b] = append(out[b], i)
		loads[b] = loads[b].plus(o.load())
	}
	return out
}

// FirstComeSShape is the length of the plain rule's batches, each walked in an S-shape; where one-way aisles forbid
// that, along the planned walk. It fails where Validate does, or where a stop cannot be reached.
func FirstComeSShape(p Problem) (int, error) {
	if err := p.Validate(); err != nil {
		return 0, err
	}
	m := newMeter(p)
	sum := 0
	for _, b := range FirstCome(p) {
		tour, err := m.tour(b)
		if err != nil {
			return 0, err
		}
		if tour.SShape == 0 {
			tour.SShape = tour.Length
		}
		sum += tour.SShape
	}
	return sum, nil
}
