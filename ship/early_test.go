package ship_test

import (
	"fmt"
	"testing"

	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

// early takes the waybills of fulfilments before anything is packed.
func (b *bench) early(t *testing.T, list ...*order.Fulfilment) []*ship.Shipment {
	t.Helper()
	var keys []int64
	for _, f := range list {
		keys = append(keys, f.ID)
	}
	var out []*ship.Shipment
	err := b.DB.Update(t.Context(), func(tx *db.Tx) (err error) { out, err = b.ship.LabelEarly(tx, keys); return err })
	if err != nil {
		t.Fatal(err)
	}
	b.settle(t)
	return out
}

func TestAWaybillThatIsTakenWithTheWaveLeavesOnTheParcel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		list := b.Picked(t, packtest.Of("MUG"), packtest.Of("TEE"))
		asked := b.early(t, list[1], list[0])
		if len(asked) != 2 || asked[0].FulfilmentID != list[1].ID || asked[0].ParcelID != 0 {
			t.Fatalf("asked for %+v", asked)
		}
		if again := b.early(t, list...); len(again) != 0 {
			t.Errorf("asked again for %+v", again)
		}
		if got := b.states(t, list[0].OrderID); got != "ZTO labelled" {
			t.Fatal(got)
		}
		b.close(t, list)
		m, err := b.ship.HandOver(t.Context(), nil, ship.HandOverIn{Waybills: []string{b.shipments(t, list[0].OrderID)[0].Waybill}, Fulfilments: []int64{list[1].ID}})
		if err != nil || len(m.Handed) != 2 || len(m.Refused) != 0 {
			t.Fatalf("%+v %v", m, err)
		}
		for _, f := range list {
			if sh := b.shipments(t, f.OrderID)[0]; sh.ParcelID == 0 || sh.Status != ship.HandedOver {
				t.Errorf("%+v", sh)
			}
		}
		if left := b.stock(t); left != "0/0" {
			t.Errorf("left in the books: %s", left)
		}
	})
}

func TestWhatIsPackedInMoreParcelsAsksForTheRest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		list := b.Picked(t, packtest.Of("MUG", "TEE"))
		first := b.early(t, list...)
		_, err := pack.New(d).Pack(t.Context(), nil, pack.In{FulfilmentID: list[0].ID, Parcels: []pack.ParcelIn{
			{Carton: pack.Own, Lines: []pack.LineIn{{Seq: 1, Quantity: 1}}, WeightG: 450}, {Carton: pack.Own, Lines: []pack.LineIn{{Seq: 2, Quantity: 1}}, WeightG: 200}}})
		if err != nil {
			t.Fatal(err)
		}
		out, err := b.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: list[0].ID})
		if err != nil || len(out.Shipments) != 1 || out.Shipments[0].ID == first[0].ID {
			t.Fatalf("%+v %v", out, err)
		}
		b.settle(t)
		all := b.shipments(t, list[0].OrderID)
		if len(all) != 2 || all[0].ParcelID == 0 || all[1].ParcelID == 0 || all[0].ParcelID == all[1].ParcelID || b.states(t, list[0].OrderID) != "ZTO labelled, ZTO labelled" {
			t.Errorf("%+v %+v", all[0], all[1])
		}
		if _, err := b.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: list[0].ID}); err == nil {
			t.Error("a third waybill was asked for")
		}
	})
}

func TestTheHearerOfWaybillsIsToldInTheirTransaction(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	var heard []string
	b := newBench(t, d, server.Config{}, server.Config{})
	b.stage.ship = ship.New(d, map[string]ship.Carrier{"ZTO": b.zto, "SF": b.sf}, ship.Settings{Labelled: func(_ *db.Tx, sh *ship.Shipment) error {
		heard = append(heard, sh.Waybill)
		return nil
	}})
	b.worker = job.NewWorker(d, 1, b.stage.ship.Handlers())
	list := b.Picked(t, packtest.Of("MUG"))
	b.early(t, list...)
	if sh := b.shipments(t, list[0].OrderID)[0]; len(heard) != 1 || heard[0] != sh.Waybill || sh.Waybill == "" {
		t.Errorf("heard %v of %+v", heard, sh)
	}
}

func TestWhoStandsInForAShipmentIsToldInTheTransactionThatAsksIt(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	b := newBench(t, d, server.Config{Balance: 1}, server.Config{})
	var told []string
	b.stage.ship = ship.New(d, map[string]ship.Carrier{"ZTO": b.zto, "SF": b.sf}, ship.Settings{Instead: func(tx *db.Tx, old, sh *ship.Shipment) error {
		told = append(told, fmt.Sprint(old.Carrier, " ", old.Status, " ", sh.Carrier, " ", sh.Status))
		return nil
	}})
	b.worker = job.NewWorker(d, 1, b.stage.ship.Handlers())
	b.early(t, b.Picked(t, packtest.Of("MUG"))...)
	if len(told) != 0 {
		t.Fatalf("%q", told)
	}
	b.early(t, b.Picked(t, packtest.Of("MUG"))...)
	if len(told) != 1 || told[0] != "ZTO failed SF requested" {
		t.Errorf("%q", told)
	}
}
