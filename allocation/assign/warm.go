package assign

// begin looks for prices to start from: it walks through the orders several times and changes the prices after every few of them,
// up for what these took more of than their share, down for the rest (incremental subgradients: A. Nedić and D. P. Bertsekas,
// "Incremental Subgradient Methods for Nondifferentiable Optimization", SIAM Journal on Optimization 12, 2001). It leaves the averages of the
// later walks in center and returns what plans come to there. pace is what a unit costs on average.
func (v *dual) begin(pace float64, stop func() bool) float64 {
	w := warming{v: v, dice: dice{uint64(len(v.active))}, order: append([]int32(nil), v.active...), price: v.trial, sum: make([]float64, len(v.trial))}
	copy(w.price, v.center)
	for walk := 0; walk < warmWalks && !stop(); walk++ {
		w.shuffle()
		w.walk(walk, pace, stop)
	}
	for _, r := range v.scarce {
		v.center[r] = w.price[r]
		if w.counted > 0 {
			v.center[r] = w.sum[r] / w.counted
		}
	}
	_, best := v.prove(v.center, searchWork, stop)
	return best
}

const (
	// warmWalks is how often the orders are walked through.
	warmWalks = 10
	// warmOrders is how many orders come between two changes of prices at least, warmChanges how many changes a walk has at most.
	warmOrders, warmChanges = 16, 400
	// warmStep is how far the first changes go.
	warmStep = 2
	// warmWork is what may be spent on one order.
	warmWork = 100
)

type warming struct {
	v       *dual
	dice    dice
	order   []int32
	price   []float64
	sum     []float64 // of the prices of the later walks
	counted float64   // walks in it
}

func (w *warming) shuffle() {
	for k := len(w.order) - 1; k > 0; k-- {
		j := w.dice.below(k + 1)
		w.order[k], w.order[j] = w.order[j], w.order[k]
	}
}

func (w *warming) walk(walk int, pace float64, stop func() bool) {
	v, n := w.v, len(w.order)
	few := max(warmOrders, n/warmChanges)
	for from := 0; from < n && !stop(); from += few {
		some := w.order[from:min(n, from+few)]
		share := float64(len(some)) / float64(n)
		w.ask(some)
		for _, r := range v.scarce {
			v.over[r] = v.trialFlow[r] - share*float64(v.supply[r])
		}
		v.lean.slope(v, v.over, v.slope, warmTogether)
		step := warmStep * pace / (1 + float64(walk) + float64(from)/float64(n))
		for _, r := range v.scarce {
			w.price[r] = min(v.dearest[r], max(0, w.price[r]+step*v.slope[r]))
		}
		if walk >= warmWalks/2 {
			w.counted += share
			for _, r := range v.scarce {
				w.sum[r] += share * w.price[r]
			}
		}
	}
}

// ask lets some orders choose at the prices and adds up what they use.
func (w *warming) ask(some []int32) {
	v := w.v
	clear(v.trialFlow)
	t := terms{left: v.supply, price: w.price, share: 1, work: warmWork}
	for _, i := range some {
		k, _ := v.ask(int(i), &t)
		v.pool.use(&v.pool.columns[i][k], v.trialFlow)
	}
}
