package batching

import (
	"cmp"
	"math"
	"slices"
)

// prices solves the linear relaxation of the set partitioning problem over some columns, with as many batches at least
// as the cart needs for all orders, by the revised simplex method with an explicit inverse. It gives each order its
// price, what the relaxation pays for it, and each batch its fee. The columns hold every order alone. A column at a
// time enters, from a short list of the cheapest that is drawn up again when it is used up.
type prices struct {
	cols    *columns
	inverse [][]float64 // of one row for each order, then that of the batches
	x       []float64
	y       []float64 // price of every order, then the fee of a batch
	pivots  int       // how many columns may still enter
	stop    func() bool
}

const (
	tiny      = 1e-7
	shortList = 400
	surplus   = -1 // the column of batches beyond the least number
	pivotWork = 20 // a pivot is as much work as a step for every so many numbers of the inverse
)

// relax gives the prices and, last, the fee; work and stop end it early with prices that are merely not the best.
// alone[i] is the column of order i, least how many batches there must be.
func relax(cols *columns, alone []int, least, work int, stop func() bool) []float64 {
	n := len(alone)
	p := &prices{cols: cols, stop: stop, pivots: pivotWork * min(work, most) / (n * n), x: make([]float64, n+1), y: make([]float64, n+1)}
	c := chance(1)
	batches := 0.0
	for i := range n {
		p.inverse = append(p.inverse, make([]float64, n+1))
		p.inverse[i][i] = 1
		// A little more or less of every order keeps the method from standing still (Charnes 1952).
		p.x[i] = 1 + 1e-4*float64(c.below(1000))/1000
		p.y[i] = float64(cols.length[alone[i]])
		batches += p.x[i]
	}
	last := make([]float64, n+1)
	for k := range last {
		last[k] = 1
	}
	last[n] = -1
	p.inverse = append(p.inverse, last)
	p.x[n] = batches - float64(least) + 1e-5
	for !stop() {
		list := p.cheapest()
		if len(list) == 0 || !p.use(list) || p.pivots < 0 {
			break
		}
	}
	return p.y
}

// reduced is what a column costs beyond the prices of its orders and the fee.
func reduced(cols *columns, y []float64, i int) float64 {
	sum := float64(cols.length[i]) - y[len(y)-1]
	for _, o := range cols.of(i) {
		sum -= y[o]
	}
	return sum
}

type priced struct {
	column int
	cost   float64
}

// cheapest are the columns with the least reduced costs below zero.
func (p *prices) cheapest() []priced {
	var list []priced
	worst := -tiny * 10
	for i := range p.cols.count() {
		if r := reduced(p.cols, p.y, i); r < worst {
			list = append(list, priced{i, r})
			if len(list) == 2*shortList {
				slices.SortFunc(list, byCost)
				list = list[:shortList]
				worst = list[shortList-1].cost
			}
		}
	}
	if fee := p.y[len(p.y)-1]; fee < -10*tiny {
		list = append(list, priced{surplus, fee})
	}
	slices.SortFunc(list, byCost)
	return list[:min(len(list), shortList)]
}

func byCost(a, b priced) int {
	return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.column, b.column))
}

// use lets columns of the list enter until none of them is worth it; false when none could.
func (p *prices) use(list []priced) bool {
	for step := range 50 * len(p.y) {
		best, least := 0, 0.0
		for _, c := range list {
			r := p.y[len(p.y)-1]
			if c.column != surplus {
				r = reduced(p.cols, p.y, c.column)
			}
			if r < least {
				best, least = c.column, r
			}
		}
		if p.pivots--; least > -tiny || p.pivots < 0 || p.stop() || !p.enter(best, least) {
			return step > 0
		}
	}
	return false
}

// enter brings a column into the basis for the one that first runs out.
func (p *prices) enter(column int, cost float64) bool {
	u := make([]float64, len(p.y))
	row, least := -1, math.Inf(1)
	for i := range u {
		u[i] = p.share(i, column)
		if u[i] > tiny {
			if r := p.x[i] / u[i]; r < least {
				row, least = i, r
			}
		}
	}
	if row < 0 {
		return false
	}
	pivot := p.inverse[row]
	for k := range pivot {
		pivot[k] /= u[row]
	}
	for i, inv := range p.inverse {
		if f := u[i]; i != row && f != 0 {
			p.x[i] -= least * f
			for k := range inv {
				inv[k] -= f * pivot[k]
			}
		}
	}
	for k := range p.y {
		p.y[k] += cost * pivot[k]
	}
	p.x[row] = least
	return true
}

// share is how much of row i of the basis a column takes.
func (p *prices) share(i, column int) float64 {
	inv := p.inverse[i]
	if column == surplus {
		return -inv[len(inv)-1]
	}
	sum := inv[len(inv)-1]
	for _, o := range p.cols.of(column) {
		sum += inv[o]
	}
	return sum
}
