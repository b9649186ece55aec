package wave_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/pick/route"
	"github.com/packhorse/packhorse/wave"
)

// floor has six aisles of 20 m, the stage at the front of the first.
func floor() route.Floor {
	return route.Floor{Aisles: []int{0, 4000, 8000, 12000, 16000, 20000}, CrossAisles: []int{0, 20000}}
}

func TestATrolleyTakesWhatIsNearTogether(t *testing.T) {
	at := func(f int64, aisle, y int) wave.Candidate {
		return wave.Candidate{Fulfilment: f, Zones: []string{"A"}, Stops: []route.Stop{{Aisle: aisle, Y: y}}, WeightG: 1000, VolumeMM3: 1e6}
	}
	list := []wave.Candidate{at(1, 6, 15000), at(2, 1, 2000), at(3, 6, 14000), at(4, 1, 3000)}
	for _, c := range []struct {
		trolley wave.Trolley
		want    [][]int64
		mm      int64
	}{
		{wave.Trolley{Rule: wave.Shortest, Places: 2}, [][]int64{{1, 3}, {2, 4}}, 70_000 + 6_000},
		{wave.Trolley{Rule: wave.FirstCome, Places: 2}, [][]int64{{1, 2}, {3, 4}}, 160_000},
		{wave.Trolley{Rule: wave.Shortest, Places: 12, WeightG: 2500}, [][]int64{{1, 3}, {2, 4}}, 76_000},
		{wave.Trolley{Rule: wave.Shortest, Places: 12, VolumeML: 2500}, [][]int64{{1, 3}, {2, 4}}, 76_000},
		{wave.Trolley{Rule: wave.Shortest, Places: 12, WeightG: 900}, [][]int64{{1}, {2}, {3}, {4}}, 70_000 + 4_000 + 68_000 + 6_000},
	} {
		groups, d := wave.Ground{Trolley: c.trolley, Floor: floor()}.Plan(wave.Batch, list)
		var got [][]int64
		for _, g := range groups {
			got = append(got, g.Fulfilments)
			if g.Zone != "A" || g.Method != wave.Batch {
				t.Errorf("%+v", g)
			}
		}
		if !slices.EqualFunc(got, c.want, slices.Equal) || d.Millimetres != c.mm || d.Walks != int64(len(c.want)) || d.Fulfilments != 4 || d.Rule != c.trolley.Rule {
			t.Errorf("%+v: %v, %+v", c.trolley, got, d)
		}
		if d.FirstCome < d.Millimetres || d.AtLeast > d.Millimetres {
			t.Errorf("%+v", d)
		}
	}
}

func TestEveryTrolleyHoldsWhatItMay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trolley := wave.Trolley{Rule: rapid.SampledFrom([]string{wave.Shortest, wave.FirstCome}).Draw(t, "rule"), Places: rapid.Int64Range(1, 12).Draw(t, "places"),
			WeightG: rapid.SampledFrom([]int64{0, 5000}).Draw(t, "weight")}
		var list []wave.Candidate
		for i := range rapid.IntRange(0, 40).Draw(t, "candidates") {
			list = append(list, wave.Candidate{Fulfilment: int64(i + 1), WeightG: rapid.Int64Range(0, 6000).Draw(t, "grams"),
				Zones: rapid.SliceOfN(rapid.SampledFrom([]string{"A", "B"}), 1, 2).Draw(t, "zones"),
				Stops: []route.Stop{{Aisle: rapid.IntRange(1, 6).Draw(t, "aisle"), Y: rapid.IntRange(0, 20000).Draw(t, "y")}}})
		}
		groups, d := wave.Ground{Trolley: trolley, Floor: floor()}.Plan(wave.Batch, list)
		seen := map[int64]bool{}
		for _, g := range groups {
			var grams int64
			for _, f := range g.Fulfilments {
				grams += list[f-1].WeightG
				seen[f] = true
			}
			if n := int64(len(g.Fulfilments)); n > trolley.Places || n > 1 && trolley.WeightG > 0 && grams > trolley.WeightG {
				t.Fatalf("%d fulfilments of %d g on %+v", n, grams, trolley)
			}
		}
		if len(seen) != len(list) || d.Walks != int64(len(groups)) || d.Millimetres > d.FirstCome {
			t.Fatalf("%d of %d are walked: %+v", len(seen), len(list), d)
		}
	})
}

func TestATrolleyIsKeptForItsWarehouse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		nodes := []int64{nodeOf(t, d), 999}
		s := wave.New(d)
		read := func() (out map[int64]wave.Trolley) {
			if err := d.View(ctx, func(tx *db.Tx) (err error) { out, err = wave.TrolleysOf(tx, nodes); return err }); err != nil {
				t.Fatal(err)
			}
			return out
		}
		if got := read(); got[nodes[0]] != wave.UsualTrolley(nodes[0]) {
			t.Errorf("unset: %+v", got)
		}
		want := wave.Trolley{NodeID: nodes[0], Rule: wave.FirstCome, Places: 6, WeightG: 80_000, VolumeML: 240_000}
		for range 2 {
			if _, err := s.SaveTrolley(ctx, nil, "user:1", want); err != nil {
				t.Fatal(err)
			}
		}
		if got := read(); got[nodes[0]] != want || got[999] != wave.UsualTrolley(999) {
			t.Errorf("set: %+v", got)
		}
		for code, spoil := range map[string]func(*wave.Trolley){
			"wave.rule":         func(t *wave.Trolley) { t.Rule = "longest" },
			"wave.out_of_range": func(t *wave.Trolley) { t.Places = 13 },
			"wave.node":         func(t *wave.Trolley) { t.NodeID = 1 },
		} {
			bad := want
			spoil(&bad)
			if _, err := s.SaveTrolley(ctx, nil, "user:1", bad); fault.Code(err) != code {
				t.Errorf("%v, want %s", err, code)
			}
		}
	})
}

func TestADivisionIsReadAsItWasRecorded(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	want := wave.Division{Rule: wave.Shortest, Fulfilments: 9, Walks: 2, Millimetres: 5, FirstCome: 7, AtLeast: 4}
	if err := d.Update(ctx, func(tx *db.Tx) error {
		wave.RecordDivision(tx, 7, want)
		wave.RecordDivision(tx, 8, wave.Division{})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var got map[int64]wave.Division
	if err := d.View(ctx, func(tx *db.Tx) (err error) { got, err = wave.DivisionsOf(tx, []int64{7, 8}); return err }); err != nil || len(got) != 1 || got[7] != want {
		t.Errorf("%+v %v", got, err)
	}
}
