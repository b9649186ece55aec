package ship_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

func TestTheServiceLevelsOfAnOrderAreThoseThatBindMostFirst(t *testing.T) {
	placed := dbtest.Noon
	for _, c := range []struct {
		kind     string
		promised time.Duration
		want     string
	}{
		{"normal", 0, "normal "}, {"normal", 48 * time.Hour, "express normal "}, {"normal", 49 * time.Hour, "normal "}, {"cod", 0, "cod "},
		{"cod", time.Hour, "cod express "}, {"reship", 24 * time.Hour, "express reship "},
	} {
		o := &order.Order{Kind: c.kind, PlacedAt: placed.UnixMicro()}
		if c.promised > 0 {
			o.PromisedBy = placed.Add(c.promised).UnixMicro()
		}
		got := ship.LevelsOf(o)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s promised in %s: %q, want %q", c.kind, c.promised, got, c.want)
		}
		for _, level := range got {
			if !ship.ValidLevel(level) {
				t.Errorf("no ladder can be for %q", level)
			}
		}
	}
}

var setKind = db.NewSQL(`UPDATE order_head SET kind = $2 WHERE id = $1`)

func TestAnOrderFollowsTheLadderOfItsServiceLevel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		for l, rungs := range map[ship.Ladder][]ship.Rung{
			{}:                              {{Carrier: "ZTO"}},
			{Level: ship.COD}:               {{Carrier: "SF"}},
			{Node: b.Node, Level: "reship"}: {{Carrier: "SF"}, {Carrier: "ZTO"}},
			{Node: b.Node + 1}:              {{Carrier: "YTO"}},
		} {
			if err := b.ship.SaveLadder(t.Context(), nil, "user:li", l, rungs); err != nil {
				t.Fatal(err)
			}
		}
		for kind, want := range map[string]string{"normal": "ZTO labelled", "cod": "SF labelled", "reship": "SF labelled", "gift": "ZTO labelled"} {
			f := b.packed(t, packtest.Of("MUG"))[0]
			if err := d.Update(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(setKind, f.OrderID, kind); return err }); err != nil {
				t.Fatal(err)
			}
			b.label(t, f)
			b.settle(t)
			if got := b.states(t, f.OrderID); got != want {
				t.Errorf("%s: %s, want %s", kind, got, want)
			}
		}
		wantFault(t, b.ship.SaveLadder(t.Context(), nil, "user:li", ship.Ladder{Level: "slow"}, nil), "ship.ladder_level")
	})
}

func TestAWaybillTakenWithTheWaveGoesDownTheLadderToo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		list := b.Picked(t, packtest.Of("MUG"), packtest.Of("TEE"))
		b.zto.refuse = ship.ErrBalance
		b.early(t, list[0])
		if got := b.states(t, list[0].OrderID); got != "ZTO failed, SF labelled" {
			t.Fatal(got)
		}
		if got := b.record(t, list[0].OrderID, "ship.labelled.v1"); got != "ZTO failed carrier.balance, SF gave; ship.only" {
			t.Error(got)
		}
		b.sf.refuse = ship.Refused("no room")
		b.early(t, list[1])
		if got := b.states(t, list[1].OrderID); got != "ZTO failed, SF failed" {
			t.Fatalf("nobody is left: %s", got)
		}
		b.close(t, list)
		m, err := b.ship.HandOver(t.Context(), nil, ship.HandOverIn{Fulfilments: []int64{list[0].ID, list[1].ID}})
		if err != nil || len(m.Handed) != 1 || m.Handed[0].Carrier != "SF" || m.Handed[0].ParcelID == 0 || m.Refused[0].Code != "ship.not_labelled" {
			t.Fatalf("%+v %v", m, err)
		}
		b.sf.refuse, b.zto.refuse = nil, nil
		b.label(t, list[1]) // what nobody took early is labelled after the check
		b.settle(t)
		if got := b.states(t, list[1].OrderID); got != "ZTO failed, SF failed, ZTO labelled" {
			t.Error(got)
		}
	})
}

func (b *bench) ladders(t *testing.T, text string, dry bool) sheet.Answer {
	t.Helper()
	r, err := sheet.Open("ladders.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	a, err := b.ship.ImportLadders(t.Context(), r, dry, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (b *bench) written(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	w, err := sheet.NewWriter(&out, "ladders.csv")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.ship.ExportLadders(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.TrimPrefix(out.String(), "\ufeff"), "\r\n", "\n")
}

func TestLaddersComeFromAFileAndGoBackIntoIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		const file = "warehouse,level,carrier,service\n,,ZTO,\n,,SF,standard\n,cod,SF,\nHZ,express,SF,\n"
		if a := b.ladders(t, file, true); a.Created != 3 || b.written(t) != "warehouse,level,carrier,service\n" {
			t.Fatalf("tried only: %+v, %s", a, b.written(t))
		}
		if a := b.ladders(t, file, false); a.Rows != 4 || a.Created != 3 || len(a.Rejected) > 0 {
			t.Fatalf("%+v", a)
		}
		if got := b.written(t); got != file {
			t.Errorf("came back as\n%s", got)
		}
		if a := b.ladders(t, file, false); a.Unchanged != 3 || a.Created+a.Updated > 0 {
			t.Errorf("a second time: %+v", a)
		}
		a := b.ladders(t, "warehouse,level,carrier,service\n,,SF,\nXX,,SF,\n,slow,SF,\n,cod,ZTO,\n,cod,ZTO,\nHZ,express,,\n,gift,ZTO,\n", false)
		var codes []string
		for _, x := range a.Rejected {
			codes = append(codes, x.Code)
		}
		if want := []string{"ship.ladder_warehouse", "ship.ladder_level", "ship.ladder_form", "sheet.required"}; a.Updated != 1 || a.Created != 1 || !slices.Equal(codes, want) {
			t.Errorf("%+v: %v", a, codes)
		}
		if got := b.written(t); got != "warehouse,level,carrier,service\n,,SF,\n,cod,SF,\n,gift,ZTO,\nHZ,express,SF,\n" {
			t.Errorf("the bad ladders stay as they were:\n%s", got)
		}
	})
}
