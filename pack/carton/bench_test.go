package carton

import (
	"fmt"
	"testing"
)

// range8 is a usual range of packaging.
func range8() []Carton {
	return []Carton{
		{"M1", Mailer, [3]int{250, 350, 30}, 2000, 20, 12}, {"M2", Mailer, [3]int{320, 450, 50}, 3000, 30, 20},
		{"B1", Box, [3]int{150, 100, 80}, 5000, 60, 25}, {"B2", Box, [3]int{200, 150, 100}, 8000, 90, 35},
		{"B3", Box, [3]int{300, 200, 150}, 12000, 160, 55}, {"B4", Box, [3]int{400, 300, 200}, 20000, 300, 90},
		{"B5", Box, [3]int{500, 400, 300}, 25000, 500, 140}, {"B6", Box, [3]int{600, 500, 400}, 30000, 800, 220},
	}
}

func order(lines, quantity int) Problem {
	p := Problem{Cartons: range8(), Freight: Freight{Divisor: 6000, FirstG: 1000, First: 600, StepG: 500, Step: 150}}
	for i := range lines {
		p.Items = append(p.Items, Item{
			SKU: fmt.Sprintf("SKU-%02d", i), Quantity: quantity, G: 120 + i*71%400, Soft: i%3 == 0, Fragile: i%5 == 4,
			MM: [3]int{60 + i*53%150, 40 + i*37%110, 20 + i*29%80},
		})
	}
	return p
}

func BenchmarkChoose(b *testing.B) {
	for _, c := range [][2]int{{1, 1}, {3, 1}, {5, 1}, {4, 3}, {10, 10}, {1, 300}, {30, 10}, {100, 3}} {
		p := order(c[0], c[1])
		b.Run(fmt.Sprintf("%d lines of %d", c[0], c[1]), func(b *testing.B) {
			var a Answer
			for b.Loop() {
				a = Choose(p, Options{})
			}
			b.ReportMetric(float64(len(a.Parcels)), "parcels")
			b.ReportMetric(float64(a.LowerBound)/float64(a.Cost), "bound/cost")
		})
	}
}
