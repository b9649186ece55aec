package route

import "testing"

func spread(crossAisles, stops int) (Floor, []Stop) {
	f := Floor{}
	for i := range 12 {
		f.Aisles = append(f.Aisles, i*3000)
	}
	for i := range crossAisles {
		f.CrossAisles = append(f.CrossAisles, i*20000)
	}
	picks := make([]Stop, stops)
	for i := range picks {
		picks[i] = Stop{Aisle: i*7%12 + 1, Y: i * 7919 % (20000 * (crossAisles - 1))}
	}
	return f, picks
}

func BenchmarkPlan(b *testing.B) {
	for _, c := range []struct {
		name               string
		crossAisles, stops int
	}{{"one block, 40 stops", 2, 40}, {"three blocks, 10 stops", 4, 10}, {"three blocks, 40 stops", 4, 40}, {"three blocks, 120 stops", 4, 120}} {
		f, stops := spread(c.crossAisles, c.stops)
		b.Run(c.name, func(b *testing.B) {
			var t Tour
			for b.Loop() {
				t, _ = Plan(f, stops, Options{})
			}
			b.ReportMetric(float64(t.Length)/float64(t.SShape), "of-S-shape")
			b.ReportMetric(float64(t.LowerBound)/float64(t.Length), "bound/length")
		})
	}
}

// BenchmarkOneBlock is the bar of the trade: 30 picks in 20 aisles.
func BenchmarkOneBlock(b *testing.B) {
	f, stops := wide(20, 30)
	var p Planner
	for b.Loop() {
		_, _ = p.Plan(f, stops, Options{})
	}
}
