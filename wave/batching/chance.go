package batching

import "math"

// chance is a stream of numbers that look like chance and are the same for the same seed (SplitMix64 of G. Steele,
// D. Lea and C. Flood, 2014).
type chance uint64

func (c *chance) next() uint64 {
	*c += 0x9e3779b97f4a7c15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below gives a number from 0 to n-1; n is below 2^31.
func (c *chance) below(n int) int { return int((c.next() >> 33) * uint64(n) >> 31) }

// patience is exponentially distributed with mean one: how much worse, in temperatures, a step may be that
// annealing still takes.
func (c *chance) patience() float64 { return -math.Log(float64(c.next()>>11+1) / (1 << 53)) }

// shuffled gives the numbers from 0 to n-1 in any order.
func (c *chance) shuffled(n int) []int {
	out := make([]int, n)
	for i := range out {
		k := c.below(i + 1)
		out[i], out[k] = out[k], i
	}
	return out
}
