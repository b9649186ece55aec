package ship_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

func (s *stage) lanes(t *testing.T) string {
	t.Helper()
	var out []string
	err := s.DB.View(t.Context(), func(tx *db.Tx) error {
		list, err := s.ship.Lanes(tx)
		for _, l := range list {
			if l.Node != s.Node {
				t.Errorf("lane of an unknown node: %+v", l)
			}
			out = append(out, fmt.Sprintf("%s %d/%d d%d", l.Region, l.FirstCost, l.StepCost, l.Days))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, ", ")
}

func TestLanesFollowRatesAndSuspensions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		if got := s.lanes(t); got != "* 2200/900 d5, 北京 500/200 d3" {
			t.Errorf("lanes %s", got)
		}
		s.rates(t, strings.ReplaceAll(rates, "5.00", "15.00"), false)
		if got := s.lanes(t); got != "* 2200/900 d5, 北京 1200/400 d2" {
			t.Errorf("after ZTO became dearer: %s", got)
		}
		id, err := s.ship.Suspend(t.Context(), nil, "user:li", ship.Stop{Carrier: "SF", Suspension: ship.Suspension{Province: "北京市", Until: d.Clock().Now().Add(48 * time.Hour), Reason: "大雪"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.lanes(t); got != "* 2200/900 d5, 北京 1500/200 d3" {
			t.Errorf("while SF is suspended: %s", got)
		}
		d.Clock().Advance(48 * time.Hour)
		if got := s.lanes(t); got != "* 2200/900 d5, 北京 1200/400 d2" {
			t.Errorf("after the suspension: %s", got)
		}
		if err := s.ship.Resume(t.Context(), nil, "user:li", id); err == nil {
			t.Error("a suspension that is over was ended")
		}
		id, err = s.ship.Suspend(t.Context(), nil, "user:li", ship.Stop{Carrier: "SF", Suspension: ship.Suspension{Province: ship.Anywhere}})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.lanes(t); got != "北京 1500/200 d3" {
			t.Errorf("while SF goes nowhere: %s", got)
		}
		if err := s.ship.Resume(t.Context(), nil, "user:li", id); err != nil {
			t.Fatal(err)
		}
		if got := s.lanes(t); got != "* 2200/900 d5, 北京 1200/400 d2" {
			t.Errorf("after it goes again: %s", got)
		}
		_, err = s.ship.Suspend(t.Context(), nil, "user:li", ship.Stop{Carrier: "SF"})
		wantFault(t, err, "ship.suspension")
	})
}

// move puts the warehouse of the stage into another province.
func (s *stage) move(t *testing.T, province string) {
	t.Helper()
	text := "code,timezone,province\nHZ,Asia/Shanghai," + province + "\n"
	r, err := sheet.Open("nodes.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if a, err := warehouse.New(s.DB, "CNY").ImportWarehouses(t.Context(), r, false, nil); err != nil || a.Updated != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
}

func TestAWarehouseThatMovesHasOtherLanesAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		before := s.lanes(t)
		s.move(t, "广东省")
		if got := s.lanes(t); got != "" {
			t.Errorf("from a province without rates: %s", got)
		}
		s.move(t, "浙江省")
		if got := s.lanes(t); got != before || got == "" {
			t.Errorf("back again: %s, was %s", got, before)
		}
	})
}

func TestWhatOneProcessImportsTheOtherSeesInItsNextTransaction(t *testing.T) {
	o := dbtest.Postgres(t)
	one := newStage(t, dbtest.Open(t, o, clock.Fixed(dbtest.Noon)), nil)
	o.Node = 1
	d := dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
	other := *one
	world := *one.World
	world.DB = d
	other.World, other.ship = &world, ship.New(d, nil, ship.Settings{})
	if got := other.lanes(t); got != "* 2200/900 d5, 北京 500/200 d3" {
		t.Fatalf("lanes %s", got)
	}
	one.rates(t, strings.ReplaceAll(rates, "5.00", "15.00"), false)
	if got := other.lanes(t); got != "* 2200/900 d5, 北京 1200/400 d2" {
		t.Errorf("after another process has imported rates: %s", got)
	}
	one.move(t, "广东省")
	if got := other.lanes(t); got != "" {
		t.Errorf("after another process has moved the warehouse: %s", got)
	}
}

func TestRatesAreReadOnceHoweverFastTimePasses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		text := strings.Builder{}
		text.WriteString(strings.SplitAfter(rates, "\n")[0])
		const cards = 2000
		for i := range cards {
			fmt.Fprintf(&text, "C%d,standard,江苏省,北京市,1000,5.00,1000,2.00,8000,2,3,CNY\n", i)
		}
		s.rates(t, text.String(), false)
		s.lanes(t)
		made := testing.AllocsPerRun(3, func() {
			d.Clock().Advance(24 * time.Hour)
			if err := d.View(t.Context(), func(tx *db.Tx) error { _, err := s.ship.Lanes(tx); return err }); err != nil {
				t.Error(err)
			}
		})
		if made > cards/4 {
			t.Errorf("%.0f allocations for lanes that have not changed: the %d cards were read again", made, cards)
		}
	})
}
