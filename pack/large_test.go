package pack_test

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/carton"
	"github.com/packhorse/packhorse/pack/packtest"
)

func TestAFulfilmentOfThousandsOfUnitsIsPackedAsProposed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		f := w.Picked(t, []packtest.Line{{SKU: "MUG", Quantity: 600}, {SKU: "TEE", Quantity: 4300}, {SKU: "UNKNOWN", Quantity: 98}, {SKU: "LADDER", Quantity: 2}})[0]
		var plan []pack.Proposal
		began := time.Now()
		err := d.View(t.Context(), func(tx *db.Tx) (err error) { plan, err = pack.Propose(tx, []int64{f.ID}); return err })
		if err != nil || len(plan) != 1 || len(plan[0].Parcels) < 2 || len(plan[0].Parcels) > 100 {
			t.Fatalf("%d plans, %v", len(plan), err)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("the plan took %s, and others wait for it", took)
		}
		out, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID})
		if err != nil || len(out.Parcels) != len(plan[0].Parcels) {
			t.Fatalf("%d parcels, %d planned, %v", len(out.Parcels), len(plan[0].Parcels), err)
		}
		sum := int64(0)
		for _, q := range lines(t, d, out.Parcels) {
			sum += q
		}
		if got := w.Reload(t, f.ID).Status; sum != 5000 || got != order.Packed {
			t.Errorf("%d of 5,000 units are in parcels; the fulfilment is %s", sum, got)
		}
	})
}

func TestMoreUnitsThanParcelsCanHoldAreAPersonsToDivide(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		f := w.Picked(t, []packtest.Line{{SKU: "TEE", Quantity: carton.MaxUnits + 1}})[0]
		_, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID})
		said, _ := fault.As(err)
		if fault.Code(err) != "pack.too_many_units" || said.Kind != fault.Conflict || said.Params["max"] != carton.MaxUnits {
			t.Errorf("%v", err)
		}
		half := func(units int64) pack.ParcelIn {
			return pack.ParcelIn{Carton: pack.Own, Lines: []pack.LineIn{{Seq: 1, Quantity: units}}}
		}
		out, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID, Parcels: []pack.ParcelIn{half(carton.MaxUnits / 2), half(carton.MaxUnits/2 + 1)}})
		if err != nil || len(out.Parcels) != 2 {
			t.Errorf("divided by a person: %d parcels, %v", len(out.Parcels), err)
		}
	})
}
