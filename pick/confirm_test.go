package pick_test

import (
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
)

func TestPickedGoodsStandAtTheStage(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"CUP", 2}, want{"BOWL", 1})
		out, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: r.FulfilmentID, Picker: "wang"})
		if err != nil || out.TaskStatus != pick.Done || len(out.Fulfilments) != 1 || out.TaskID != r.TaskID {
			t.Fatalf("%+v %v", out, err)
		}
		d := w.task(r.TaskID)
		if d.Status != pick.Done || d.Picker != "wang" || d.Lines[0].Line.Status != pick.Picked || d.Lines[1].Line.Picked != 2 {
			t.Errorf("%+v", d)
		}
		if w.fulfilment(r.FulfilmentID).Status != order.Picked || w.kinds(r.FulfilmentID)[inventory.Picked] != 3 || w.events(r.FulfilmentID, "pick.picked.v1") != 1 {
			t.Errorf("%+v %v", w.fulfilment(r.FulfilmentID), w.kinds(r.FulfilmentID))
		}
		if onHand, _ := w.stock("STAGE", "CUP", "good"); onHand != 2 {
			t.Errorf("%d cups at the stage", onHand)
		}
		_, err = w.pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: r.FulfilmentID})
		w.refused(err, "pick.not_released")
		_, err = w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: r.TaskID})
		w.refused(err, "pick.task_closed")
		w.even()
	})
}

func TestALineIsClosedWhenItHasAllItAsksFor(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"CUP", 3}, want{"BOWL", 1})
		step := func(seq, picked int64, status string, done int) {
			t.Helper()
			out, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: r.TaskID, Picker: "wang", Lines: []pick.ConfirmLine{{Seq: seq, Picked: picked}}})
			if err != nil || out.TaskStatus != status || len(out.Fulfilments) != done {
				t.Errorf("line %d: %+v %v", seq, out, err)
			}
		}
		step(2, 1, pick.Started, 0)
		if onHand, reserved := w.stock("A2-2", "CUP", "good"); onHand != 1_000_000 || reserved != 3 {
			t.Errorf("an open line's goods are booked in their bin: %d, %d reserved", onHand, reserved)
		}
		step(1, 1, pick.Started, 0)
		step(2, 3, pick.Done, 1)
		w.even()
	})
}

func TestWhatCannotBePickedIsRefused(t *testing.T) {
	each(t, func(w *world) {
		r, other := w.released(want{"CUP", 3}), w.released(want{"BOWL", 1})
		soft := w.allocated(want{"BOWL", 1})
		one := func(seq, picked int64) []pick.ConfirmLine { return []pick.ConfirmLine{{Seq: seq, Picked: picked}} }
		for code, in := range map[string]pick.ConfirmIn{
			"pick.no_fulfilment": {FulfilmentID: 12345},
			"pick.no_task":       {TaskID: 12345},
			"pick.not_released":  {FulfilmentID: soft},
			"pick.no_line":       {TaskID: r.TaskID, Lines: one(9, 1)},
			"pick.over":          {TaskID: r.TaskID, Lines: one(1, 4)},
			"pick.line_twice":    {TaskID: r.TaskID, Lines: append(one(1, 1), one(1, 2)...)},
			"pick.nothing_open":  {TaskID: r.TaskID, Lines: []pick.ConfirmLine{}},
		} {
			_, err := w.pick.Confirm(ctx, nil, in)
			w.refused(err, code)
		}
		_, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: r.TaskID, Lines: one(1, -1)})
		w.refused(err, "pick.over")
		lift := w.hold(r.FulfilmentID)
		_, err = w.pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: r.FulfilmentID})
		w.refused(err, "order.on_hold")
		if w.kinds(r.FulfilmentID)[inventory.Hard] != 3 || w.task(r.TaskID).Status != pick.Ready {
			t.Error("a refused pick must change nothing")
		}
		lift()
		results := w.pick.ConfirmAll(ctx, []pick.ConfirmIn{{FulfilmentID: r.FulfilmentID}, {TaskID: r.TaskID}, {TaskID: other.TaskID}})
		w.refused(results[0].Err, "")
		w.refused(results[1].Err, "pick.task_closed")
		w.refused(results[2].Err, "")
		w.even()
	})
}

func TestTheSameConfirmationSentTwiceCountsOnce(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"CUP", 3})
		for i := range 2 {
			once := &db.Once{Key: "pda:1", Hash: "h"}
			out, err := w.pick.Confirm(ctx, once, pick.ConfirmIn{TaskID: r.TaskID})
			if err != nil || out.TaskStatus != pick.Done || once.Replayed != (i == 1) {
				t.Errorf("%+v %v", out, err)
			}
		}
		if onHand, _ := w.stock("STAGE", "CUP", "good"); onHand != 3 {
			t.Errorf("%d cups at the stage", onHand)
		}
	})
}
