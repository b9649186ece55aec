package pick_test

import (
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
)

// short reports a line short in a transaction, as flow does.
func (w *world) short(key, seq, picked int64) (m pick.Missing, err error) {
	w.Helper()
	err = w.db.Update(ctx, func(tx *db.Tx) error {
		m, err = w.pick.MarkShort(tx, pick.ShortIn{Fulfilment: w.locked(tx, key), Seq: seq, Picked: picked, Picker: "wang"})
		return err
	})
	return m, err
}

func (w *world) locked(tx *db.Tx, key int64) *order.Fulfilment {
	w.Helper()
	m, err := order.LockFulfilments(tx, []int64{key})
	if err != nil {
		w.Fatal(err)
	}
	return m[key]
}

func (w *world) cancel(keys ...int64) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		m, err := order.LockFulfilments(tx, keys)
		var list []*order.Fulfilment
		for _, f := range m {
			list = append(list, f)
		}
		if err != nil {
			return err
		}
		return pick.CancelFor(tx, list)
	})
}

func TestAShortLineShipsWhatWasFound(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"CUP", 5}, want{"BOWL", 1})
		if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: r.TaskID, Lines: []pick.ConfirmLine{{Seq: 1, Picked: 1}}}); err != nil {
			t.Fatal(err)
		}
		m, err := w.short(r.FulfilmentID, 2, 2)
		if err != nil || m.Quantity != 3 || m.LineNo != 1 || m.SKUID != w.skus["CUP"] || m.Nothing || m.CountID == 0 {
			t.Fatalf("%+v %v", m, err)
		}
		f := w.fulfilment(r.FulfilmentID)
		if f.Status != order.Picked || f.Units() != 3 || w.kinds(f.ID)[inventory.Picked] != 3 || w.kinds(f.ID)[inventory.Hard] != 0 {
			t.Errorf("%+v %v", f, w.kinds(f.ID))
		}
		if d := w.task(r.TaskID); d.Status != pick.Done || d.Lines[1].Line.Status != pick.Short || d.Lines[1].Picked != 2 {
			t.Errorf("%+v", d)
		}
		if bin, _ := w.stock("A2-2", "CUP", "good"); bin != 999_995 {
			t.Errorf("%d left in the bin", bin)
		}
		if missing, _ := w.stock("QUARANTINE", "CUP", inventory.Missing); missing != 3 {
			t.Errorf("%d missing", missing)
		}
		if w.events(f.ID, "pick.short.v1") != 1 || w.events(f.ID, "pick.picked.v1") != 1 {
			t.Error("the timeline does not tell of it")
		}
		w.even()
	})
}

func TestAFulfilmentOfWhichNothingWasFoundIsNotPicked(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"CUP", 5})
		_, err := w.short(r.FulfilmentID, 1, 5)
		w.refused(err, "pick.not_short")
		_, err = w.short(r.FulfilmentID, 2, 0)
		w.refused(err, "pick.no_line")
		m, err := w.short(r.FulfilmentID, 1, 0)
		if err != nil || !m.Nothing || m.Quantity != 5 {
			t.Fatalf("%+v %v", m, err)
		}
		if w.fulfilment(r.FulfilmentID).Status != order.Released || w.task(r.TaskID).Status != pick.Done || len(w.kinds(r.FulfilmentID)) != 0 {
			t.Errorf("%+v %v", w.fulfilment(r.FulfilmentID), w.kinds(r.FulfilmentID))
		}
		_, err = w.short(r.FulfilmentID, 1, 0)
		w.refused(err, "pick.nothing_open")
		w.even()
	})
}

func TestALineIsFoundForTheCallerThatMustLockItsOrder(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"CUP", 5})
		w.view(func(tx *db.Tx) error {
			l, err := pick.LineOf(tx, r.TaskID, 1)
			if err != nil || l.FulfilmentID != r.FulfilmentID {
				t.Errorf("%+v %v", l, err)
			}
			_, err = pick.LineOf(tx, r.TaskID, 2)
			w.refused(err, "pick.no_line")
			return nil
		})
	})
}

func TestACancelledFulfilmentLeavesTheWalkOfTheOthers(t *testing.T) {
	each(t, func(w *world) {
		gone, stays := w.allocated(want{"BOWL", 1}), w.allocated(want{"CUP", 1})
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: []int64{gone, stays}, Method: "batch"})
		if err != nil {
			t.Fatal(err)
		}
		w.cancel(gone)
		d := w.task(out.Tasks[0])
		if d.Status != pick.Ready || d.Lines[0].Line.Status != pick.Cancelled || d.Lines[1].Line.Status != pick.Open {
			t.Errorf("%+v", d)
		}
		w.cancel(stays)
		w.cancel(stays) // nothing is open any more
		if w.task(out.Tasks[0]).Status != pick.Cancelled {
			t.Errorf("%+v", w.task(out.Tasks[0]))
		}
	})
}

func TestATaskWithSomethingPickedIsDoneWhenTheRestIsCancelled(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"CUP", 5}, want{"BOWL", 1})
		if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: r.TaskID, Lines: []pick.ConfirmLine{{Seq: 1, Picked: 1}}}); err != nil {
			t.Fatal(err)
		}
		w.cancel(r.FulfilmentID)
		if d := w.task(r.TaskID); d.Status != pick.Done || d.Lines[0].Line.Status != pick.Picked || d.Lines[1].Line.Status != pick.Cancelled {
			t.Errorf("%+v", d)
		}
	})
}

func TestAReleaseTakenBackCanBeMadeAgain(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"TEA", 8})
		w.cancel(r.FulfilmentID)
		w.update(func(tx *db.Tx) error {
			f := w.locked(tx, r.FulfilmentID)
			all, err := inventory.Reservations(tx, []int64{f.ID})
			if err != nil {
				return err
			}
			inventory.Unbind(tx, all[f.ID])
			return order.MoveFulfilment(tx, f, order.Allocated)
		})
		again := w.release(r.FulfilmentID)
		if again.TaskID == r.TaskID || len(again.Lines) != 2 {
			t.Errorf("%+v", again)
		}
		if out, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: r.FulfilmentID}); err != nil || out.TaskID != again.TaskID {
			t.Errorf("%+v %v", out, err)
		}
		w.even()
	})
}
