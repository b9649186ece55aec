//go:build unix

package assign_test

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
	"testing"

	"github.com/packhorse/packhorse/allocation/assign"
)

// BenchmarkWithin solves every scene within the seconds of ALLOCATION_SECONDS (1), seed ALLOCATION_SEED (1): scripts/bench-allocation.sh prints
// the table. The seconds are those that the process had a core for, so that other work on the machine changes them little.
func BenchmarkWithin(b *testing.B) {
	for _, sc := range scenes {
		b.Run(sc.name, func(b *testing.B) { solveWithin(b, sc, setting("ALLOCATION_SECONDS", 1)) })
	}
}

// BenchmarkSizes solves one kind of problem at several sizes, a second for each thousand orders.
func BenchmarkSizes(b *testing.B) {
	for _, orders := range []int{500, 1000, 2000, 5000, 10000, 20000} {
		sc := scenes[9]
		sc.orders, sc.skus = orders, orders/2
		b.Run(strconv.Itoa(orders), func(b *testing.B) { solveWithin(b, sc, setting("ALLOCATION_SECONDS", 1)*float64(orders)/1000) })
	}
}

func solveWithin(b *testing.B, sc scene, seconds float64) {
	for b.Loop() {
		p := sc.make(uint64(setting("ALLOCATION_SEED", 1)))
		began := processor()
		a := assign.Solve(p, assign.Effort{Seed: 1, Tries: 1 << 60, Left: func() float64 { return 1 - (processor()-began)/seconds }})
		took := processor() - began
		if err := verify(p, &a); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(a.Greedy), "greedy")
		b.ReportMetric(float64(a.Cost), "cost")
		b.ReportMetric(float64(a.Bound), "bound")
		b.ReportMetric(100*(float64(a.Cost)/float64(a.Bound)-1), "gap-%")
		b.ReportMetric(took, "s")
	}
}

func setting(name string, otherwise float64) float64 {
	if n, err := strconv.ParseFloat(os.Getenv(name), 64); err == nil {
		return n
	}
	return otherwise
}

// processor is the processor time of the process, in seconds.
func processor() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(fmt.Sprintf("getrusage: %v", err))
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
