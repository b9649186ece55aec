package pick_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/wave"
)

// template saves an enabled wave template of JX.
func (w *world) template(t wave.Template) wave.Template {
	w.Helper()
	t.NodeID, t.Name, t.Enabled = w.nodes["JX"], "afternoon", true
	saved, err := wave.New(w.db).SaveTemplate(ctx, nil, "user:1", t)
	if err != nil {
		w.Fatal(err)
	}
	return saved
}

func TestABatchIsWalkedAlongTheShortestPath(t *testing.T) {
	each(t, func(w *world) {
		ids := []int64{w.allocated(want{"CUP", 1}, want{"POT", 1}), w.allocated(want{"BOWL", 1}, want{"POT", 2}), w.allocated(want{"TEA", 7}, want{"POT", 1})}
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: ids, Method: wave.Batch, Actor: "user:lin"})
		if err != nil || len(out.Tasks) != 1 || !slices.Equal(out.Released, ids) || len(out.Refused) != 0 {
			t.Fatalf("%+v %v", out, err)
		}
		d := w.task(out.Tasks[0])
		var walked []string
		for i, v := range d.Lines {
			if v.Seq != int64(i+1) {
				t.Errorf("line %d is number %d", i, v.Seq)
			}
			if len(walked) == 0 || walked[len(walked)-1] != v.Location {
				walked = append(walked, v.Location)
			}
		}
		// Up aisle 1, down aisle 2, into aisle 3 and back: no location twice.
		there := []string{"A1-1", "A1-2", "A2-2", "A2-1", "B3-1"}
		back := slices.Clone(there)
		slices.Reverse(back)
		if !slices.Equal(walked, there) && !slices.Equal(walked, back) {
			t.Error(walked)
		}
		if d.Metres == 0 || d.Metres > d.PlainMetres || d.Zone != "" || d.Method != wave.Batch || d.WaveID != out.WaveID {
			t.Errorf("%+v", d.Task)
		}
		for _, key := range ids {
			if f := w.fulfilment(key); f.WaveID != out.WaveID || f.Status != order.Released {
				t.Errorf("%+v", f)
			}
		}
		waves, err := wave.New(w.db).Waves(ctx, w.nodes["JX"], 0, 10)
		if err != nil || len(waves) != 1 || waves[0].Orders != 3 || waves[0].Lines != int64(len(d.Lines)) || waves[0].ReleasedBy != "user:lin" {
			t.Errorf("%+v %v", waves, err)
		}
		if v := waves[0]; v.Metres != d.Metres || v.PlainMetres <= v.Metres || v.Seconds == 0 || v.PlainSeconds <= v.Seconds {
			t.Errorf("predicted %d m and %d s, one by one %d m and %d s", v.Metres, v.Seconds, v.PlainMetres, v.PlainSeconds)
		}
		confirmed, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: d.ID})
		if err != nil || !slices.Equal(confirmed.Fulfilments, ids) {
			t.Errorf("%+v %v", confirmed, err)
		}
		w.even()
	})
}

func TestOneFulfilmentOfABatchCanBeConfirmedByItself(t *testing.T) {
	each(t, func(w *world) {
		ids := []int64{w.allocated(want{"CUP", 1}), w.allocated(want{"BOWL", 1})}
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: ids, Method: wave.Batch})
		if err != nil {
			t.Fatal(err)
		}
		for i, key := range ids {
			got, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: key, Picker: "wang"})
			status := []string{pick.Started, pick.Done}[i]
			if err != nil || got.TaskStatus != status || !slices.Equal(got.Fulfilments, []int64{key}) || got.TaskID != out.Tasks[0] {
				t.Errorf("%+v %v", got, err)
			}
		}
	})
}

// On PostgreSQL the two desks work at the same moment, and each must see the lines that the other has closed.
func TestATaskOfManyIsClosedByWhoeverPicksLast(t *testing.T) {
	each(t, func(w *world) {
		var ids []int64
		for range wave.MaxGroup {
			ids = append(ids, w.allocated(want{"CUP", 1}))
		}
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: ids, Method: wave.Batch})
		if err != nil || len(out.Tasks) != 1 {
			t.Fatalf("%+v %v", out, err)
		}
		var wg sync.WaitGroup
		desks := []*pick.Service{w.pick, pick.New(w.db, nil), pick.New(w.db, nil)}
		for i, key := range ids {
			wg.Go(func() {
				if _, err := desks[i%len(desks)].Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: key, Picker: "wang"}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if d := w.task(out.Tasks[0]); d.Status != pick.Done {
			t.Errorf("%+v", d.Task)
		}
		w.even()
	})
}

func TestADiscreteWaveHasATaskForEach(t *testing.T) {
	each(t, func(w *world) {
		bad := w.allocated(want{"BOWL", 1})
		w.hold(bad)
		ids := []int64{w.allocated(want{"CUP", 1}), w.allocated(want{"BOWL", 1}), bad}
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: ids, Method: wave.Discrete})
		if err != nil || len(out.Tasks) != 2 || len(out.Refused) != 1 || out.Refused[0].FulfilmentID != bad || out.Refused[0].Code != "order.on_hold" {
			t.Errorf("%+v %v", out, err)
		}
	})
}

func TestAWaveThatCannotBeIsRefused(t *testing.T) {
	each(t, func(w *world) {
		key := w.allocated(want{"CUP", 1})
		for code, in := range map[string]pick.WaveIn{
			"wave.empty":              {Method: wave.Batch},
			"wave.method":             {Method: "zone", Fulfilments: []int64{key}},
			"wave.template_not_found": {TemplateID: 12345},
			"wave.too_large":          {Method: wave.Batch, Fulfilments: many(wave.MaxOrders + 1)},
			"wave.several_nodes":      {Method: wave.Batch, Fulfilments: []int64{key, w.allocatedAt("CD", want{"BOWL", 1})}},
		} {
			_, err := w.pick.ReleaseWave(ctx, nil, in)
			w.refused(err, code)
		}
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Method: wave.Batch, Fulfilments: []int64{12345}})
		if err != nil || out.WaveID != 0 || len(out.Refused) != 1 {
			t.Errorf("%+v %v", out, err)
		}
	})
}

func many(n int) (ids []int64) {
	for i := range n {
		ids = append(ids, int64(i+1))
	}
	return ids
}

func TestATemplateReleasesBeforeTheCutoffAndNotEarlier(t *testing.T) {
	each(t, func(w *world) {
		w.template(wave.Template{Method: wave.Discrete, MinutesBeforeCutoff: 60, MaxOrders: 2}) // SF collects at 16:00
		for range 3 {
			w.allocated(want{"CUP", 1})
		}
		step := func(released ...int) {
			t.Helper()
			for _, n := range released {
				out, err := w.pick.ReleaseDue(ctx)
				got := 0
				for _, o := range out {
					got += len(o.Released)
				}
				if err != nil || got != n {
					t.Errorf("%d released, want %d: %v", got, n, err)
				}
			}
		}
		step(0) // noon
		w.clock.Advance(2*time.Hour + 59*time.Minute)
		step(0)
		w.clock.Advance(time.Minute)
		step(2, 1, 0) // waves of two
		w.allocated(want{"CUP", 1})
		w.clock.Advance(59 * time.Minute)
		step(1) // what comes until the cut-off still goes
		w.allocated(want{"CUP", 1})
		w.clock.Advance(time.Minute)
		step(0) // the next one is tomorrow's
		waves, err := wave.New(w.db).Waves(ctx, 0, 0, 10)
		at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC).UnixMicro()
		if err != nil || len(waves) != 3 || waves[0].CutoffAt != at || waves[2].Orders != 2 {
			t.Errorf("%+v %v", waves, err)
		}
	})
}

func TestATemplateOfAZoneLeavesTheRest(t *testing.T) {
	each(t, func(w *world) {
		mixed, pots, cups := w.allocated(want{"CUP", 1}, want{"POT", 1}), w.allocated(want{"POT", 1}), w.allocated(want{"CUP", 1})
		held := w.allocated(want{"CUP", 1})
		w.hold(held)
		tpl := w.template(wave.Template{Method: wave.Batch, Zones: []string{"A"}, MaxOrders: 100})
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{TemplateID: tpl.ID})
		if err != nil || !slices.Equal(out.Released, []int64{cups}) || len(out.Refused) != 0 {
			t.Errorf("%+v %v", out, err)
		}
		if d := w.task(out.Tasks[0]); d.Zone != "A" {
			t.Errorf("%+v", d.Task)
		}
		if w.fulfilment(mixed).Status != order.Allocated || w.fulfilment(pots).Status != order.Allocated {
			t.Error("goods of zone B were released")
		}
	})
}

func TestTheMostUrgentGoFirst(t *testing.T) {
	each(t, func(w *world) {
		var ids []int64
		for range 4 {
			ids = append(ids, w.allocated(want{"CUP", 1}))
		}
		w.update(func(tx *db.Tx) error {
			for i, by := range []int64{0, 2000, 1000, 0} { // the first has no last moment, the fourth has priority
				o, err := order.LockOne(tx, w.locked(tx, ids[i]).OrderID)
				if err != nil {
					return err
				}
				o.ShipBy, o.Priority = by, int64(5*(i/3))
				if err := order.SaveContent(tx, o); err != nil {
					return err
				}
			}
			return nil
		})
		tpl := w.template(wave.Template{Method: wave.Discrete, MaxOrders: 3})
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{TemplateID: tpl.ID})
		if err != nil || !slices.Equal(out.Released, []int64{ids[3], ids[2], ids[1]}) {
			t.Errorf("%v of %v, %v", out.Released, ids, err)
		}
	})
}

func TestWhoeverListensHearsOfAWaveInTheOrderOfItsWalks(t *testing.T) {
	each(t, func(w *world) {
		template := w.template(wave.Template{Method: wave.Discrete, MaxOrders: 10, LabelAt: wave.AtRelease})
		ids := []int64{w.allocated(want{"CUP", 1}), w.allocated(want{"BOWL", 1})}
		var heard []int64
		var of wave.Wave
		w.pick = pick.New(w.db, func(tx *db.Tx, released wave.Wave, inOrder []int64) error { of, heard = released, inOrder; return nil })
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{TemplateID: template.ID, Actor: "user:1"})
		if err != nil || of.ID != out.WaveID || of.TemplateID != template.ID || !slices.Equal(heard, ids) {
			t.Fatalf("heard %v of %+v, want %v; %+v %v", heard, of, ids, out, err)
		}
		refuse := w.allocated(want{"CUP", 1})
		w.pick = pick.New(w.db, func(*db.Tx, wave.Wave, []int64) error { return fault.New(fault.Conflict, "no", "no") })
		if _, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{TemplateID: template.ID}); fault.Code(err) != "no" {
			t.Error(err)
		}
		if f := w.fulfilment(refuse); f.Status != order.Allocated {
			t.Errorf("it is %s though its wave was taken back", f.Status)
		}
	})
}

func TestAWaveByShapeWalksSinglesTogether(t *testing.T) {
	each(t, func(w *world) {
		ids := []int64{w.allocated(want{"CUP", 1}), w.allocated(want{"CUP", 1}), w.allocated(want{"CUP", 1}, want{"POT", 1})}
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: ids, Method: wave.ByShape})
		if err != nil || len(out.Tasks) != 2 {
			t.Fatalf("%+v %v", out, err)
		}
		var together []int
		for _, key := range out.Tasks {
			d := w.task(key)
			want := wave.Batch
			for _, v := range d.Lines {
				if v.FulfilmentID == ids[0] || v.FulfilmentID == ids[1] {
					together, want = append(together, len(d.Lines)), wave.Bulk
				}
			}
			if d.Method != want {
				t.Errorf("%+v", d.Task)
			}
		}
		if !slices.Equal(together, []int{2, 2}) {
			t.Errorf("the singles are in walks of %v lines", together)
		}
		waves, err := wave.New(w.db).Waves(ctx, w.nodes["JX"], 0, 10)
		if err != nil || len(waves) != 1 || waves[0].Method != wave.ByShape {
			t.Errorf("%+v %v", waves, err)
		}
	})
}
