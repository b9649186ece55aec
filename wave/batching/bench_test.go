package batching

import (
	"fmt"
	"testing"
)

// BenchmarkSolve shows how the time of the search's own measure grows with the number of orders.
func BenchmarkSolve(b *testing.B) {
	for _, orders := range []int{20, 100, 1000} {
		p := made(orders, 36, 1)
		plain, err := FirstComeSShape(p)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(orders), func(b *testing.B) {
			var a Answer
			for b.Loop() {
				if a, err = Solve(p, Options{Seed: 1}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(a.Length)/float64(plain), "of-first-come")
		})
	}
}

// BenchmarkStep is one step of the search.
func BenchmarkStep(b *testing.B) {
	m := newMeter(made(100, 36, 1))
	s := newSearch(m, Options{})
	a := newAnnealing(newDivision(m, s.sets), s.friends, 1)
	for b.Loop() {
		a.once(10)
	}
}

// BenchmarkRelease is what a wave is divided with inside its release.
func BenchmarkRelease(b *testing.B) {
	for _, orders := range []int{50, 200, 1000} {
		p := made(orders, 0, 1)
		p.Cart.Places = 12
		b.Run(fmt.Sprint(orders), func(b *testing.B) {
			for b.Loop() {
				if _, err := Solve(p, Options{Seed: 1, Work: 20_000 + 100*orders}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
