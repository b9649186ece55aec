package warehouse_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/seed"
	"github.com/packhorse/packhorse/warehouse"
)

type importer func(context.Context, *sheet.Reader, bool, func(int)) (sheet.Answer, error)

func read(t *testing.T, run importer, name string, raw []byte, dry bool) sheet.Answer {
	t.Helper()
	r, err := sheet.Open(name, bytes.NewReader(raw), int64(len(raw)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	a, err := run(context.Background(), r, dry, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// tell writes an answer as "created/updated/unchanged row:code …".
func tell(a sheet.Answer) string {
	s := fmt.Sprintf("%d/%d/%d", a.Created, a.Updated, a.Unchanged)
	for _, r := range a.Rejected {
		s += fmt.Sprintf(" %d:%s", r.Row, r.Code)
	}
	return s
}

func want(t *testing.T, a sheet.Answer, expected string) {
	t.Helper()
	if got := tell(a); got != expected {
		t.Errorf("answer %s, want %s (%+v)", got, expected, a.Rejected)
	}
}

func written(t *testing.T, name string, fill func(*sheet.Writer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := sheet.NewWriter(&out, name)
	if err != nil {
		t.Fatal(err)
	}
	if err := fill(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func lay(t *testing.T, table [][]string) []byte {
	return written(t, "x.csv", func(w *sheet.Writer) error {
		for _, row := range table {
			if err := w.Write(row); err != nil {
				return err
			}
		}
		return nil
	})
}

func view(t *testing.T, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.View(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func nodes(t *testing.T, d *db.DB) (list []warehouse.Node) {
	t.Helper()
	view(t, d, func(tx *db.Tx) (err error) { list, err = warehouse.Nodes(tx); return err })
	return list
}

func TestTheSeedsWarehousesGoInOnceAndComeBackUnchanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		s := warehouse.New(d, "CNY")
		company := seed.New(1)
		places := company.Locations()
		for _, c := range []struct {
			raw    []byte
			rows   int
			run    importer
			export func(context.Context, *sheet.Writer) error
			more   int // exported beside the rows of the file: the three locations of each node
		}{
			{lay(t, seed.Table(company.Warehouses())), 3, s.ImportWarehouses, s.ExportWarehouses, 0},
			{lay(t, seed.Table(places)), len(places), s.ImportLocations, s.ExportLocations, 9},
		} {
			want(t, read(t, c.run, "x.csv", c.raw, true), fmt.Sprintf("%d/0/0", c.rows))
			want(t, read(t, c.run, "x.csv", c.raw, false), fmt.Sprintf("%d/0/0", c.rows))
			want(t, read(t, c.run, "x.csv", c.raw, false), fmt.Sprintf("0/0/%d", c.rows))
			for _, name := range []string{"x.csv", "x.xlsx"} {
				raw := written(t, name, func(w *sheet.Writer) error { return c.export(ctx, w) })
				want(t, read(t, c.run, name, raw, false), fmt.Sprintf("0/0/%d", c.rows+c.more))
			}
		}
		n := nodes(t, d)[0]
		if n.Code != "JX" || n.Lat != 30_830_000 || n.HandlingCost != 160 || n.CapacityOrdersDay != 6000 || !n.Open || len(n.Cutoffs) != 4 {
			t.Errorf("stored %+v", n)
		}
		view(t, d, func(tx *db.Tx) error {
			found, err := warehouse.LocationsByCodes(tx, n.ID, []string{"A02-15-1", "STAGE", "QUARANTINE", "DOCK", "none"})
			l := found["A02-15-1"]
			if err != nil || len(found) != 4 || l.Kind != warehouse.KindPick || l.XMM != 4800 || l.Aisle != 2 || l.Bay != 15 {
				t.Errorf("found %+v, %v", found, err)
			}
			byID, err := warehouse.LocationsByIDs(tx, []int64{l.ID, 1})
			if err != nil || len(byID) != 1 || byID[l.ID] != l {
				t.Errorf("by id %+v, %v", byID, err)
			}
			stage, err := warehouse.Stage(tx, n.ID)
			if err != nil || stage != found["STAGE"] || stage.Kind != warehouse.KindStage {
				t.Errorf("stage %+v, %v", stage, err)
			}
			return nil
		})
	})
}

func TestANodeThatLostItsOwnPlacesGetsThemOnFirstUse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var first, again, quarantine, dock warehouse.Location
		err := d.Update(context.Background(), func(tx *db.Tx) (err error) {
			if first, err = warehouse.Stage(tx, 7); err == nil {
				again, err = warehouse.Stage(tx, 7)
			}
			if err == nil {
				quarantine, err = warehouse.Quarantine(tx, 7)
			}
			if err == nil {
				dock, err = warehouse.Dock(tx, 7)
			}
			return err
		})
		if err != nil || first.ID == 0 || first != again || quarantine.Kind != warehouse.KindQuarantine || dock.Kind != warehouse.KindDock {
			t.Errorf("%+v, %+v, %+v, %+v, %v", first, again, quarantine, dock, err)
		}
	})
}

func TestOnlyWhatTheWarehouseFileSpeaksOfChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := warehouse.New(d, "CNY")
		put := func(file, answer string) {
			t.Helper()
			want(t, read(t, s.ImportWarehouses, "x.csv", []byte(file), false), answer)
		}
		put("code,timezone,cutoffs,priority,open\nJX,Asia/Shanghai,SF=16:00,5,0\n", "1/0/0")
		if n := nodes(t, d)[0]; n.Open || n.Priority != 5 || n.Name != "JX" {
			t.Errorf("stored %+v", n)
		}
		put("code,timezone,city\nJX,Asia/Shanghai,嘉兴市\n", "0/1/0")
		if n := nodes(t, d)[0]; n.Open || n.Priority != 5 || n.City != "嘉兴市" || len(n.Cutoffs) != 1 {
			t.Errorf("stored %+v", n)
		}
		put("code,timezone,open\nJX,Asia/Shanghai,\n", "0/0/1")
		put("code,timezone,open,cutoffs\nJX,Asia/Shanghai,1,\n", "0/1/0")
		if n := nodes(t, d)[0]; !n.Open || len(n.Cutoffs) != 0 {
			t.Errorf("stored %+v", n)
		}
	})
}

func TestWarehousesThatCannotBeAreListed(t *testing.T) {
	cases := []struct{ columns, row, answer string }{
		{"", ",Asia/Shanghai", "0/0/0 2:sheet.required"},
		{"", "A,", "0/0/0 2:sheet.required"},
		{"", "A,Asia/Jiaxing", "0/0/0 2:warehouse.timezone"},
		{"", "A,Local", "0/0/0 2:warehouse.timezone"},
		{",country", "A,UTC,China", "0/0/0 2:warehouse.country"},
		{",country", "A,UTC,cn", "1/0/0"},
		{",lat,lng", "A,UTC,90.1,180", "0/0/0 2:warehouse.latitude"},
		{",lat,lng", "A,UTC,-90,-180.000001", "0/0/0 2:warehouse.longitude"},
		{",lat,lng", "A,UTC,30.5,", "0/0/0 2:warehouse.half_a_place"},
		{",lat,lng", "A,UTC,-33.8567844,151.2152967", "1/0/0"},
		{",capacity_orders_day", "A,UTC,-1", "0/0/0 2:sheet.out_of_range"},
		{",capacity_orders_day", "A,UTC,0", "1/0/0"},
		{",handling_cost", "A,UTC,1.234", "0/0/0 2:sheet.amount"},
		{",cutoffs", "A,UTC,SF at four", "0/0/0 2:warehouse.cutoff"},
		{",name", "A,UTC,x\nA,UTC,y\nA,UTC,x", "1/0/1 3:sheet.duplicate_row"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := warehouse.New(d, "CNY")
		for i, c := range cases {
			t.Run(c.row, func(t *testing.T) {
				rows := strings.ReplaceAll("\n"+c.row, "\nA,", fmt.Sprintf("\nA%d,", i)) // a node of its own for each case
				raw := []byte("code,timezone" + c.columns + rows + "\n")
				want(t, read(t, s.ImportWarehouses, "x.csv", raw, true), c.answer)
				want(t, read(t, s.ImportWarehouses, "x.csv", raw, false), c.answer)
			})
		}
	})
}

func TestLocationsThatCannotBeAreListed(t *testing.T) {
	const file = `warehouse,zone,location,kind,aisle,bay,level,x_m,y_m,pick_seq
JX,A,A01,pick,1,1,1,1.6,10.7,1
XX,A,A02,pick,,,,,,
JX,A,A03,shelf,,,,,,
JX,A,,pick,,,,,,
JX,A,STAGE,pick,,,,,,
JX,Q,Q01,Quarantine,,,,,,
JX,A,A01,pick,1,1,1,1.60,10.700,1
JX,A,A01,reserve,1,1,1,1.6,10.7,1
DG,A,A01,pick,1,1,1,1.6,10.7,1
JX,A,A04,pick,,,,10001,,
JX,A,A05,pick,x,,,-0.0005,0.0004,
JX,A,A06,pick,,,,-1.2345,0.0004,
`
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := warehouse.New(d, "CNY")
		read(t, s.ImportWarehouses, "x.csv", []byte("code,timezone\nJX,Asia/Shanghai\nDG,Asia/Shanghai\n"), false)
		const refused = " 3:warehouse.unknown 4:warehouse.kind 5:sheet.required 6:warehouse.reserved_code 9:sheet.duplicate_row 11:warehouse.metres 12:sheet.not_integer"
		want(t, read(t, s.ImportLocations, "x.csv", []byte(file), false), "4/0/1"+refused)
		want(t, read(t, s.ImportLocations, "x.csv", []byte(file), false), "0/0/5"+refused)
		jx := nodes(t, d)[0]
		view(t, d, func(tx *db.Tx) error {
			found, err := warehouse.LocationsByCodes(tx, jx.ID, []string{"A01", "A06"})
			if err != nil || found["A01"].XMM != 1600 || found["A01"].YMM != 10700 || found["A06"].XMM != -1235 || found["A06"].YMM != 0 {
				t.Errorf("found %+v, %v", found, err)
			}
			return nil
		})
		want(t, read(t, s.ImportLocations, "x.csv", []byte("warehouse,location,kind\nJX,A01,reserve\n"), false), "0/1/0")
		view(t, d, func(tx *db.Tx) error {
			found, err := warehouse.LocationsByCodes(tx, jx.ID, []string{"A01"})
			if l := found["A01"]; err != nil || l.Kind != warehouse.KindReserve || l.XMM != 1600 || l.PickSeq != 1 {
				t.Errorf("found %+v, %v", found, err)
			}
			return nil
		})
	})
}

func TestNodesComeInTheOrderInWhichTheyWereMade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := warehouse.New(d, "CNY")
		var file strings.Builder
		file.WriteString("code,timezone\n")
		for i := range 20 {
			fmt.Fprintf(&file, "N%02d,Asia/Shanghai\n", (i*7)%20)
		}
		read(t, s.ImportWarehouses, "x.csv", []byte(file.String()), false)
		list := nodes(t, d)
		if len(list) != 20 || list[0].Code != "N00" || list[1].Code != "N07" ||
			!slices.IsSortedFunc(list, func(a, b warehouse.Node) int { return int(a.ID - b.ID) }) {
			t.Errorf("%+v", list)
		}
	})
}
