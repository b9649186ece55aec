package pick_test

import (
	"sync"
	"testing"

	"github.com/packhorse/packhorse/pick"
)

func TestAPickerGetsTheWalkBegunThenTheAssignedThenTheOldest(t *testing.T) {
	each(t, func(w *world) {
		first, second, third := w.released(want{"CUP", 1}), w.released(want{"CUP", 1}), w.released(want{"CUP", 1})
		next := func(picker string, task int64) {
			t.Helper()
			got, found, err := w.pick.NextTask(ctx, nil, w.nodes["JX"], picker)
			if err != nil || got.ID != task || found != (task != 0) || found && got.Picker != picker {
				t.Errorf("%s: %+v %v", picker, got, err)
			}
		}
		next("wang", first.TaskID)
		next("wang", first.TaskID)
		next("li", second.TaskID)
		if _, err := w.pick.Assign(ctx, nil, third.TaskID, "wang"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.pick.Start(ctx, nil, third.TaskID, "wang"); err != nil {
			t.Fatal(err)
		}
		next("wang", third.TaskID)
		next("zhao", 0)
		_, _, err := w.pick.NextTask(ctx, nil, w.nodes["JX"], "")
		w.refused(err, "pick.picker")
	})
}

func TestAWalkIsHandedOverWithWhatWasScanned(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"CUP", 2})
		w.scan(pick.ScanIn{TaskID: r.TaskID, Location: "A2-2", Item: "cup", Picker: "wang"}, "pick.scan.counted")
		_, err := w.pick.Start(ctx, nil, r.TaskID, "li")
		w.refused(err, "pick.other_picker")
		_, err = w.pick.Start(ctx, nil, r.TaskID, "")
		w.refused(err, "pick.picker")
		for _, c := range []struct{ picker, status string }{{"", pick.Ready}, {"li", pick.Assigned}, {"zhao", pick.Assigned}} {
			got, err := w.pick.Assign(ctx, nil, r.TaskID, c.picker)
			if err != nil || got.Status != c.status || w.task(r.TaskID).Picker != c.picker || w.task(r.TaskID).Status != c.status {
				t.Errorf("%+v %v", got, err)
			}
		}
		w.scan(pick.ScanIn{TaskID: r.TaskID, Location: "A2-2", Item: "cup", Picker: "zhao"}, "pick.scan.done")
		_, err = w.pick.Assign(ctx, nil, r.TaskID, "li")
		w.refused(err, "pick.task_state")
		_, err = w.pick.Assign(ctx, nil, 12345, "li")
		w.refused(err, "pick.no_task")
	})
}

func TestOpenTasksAreListedPageByPage(t *testing.T) {
	each(t, func(w *world) {
		var ids []int64
		for range 3 {
			ids = append(ids, w.released(want{"CUP", 1}).TaskID)
		}
		if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: ids[1]}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.pick.Assign(ctx, nil, ids[2], "li"); err != nil {
			t.Fatal(err)
		}
		list := func(f pick.Filter, after int64, limit int, want ...int64) {
			t.Helper()
			got, err := w.pick.Tasks(ctx, f, after, limit)
			same := err == nil && len(got) == len(want)
			for i := range got {
				same = same && i < len(want) && got[i].ID == want[i]
			}
			if !same {
				t.Errorf("%+v: %+v %v", f, got, err)
			}
		}
		here := pick.Filter{Node: w.nodes["JX"]}
		list(here, 0, 10, ids[0], ids[2])
		list(here, 0, 1, ids[0])
		list(here, ids[0], 10, ids[2])
		list(pick.Filter{Node: here.Node, Picker: "li"}, 0, 10, ids[2])
		list(pick.Filter{Node: here.Node, Status: pick.Ready}, 0, 10, ids[0])
		list(pick.Filter{Node: w.nodes["CD"]}, 0, 10)
	})
}

func TestTwoPickersNeverGetTheSameWalk(t *testing.T) {
	each(t, func(w *world) {
		for range 8 {
			w.released(want{"CUP", 1})
		}
		var mu sync.Mutex
		var wg sync.WaitGroup
		got := map[int64]string{}
		for _, picker := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
			wg.Go(func() {
				next, found, err := w.pick.NextTask(ctx, nil, w.nodes["JX"], picker)
				mu.Lock()
				defer mu.Unlock()
				if err != nil || !found || got[next.ID] != "" {
					t.Errorf("%s: %+v %v, which %s has", picker, next, err, got[next.ID])
				}
				got[next.ID] = picker
			})
		}
		wg.Wait()
	})
}
