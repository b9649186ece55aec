package pack_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/carton"
	"github.com/packhorse/packhorse/pack/packtest"
)

func lines(t *testing.T, d *db.DB, parcels []pack.Parcel) map[string]int64 {
	t.Helper()
	sum := map[string]int64{}
	err := d.View(t.Context(), func(tx *db.Tx) error {
		for _, p := range parcels {
			found, err := pack.LinesOf(tx, []int64{p.ID})
			if err != nil {
				return err
			}
			for _, l := range found[p.ID] {
				sum[fmt.Sprintf("%d %s", l.Seq, l.Lot)] += l.Quantity
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestAnOrdinaryOrderIsPackedAsProposed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		f := w.Picked(t, []packtest.Line{{SKU: "MUG", Quantity: 1}, {SKU: "TEE", Quantity: 5}})[0]
		out, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID, Packer: "user:wang"})
		if err != nil || len(out.Parcels) != 1 {
			t.Fatalf("%+v, %v", out, err)
		}
		p := out.Parcels[0]
		if p.No != 1 || p.ExpectedG < 400+5*180 || p.WeightG != p.ExpectedG || p.Packer != "user:wang" || p.OrderID != f.OrderID || p.MM[0] == 0 {
			t.Errorf("parcel %+v", p)
		}
		if got := lines(t, d, out.Parcels); fmt.Sprint(got) != "map[1 L1:1 2 L1:2 2 L2:3]" {
			t.Errorf("contents %v", got)
		}
		if got := w.Reload(t, f.ID).Status; got != order.Packed {
			t.Errorf("the fulfilment is %s", got)
		}
		if got := w.Events(t, f.OrderID); !slices.Contains(got, "pack.packed.v1") {
			t.Errorf("events %v", got)
		}
		_, err = s.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID})
		if fault.Code(err) != "pack.not_picked" {
			t.Errorf("packed again: %v", err)
		}
	})
}

func TestWhatFitsNoCartonTravelsAsItIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		f := w.Picked(t, []packtest.Line{{SKU: "LADDER", Quantity: 2}, {SKU: "MUG", Quantity: 1}})[0]
		out, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID})
		if err != nil || len(out.Parcels) != 3 {
			t.Fatalf("%+v, %v", out, err)
		}
		own := 0
		for _, p := range out.Parcels {
			if p.Carton == pack.Own {
				own++
				if p.WeightG != 9000 || p.MM != [3]int64{2500, 400, 120} {
					t.Errorf("ladder parcel %+v", p)
				}
			}
		}
		if own != 2 || lines(t, d, out.Parcels)["1 L1"] != 2 {
			t.Errorf("%d ladders by themselves, contents %v", own, lines(t, d, out.Parcels))
		}
	})
}

func TestTheSecondCheckNamesWhatDiffers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		f := w.Picked(t, []packtest.Line{{SKU: "MUG", Quantity: 7}, {SKU: "TEE", Quantity: 1}})[0]
		held := w.Picked(t, packtest.Of("MUG"))[0]
		w.Hold(t, held.OrderID)
		parcel := func(lines ...pack.LineIn) []pack.ParcelIn { return []pack.ParcelIn{{Carton: "B5", Lines: lines}} }
		cases := []struct {
			name string
			in   pack.In
			code string
			says string
		}{
			{"nobody", pack.In{FulfilmentID: 1}, "fulfilment.not_found", "ful_"},
			{"held", pack.In{FulfilmentID: held.ID}, "order.on_hold", "hold"},
			{"one mug too few", pack.In{FulfilmentID: f.ID, Parcels: parcel(pack.LineIn{1, 6}, pack.LineIn{2, 1})}, "pack.content_differs", "MUG 7 were picked and 6"},
			{"a line left out", pack.In{FulfilmentID: f.ID, Parcels: parcel(pack.LineIn{1, 7})}, "pack.content_differs", "TEE 1 were picked and 0"},
			{"one tee too many", pack.In{FulfilmentID: f.ID, Parcels: parcel(pack.LineIn{1, 7}, pack.LineIn{2, 2})}, "pack.content_differs", "TEE 1 were picked and 2"},
			{"a line that is not there", pack.In{FulfilmentID: f.ID, Parcels: parcel(pack.LineIn{1, 7}, pack.LineIn{2, 1}, pack.LineIn{3, 1})}, "pack.unknown_line", "line 3"},
			{"less than nothing", pack.In{FulfilmentID: f.ID, Parcels: parcel(pack.LineIn{1, 8}, pack.LineIn{1, -1}, pack.LineIn{2, 1})}, "pack.quantity", "-1"},
			{"an empty parcel", pack.In{FulfilmentID: f.ID, Parcels: append(parcel(pack.LineIn{1, 7}, pack.LineIn{2, 1}), pack.ParcelIn{})}, "pack.contents_missing", "what is in it"},
			{"no such carton", pack.In{FulfilmentID: f.ID, Parcels: []pack.ParcelIn{{Carton: "B99"}}}, "pack.unknown_carton", "B99"},
			{"too many parcels", pack.In{FulfilmentID: f.ID, Parcels: []pack.ParcelIn{{}, {}, {}}}, "pack.contents_missing", "3 parcels"},
			{"too heavy", pack.In{FulfilmentID: f.ID, Parcels: []pack.ParcelIn{{WeightG: 4500}}}, "pack.weight_differs", "4500"},
			{"a scan short", pack.In{FulfilmentID: f.ID, Scans: []string{"16901234567899", "TEE"}}, "pack.content_differs", "MUG 7 were picked and 6"},
			{"a foreign scan", pack.In{FulfilmentID: f.ID, Scans: []string{"16901234567899", "6901234567892", "TEE", "LADDER"}}, "pack.content_differs", "LADDER 0 were picked and 1"},
			{"an unknown scan", pack.In{FulfilmentID: f.ID, Scans: []string{"16901234567899", "6901234567892", "TEE", "???"}}, "pack.unknown_scan", "???"},
		}
		for _, c := range cases {
			_, err := s.Pack(t.Context(), nil, c.in)
			if fault.Code(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v, want %s with %q", c.name, err, c.code, c.says)
				continue
			}
			rendered(t, err)
		}
		if got := w.Reload(t, f.ID).Status; got != order.Picked {
			t.Fatalf("refused, and the fulfilment is %s", got)
		}
		good := pack.In{FulfilmentID: f.ID, Scans: []string{"16901234567899", "TEE", "]C10106901234567892"}}
		if _, err := s.Pack(t.Context(), nil, good); err != nil {
			t.Errorf("all there, by a pack of six, a code and a GS1 label: %v", err)
		}
	})
}

// rendered checks that a fault has a complete sentence in every language.
func rendered(t *testing.T, err error) {
	t.Helper()
	f, _ := fault.As(err)
	for _, lang := range words.Languages {
		if s := words.Render(lang, f.Code, f.Params); strings.ContainsAny(s, "{}") || f.Code != "order.on_hold" && !words.Has(lang, f.Code) {
			t.Errorf("%s in %s reads %q", f.Code, lang, s)
		}
	}
}

func TestTheScaleIsHeldAgainstTheCatalogue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		const tare = 95 // of B2, the smallest that takes a mug
		for _, c := range []struct {
			sku  string
			g    int64
			want string
		}{
			{"MUG", 400 + tare + 50, ""}, {"MUG", 400 + tare - 50, ""}, {"MUG", 400 + tare + 51, "pack.weight_differs"},
			{"MUG", 400 + tare - 51, "pack.weight_differs"}, {"MUG", -1, "pack.weight"}, {"MUG", 0, ""},
			{"UNKNOWN", 31_000, ""}, {"LADDER", 9450, ""}, {"LADDER", 9451, "pack.weight_differs"},
		} {
			f := w.Picked(t, packtest.Of(c.sku))[0]
			out, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID, Parcels: []pack.ParcelIn{{WeightG: c.g}}})
			if fault.Code(err) != c.want {
				t.Errorf("%s of %d g: %+v, %v, want %q", c.sku, c.g, out, err, c.want)
			}
			if err == nil && c.g > 0 && out.Parcels[0].WeightG != c.g {
				t.Errorf("%s: the scale said %d g, stored are %d", c.sku, c.g, out.Parcels[0].WeightG)
			}
		}
	})
}

func TestTwoHundredAtOnceAndTheSameOneTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		var orders [][]packtest.Line
		for range 200 {
			orders = append(orders, packtest.Of("MUG", "TEE"))
		}
		var ins []pack.In
		for _, f := range w.Picked(t, orders...) {
			ins = append(ins, pack.In{FulfilmentID: f.ID})
		}
		ins = append(ins, ins[0])
		for i, r := range s.PackAll(t.Context(), ins) {
			if i < 200 && r.Err != nil || i == 200 && fault.Code(r.Err) != "pack.not_picked" {
				t.Fatalf("%d: %v", i, r.Err)
			}
		}
	})
}

func TestManyPackersNeverPackOneFulfilmentTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s, other := packtest.New(t, d), pack.New(d), pack.New(d)
		f := w.Picked(t, packtest.Of("MUG"))[0]
		var wg sync.WaitGroup
		var mu sync.Mutex
		good := 0
		for i := range 16 {
			packer := []*pack.Service{s, other}[i%2]
			wg.Go(func() {
				if _, err := packer.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID}); err == nil {
					mu.Lock()
					good++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if good != 1 {
			t.Errorf("packed %d times", good)
		}
	})
}

func TestARepeatedKeyGetsTheFirstAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		f := w.Picked(t, packtest.Of("MUG"))[0]
		first, err := s.Pack(t.Context(), &db.Once{Key: "k", Hash: "h"}, pack.In{FulfilmentID: f.ID})
		if err != nil {
			t.Fatal(err)
		}
		once := &db.Once{Key: "k", Hash: "h"}
		again, err := s.Pack(t.Context(), once, pack.In{FulfilmentID: f.ID})
		if err != nil || !once.Replayed || fmt.Sprint(again) != fmt.Sprint(first) {
			t.Errorf("%+v after %+v, %v", again, first, err)
		}
	})
}

func TestUnpackedGoodsCanBePackedAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		f := w.Picked(t, packtest.Of("MUG"))[0]
		open := func() error {
			return d.Update(t.Context(), func(tx *db.Tx) error {
				found, err := order.LockFulfilments(tx, []int64{f.ID})
				if err != nil {
					return err
				}
				return pack.Unpack(tx, []*order.Fulfilment{found[f.ID]}, "user:wang")
			})
		}
		if err := open(); fault.Code(err) != "pack.not_packed" {
			t.Errorf("opened what was never closed: %v", err)
		}
		for range 2 {
			if _, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID}); err != nil {
				t.Fatal(err)
			}
			if err := open(); err != nil || w.Reload(t, f.ID).Status != order.Picked {
				t.Fatalf("%v, %s", err, w.Reload(t, f.ID).Status)
			}
		}
		var states []string
		_ = d.View(t.Context(), func(tx *db.Tx) error {
			found, err := pack.ParcelsOf(tx, []int64{f.ID})
			for _, p := range found[f.ID] {
				states = append(states, p.Status)
			}
			return err
		})
		if fmt.Sprint(states) != "[unpacked unpacked]" {
			t.Errorf("parcels are %v", states)
		}
	})
}

func TestTheFirstSavedCartonKeepsTheUsualRange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := pack.New(d)
		list := func() (out []pack.Carton) {
			_ = d.View(t.Context(), func(tx *db.Tx) (err error) { out, err = pack.Cartons(tx); return err })
			return out
		}
		before := len(list())
		c := pack.Carton{Code: "X1", Kind: carton.Box, MM: [3]int64{2600, 500, 200}, TareG: 2000, Cost: 900, Enabled: true}
		for range 2 {
			if err := s.SaveCarton(t.Context(), nil, "user:wang", c); err != nil {
				t.Fatal(err)
			}
		}
		if got := list(); before == 0 || len(got) != before+1 || !slices.Contains(got, c) {
			t.Errorf("%d cartons before, %v now", before, got)
		}
		for _, bad := range []pack.Carton{{Code: "own", Kind: carton.Box, MM: c.MM}, {Code: "A", Kind: "bag", MM: c.MM}, {Code: "A", Kind: carton.Box}} {
			err := s.SaveCarton(t.Context(), nil, "user:wang", bad)
			if f, ok := fault.As(err); !ok || f.Kind != fault.Invalid {
				t.Errorf("%+v was taken: %v", bad, err)
				continue
			}
			rendered(t, err)
		}
		w := packtest.New(t, d)
		out, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: w.Picked(t, packtest.Of("LADDER"))[0].ID})
		if err != nil || out.Parcels[0].Carton != "X1" {
			t.Errorf("the ladder's own carton is not used: %+v, %v", out, err)
		}
	})
}

func TestTheToleranceIsASetting(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		set := db.Insert("setting", "name text, value text, updated_at bigint, updated_by text")
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			tx.Put(set, "pack.tolerance_g", "500", 0, "user:boss")
			tx.Put(set, "pack.tolerance_percent", "much", 0, "user:boss")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		in := pack.In{FulfilmentID: w.Picked(t, packtest.Of("MUG"))[0].ID, Parcels: []pack.ParcelIn{{WeightG: 900}}}
		if _, err := s.Pack(t.Context(), nil, in); err != nil {
			t.Error(err)
		}
	})
}

func TestAProposalPacksEveryUnitOnce(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	w := packtest.New(t, d)
	rapid.Check(t, func(rt *rapid.T) {
		var want []packtest.Line
		n := rapid.IntRange(1, 4).Draw(rt, "lines")
		for range n {
			want = append(want, packtest.Line{SKU: rapid.SampledFrom([]string{"MUG", "TEE", "UNKNOWN", "LADDER"}).Draw(rt, "sku"),
				Quantity: int64(rapid.IntRange(1, 9).Draw(rt, "quantity"))})
		}
		f := w.Picked(t, want)[0]
		var got []pack.Proposal
		if err := d.View(t.Context(), func(tx *db.Tx) (err error) { got, err = pack.Propose(tx, []int64{f.ID}); return err }); err != nil {
			rt.Fatal(err)
		}
		sum := map[int64]int64{}
		for _, p := range got[0].Parcels {
			if len(p.Lines) == 0 {
				rt.Fatalf("an empty parcel: %+v", got)
			}
			for _, l := range p.Lines {
				sum[l.Seq] += l.Quantity
			}
		}
		for i, l := range want {
			if sum[int64(i+1)] != l.Quantity {
				rt.Fatalf("line %d: %d of %d are packed: %+v", i+1, sum[int64(i+1)], l.Quantity, got)
			}
		}
	})
}

func BenchmarkPackingOrdersOfTwoLines(b *testing.B) {
	d := dbtest.Open(b, dbtest.SQLite(b), clock.Fixed(dbtest.Noon))
	w, s := packtest.New(b, d), pack.New(d)
	var orders [][]packtest.Line
	for range 256 {
		orders = append(orders, packtest.Of("MUG", "TEE"))
	}
	for b.Loop() {
		b.StopTimer()
		var ins []pack.In
		for _, f := range w.Picked(b, orders...) {
			ins = append(ins, pack.In{FulfilmentID: f.ID})
		}
		b.StartTimer()
		for _, r := range s.PackAll(b.Context(), ins) {
			if r.Err != nil {
				b.Fatal(r.Err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*256), "µs/order")
}
