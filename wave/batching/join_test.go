package batching

import (
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"pgregory.net/rapid"
)

func TestALateOrderGoesWhereItCostsLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, rapid.IntRange(2, 7).Draw(t, "orders"), rapid.Bool().Draw(t, "dated"))
		late := len(p.Orders) - 1
		open := FirstCome(Problem{Floor: p.Floor, Cart: p.Cart, Pace: p.Pace, Orders: p.Orders[:late]})
		got, err := Join(p, open, late)
		if err != nil {
			t.Fatal(err)
		}
		m := newMeter(p)
		try := func(b int) (late0, length int, ok bool) {
			sets := make([][]int, len(open))
			copy(sets, open)
			if b < 0 {
				sets = append(sets, []int{late})
			} else if sets[b] = append(append([]int{}, open[b]...), late); !p.Fits(sets[b]) {
				return 0, 0, false
			}
			d := newDivision(m, narrow(sets))
			return d.tardy, d.length, true
		}
		tardy, length, _ := try(got.Batch)
		for b := -1; b < len(open); b++ {
			if l, n, ok := try(b); ok && (l < tardy || l == tardy && n < length) {
				t.Fatalf("joined %d (late %d, length %d), but %d gives %d, %d", got.Batch, tardy, length, b, l, n)
			}
		}
		before := newDivision(m, narrow(open))
		if before.length+got.Extra != length {
			t.Fatalf("the walks become %d longer, %d was said", length-before.length, got.Extra)
		}
	})
}

func TestALateOrderThatIsNoneIsRefused(t *testing.T) {
	p := made(4, 30, 1)
	for _, c := range []struct {
		open  [][]int
		order int
	}{{[][]int{{0, 1}}, 1}, {[][]int{{0, 0}}, 1}, {[][]int{{0}}, 9}, {[][]int{{-1}}, 1}} {
		if _, err := Join(p, c.open, c.order); fault.Code(err) != "batching.order" {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
