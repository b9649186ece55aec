package pick_test

import (
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/wave"
)

// division releases a wave in batches and gives what dividing it came to.
func (w *world) division(ids []int64) (pick.WaveOut, wave.Division) {
	w.Helper()
	out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: ids, Method: wave.Batch})
	if err != nil {
		w.Fatal(err)
	}
	var list map[int64]wave.Division
	w.view(func(tx *db.Tx) (err error) { list, err = wave.DivisionsOf(tx, []int64{out.WaveID}); return err })
	return out, list[out.WaveID]
}

func TestAWaveIsDividedByTheTrolleyOfItsWarehouse(t *testing.T) {
	each(t, func(w *world) {
		// Bowls are in aisle 1, cups in aisle 2: as they come, every walk of two sees both.
		four := func() []int64 {
			return []int64{w.allocated(want{"BOWL", 1}), w.allocated(want{"CUP", 1}), w.allocated(want{"BOWL", 2}), w.allocated(want{"CUP", 2})}
		}
		set := func(rule string, places, grams int64) {
			if _, err := wave.New(w.db).SaveTrolley(ctx, nil, "user:1", wave.Trolley{NodeID: w.nodes["JX"], Rule: rule, Places: places, WeightG: grams}); err != nil {
				t.Fatal(err)
			}
		}
		out, usual := w.division(four())
		if len(out.Tasks) != 1 || usual.Walks != 1 || usual.Fulfilments != 4 || usual.Rule != wave.Shortest {
			t.Errorf("the usual trolley: %+v", usual)
		}
		set(wave.FirstCome, 2, 0)
		out, plain := w.division(four())
		if len(out.Tasks) != 2 || plain.Rule != wave.FirstCome || plain.Millimetres != plain.FirstCome {
			t.Errorf("as they come: %+v", plain)
		}
		set(wave.Shortest, 2, 0)
		out, short := w.division(four())
		if len(out.Tasks) != 2 || short.FirstCome != plain.FirstCome || short.Millimetres >= short.FirstCome || short.AtLeast > short.Millimetres {
			t.Errorf("shortest: %+v, as they come %+v", short, plain)
		}
		for i, lines := range []int{2, 2} {
			d := w.task(out.Tasks[i])
			if len(d.Lines) != lines || d.Lines[0].Location != d.Lines[1].Location {
				t.Errorf("walk %d goes to %+v", i, d.Lines)
			}
		}
		set(wave.Shortest, 12, 500) // a bowl is 300 g, a cup 100 g; two bowls are too heavy and walk alone
		if out, d := w.division(four()); len(out.Tasks) != 3 || d.Walks != 3 {
			t.Errorf("by weight: %+v", d)
		}
		w.even()
	})
}
