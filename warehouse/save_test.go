package warehouse_test

import (
	"slices"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/warehouse"
)

func TestAWarehouseIsAddedAndChangedByHandAndWhatIsLeftOutStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := warehouse.New(d, "CNY")
		say := func(text string) *string { return &text }
		number := func(n int64) *int64 { return &n }
		no := false
		fresh := warehouse.Edit{Code: "HZ1", New: true, Timezone: say("Asia/Shanghai"), City: say("杭州市"), Cutoffs: &[]warehouse.Cutoff{{Carrier: "SF", Minute: 960}}}
		if _, err := s.SaveNode(t.Context(), nil, "user:ann", fresh); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SaveNode(t.Context(), nil, "user:ann", fresh); fault.Code(err) != "warehouse.code_taken" {
			t.Errorf("twice: %v", err)
		}
		if _, err := s.SaveNode(t.Context(), nil, "user:ann", warehouse.Edit{Code: "HZ1", Name: say("杭州一仓"), Open: &no, CapacityOrdersDay: number(5000)}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			edit warehouse.Edit
			code string
		}{
			{warehouse.Edit{Code: "HZ2", Name: say("x")}, "warehouse.unknown"},
			{warehouse.Edit{Code: "HZ2", New: true}, "warehouse.text"}, // without a time zone
			{warehouse.Edit{Code: "HZ1", Timezone: say("Mars/Base")}, "warehouse.timezone"},
			{warehouse.Edit{Code: "HZ1", Country: say("China")}, "warehouse.country"},
			{warehouse.Edit{Code: "HZ1", CapacityOrdersDay: number(-1)}, "warehouse.out_of_range"},
			{warehouse.Edit{Code: "HZ1", Lat: number(1)}, "warehouse.half_a_place"},
			{warehouse.Edit{Code: "HZ1", Lat: number(91e6), Lng: number(0)}, "warehouse.latitude"},
			{warehouse.Edit{Code: "HZ1", Name: say("a\nb")}, "warehouse.text"},
		} {
			if _, err := s.SaveNode(t.Context(), nil, "user:ann", c.edit); fault.Code(err) != c.code {
				t.Errorf("%+v: %v, want %s", c.edit, err, c.code)
			}
		}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			nodes, err := warehouse.Nodes(tx)
			if err != nil {
				return err
			}
			n := nodes[0]
			if len(nodes) != 1 || n.Name != "杭州一仓" || n.City != "杭州市" || n.Open || n.CapacityOrdersDay != 5000 || warehouse.FormatCutoffs(n.Cutoffs) != "SF=16:00" {
				t.Errorf("%+v", nodes)
			}
			own, err := warehouse.LocationsOf(tx, n.ID, "", 10)
			if !slices.ContainsFunc(own, func(l warehouse.Location) bool { return l.Code == warehouse.StageCode }) || len(own) != 3 {
				t.Errorf("its own places: %+v", own)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
