package wave_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

var ctx = context.Background()

func TestATemplateIsDueInTheTimeBeforeItsCutoff(t *testing.T) {
	node := warehouse.Node{Timezone: "Asia/Shanghai", Cutoffs: []warehouse.Cutoff{{Carrier: "SF", Minute: 16 * 60}, {Carrier: "ZTO", Minute: 18*60 + 30}}}
	at := func(hour, minute int) time.Time { return time.Date(2026, 3, 2, hour-8, minute, 0, 0, time.UTC) }
	for _, c := range []struct {
		name     string
		carriers []string
		minutes  int64
		now      time.Time
		cutoff   time.Time
		due      bool
	}{
		{"an hour too early", nil, 60, at(14, 59), at(16, 0), false},
		{"as its time comes", nil, 60, at(15, 0), at(16, 0), true},
		{"a minute before the cut-off", nil, 60, at(15, 59), at(16, 0), true},
		{"at the cut-off the next one counts", nil, 60, at(16, 0), at(18, 30), false},
		{"of one carrier", []string{"ZTO"}, 120, at(16, 30), at(18, 30), true},
		{"the first of several carriers", []string{"SF", "ZTO"}, 30, at(15, 40), at(16, 0), true},
		{"after the last cut-off of the day", []string{"SF"}, 60, at(20, 0), at(16, 0).AddDate(0, 0, 1), false},
		{"over midnight", []string{"SF"}, 24 * 60, at(16, 0), at(16, 0).AddDate(0, 0, 1), true},
		{"a carrier that collects at all hours", []string{"YTO"}, 0, at(3, 0), time.Time{}, true},
	} {
		tpl := wave.Template{Carriers: c.carriers, MinutesBeforeCutoff: c.minutes, Enabled: true}
		cutoff, due := tpl.Due(node, c.now)
		if !cutoff.Equal(c.cutoff) || due != c.due {
			t.Errorf("%s: %v %v", c.name, cutoff, due)
		}
		tpl.Enabled = false
		if _, due := tpl.Due(node, c.now); due {
			t.Errorf("%s: a template that is switched off is due", c.name)
		}
	}
}

// nodeOf makes a node with a cut-off at 16:00.
func nodeOf(t *testing.T, d *db.DB) (key int64) {
	t.Helper()
	text := "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\n" +
		"JX,Jiaxing,Asia/Shanghai,CN,浙江省,嘉兴市,南湖区,Road 1,30.7,120.7,0,2,SF=16:00\n"
	r, err := sheet.Open("test.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := warehouse.New(d, "CNY").ImportWarehouses(ctx, r, false, nil); err != nil {
		t.Fatal(err)
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		nodes, err := warehouse.Nodes(tx)
		key = nodes[0].ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestATemplateIsStoredAsItIsSaid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := wave.New(d)
		want := wave.Template{NodeID: nodeOf(t, d), Name: "afternoon", Method: wave.Batch, Carriers: []string{"ZTO", "SF", "SF"}, Zones: []string{"A"},
			MinutesBeforeCutoff: 90, MaxOrders: 200, Enabled: true, LabelAt: wave.AtRelease}
		saved, err := s.SaveTemplate(ctx, nil, "user:1", want)
		if err != nil {
			t.Fatal(err)
		}
		want.ID, want.Carriers = saved.ID, []string{"SF", "ZTO"}
		stored := func() wave.Template {
			t.Helper()
			list, err := s.Templates(ctx)
			if err != nil || len(list) != 1 {
				t.Fatalf("%+v %v", list, err)
			}
			return list[0]
		}
		if !reflect.DeepEqual(saved, want) || !reflect.DeepEqual(stored(), want) {
			t.Errorf("%+v, %+v", saved, stored())
		}
		if off, err := s.EnableTemplate(ctx, nil, "user:1", want.ID, false); err != nil || off.Enabled || stored().Enabled {
			t.Errorf("%+v %v", off, err)
		}
		want.Zones, want.Enabled = nil, true
		if _, err := s.SaveTemplate(ctx, nil, "user:1", want); err != nil || !reflect.DeepEqual(stored(), want) {
			t.Errorf("%+v %v", stored(), err)
		}
		want.ID = 12345
		_, err = s.SaveTemplate(ctx, nil, "user:1", want)
		if fault.Code(err) != "wave.template_not_found" {
			t.Error(err)
		}
		if _, err = s.EnableTemplate(ctx, nil, "user:1", 12345, true); fault.Code(err) != "wave.template_not_found" {
			t.Error(err)
		}
	})
}

func TestATemplateThatCannotBeIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, node := wave.New(d), nodeOf(t, d)
		for _, c := range []struct {
			code   string
			change func(*wave.Template)
		}{
			{"wave.name", func(w *wave.Template) { w.Name = "" }},
			{"wave.name", func(w *wave.Template) { w.Zones = []string{"A;B"} }},
			{"wave.method", func(w *wave.Template) { w.Method = "zone" }},
			{"wave.out_of_range", func(w *wave.Template) { w.MaxOrders = 0 }},
			{"wave.out_of_range", func(w *wave.Template) { w.MinutesBeforeCutoff = 1441 }},
			{"wave.too_many", func(w *wave.Template) { w.Carriers = codes(51) }},
			{"wave.node", func(w *wave.Template) { w.NodeID = 12345 }},
			{"wave.label_at", func(w *wave.Template) { w.LabelAt = "later" }},
			{"", func(*wave.Template) {}},
		} {
			w := wave.Template{NodeID: node, Name: "x", Method: wave.Discrete, MaxOrders: 1}
			c.change(&w)
			if _, err := s.SaveTemplate(ctx, nil, "user:1", w); fault.Code(err) != c.code {
				t.Errorf("%+v: %v", w, err)
			}
		}
	})
}

func codes(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprint("C", i))
	}
	return list
}

func TestTheNearestCutoffIsServedFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, node := wave.New(d), nodeOf(t, d)
		var ids []int64
		for _, w := range []wave.Template{{Name: "all hours", Carriers: []string{"YTO"}}, {Name: "off"}, {Name: "SF", MinutesBeforeCutoff: 300}, {Name: "later"}} {
			w.NodeID, w.Method, w.MaxOrders, w.Enabled = node, wave.Discrete, 10, w.Name != "off"
			saved, err := s.SaveTemplate(ctx, nil, "user:1", w)
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, saved.ID)
		}
		err := d.View(ctx, func(tx *db.Tx) error {
			due, err := wave.DueNow(tx, tx.Now())
			if len(due) != 2 || due[0].Template.ID != ids[2] || due[1].Template.ID != ids[0] || due[1].CutoffAt() != 0 {
				t.Errorf("%+v", due)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
