package seed

import (
	"math/rand/v2"
	"time"
)

// china has had one time zone and no summer time since 1992: a fixed offset needs no zone file.
var china = time.FixedZone("CST", 8*60*60)

// hours is the day's shape: orders per hour of the local day, quiet at night, with peaks before lunch and after
// dinner.
var hours = [24]int64{22, 12, 7, 5, 4, 6, 12, 22, 36, 52, 74, 70, 50, 46, 48, 50, 50, 46, 44, 56, 84, 90, 72, 42}

// arrivals spreads n moments over the 24 hours after from, in order, by the day's shape. Each moment is drawn inside
// its n-th part of the day's orders, so that small numbers keep the shape too.
func arrivals(r *rand.Rand, n int, from time.Time) []time.Time {
	from = from.In(china).Truncate(time.Second)
	start := from.Truncate(time.Hour)
	spans := make([]int64, 0, 25)
	for h := range 25 {
		// A part of an hour at either end weighs by its seconds: together they are the hour that from cuts.
		begin, end := start.Add(time.Duration(h)*time.Hour), start.Add(time.Duration(h+1)*time.Hour)
		if begin.Before(from) {
			begin = from
		}
		if last := from.Add(24 * time.Hour); end.After(last) {
			end = last
		}
		spans = append(spans, hours[start.Add(time.Duration(h)*time.Hour).Hour()]*int64(end.Sub(begin)/time.Second))
	}
	return spread(r, n, from, start, spans)
}

func spread(r *rand.Rand, n int, from, start time.Time, spans []int64) []time.Time {
	var whole int64
	for _, s := range spans {
		whole += s
	}
	list := make([]time.Time, 0, n)
	h, before := 0, int64(0)
	for i := range n {
		low, high := whole*int64(i)/int64(n), whole*int64(i+1)/int64(n)
		x := low + r.Int64N(max(1, high-low))
		for x >= before+spans[h] {
			before += spans[h]
			h++
		}
		begin := start.Add(time.Duration(h) * time.Hour)
		if begin.Before(from) {
			begin = from
		}
		rate := hours[begin.Hour()]
		list = append(list, begin.Add(time.Duration((x-before)/rate)*time.Second))
	}
	return list
}
