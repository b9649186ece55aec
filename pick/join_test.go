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

// releaseOf releases what a template has waiting.
func (w *world) releaseOf(t wave.Template) pick.WaveOut {
	w.Helper()
	out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{TemplateID: t.ID, Actor: "user:lin"})
	if err != nil {
		w.Fatal(err)
	}
	return out
}

func TestALateOrderJoinsAWalkThatNobodyHasBegun(t *testing.T) {
	each(t, func(w *world) {
		var heard []int64
		w.pick = pick.New(w.db, func(_ *db.Tx, of wave.Wave, inOrder []int64) error {
			heard = append([]int64{of.ID}, inOrder...)
			return nil
		})
		tpl := w.template(wave.Template{Method: wave.Batch, MaxOrders: 50})
		first := []int64{w.allocated(want{"CUP", 1}, want{"BOWL", 2}), w.allocated(want{"CUP", 2})}
		out := w.releaseOf(tpl)
		if len(out.Tasks) != 1 {
			t.Fatalf("%+v", out)
		}
		before := w.task(out.Tasks[0])
		late := w.allocated(want{"TEA", 7}, want{"BOWL", 1}) // on the way past the others
		joined := w.releaseOf(tpl)
		if joined.WaveID != 0 || len(joined.Tasks) != 0 || !slices.Equal(joined.Released, []int64{late}) || len(joined.Joined) != 1 {
			t.Fatalf("%+v", joined)
		}
		if j := joined.Joined[0]; j.TaskID != before.ID || j.WaveID != out.WaveID || j.ExtraMM >= j.AloneMM {
			t.Errorf("%+v", j)
		}
		if !slices.Equal(heard, []int64{out.WaveID, late}) {
			t.Errorf("who listens heard %v", heard)
		}
		d := w.task(before.ID)
		if d.Status != pick.Ready || d.Metres < before.Metres || d.Metres > before.Metres+(joined.Joined[0].ExtraMM+999)/1000+1 {
			t.Errorf("%+v, before %+v", d.Task, before.Task)
		}
		for i, v := range d.Lines {
			if v.Seq <= before.Lines[len(before.Lines)-1].Seq || i > 0 && v.Seq != d.Lines[i-1].Seq+1 || i > 0 && v.Location != d.Lines[i-1].Location && slices.ContainsFunc(d.Lines[:i], func(o pick.Visit) bool { return o.Location == v.Location }) {
				t.Errorf("line %d: %+v", i, v.Line)
			}
		}
		waves, err := wave.New(w.db).Waves(ctx, w.nodes["JX"], 0, 10)
		if err != nil || len(waves) != 1 || waves[0].Orders != 3 || waves[0].Lines != int64(len(d.Lines)) || waves[0].Metres != d.Metres || waves[0].PlainMetres <= waves[0].Metres {
			t.Errorf("%+v %v", waves, err)
		}
		if f := w.fulfilment(late); f.WaveID != out.WaveID || f.Status != order.Released || w.events(late, "wave.joined.v1") != 1 || w.events(late, "wave.released.v1") != 1 {
			t.Errorf("%+v", f)
		}
		if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: d.ID, Lines: []pick.ConfirmLine{{Seq: 1, Picked: 1}}}); fault.Code(err) != "pick.no_line" {
			t.Errorf("a line of the walk as it was: %v", err)
		}
		all := append(first, late)
		confirmed, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: d.ID})
		if err != nil || !slices.Equal(confirmed.Fulfilments, all) || w.kinds(late)["picked"] != 8 {
			t.Errorf("%+v %v", confirmed, err)
		}
		w.even()
	})
}

func TestALateOrderIsWalkedForByItselfWhereItMayNotJoin(t *testing.T) {
	trolley := func(change func(*wave.Trolley)) func(w *world, task int64) {
		return func(w *world, _ int64) {
			x := wave.UsualTrolley(w.nodes["JX"])
			change(&x)
			if _, err := wave.New(w.db).SaveTrolley(ctx, nil, "user:1", x); err != nil {
				w.Fatal(err)
			}
		}
	}
	for name, meanwhile := range map[string]func(w *world, task int64){
		"somebody walks": func(w *world, task int64) {
			if _, err := w.pick.Start(ctx, nil, task, "wang"); err != nil {
				w.Fatal(err)
			}
		},
		"somebody was given the walk": func(w *world, _ int64) {
			if _, _, err := w.pick.NextTask(ctx, nil, w.nodes["JX"], "wang"); err != nil {
				w.Fatal(err)
			}
		},
		"something was picked by nobody in particular": func(w *world, task int64) {
			if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: task, Lines: []pick.ConfirmLine{{Seq: 1, Picked: 1}}}); err != nil {
				w.Fatal(err)
			}
		},
		"the collection has been":     func(w *world, _ int64) { w.clock.Advance(5 * time.Hour) },
		"the trolley is full":         trolley(func(x *wave.Trolley) { x.Places = 2 }),
		"the trolley is heavy enough": trolley(func(x *wave.Trolley) { x.WeightG = 1000 }),
		"the wave is full": func(w *world, _ int64) {
			list, err := wave.New(w.db).Templates(ctx)
			if err != nil {
				w.Fatal(err)
			}
			list[0].MaxOrders = 2
			if _, err := wave.New(w.db).SaveTemplate(ctx, nil, "user:1", list[0]); err != nil {
				w.Fatal(err)
			}
		},
		"they go as they come": trolley(func(x *wave.Trolley) { x.Rule = wave.FirstCome }),
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, sqlite(t))
			tpl := w.template(wave.Template{Method: wave.Batch, MaxOrders: 50})
			w.allocated(want{"CUP", 2}, want{"BOWL", 3})
			w.allocated(want{"CUP", 2})
			out := w.releaseOf(tpl)
			meanwhile(w, out.Tasks[0])
			before := w.task(out.Tasks[0])
			w.allocated(want{"CUP", 1})
			late := w.releaseOf(tpl)
			if late.WaveID == 0 || len(late.Tasks) != 1 || len(late.Joined) != 0 {
				t.Errorf("%+v", late)
			}
			if after := w.task(out.Tasks[0]); !slices.EqualFunc(before.Lines, after.Lines, func(a, b pick.Visit) bool { return a.Line == b.Line }) {
				t.Errorf("the walk was changed: %+v", after.Lines)
			}
		})
	}
}

// Whoever is first has the walk: it is picked as it was taken, and each order once.
func TestNobodyPicksTwiceWhenAnOrderJoinsAtTheMomentTheWalkBegins(t *testing.T) {
	each(t, func(w *world) {
		tpl := w.template(wave.Template{Method: wave.Batch, MaxOrders: 50})
		var all []int64
		for range 6 {
			all = append(all, w.allocated(want{"CUP", 1}, want{"BOWL", 1}))
			out := w.releaseOf(tpl)
			if len(out.Tasks) != 1 {
				t.Fatalf("%+v", out)
			}
			all = append(all, w.allocated(want{"CUP", 2}), w.allocated(want{"TEA", 1}))
			other := pick.New(w.db, nil)
			var wg sync.WaitGroup
			wg.Go(func() { w.releaseOf(tpl) })
			wg.Go(func() {
				if _, err := other.Confirm(ctx, nil, pick.ConfirmIn{TaskID: out.Tasks[0], Picker: "wang"}); err != nil {
					t.Error(err)
				}
			})
			wg.Wait()
			for {
				task, found, err := w.pick.NextTask(ctx, nil, w.nodes["JX"], "wang")
				if err != nil || !found {
					break
				}
				if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: task.ID, Picker: "wang"}); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, key := range all {
			f := w.fulfilment(key)
			if f.Status != order.Picked || w.kinds(key)["picked"] != f.Units() || w.kinds(key)["hard"] != 0 {
				t.Errorf("%+v: %v", f, w.kinds(key))
			}
		}
		w.even()
	})
}
