package notify

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/seal"
)

var clearSecret = db.NewSQL(`UPDATE notify_endpoint SET secret = $2, old_secret = $3, old_until = $4 WHERE id = $1`)

func TestTheSecretsOfAnEndpointStandSealedAndSign(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		e, first := h.endpoint(hook, "made.up.v1")
		_, second, err := h.s.Rotate(t.Context(), nil, "user:anna", e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if e = h.state(e); !seal.Sealed(e.secret) || !seal.Sealed(e.old) {
			t.Errorf("the database has %q and %q", e.secret, e.old)
		}
		h.emit(db.Event{Kind: "made.up.v1"})
		h.collect()
		h.work()
		if got := h.door.taken[0].Secrets; !slices.Equal(got, []string{second, first}) {
			t.Errorf("signed with %v", got)
		}
	})
}

func TestTheSecretsOfAnOlderVersionAreSealedAndSignOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		e, _ := h.endpoint(hook, "made.up.v1")
		until := d.Clock().Now().Add(time.Hour).UnixMicro()
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(clearSecret, e.ID, "whsec_new", "whsec_old", until)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if sealed, err := h.s.Sealed(t.Context()); sealed || err != nil {
			t.Errorf("in the clear it is said to be sealed: %v", err)
		}
		for _, want := range []int{1, 0} {
			if n, err := h.s.SealSecrets(t.Context()); n != want || err != nil {
				t.Errorf("sealed %d, %v, want %d", n, err, want)
			}
		}
		if e = h.state(e); !seal.Sealed(e.secret) || !seal.Sealed(e.old) {
			t.Errorf("the database has %q and %q", e.secret, e.old)
		}
		h.emit(db.Event{Kind: "made.up.v1"})
		h.collect()
		h.work()
		if got := h.door.taken[0].Secrets; !slices.Equal(got, []string{"whsec_new", "whsec_old"}) {
			t.Errorf("signed with %v", got)
		}
	})
}

func TestUnderAnotherKeyDeliveriesWaitAndAreSentOnceItIsBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		e, _ := h.endpoint(hook, "made.up.v1")
		h.emit(db.Event{Kind: "made.up.v1"})
		h.collect()
		for _, k := range []*seal.Key{{}, mustKey(t)} {
			h.s.set.Key = k
			if n, err := h.s.SealSecrets(t.Context()); n != 0 || !errors.Is(err, seal.ErrMissing) && !errors.Is(err, seal.ErrWrong) {
				t.Errorf("sealed %d: %v", n, err)
			}
			for range 20 { // more often than a job is tried
				h.work()
				d.Clock().Advance(time.Duration(sealSeconds) * time.Second)
			}
		}
		if len(h.door.calls) != 0 || h.state(e).State != Active {
			t.Fatalf("%d calls without a secret, the endpoint is %s", len(h.door.calls), h.state(e).State)
		}
		h.s.set.Key = sealing
		h.work()
		if len(h.door.taken) != 1 {
			t.Errorf("%d deliveries with the key, want 1", len(h.door.taken))
		}
	})
}

func mustKey(t *testing.T) *seal.Key {
	k, err := seal.Parse(seal.NewText())
	if err != nil {
		t.Fatal(err)
	}
	return k
}
