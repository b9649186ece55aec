package pick_test

import (
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
)

func TestAReleasedFulfilmentHasATaskInOrderOfTheWalk(t *testing.T) {
	each(t, func(w *world) {
		key := w.allocated(want{"CUP", 2}, want{"BOWL", 1})
		out := w.release(key)
		if len(out.Lines) != 2 || out.Lines[0] != (pick.ReleasedLine{Seq: 1, SKU: "BOWL", Location: "A1-1", Quantity: 1}) ||
			out.Lines[1] != (pick.ReleasedLine{Seq: 2, SKU: "CUP", Location: "A2-2", Quantity: 2}) {
			t.Fatalf("%+v", out.Lines)
		}
		d := w.task(out.TaskID)
		if d.Status != pick.Ready || d.Zone != "A" || d.Lines[0].Title != "Bowl" {
			t.Errorf("%+v", d)
		}
		if d.Metres != 12+14+22 { // from (4,0) to (2,10), (6,20) and home, along the aisles
			t.Errorf("%d metres", d.Metres)
		}
		if f := w.fulfilment(key); f.Status != order.Released || w.kinds(key)[inventory.Hard] != 3 || w.events(key, "wave.released.v1") != 1 {
			t.Errorf("%+v %v", f, w.kinds(key))
		}
		if onHand, reserved := w.stock("A2-2", "CUP", "good"); onHand != 1_000_000 || reserved != 2 {
			t.Errorf("%d on hand, %d reserved", onHand, reserved)
		}
		w.even()
	})
}

func TestTwoHundredAreReleasedAndPickedInBulk(t *testing.T) {
	each(t, func(w *world) {
		var releases []pick.ReleaseIn
		for range 200 {
			releases = append(releases, pick.ReleaseIn{FulfilmentID: w.allocated(want{"BOWL", 1}, want{"CUP", 1})})
		}
		var confirms []pick.ConfirmIn
		for _, r := range w.pick.ReleaseAll(ctx, releases) {
			if r.Err != nil {
				t.Fatal(r.Err)
			}
			confirms = append(confirms, pick.ConfirmIn{FulfilmentID: r.Out.FulfilmentID, Picker: "wang"})
		}
		for _, r := range w.pick.ConfirmAll(ctx, confirms) {
			if r.Err != nil || r.Out.TaskStatus != pick.Done || len(r.Out.Fulfilments) != 1 {
				t.Fatalf("%+v", r)
			}
		}
		if onHand, reserved := w.stock("STAGE", "BOWL", "good"); onHand != 200 || reserved != 200 {
			t.Errorf("%d at the stage, %d reserved", onHand, reserved)
		}
		if onHand, reserved := w.stock("A1-1", "BOWL", "good"); onHand != 999_800 || reserved != 0 {
			t.Errorf("%d left in the bin, %d reserved", onHand, reserved)
		}
		w.even()
	})
}

func TestOneBadReleaseLeavesTheOthersAlone(t *testing.T) {
	each(t, func(w *world) {
		good, held := w.allocated(want{"BOWL", 1}), w.allocated(want{"BOWL", 1})
		w.hold(held)
		short := w.allocated(want{"CUP", 1}, want{"POT", 1000})
		w.update(func(tx *db.Tx) error { // somebody has put pots aside since they were promised
			return blockPots(w, tx, 1)
		})
		again := w.released(want{"CUP", 1}).FulfilmentID
		ids := []int64{good, held, short, again, good, 12345}
		var ins []pick.ReleaseIn
		for _, key := range ids {
			ins = append(ins, pick.ReleaseIn{FulfilmentID: key})
		}
		codes := []string{"", "order.on_hold", "release.short", "release.not_allocated", "release.not_allocated", "pick.no_fulfilment"}
		for i, r := range w.pick.ReleaseAll(ctx, ins) {
			w.refused(r.Err, codes[i])
		}
		if f := w.fulfilment(short); f.Status != order.Allocated || w.kinds(short)[inventory.Soft] != 1001 || w.kinds(short)[inventory.Hard] != 0 {
			t.Errorf("a short fulfilment must stay as it was: %+v %v", f, w.kinds(short))
		}
		w.even()
	})
}

// blockPots books pots from their bin into the container of somebody else's count, still good: there, but not in a bin.
func blockPots(w *world, tx *db.Tx, quantity int64) error {
	var location int64
	if _, err := tx.Query(selLocation, "B3-1").One(&location); err != nil {
		return err
	}
	bin := inventory.Place{Node: w.nodes["JX"], Location: location, Quality: inventory.Good}
	tote := bin
	tote.Container = 7
	return inventory.Post(tx, inventory.Move{SKU: w.skus["POT"], Quantity: quantity, From: bin, To: tote, Cause: "move"})
}

var selLocation = db.NewSQL(`SELECT id FROM warehouse_location WHERE code = $1`)

func TestReserveStockIsPickedWhereNoFaceHasIt(t *testing.T) {
	each(t, func(w *world) {
		if out := w.released(want{"PAN", 3}); len(out.Lines) != 1 || out.Lines[0].Location != "R1" {
			t.Errorf("%+v", out.Lines)
		}
	})
}

func TestALineFromTwoLotsIsTwoVisits(t *testing.T) {
	each(t, func(w *world) {
		out := w.released(want{"TEA", 8})
		if len(out.Lines) != 2 || out.Lines[0].Lot != "L1" || out.Lines[0].Quantity != 5 || out.Lines[1].Lot != "L2" || out.Lines[1].Quantity != 3 {
			t.Fatalf("%+v", out.Lines)
		}
		if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: out.TaskID}); err != nil {
			t.Fatal(err)
		}
		if w.kinds(out.FulfilmentID)[inventory.Picked] != 8 {
			t.Error(w.kinds(out.FulfilmentID))
		}
		w.even()
	})
}

func TestARepeatedReleaseGetsItsFirstAnswer(t *testing.T) {
	each(t, func(w *world) {
		key := w.allocated(want{"BOWL", 1})
		first, err := w.pick.Release(ctx, &db.Once{Key: "k", Hash: "h"}, pick.ReleaseIn{FulfilmentID: key})
		if err != nil {
			t.Fatal(err)
		}
		again := &db.Once{Key: "k", Hash: "h"}
		second, err := w.pick.Release(ctx, again, pick.ReleaseIn{FulfilmentID: key})
		if err != nil || !again.Replayed || second.TaskID != first.TaskID || second.Lines[0] != first.Lines[0] {
			t.Errorf("%+v %v", second, err)
		}
	})
}
