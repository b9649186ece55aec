package carton

import "math/bits"

func (c Carton) volume() int {
	return c.Inner[0] * c.Inner[1] * c.Inner[2]
}

// load is the weight of goods the carton carries.
func (c Carton) load() int {
	if c.MaxG == 0 {
		return largest * MaxUnits
	}
	return c.MaxG - c.TareG
}

// takes reports whether one unit fits into the empty carton.
func (c Carton) takes(it Item) bool {
	if it.G > c.load() {
		return false
	}
	if c.Kind == Mailer {
		return it.Soft && it.volume() <= c.volume()
	}
	if !it.measured() {
		return true
	}
	for _, d := range it.orientations() {
		if d[0] <= c.Inner[0] && d[1] <= c.Inner[1] && d[2] <= c.Inner[2] {
			return true
		}
	}
	return false
}

// Price is the freight of a parcel in carton c that weighs grossG: by the larger of real and volumetric
// weight, the latter rounded up to whole grams.
func (f Freight) Price(c Carton, grossG int) int64 {
	charged := grossG
	if f.Divisor > 0 {
		charged = max(charged, (c.volume()+f.Divisor-1)/f.Divisor)
	}
	return f.First + f.steps(charged)
}

func (f Freight) steps(chargedG int) int64 {
	if f.StepG == 0 || chargedG <= f.FirstG {
		return 0
	}
	return f.Step * int64((chargedG-f.FirstG+f.StepG-1)/f.StepG)
}

// parcelCost is what a parcel of goodsG grams in carton c costs.
func (p Problem) parcelCost(c Carton, goodsG int) int64 {
	return c.Cost + p.Freight.Price(c, goodsG+c.TareG)
}

// share is the rounded-up part of a total that a / b stands for: ⌈total · a / b⌉, without overflow.
func share(total int64, a, b int) int64 {
	hi, lo := bits.Mul64(uint64(total), uint64(a))
	if hi >= uint64(b) {
		return 0 // cannot be held; no bound is drawn from it
	}
	q, r := bits.Div64(hi, lo, uint64(b))
	if r > 0 {
		q++
	}
	return int64(q)
}
