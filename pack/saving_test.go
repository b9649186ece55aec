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

func saved(t *testing.T, d *db.DB, node int64) (s pack.Saving) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) error {
		list, err := pack.SavingsOf(tx, tx.Now().Add(-time.Hour).UnixMicro(), tx.Now().Add(time.Hour).UnixMicro())
		s = list[node]
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The smallest carton that takes the mug is a dear tube; the cheap box beside it is larger.
func tubes(t *testing.T, s *pack.Service) {
	t.Helper()
	for _, k := range []pack.Carton{
		{Code: "TUBE", Kind: carton.Box, MM: [3]int64{130, 110, 110}, TareG: 40, Cost: 900, Enabled: true},
		{Code: "BOX", Kind: carton.Box, MM: [3]int64{200, 150, 120}, TareG: 60, Cost: 80, Enabled: true},
	} {
		if err := s.SaveCarton(t.Context(), nil, "system", k); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatACartonSavesIsStoredWithItAndTakenBackWithIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		tubes(t, s)
		for _, c := range []string{"M1", "M2", "M3", "B1", "B2", "B3", "B4", "B5", "B6", "B7"} {
			if err := s.SaveCarton(t.Context(), nil, "system", pack.Carton{Code: c, Kind: carton.Box, MM: [3]int64{900, 900, 900}, Cost: 5000}); err != nil {
				t.Fatal(err)
			}
		}
		list := w.Picked(t, packtest.Of("MUG"), packtest.Of("MUG"), packtest.Of("UNKNOWN"), packtest.Of("LADDER"))
		for _, f := range list {
			if _, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID}); err != nil {
				t.Fatal(err)
			}
		}
		// Two mugs in boxes; what is in no carton, or has no size, is not compared.
		want := pack.Saving{Fulfilments: 2, Parcels: 2, Packaging: 160, Freight: 1000, PlainParcels: 2, PlainPackaging: 1800, PlainFreight: 1000}
		if got := saved(t, d, w.Node); got != want || got.PlainCost()-got.Cost() != 1640 {
			t.Errorf("%+v, want %+v", got, want)
		}
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			locked, err := order.LockFulfilments(tx, []int64{list[0].ID})
			if err != nil {
				return err
			}
			return pack.Unpack(tx, []*order.Fulfilment{locked[list[0].ID]}, "user:wang")
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := saved(t, d, w.Node); got.Fulfilments != 1 || got.Packaging != 80 {
			t.Errorf("opened again: %+v", got)
		}
		// The packer chose otherwise: what was packed counts, not what was proposed.
		if _, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: list[0].ID, Parcels: []pack.ParcelIn{{Carton: "TUBE"}}}); err != nil {
			t.Fatal(err)
		}
		if got := saved(t, d, w.Node); got.Fulfilments != 2 || got.Packaging != 980 || got.PlainPackaging != 1800 {
			t.Errorf("in the tube: %+v", got)
		}
	})
}

func TestThePlainRuleForCartonsIsOneSettingAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		tubes(t, s)
		f := w.Picked(t, packtest.Of("MUG"))[0]
		proposed := func() (code string) {
			err := d.View(t.Context(), func(tx *db.Tx) error {
				list, err := pack.Propose(tx, []int64{f.ID})
				if err == nil {
					code = list[0].Parcels[0].Carton
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return code
		}
		cheapest := proposed()
		if _, err := s.SaveRule(t.Context(), nil, "user:li", pack.Rule{NodeID: w.Node, Cartons: pack.Smallest}); err != nil {
			t.Fatal(err)
		}
		if got := proposed(); got != "TUBE" || cheapest == "TUBE" {
			t.Errorf("%s, and by the plain rule %s", cheapest, got)
		}
		if _, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID}); err != nil {
			t.Fatal(err)
		}
		if got := saved(t, d, w.Node); got.Cost() != got.PlainCost() || got.Fulfilments != 1 {
			t.Errorf("the plain rule saves nothing over itself: %+v", got)
		}
		for code, r := range map[string]pack.Rule{"pack.rule": {NodeID: w.Node, Cartons: "best"}, "pack.node": {NodeID: 1, Cartons: pack.Cheapest}} {
			if _, err := s.SaveRule(t.Context(), nil, "user:li", r); fault.Code(err) != code {
				t.Errorf("%v, want %s", err, code)
			}
		}
	})
}
