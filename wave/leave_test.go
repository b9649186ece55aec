package wave_test

import (
	"slices"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/pick/route"
	"github.com/packhorse/packhorse/wave"
	"github.com/packhorse/packhorse/wave/shape"
)

func TestWhatLeavesSoonerIsWalkedTogetherAndFirst(t *testing.T) {
	at := func(f int64, aisle, due int) wave.Candidate {
		return wave.Candidate{Fulfilment: f, Zones: []string{"A"}, Stops: []route.Stop{{Aisle: aisle, Y: 15000}}, Due: due}
	}
	// By way, 1 goes with 2 and 3 with 4. But 1 and 3 leave soon, and one picker is back in time with both of them only together.
	list := []wave.Candidate{at(1, 1, 200), at(2, 1, 0), at(3, 6, 200), at(4, 6, 9000)}
	walking := wave.UsualWalking(1)
	walking.Pickers = 1
	plan := func(rule string, w wave.Walking) (out [][]int64) {
		groups, _ := wave.Ground{Trolley: wave.Trolley{Rule: rule, Places: 2}, Walking: w, Floor: floor()}.Plan(wave.Batch, list)
		for _, g := range groups {
			out = append(out, g.Fulfilments)
		}
		return out
	}
	if got := plan(wave.Shortest, walking); !slices.EqualFunc(got, [][]int64{{1, 3}, {2, 4}}, slices.Equal) {
		t.Errorf("one picker: %v", got)
	}
	walking.Pickers = 2
	if got := plan(wave.Shortest, walking); !slices.EqualFunc(got, [][]int64{{1, 2}, {3, 4}}, slices.Equal) {
		t.Errorf("two pickers: %v", got)
	}
	if got := plan(wave.FirstCome, walking); !slices.EqualFunc(got, [][]int64{{1, 2}, {3, 4}}, slices.Equal) {
		t.Errorf("as they come: %v", got)
	}
}

func TestAWaveByShapeBeginsWithWhatIsDueFirst(t *testing.T) {
	of := func(f int64, due int, skus ...int64) wave.Candidate {
		c := wave.Candidate{Fulfilment: f, Zones: []string{"A"}, Due: due, Stops: []route.Stop{{Aisle: 1, Y: int(1000 * f)}}}
		for _, s := range skus {
			c.Order.Lines = append(c.Order.Lines, shape.Line{SKU: s, Quantity: 1})
		}
		return c
	}
	urgent := of(5, 60, 8, 9)
	urgent.Order.Timed = true
	groups, _ := wave.Ground{Trolley: wave.UsualTrolley(1), Walking: wave.UsualWalking(1), Floor: floor()}.
		Plan(wave.ByShape, []wave.Candidate{of(1, 0, 1), of(2, 7200, 2), of(3, 3600, 3, 4), urgent})
	var got []int64
	for _, g := range groups {
		got = append(got, g.Fulfilments[0])
	}
	if !slices.Equal(got, []int64{5, 3, 1}) { // 1 and 2 are single items, walked together
		t.Error(got)
	}
}

func TestGoodsHaveToBeThereBeforeTheirCollection(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		node := nodeOf(t, d)
		w := wave.UsualWalking(node)
		w.AheadMinutes = 20
		err := d.View(ctx, func(tx *db.Tx) error {
			nodes, l, now := []int64{node, 999}, wave.Leaving{}, tx.Now()
			read, err := wave.WalkingOf(tx, nodes)
			if err != nil || read[999] != wave.UsualWalking(999) || read[node] != wave.UsualWalking(node) {
				t.Errorf("%+v %v", read, err)
			}
			if l, err = wave.LeavingFrom(tx, w); err != nil {
				return err
			}
			// It is noon, and SF collects at 16:00.
			const before = 20 * 60
			for by, want := range map[time.Duration]int{0: 4*3600 - before, time.Hour: 4*3600 - before, 5 * time.Hour: 4*3600 - before, 29 * time.Hour: 28*3600 - before} {
				if got := l.Seconds(now.Add(by).UnixMicro()); got != want {
					t.Errorf("a deadline in %v: %d s, want %d", by, got, want)
				}
			}
			if got := l.Seconds(0); got != 0 {
				t.Errorf("no deadline: %d", got)
			}
			// Nobody collects at the other node: the deadline itself counts, and what is too late stays different from what has none.
			if l, err = wave.LeavingFrom(tx, wave.UsualWalking(999)); l.Seconds(now.Add(30*time.Minute).UnixMicro()) != -1 || l.Seconds(now.Add(time.Hour).UnixMicro()) != 1800 {
				t.Error("without collections the deadline is not the measure")
			}
			if err != nil {
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		s := wave.New(d)
		if _, err := s.SaveWalking(ctx, nil, "user:1", w); err != nil {
			t.Fatal(err)
		}
		for code, spoil := range map[string]func(*wave.Walking){
			"wave.tours": func(w *wave.Walking) { w.Tours = "longest" }, "wave.out_of_range": func(w *wave.Walking) { w.Pickers = 0 }, "wave.node": func(w *wave.Walking) { w.NodeID = 1 },
		} {
			bad := w
			spoil(&bad)
			if _, err := s.SaveWalking(ctx, nil, "user:1", bad); fault.Code(err) != code {
				t.Errorf("%v, want %s", err, code)
			}
		}
	})
}
