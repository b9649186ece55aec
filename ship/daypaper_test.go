package ship_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

// papers writes the papers in short, oldest first: "ZTO 2026-03-02 2: A B".
func (b *bench) papers(t *testing.T) (out []string) {
	t.Helper()
	list, err := b.ship.Papers(t.Context(), 0, "", 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(list) - 1; i >= 0; i-- {
		p, lines, err := b.ship.PaperOf(t.Context(), list[i].ID)
		if err != nil || p != list[i] {
			t.Fatalf("listed %+v, read %+v, %v", list[i], p, err)
		}
		text, weight := fmt.Sprintf("%s %s %d:", p.Carrier, p.Day, p.Parcels), int64(0)
		for _, l := range lines {
			text += " " + l.Waybill
			weight += l.WeightG
		}
		if weight != p.WeightG || p.HandedAt == 0 || p.HandedBy == "" {
			t.Errorf("%+v of %d g", p, weight)
		}
		out = append(out, text)
	}
	return out
}

func TestWhatLeavesWithoutAScanIsOnThePaperOfItsCarrierAndDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		list := b.packed(t, packtest.Of("MUG"), packtest.Of("MUG"), packtest.Of("TEE"), packtest.Of("TEE"), packtest.Of("MUG"))
		send := func(f *order.Fulfilment, carrier, waybill string) error {
			_, err := b.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: carrier, Waybill: waybill, Actor: "user:li"})
			return err
		}
		for i, s := range [][2]string{{"YTO", "A1"}, {"YTO", "A2"}, {"DHL", "B1"}} {
			if err := send(list[i], s[0], s[1]); err != nil {
				t.Fatal(err)
			}
		}
		wantFault(t, send(list[3], "YTO", "A1"), "ship.waybill_taken")
		d.Clock().Advance(24 * time.Hour)
		if err := send(list[3], "YTO", "A3"); err != nil {
			t.Fatal(err)
		}
		b.label(t, list[4])
		b.settle(t)
		m, err := b.ship.HandOver(t.Context(), nil, ship.HandOverIn{Fulfilments: []int64{list[4].ID}, Actor: "user:li"})
		if err != nil || len(m.Handed) != 1 {
			t.Fatal(m, err)
		}
		day := func(n int) string { return dbtest.Noon.AddDate(0, 0, n).Format(time.DateOnly) }
		want := []string{"YTO " + day(0) + " 2: A1 A2", "DHL " + day(0) + " 1: B1", "YTO " + day(1) + " 1: A3", "ZTO  1: " + m.Handed[0].Waybill}
		if got := b.papers(t); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q\nwant %q", got, want)
		}
	})
}

// Many benches begin the paper of a day at the same moment: there is one, and every parcel is on it once.
func TestManyWhoBeginThePaperOfADayTogetherShareIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		var orders [][]packtest.Line
		for range 24 {
			orders = append(orders, packtest.Of("MUG"))
		}
		list := b.packed(t, orders...)
		var running sync.WaitGroup
		for i, f := range list {
			s := ship.New(d, nil, ship.Settings{}) // each a process of its own: their batches are not one
			running.Go(func() {
				if i%2 == 0 {
					if r := s.ShipAll(t.Context(), []ship.In{{FulfilmentID: f.ID, Carrier: "YTO", Waybill: fmt.Sprintf("W%02d", i), Actor: "user:li"}}); r[0].Err != nil {
						t.Error(r[0].Err)
					}
					return
				}
				if _, err := s.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "YTO", Waybill: fmt.Sprintf("W%02d", i), Actor: "user:li"}); err != nil {
					t.Error(err)
				}
			})
		}
		running.Wait()
		papers, err := b.ship.Papers(t.Context(), 0, "YTO", 0, 10)
		if err != nil || len(papers) != 1 || papers[0].Parcels != 24 {
			t.Errorf("%+v, %v", papers, err)
		}
	})
}
