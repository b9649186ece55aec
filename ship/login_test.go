package ship_test

import (
	"errors"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/connect/carrier/sim"
	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/seal"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

var selSecret = db.NewSQL(`SELECT secret FROM ship_login WHERE carrier = $1`)

func makers() map[string]ship.Maker {
	return map[string]ship.Maker{"sim": func(a ship.Access) (ship.Carrier, error) {
		return sim.New(sim.Config{BaseURL: a.Address, AppKey: a.Key, Secret: a.Secret})
	}}
}

func aKey(t *testing.T) *seal.Key {
	t.Helper()
	k, err := seal.Parse(seal.NewText())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestACarrierIsCalledByTheLogInThatIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		far := httptest.NewServer(server.New(server.Config{Seed: 3, Balance: 40, Clock: d.Clock(), AppKey: "us", Secret: "right"}))
		t.Cleanup(far.Close)
		key := aKey(t)
		logins := ship.NewLogins(d, makers(), key)
		s := newStage(t, d, nil)
		s.ship = ship.New(d, nil, ship.Settings{Logins: logins})
		s.worker = job.NewWorker(d, 2, s.ship.Handlers())
		save := func(secret string, enabled bool) error {
			_, err := logins.SaveLogin(t.Context(), nil, "user:li", ship.Login{Carrier: "ZTO", Kind: "sim", Address: far.URL, Key: "us", Enabled: enabled}, secret)
			return err
		}

		if s.ship.Calls("ZTO") {
			t.Error("nobody gave a log-in yet")
		}
		if err := save("wrong", true); err != nil {
			t.Fatal(err)
		}
		if _, err := logins.Test(t.Context(), "ZTO"); !errors.Is(err, ship.ErrCredentials) {
			t.Errorf("with a wrong secret: %v", err)
		}
		if err := save("right", true); err != nil {
			t.Fatal(err)
		}
		if err := save("", true); err != nil { // an edit keeps the secret
			t.Fatal(err)
		}
		a, err := logins.Test(t.Context(), "ZTO")
		if err != nil || !a.Limited || a.Waybills != 40 || !slices.Equal(a.Powers, []string{"quote", "areas", "balance", "collect"}) {
			t.Errorf("%+v, %v", a, err)
		}

		var kept string
		if err := d.View(t.Context(), func(tx *db.Tx) error { _, err := tx.Query(selSecret, "ZTO").One(&kept); return err }); err != nil {
			t.Fatal(err)
		}
		if !seal.Sealed(kept) || strings.Contains(kept, "right") {
			t.Errorf("the secret stands there as %q", kept)
		}

		f := s.packed(t, packtest.Of("MUG"))[0]
		if _, err := s.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: f.ID, Actor: "user:li"}); err != nil {
			t.Fatal(err)
		}
		s.settle(t)
		if got := s.states(t, f.OrderID); got != "ZTO labelled" {
			t.Errorf("the waybill: %s", got)
		}

		other := ship.NewLogins(d, makers(), key) // of another process
		if _, err := other.Refresh(t.Context()); err != nil || ship.Calling(nil, other).Get("ZTO") == nil {
			t.Errorf("another process: %v", err)
		}
		if err := save("", false); err != nil {
			t.Fatal(err)
		}
		if _, err := other.Refresh(t.Context()); err != nil || ship.Calling(nil, other).Get("ZTO") != nil || s.ship.Calls("ZTO") {
			t.Errorf("one that is switched off is still called (%v)", err)
		}
		if err := save("", true); err != nil {
			t.Fatal(err)
		}
		stranger := ship.NewLogins(d, makers(), aKey(t))
		if _, err := stranger.Refresh(t.Context()); !errors.Is(err, seal.ErrWrong) || len(ship.Calling(nil, stranger).Codes()) != 0 {
			t.Errorf("with another key: %v", err)
		}
	})
}

func TestALogInThatCannotBeIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		logins := ship.NewLogins(d, makers(), aKey(t))
		for code, l := range map[string]ship.Login{
			"ship.login_carrier": {Carrier: "manual", Kind: "sim", Address: "http://127.0.0.1:1"},
			"ship.login_kind":    {Carrier: "SF", Kind: "fax", Address: "http://127.0.0.1:1"},
			"carrier.base_url":   {Carrier: "SF", Kind: "sim", Address: "somewhere"},
		} {
			_, err := logins.SaveLogin(t.Context(), nil, "user:li", l, "s")
			wantFault(t, err, code)
		}
		_, err := logins.Test(t.Context(), "SF")
		wantFault(t, err, "ship.no_login")
		unsealed := ship.NewLogins(d, makers(), &seal.Key{})
		_, err = unsealed.SaveLogin(t.Context(), nil, "user:li", ship.Login{Carrier: "SF", Kind: "sim", Address: "http://127.0.0.1:1", Enabled: true}, "s")
		wantFault(t, err, "seal.missing")
	})
}

func TestATrialSaysWhatAPackedParcelWouldBeTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		f := s.packed(t, packtest.Of("MUG"))[0]
		quoted, err := s.ship.Quote(t.Context(), f.ID)
		if err != nil || len(quoted) != 1 {
			t.Fatal(quoted, err)
		}
		var p pack.Parcel
		if err := d.View(t.Context(), func(tx *db.Tx) error {
			list, err := pack.ParcelsOf(tx, []int64{f.ID})
			p = list[f.ID][0]
			return err
		}); err != nil {
			t.Fatal(err)
		}
		tried, err := s.ship.Try(t.Context(), ship.TryIn{NodeID: p.NodeID, WeightG: p.WeightG, MM: p.MM, Province: "北京市", Kind: "normal"})
		if err != nil || !tried.Found() || tried.Option != quoted[0].Option || len(tried.Fallback) != len(quoted[0].Fallback) || tried.Why.Code != quoted[0].Why.Code {
			t.Errorf("tried %+v, packed %+v: %v", tried, quoted[0].Choice, err)
		}
		_, err = s.ship.Try(t.Context(), ship.TryIn{NodeID: p.NodeID, Province: "北京市"})
		wantFault(t, err, "ship.try_weight")
		_, err = s.ship.Try(t.Context(), ship.TryIn{NodeID: p.NodeID, WeightG: 1})
		wantFault(t, err, "required")
	})
}
