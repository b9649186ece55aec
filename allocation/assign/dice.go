package assign

// dice is a generator of numbers that are as good as random (SplitMix64: G. L. Steele, D. Lea and C. H. Flood, "Fast
// Splittable Pseudorandom Number Generators", OOPSLA 2014).
type dice struct{ state uint64 }

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// share is a number above 0, not above 1.
func (d *dice) share() float64 { return float64(d.next()>>11+1) / (1 << 53) }

// below is a number from 0 to n-1.
func (d *dice) below(n int) int { return int(d.next() >> 1 % uint64(n)) }
