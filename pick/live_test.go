package pick_test

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

func (w *world) state(wave int64) (s pick.WaveState) {
	w.Helper()
	w.view(func(tx *db.Tx) (err error) { s, err = pick.StateOf(tx, wave); return err })
	return s
}

func TestAWaveTellsHowFarItIs(t *testing.T) {
	each(t, func(w *world) {
		two, one := w.allocated(want{"CUP", 2}, want{"POT", 1}), w.allocated(want{"BOWL", 3})
		out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: []int64{two, one}, Method: wave.Discrete, Actor: "user:lin"})
		if err != nil || len(out.Tasks) != 2 {
			t.Fatalf("%+v %v", out, err)
		}
		s := w.state(out.WaveID)
		if s.Lines != (pick.Lines{Open: 3, Units: 6}) || len(s.Walks) != 2 || len(s.Zones) != 2 || s.Zones[0].Zone != "A" || s.Zones[0].Lines.All() != 2 {
			t.Errorf("at the release: %+v", s)
		}
		if s.Walks[0].At == 0 {
			t.Error("an open walk goes nowhere")
		}
		if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: one, Picker: "wang"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.short(two, 1, 1); err != nil {
			t.Fatal(err)
		}
		s = w.state(out.WaveID)
		if s.Lines != (pick.Lines{Open: 1, Picked: 1, Short: 1, Units: 6, UnitsPicked: 4}) || s.Lines.Closed() != 2 {
			t.Errorf("half way: %+v", s.Lines)
		}
		if len(s.Missed) != 1 || s.Missed[0].Missing != 1 || s.Missed[0].SKUID != w.skus["CUP"] || s.Missed[0].FulfilmentID != two {
			t.Errorf("%+v", s.Missed)
		}
		w.view(func(tx *db.Tx) error {
			walked, err := pick.WalksOf(tx, []int64{out.WaveID})
			if walked[out.WaveID] != (pick.Walked{All: 2, Over: 1}) {
				t.Errorf("%+v", walked)
			}
			served, more := []pick.Served{}, int64(0)
			for err == nil {
				var page []pick.Served
				if page, err = pick.ServedIn(tx, out.WaveID, more, 1); len(page) == 0 {
					break
				}
				more = page[0].FulfilmentID
				served = append(served, page...)
			}
			if len(served) != 2 || served[0].FulfilmentID != two || served[0].Lines.Short != 1 || served[0].Lines.Open != 1 || served[1].Lines.Picked != 1 {
				t.Errorf("%+v", served)
			}
			return err
		})
		if s := w.state(12345); len(s.Walks) != 0 {
			t.Errorf("a wave that is not there: %+v", s)
		}
	})
}

func TestTheOutlookTellsWhatWaitsForAWave(t *testing.T) {
	each(t, func(w *world) {
		w.by = dbtest.Noon.Add(-time.Hour).UnixMicro() // late
		w.allocated(want{"CUP", 2}, want{"TEA", 1})    // both in zone A
		w.by = dbtest.Noon.Add(30 * time.Hour).UnixMicro()
		w.allocated(want{"BOWL", 3})
		w.by = 0
		w.allocated(want{"CUP", 1}, want{"POT", 1}) // across zones
		held := w.allocated(want{"BOWL", 1})
		w.hold(held)
		w.template(wave.Template{Method: wave.Batch, Zones: []string{"A"}, MinutesBeforeCutoff: 60, MaxOrders: 10})
		var out wave.Outlook
		w.view(func(tx *db.Tx) error {
			nodes, err := warehouse.Nodes(tx)
			if err != nil {
				return err
			}
			for _, n := range nodes {
				if n.Code == "JX" {
					out, err = wave.OutlookOf(tx, n)
				}
			}
			return err
		})
		if out.Load != (wave.Load{Orders: 3, Lines: 5, Units: 8, Walks: 3}) || out.Late != 1 || out.More {
			t.Errorf("%+v", out.Load)
		}
		if len(out.Zones) != 2 || out.Zones[0].Zone != "" || out.Zones[0].Orders != 1 || out.Zones[1].Zone != "A" || out.Zones[1].Load != (wave.Load{Orders: 2, Lines: 3, Units: 6, Walks: 1}) {
			t.Errorf("%+v", out.Zones)
		}
		at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC).UnixMicro() // 16:00 in Jiaxing
		days := []int64{0, at, at + (24 * time.Hour).Microseconds()}
		for i, c := range out.Cutoffs {
			if len(out.Cutoffs) != 3 || c.At != days[i] || c.Orders != 1 || i > 0 && c.Carriers[0] != "SF" {
				t.Errorf("%+v", out.Cutoffs)
			}
		}
		if len(out.Templates) != 1 || out.Templates[0].Due || out.Templates[0].CutoffAt != at || out.Templates[0].OpensAt != at-time.Hour.Microseconds() || out.Templates[0].Orders != 2 {
			t.Errorf("%+v", out.Templates)
		}
	})
}

func TestTheBoardTellsHowFarTheWorkForACollectionIs(t *testing.T) {
	each(t, func(w *world) {
		w.by = dbtest.Noon.Add(6 * time.Hour).UnixMicro()
		w.allocated(want{"CUP", 1})
		r := w.released(want{"BOWL", 1})
		if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: r.FulfilmentID, Picker: "wang"}); err != nil {
			t.Fatal(err)
		}
		w.by = dbtest.Noon.Add(-time.Hour).UnixMicro()
		w.released(want{"BOWL", 1})
		w.by = 0
		w.allocated(want{"CUP", 1}) // whenever it suits
		w.view(func(tx *db.Tx) error {
			nodes, err := warehouse.Nodes(tx)
			for _, n := range nodes {
				if n.Code != "JX" {
					continue
				}
				list, more, err := wave.BoardOf(tx, n)
				if err != nil || more || len(list) != 1 {
					t.Fatalf("%+v %v %v", list, more, err)
				}
				b := list[0]
				if b.Late != 1 || b.ByState["allocated"] != 1 || b.ByState["picked"] != 1 || b.ByState["released"] != 1 || b.Carriers[0] != "SF" {
					t.Errorf("%+v", b)
				}
				all, err := wave.LeavingWith(tx, n, b.At, order.Work)
				if err != nil || len(all) != 3 || !all[0].Late || all[0].Status != "released" || all[1].Late {
					t.Errorf("%+v %v", all, err)
				}
				ready, err := wave.LeavingWith(tx, n, b.At, []string{"picked"})
				if err != nil || len(ready) != 1 || ready[0].Status != "picked" {
					t.Errorf("%+v %v", ready, err)
				}
				if none, err := wave.LeavingWith(tx, n, b.At+1, order.Work); err != nil || len(none) != 0 {
					t.Errorf("%+v %v", none, err)
				}
			}
			hours, failed := order.Hourly(tx, 3)
			if failed != nil || len(hours) != 3 || hours[2] != 4 || hours[0]+hours[1] != 0 {
				t.Errorf("%v %v", hours, failed)
			}
			return err
		})
	})
}
