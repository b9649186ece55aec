package pick_test

import (
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
)

// scan sends one scan and fails the test unless the answer has this code.
func (w *world) scan(in pick.ScanIn, code string) pick.Answer {
	w.Helper()
	a, err := w.pick.Scan(ctx, nil, in)
	if err != nil {
		w.Fatal(err)
	}
	if a.Message.Code != code {
		w.Errorf("%+v: got %s %v, want %s", in, a.Message.Code, a.Message.Params, code)
	}
	for _, lang := range words.Languages {
		if text := words.Render(lang, a.Message.Code, a.Message.Params); words.Has(lang, a.Message.Code) && strings.Contains(text, "{") {
			w.Errorf("%q lacks a parameter", text)
		}
	}
	return a
}

func TestAWalkScanByScan(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"BOWL", 13}, want{"CUP", 1})
		in := pick.ScanIn{TaskID: r.TaskID, Picker: "wang"}
		a := w.scan(in, "pick.scan.location_first")
		if a.Accepted || a.State != pick.AskLocation || a.Next.Location != "A1-1" || a.Next.Lines != 2 || a.Next.Closed != 0 {
			t.Errorf("%+v", a)
		}
		in.Location = "A1-2"
		w.scan(in, "pick.scan.wrong_location")
		in.Location = "a1-1"
		if a = w.scan(in, "pick.scan.take"); !a.Accepted || a.State != pick.AskItem || a.Next.Quantity != 13 {
			t.Errorf("%+v", a)
		}
		in.Item = "4711"
		w.scan(in, "pick.scan.unknown_item")
		in.Item = "cup"
		if a = w.scan(in, "pick.scan.wrong_item"); a.Accepted || a.Message.Params["sku"] != "BOWL" {
			t.Errorf("%+v", a)
		}
		in.Item = "16901234567899" // a carton of a dozen
		if a = w.scan(in, "pick.scan.counted"); !a.Accepted || a.State != pick.AskItem || a.Next.Picked != 12 {
			t.Errorf("%+v", a)
		}
		if a = w.scan(in, "pick.scan.too_many"); a.Accepted || a.Next.Picked != 12 {
			t.Errorf("%+v", a)
		}
		in.Item, in.Quantity = "6901234567892", 2
		if a = w.scan(in, "pick.scan.too_many"); a.Message.Params["left"] != int64(1) {
			t.Errorf("%+v", a)
		}
		in.Quantity = 1
		in.Item = "]C1016901234567892\x1d" // too short for an element string, and no bar code either
		w.scan(in, "pick.scan.unknown_item")
		in.Item = "]C10106901234567892"
		if a = w.scan(in, "pick.scan.counted"); a.State != pick.AskLocation || a.Next.Location != "A2-2" || a.Next.Closed != 1 {
			t.Errorf("%+v", a)
		}
		if w.task(r.TaskID).Status != pick.Started || w.task(r.TaskID).Picker != "wang" {
			t.Errorf("%+v", w.task(r.TaskID).Task)
		}
		a = w.scan(pick.ScanIn{TaskID: r.TaskID, Location: "A2-2", Item: "cup"}, "pick.scan.done")
		if !a.Accepted || a.State != pick.AskNothing || a.Next != nil || w.fulfilment(r.FulfilmentID).Status != order.Picked {
			t.Errorf("%+v", a)
		}
		w.scan(in, "pick.task_closed")
		w.even()
	})
}

func TestALotMustBeTheOneThatWasBound(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"TEA", 1})
		in := pick.ScanIn{TaskID: r.TaskID, Location: "A1-2", Item: "tea"}
		w.scan(in, "pick.scan.lot_first")
		in.Lot = "L2"
		w.scan(in, "pick.scan.wrong_lot")
		in.Lot = "L1"
		w.scan(in, "pick.scan.done")
		w.even()
	})
}

func TestTheSameScanSentTwiceCountsOnce(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"CUP", 3})
		for i := range 2 {
			once := &db.Once{Key: "pda:event-1", Hash: "h"}
			a, err := w.pick.Scan(ctx, once, pick.ScanIn{TaskID: r.TaskID, Location: "A2-2", Item: "cup"})
			if err != nil || a.Next.Picked != 1 || once.Replayed != (i == 1) {
				t.Errorf("%+v %v", a, err)
			}
		}
		if picked := w.task(r.TaskID).Lines[0].Picked; picked != 1 {
			t.Errorf("%d picked", picked)
		}
	})
}

func TestAHeldOrderIsPassedByAndThenStopsTheWalk(t *testing.T) {
	each(t, func(w *world) {
		first, second := w.allocated(want{"BOWL", 1}), w.allocated(want{"CUP", 1})
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: []int64{first, second}, Method: "batch"})
		if err != nil || len(out.Tasks) != 1 {
			t.Fatalf("%+v %v", out, err)
		}
		lift := w.hold(first)
		if a := w.scan(pick.ScanIn{TaskID: out.Tasks[0]}, "pick.scan.location_first"); a.Next.Location != "A2-2" {
			t.Errorf("%+v", a.Next)
		}
		a := w.scan(pick.ScanIn{TaskID: out.Tasks[0], Location: "A2-2", Item: "cup"}, "pick.scan.counted")
		if !a.Accepted || a.State != pick.AskNothing || w.fulfilment(second).Status != order.Picked {
			t.Errorf("%+v", a)
		}
		w.scan(pick.ScanIn{TaskID: out.Tasks[0]}, "order.on_hold")
		lift()
		w.scan(pick.ScanIn{TaskID: out.Tasks[0], Location: "A1-1", Item: "6901234567892"}, "pick.scan.done")
		w.even()
	})
}

func TestAScanOutOfRangeOrOfNoTaskIsRefused(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"CUP", 3})
		for _, quantity := range []int64{-1, 10_001} {
			_, err := w.pick.Scan(ctx, nil, pick.ScanIn{TaskID: r.TaskID, Location: "A2-2", Item: "cup", Quantity: quantity})
			w.refused(err, "pick.quantity")
		}
		_, err := w.pick.Scan(ctx, nil, pick.ScanIn{TaskID: 12345})
		w.refused(err, "pick.no_task")
		w.scan(pick.ScanIn{TaskID: r.TaskID, Location: "A2-2", Item: "16901234567899", Quantity: 10_000}, "pick.scan.wrong_item")
		if w.kinds(r.FulfilmentID)[inventory.Hard] != 3 {
			t.Error("a refused scan must change nothing")
		}
	})
}

func TestAHandheldThatCarriesTheWalkNamesTheLineAndMaySkipStops(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"BOWL", 3}, want{"CUP", 2})
		in := pick.ScanIn{TaskID: r.TaskID, Line: 2, Location: "A2-2", Item: "cup", Picker: "wang"}
		if a := w.scan(in, "pick.scan.counted"); !a.Accepted || w.task(r.TaskID).Lines[1].Picked != 1 {
			t.Errorf("%+v", a)
		}
		in.Location = "A1-1"
		w.scan(in, "pick.scan.wrong_location")
		in.Location, in.Item = "A2-2", "6901234567892"
		w.scan(in, "pick.scan.wrong_item")
		in.Item = "cup"
		w.scan(in, "pick.scan.counted")
		if a := w.scan(in, "pick.line_closed"); a.Accepted || a.Message.Params["line"] != int64(2) {
			t.Errorf("%+v", a)
		}
		in.Line = 9
		w.scan(in, "pick.no_line")
		w.scan(pick.ScanIn{TaskID: r.TaskID, Line: 1, Location: "A1-1", Item: "6901234567892", Quantity: 3, Picker: "wang"}, "pick.scan.done")
		w.even()
	})
}

func TestOfTwoLinesForTheSameGoodsTheNamedOneIsCounted(t *testing.T) {
	each(t, func(w *world) {
		first, second := w.allocated(want{"CUP", 2}), w.allocated(want{"CUP", 2})
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: []int64{first, second}, Method: "batch"})
		if err != nil || len(out.Tasks) != 1 {
			t.Fatalf("%+v %v", out, err)
		}
		in := pick.ScanIn{TaskID: out.Tasks[0], Line: 2, Location: "A2-2", Item: "cup"}
		w.scan(in, "pick.scan.counted")
		if lines := w.task(out.Tasks[0]).Lines; lines[0].Picked != 0 || lines[1].Picked != 1 {
			t.Errorf("%+v", lines)
		}
		lift := w.hold(second)
		if a := w.scan(in, "order.on_hold"); a.Accepted {
			t.Errorf("%+v", a)
		}
		lift()
		w.even()
	})
}

func TestHowMuchATaskIsAndWhereWorkWaitsIsCounted(t *testing.T) {
	each(t, func(w *world) {
		r := w.released(want{"BOWL", 3}, want{"CUP", 2})
		w.scan(pick.ScanIn{TaskID: r.TaskID, Location: "A1-1", Item: "6901234567892", Quantity: 3, Picker: "wang"}, "pick.scan.counted")
		w.view(func(tx *db.Tx) error {
			sizes, err := pick.Sizes(tx, []int64{r.TaskID})
			if s := sizes[r.TaskID]; err != nil || s != (pick.Size{Lines: 2, Closed: 1, Units: 5, Picked: 3, Orders: 1}) {
				t.Errorf("%+v %v", s, err)
			}
			open, err := pick.OpenAt(tx, w.nodes["JX"])
			if err != nil || len(open) != 1 {
				t.Errorf("%v %v", open, err)
			}
			return nil
		})
	})
}
