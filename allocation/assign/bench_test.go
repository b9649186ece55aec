package assign_test

import (
	"strconv"
	"testing"

	"github.com/packhorse/packhorse/allocation/assign"
)

// BenchmarkSolve solves every scene with the default effort: "gap-%" is the cost over the bound, "saved-%" what the plain rule
// would cost more.
func BenchmarkSolve(b *testing.B) {
	for _, sc := range scenes {
		b.Run(sc.name, func(b *testing.B) { solveScene(b, sc) })
	}
}

// BenchmarkGrowth solves one kind of problem at several sizes.
func BenchmarkGrowth(b *testing.B) {
	for _, times := range []int{1, 3, 10} {
		sc := scenes[2]
		sc.orders, sc.skus = sc.orders*times, sc.skus*times
		b.Run(strconv.Itoa(sc.orders), func(b *testing.B) { solveScene(b, sc) })
	}
}

func solveScene(b *testing.B, sc scene) {
	var cost, bound, plain int64
	for i := 0; b.Loop(); i++ {
		p := sc.make(uint64(1 + i%3))
		a := assign.Solve(p, assign.Effort{Seed: 1})
		cost, bound, plain = cost+a.Cost, bound+a.Bound, plain+a.Greedy
	}
	b.ReportMetric(100*(float64(cost)/float64(bound)-1), "gap-%")
	b.ReportMetric(100*(1-float64(cost)/float64(plain)), "saved-%")
}

func TestEverySceneIsVerified(t *testing.T) {
	for _, sc := range scenes {
		sc.orders, sc.skus = sc.orders/10, max(1, sc.skus/10)
		p := sc.make(3)
		a := assign.Solve(p, assign.Effort{Seed: 1})
		if err := verify(p, &a); err != nil {
			t.Errorf("%s: %v", sc.name, err)
		}
	}
}
