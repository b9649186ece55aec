package allocation

import "math"

// earthRadius is the mean radius of the IUGG, in metres.
const earthRadius = 6_371_008.8

// unknownDistance stands for a node without coordinates: further than any place on Earth.
const unknownDistance = 20_100_000

// Distance is the great-circle distance in metres between two places in micro-degrees
// (haversine formula; R. W. Sinnott, "Virtues of the Haversine", Sky & Telescope 68, 1984).
func Distance(lat1, lng1, lat2, lng2 int64) int64 {
	return newPoint(lat1, lng1).metres(newPoint(lat2, lng2))
}

// point is a place in radians, with the cosine that every distance from it needs.
type point struct {
	lat, lng, cos float64
	known         bool
}

func newPoint(lat, lng int64) point {
	const radians = math.Pi / 180e6
	p := point{lat: float64(lat) * radians, lng: float64(lng) * radians, known: lat != 0 || lng != 0}
	p.cos = math.Cos(p.lat)
	return p
}

func (p point) metres(q point) int64 {
	a, b := math.Sin((q.lat-p.lat)/2), math.Sin((q.lng-p.lng)/2)
	h := a*a + p.cos*q.cos*b*b
	return int64(math.Round(2 * earthRadius * math.Asin(math.Sqrt(min(h, 1)))))
}
