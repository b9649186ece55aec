package ship_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

var selLast = db.NewSQL(`SELECT params FROM event WHERE order_id = $1 AND order_id <> 0 AND kind = $2 ORDER BY id DESC LIMIT 1`)

// record is who was asked for the parcel of an order, in short: "ZTO failed carrier.balance, SF gave".
func (b *bench) record(t *testing.T, orderID int64, kind string) string {
	t.Helper()
	var raw string
	if err := b.DB.View(t.Context(), func(tx *db.Tx) error { _, err := tx.Query(selLast, orderID, kind).One(&raw); return err }); err != nil {
		t.Fatal(err)
	}
	var said struct{ Record *ship.Decided }
	if err := json.Unmarshal([]byte(raw), &said); err != nil || said.Record == nil {
		t.Fatalf("%s: %v", raw, err)
	}
	var list []string
	for _, a := range said.Record.Asked {
		list = append(list, strings.TrimSpace(a.Carrier+" "+a.Outcome+" "+a.Code))
		if a.Code != "" {
			rendered(t, a.Code, a.Params)
		}
	}
	for _, a := range said.Record.Others {
		rendered(t, a.Code, a.Params)
	}
	if said.Record.Why.Code != "" {
		rendered(t, said.Record.Why.Code, said.Record.Why.Params)
	}
	return strings.Join(list, ", ") + "; " + said.Record.Why.Code
}

func TestTheLadderOfANodeIsClimbedRungByRungAndTheRecordNamesEach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		for _, c := range []struct {
			name   string
			ladder []ship.Rung
			refuse error
			states string
			record string
		}{
			{"the rates decide without one", nil, nil, "ZTO labelled", "ZTO gave; ship.balanced"},
			{"the lowest rung, though it is dearer", []ship.Rung{{Carrier: "SF"}, {Carrier: "ZTO"}}, nil, "SF labelled", "SF gave; ship.ladder"},
			{"the next when the account is used up", []ship.Rung{{Carrier: "ZTO", Service: "standard"}, {Carrier: "SF"}}, ship.ErrBalance,
				"ZTO failed, SF labelled", "ZTO failed carrier.balance, SF gave; ship.ladder"},
			{"the next when the area is suspended", nil, ship.SuspendedArea(ship.Address{Province: "北京市"}, "flood"), "ZTO failed, SF labelled",
				"ZTO failed carrier.suspended, SF gave; ship.only"},
			{"nobody off the ladder", []ship.Rung{{Carrier: "ZTO"}}, ship.Refused("too heavy"), "ZTO failed", "ZTO failed carrier.refused; ship.none"},
		} {
			b.zto.refuse = c.refuse
			if err := b.ship.SaveLadder(t.Context(), nil, "user:li", ship.Ladder{}, c.ladder); err != nil {
				t.Fatal(err)
			}
			f := b.packed(t, packtest.Of("MUG"))[0]
			b.label(t, f)
			b.settle(t)
			kind := "ship.labelled.v1"
			if !strings.Contains(c.states, "labelled") {
				kind = "ship.label_failed.v1"
			}
			if got := b.states(t, f.OrderID); got != c.states {
				t.Errorf("%s: %s", c.name, got)
			} else if got := b.record(t, f.OrderID, kind); got != c.record {
				t.Errorf("%s: %s", c.name, got)
			}
		}
		wantFault(t, b.ship.SaveLadder(t.Context(), nil, "user:li", ship.Ladder{}, []ship.Rung{{Carrier: "SF"}, {Carrier: "SF"}}), "ship.ladder_form")
		wantFault(t, b.ship.SaveLadder(t.Context(), nil, "user:li", ship.Ladder{}, []ship.Rung{{}}), "ship.ladder_form")
	})
}

func TestAnAccountThatWillNotLastIsToldOnceUntilItIsFilled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		told := &teller{left: 1000}
		s := ship.New(d, map[string]ship.Carrier{"ZTO": told}, ship.Settings{})
		var warned []int
		for _, left := range []int64{1000, 900, 800, 600, 300, 200, 20000, 19900, 300, 100} {
			told.left = left
			if _, err := s.LookAtAccounts(t.Context()); err != nil {
				t.Fatal(err)
			}
			warned = append(warned, lowTold(t, d))
			d.Clock().Advance(time.Hour)
		}
		// 100 waybills an hour: 600 last six hours at 133 an hour, which is less than a day.
		if want := []int{0, 1, 1, 1, 1, 1, 1, 1, 2, 2}; !slices.Equal(warned, want) {
			t.Errorf("warned %v, want %v", warned, want)
		}
		told.broken = true
		if _, err := s.LookAtAccounts(t.Context()); !errors.Is(err, ship.ErrUnreachable) {
			t.Errorf("%v", err)
		}
	})
}

func TestTheRateOfAnAccountCountsWhatWasUsedAndNotWhatWasBought(t *testing.T) {
	at := func(h int, left int64) ship.Reading {
		return ship.Reading{At: dbtest.Noon.Add(time.Duration(h) * time.Hour), Left: left}
	}
	for _, c := range []struct {
		list []ship.Reading
		want int64
	}{
		{nil, 0}, {[]ship.Reading{at(0, 5)}, 0}, {[]ship.Reading{at(0, 100), at(2, 50)}, 25_000},
		{[]ship.Reading{at(0, 100), at(1, 50), at(2, 500), at(4, 450)}, 25_000}, {[]ship.Reading{at(0, 9), at(0, 5)}, 0}, {[]ship.Reading{at(0, 1), at(4, 2)}, 0},
	} {
		if got := ship.UseRate(c.list); got != c.want {
			t.Errorf("%v: %d, want %d", c.list, got, c.want)
		}
	}
	if h, ok := (ship.Account{Left: 600, Rate: 100_000}).Hours(); h != 6 || !ok {
		t.Errorf("%d %v", h, ok)
	}
}

func TestEveryCarrierGetsAPaperOfWhatItWasHanded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		list := b.packed(t, packtest.Of("MUG"), packtest.Of("MUG"), packtest.Of("TEE"))
		for i, f := range list {
			if _, err := b.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: f.ID, Carrier: []string{"ZTO", "ZTO", "SF"}[i]}); err != nil {
				t.Fatal(err)
			}
		}
		b.settle(t)
		m, err := b.ship.HandOver(t.Context(), nil, ship.HandOverIn{Fulfilments: []int64{list[0].ID, list[1].ID, list[2].ID}, Actor: "user:li"})
		if err != nil || len(m.Papers) != 2 {
			t.Fatalf("%+v, %v", m, err)
		}
		papers, err := b.ship.Papers(t.Context(), 0, "ZTO", 0, 10)
		if err != nil || len(papers) != 1 || papers[0].Parcels != 2 || papers[0].WeightG == 0 {
			t.Fatalf("%+v, %v", papers, err)
		}
		p, lines, err := b.ship.PaperOf(t.Context(), papers[0].ID)
		if err != nil || len(lines) != 2 || lines[0].WeightG+lines[1].WeightG != p.WeightG || lines[0].Waybill == "" {
			t.Errorf("%+v, %+v, %v", p, lines, err)
		}
		_, _, err = b.ship.PaperOf(t.Context(), 7)
		wantFault(t, err, "ship.no_manifest")
	})
}

func TestSuspensionsThatACarrierPublishesComeAndGoWithIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := &teller{}
		s := ship.New(d, map[string]ship.Carrier{"ZTO": c}, ship.Settings{})
		soon := dbtest.Noon.Add(24 * time.Hour)
		for i, areas := range [][]ship.Suspension{
			{{Province: "西藏", From: soon}}, {{Province: "西藏", From: soon}}, {{Province: "西藏", From: soon, Until: soon.Add(time.Hour)}, {Province: "青海", City: "西宁"}}, {},
		} {
			c.areas = areas
			if _, err := s.LearnAreas(t.Context()); err != nil {
				t.Fatal(err)
			}
			open := 0
			if err := d.View(t.Context(), func(tx *db.Tx) error {
				list, err := ship.Stops(tx)
				for _, x := range list {
					if x.Until.IsZero() || x.Until.After(tx.Now()) {
						open++
					}
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if open != len(areas) {
				t.Errorf("round %d: %d are open, want %d", i, open, len(areas))
			}
			d.Clock().Advance(time.Minute)
		}
	})
}

// teller is a carrier that tells of its account and its areas, and does nothing else.
type teller struct {
	ship.Carrier
	left   int64
	areas  []ship.Suspension
	broken bool
}

func (c *teller) Balance(context.Context) (int64, bool, error) {
	if c.broken {
		return 0, false, ship.ErrUnreachable
	}
	return c.left, true, nil
}

func (c *teller) Suspended(context.Context) ([]ship.Suspension, error) { return c.areas, nil }

var countLow = db.NewSQL(`SELECT count(*) FROM event WHERE kind = 'ship.balance_low.v1'`)

func lowTold(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.View(t.Context(), func(tx *db.Tx) error { _, err := tx.Query(countLow).One(&n); return err }); err != nil {
		t.Fatal(err)
	}
	return n
}
